"""Writes dbt's property files and docs/data-dictionary.md from one dictionary of fields and tables.

Belongs here: turning `dictionary/*.yaml` and the row contract (`extract/contract/*.yaml`) into what dbt and readers
read. Does not belong here: any wording (that is the YAML's) or any SQL.

    python dbt_project/dictionary.py            writes the files
    python dbt_project/dictionary.py --check    only says which are stale, exit code 1 if any (a test runs it)

A field is described once, in the row contract or in dictionary/fields.yaml, and every table names it. A table's column
is `name`, `name!` (never null) or `name: {...}` where the table says something of its own about it.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
CONTRACTS = ("document", "article", "statement")  # of two contracts that share a field, the later one describes it
LAYERS = ("staging", "intermediate", "marts", "reports")
TYPES = {
    "text": "varchar", "integer": "bigint", "double": "double", "boolean": "boolean", "date": "date",
    "timestamp": "timestamp",
}  # fmt: skip
NOTE = (
    "# Written by dbt_project/dictionary.py from dbt_project/dictionary/ and extract/contract/: edit those, not this.\n"
)

Field = dict[str, Any]


def load(path: Path) -> Any:
    """The YAML file at ``path``."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def shared_fields() -> dict[str, Field]:
    """Every field by name: the row contract's first, then those that only the warehouse has."""
    fields: dict[str, Field] = {}
    for name in CONTRACTS:
        for column in load(REPOSITORY / "extract" / "contract" / f"{name}.yaml")["columns"]:
            fields[column["name"]] = {**column, "of_contract": True}
    for name, field in load(HERE / "dictionary" / "fields.yaml").items():
        if name in fields:
            raise SystemExit(
                f"dictionary/fields.yaml describes {name}, which the row contract describes: remove it there"
            )
        fields[name] = field
    return fields


def columns_of(table: dict[str, Any], fields: dict[str, Field]) -> list[Field]:
    """The columns of a table, each with name, type, description, label_vi, not_null and what else is said of it."""
    if "contract" in table:
        contract = load(REPOSITORY / "extract" / "contract" / f"{table['contract']}.yaml")["columns"]
        added = [column_of(entry, fields) for entry in table.get("columns", [])]
        if table.get("breaks_the_contract"):
            return [{**column, "not_null": False, "of_contract": True} for column in contract] + added
        return [{**column, "not_null": not column.get("nullable", False)} for column in contract] + added
    columns: list[Field] = []
    for entry in table["columns"]:
        columns += wide_columns() if entry == "wide_indicators" else [column_of(entry, fields)]
    return columns


def wide_columns() -> list[Field]:
    """The columns of district_year that stand for indicators: which they are is said in dbt_project.yml."""
    chosen = load(HERE / "dbt_project.yml")["vars"]
    with (HERE / "seeds" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        indicators = {row["code"]: row for row in csv.DictReader(file)}
    columns = []
    for measure, codes in (
        ("target", "wide_indicators"),
        ("outcome", "wide_indicators"),
        ("growth", "wide_growth_indicators"),
    ):
        for code in chosen[codes]:
            name_en, name_vi = indicators[code]["name_en"], indicators[code]["name_vi"]
            unit = "percent" if measure == "growth" else indicators[code]["unit"] or "unit of the product"
            said = {"target": "planned level", "outcome": "reached level", "growth": "stated growth of the outcome"}[
                measure
            ]
            label = {"target": "chỉ tiêu", "outcome": "kết quả", "growth": "tốc độ tăng"}[measure]
            columns.append({
                "name": f"{code}_{measure}", "type": "double", "not_null": False,
                "description": f"{name_en}: {said}, {unit}.", "label_vi": f"{name_vi}: {label}",
            })  # fmt: skip
    return columns


def column_of(entry: str | dict[str, Field], fields: dict[str, Field]) -> Field:
    """One column from its short form."""
    written, own = (entry, {}) if isinstance(entry, str) else next(iter(entry.items()))
    name = written.removesuffix("!")
    column = {**fields.get(name, {}), **own, "name": name, "not_null": written.endswith("!")}
    missing = [key for key in ("type", "description", "label_vi") if not column.get(key)]
    if missing:
        raise SystemExit(f"dictionary: column {name} lacks {', '.join(missing)}: describe it in dictionary/fields.yaml")
    return column


def dbt_column(column: Field, enforced: bool, check_values: bool) -> dict[str, Any]:
    """A column as dbt's property files hold it.

    The values of the row contract's fields are tested where they enter and where corrections may have changed them
    (``check_values``), not once more in every table that carries them on.
    """
    entry: dict[str, Any] = {
        "name": column["name"], "data_type": TYPES[column["type"]], "description": description_of(column),
        "config": {"meta": {"label_vi": column["label_vi"]}},
    }  # fmt: skip
    if column["not_null"] and enforced:
        entry["constraints"] = [{"type": "not_null"}]
    tests: list[Any] = []
    if column["not_null"] and not enforced:
        tests.append("not_null")
    if column.get("enum") and (check_values or not column.get("of_contract")):
        values: dict[str, Any] = {"values": column["enum"]}
        if column["type"] != "text":
            values["quote"] = False
        tests.append({"accepted_values": {"arguments": values}})
    if column.get("refers_to"):
        model, field = column["refers_to"].split(".")
        tests.append({"relationships": {"arguments": {"to": f"ref('{model}')", "field": field}}})
    if tests:
        entry["data_tests"] = tests
    return entry


def description_of(column: Field) -> str:
    """English first, then the Vietnamese label: one text, so that the comment in the database holds both."""
    return f"{column['description'].strip()} [{column['label_vi']}]"


def dbt_model(name: str, table: dict[str, Any], layer: str, fields: dict[str, Field]) -> dict[str, Any]:
    """A model as dbt's property files hold it. Views (staging) cannot carry constraints: they get tests instead."""
    enforced = layer != "staging"
    model: dict[str, Any] = {
        "name": name, "description": f"{table['description'].strip()} [{table['label_vi']}]",
        "config": {"meta": {"label_vi": table["label_vi"]}},
    }  # fmt: skip
    key = [table["key"]] if isinstance(table.get("key"), str) else table.get("key", [])
    if key and enforced:
        model["constraints"] = [{"type": "primary_key", "columns": key}]
    tests = []
    for grain in [key, table.get("grain", [])]:
        if grain:
            tests.append({"unique_grain": {"arguments": {"columns": grain}}})
    if tests:
        model["data_tests"] = tests
    model["columns"] = [
        dbt_column(column, enforced, table.get("check_values", False)) for column in columns_of(table, fields)
    ]
    return model


class Plain(yaml.SafeDumper):
    """YAML without anchors: a list that two columns share is written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never an alias."""
        return True


def rendered(content: dict[str, Any]) -> str:
    """The text of a property file."""
    return NOTE + yaml.dump(content, Dumper=Plain, allow_unicode=True, sort_keys=False, width=120)


def outputs() -> dict[Path, str]:
    """Every written file with its content."""
    fields = shared_fields()
    files: dict[Path, str] = {}
    chapters: list[tuple[str, str, dict[str, Any]]] = []
    for layer in LAYERS:
        tables = load(HERE / "dictionary" / f"{layer}.yaml")
        content: dict[str, Any] = {"models": [dbt_model(n, t, layer, fields) for n, t in tables["models"].items()]}
        if "sources" in tables:
            content = {"sources": [dbt_source(source, fields) for source in tables["sources"]], **content}
        files[HERE / "models" / layer / f"_{layer}.yml"] = rendered(content)
        chapters += [(layer, name, table) for name, table in tables["models"].items()]
    files[REPOSITORY / "docs" / "data-dictionary.md"] = manual(chapters, fields)
    return files


def dbt_source(source: dict[str, Any], fields: dict[str, Field]) -> dict[str, Any]:
    """A source: its tables carry the row contract's columns (and those that the table adds)."""
    tables = []
    for name, table in source["tables"].items():
        columns = [
            {"name": c["name"], "data_type": TYPES[c["type"]], "description": description_of(c)}
            for c in columns_of(table, fields)
        ]
        tables.append({"name": name, "description": table["description"].strip(), "columns": columns})
    return {key: value for key, value in source.items() if key != "tables"} | {"tables": tables}


def manual(chapters: list[tuple[str, str, dict[str, Any]]], fields: dict[str, Field]) -> str:
    """The data dictionary for readers: published tables first, the tables of the build after them."""
    lines = [
        "<!-- Written by dbt_project/dictionary.py: edit dbt_project/dictionary/ and extract/contract/, not this. -->",
        "# Data dictionary", "",
        "Every table and column, with its Vietnamese label. The comments in the published database say the same.",
        "How the figures are chosen, and how columns are named: [warehouse.md](warehouse.md).", "",
    ]  # fmt: skip
    published = [chapter for chapter in chapters if chapter[0] in ("marts", "reports")]
    private = [chapter for chapter in chapters if chapter[0] not in ("marts", "reports")]
    for title, part in (
        ("Published tables (schema `main`)", published),
        ("Tables of the build (not published)", private),
    ):
        lines += [f"## {title}", ""]
        lines += [f"- [`{name}`](#{name}): {table['label_vi']}" for _, name, table in part] + [""]
        for _, name, table in part:
            lines += chapter_of(name, table, fields)
    return "\n".join(lines).rstrip() + "\n"


def chapter_of(name: str, table: dict[str, Any], fields: dict[str, Field]) -> list[str]:
    """One table of the data dictionary."""
    grain = table.get("grain") or table.get("key") or []
    lines = [f"### {name}", "", f"*{table['label_vi']}.* {table['description'].strip()}", ""]
    if grain:
        lines += [
            "One row for each " + ", ".join(f"`{c}`" for c in ([grain] if isinstance(grain, str) else grain)) + ".",
            "",
        ]
    lines += ["| column | type | label | meaning |", "|---|---|---|---|"]
    for column in columns_of(table, fields):
        values = column.get("enum")
        meaning = column["description"].strip()
        if values and len(values) > 1:
            meaning += " Values: " + ", ".join(f"`{value}`" for value in values) + "."
            if "code_list" in column:
                meaning += f" Names in `dim_code`, list `{column['code_list']}`."
        if column.get("refers_to"):
            meaning += f" Refers to `{column['refers_to']}`."
        if column["not_null"]:
            meaning += " Never null."
        lines.append(f"| `{column['name']}` | {column['type']} | {column['label_vi']} | {meaning} |")
    return [*lines, ""]


def main(check: bool) -> int:
    """Write the stale files (or only name them): the exit code."""
    stale = [
        (path, text)
        for path, text in outputs().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path, text in stale:
        print(f"{'stale' if check else 'written'}: {path.relative_to(REPOSITORY)}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))

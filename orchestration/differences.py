"""What changed from one release to the next: rows added, gone and changed, by table, with examples.

Belongs here: the comparison and the page about it. Does not belong here: writing a release (``releasing``).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.releasing import read_package

_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class TableChange:
    """How one table changed. ``examples`` are (what happened, key, columns that changed with old and new value)."""

    table: str
    before: int
    after: int
    added: int
    gone: int
    changed: int
    columns_added: list[str]
    columns_gone: list[str]
    examples: list[tuple[str, str, str]]

    @property
    def any(self) -> bool:
        """True where something is different."""
        return bool(self.added or self.gone or self.changed or self.columns_added or self.columns_gone)


def compare(before: Path, after: Path) -> list[TableChange]:
    """Compare two release folders, table by table, by the primary keys that their data packages name."""
    old, new = _described(before), _described(after)
    changes = []
    with duckdb.connect(":memory:") as connection:
        for name in sorted(old.keys() | new.keys()):
            changes.append(_compare_table(connection, name, old.get(name), new.get(name), before, after))
    return changes


def report(changes: list[TableChange], before: str, after: str) -> str:
    """The page, in Markdown."""
    lines = [f"# From {before} to {after}", "", "| table | rows before | rows now | added | gone | changed |",
             "|---|---:|---:|---:|---:|---:|"]  # fmt: skip
    lines += [f"| {c.table} | {c.before:,} | {c.after:,} | {c.added:,} | {c.gone:,} | {c.changed:,} |" for c in changes]
    for change in changes:
        if not change.any:
            continue
        lines += ["", f"## {change.table}", ""]
        lines += [f"- new column `{column}`" for column in change.columns_added]
        lines += [f"- column `{column}` is gone" for column in change.columns_gone]
        lines += [f"- {what}: {key}{': ' + how if how else ''}" for what, key, how in change.examples]
    return "\n".join(lines) + "\n"


def _described(folder: Path) -> dict[str, dict[str, Any]]:
    """Schema by table."""
    resources = read_package(folder)["resources"]
    return {item["path"].removesuffix(".csv"): item["schema"] for item in resources if item["format"] == "csv"}


def _compare_table(
    connection: duckdb.DuckDBPyConnection, name: str, old: dict[str, Any] | None, new: dict[str, Any] | None,
    before: Path, after: Path,
) -> TableChange:  # fmt: skip
    if old is None or new is None:
        rows = _count(connection, (before if new is None else after) / f"{name}.parquet")
        there, here = (rows, 0) if new is None else (0, rows)
        what = "table is gone" if new is None else "new table"
        return TableChange(name, there, here, here, there, 0, [], [], [(what, name, "")])
    was = [field["name"] for field in old["fields"]]
    now = [field["name"] for field in new["fields"]]
    common = [column for column in now if column in was]
    key = new.get("primaryKey") or common
    sides = {"old": _parquet(before / f"{name}.parquet"), "new": _parquet(after / f"{name}.parquet")}
    joined = " and ".join(f"o.{_name(column)} is not distinct from n.{_name(column)}" for column in key)
    values = [column for column in common if column not in key]
    differs = " or ".join(f"o.{_name(column)} is distinct from n.{_name(column)}" for column in values) or "false"
    shown = " || ', ' || ".join(f"coalesce({{side}}.{_name(column)}::varchar, '∅')" for column in key)
    how = " || ".join(
        f"case when o.{_name(column)} is distinct from n.{_name(column)} then '{column} ' || "
        f"coalesce(left(o.{_name(column)}::varchar, 80), '∅') || ' → ' || "
        f"coalesce(left(n.{_name(column)}::varchar, 80), '∅') || '; ' else '' end" for column in values
    ) or "''"  # fmt: skip
    old_side, new_side = sides["old"], sides["new"]
    queries = {
        "added": f"select {shown.format(side='n')} as k, '' from {new_side} n anti join {old_side} o on {joined}",
        "gone": f"select {shown.format(side='o')} as k, '' from {old_side} o anti join {new_side} n on {joined}",
        "changed": f"select {shown.format(side='n')} as k, {how} from {old_side} o join {new_side} n on {joined} "
                   f"where {differs}",
    }  # fmt: skip
    counts, examples = {}, []
    for what, query in queries.items():
        counts[what] = int(connection.sql(f"select count(*) from ({query})").fetchall()[0][0])
        found = connection.sql(f"{query} order by k limit {_EXAMPLES}").fetchall()
        examples += [(what, key_shown, how_shown.removesuffix("; ")) for key_shown, how_shown in found]
    return TableChange(
        name, _count(connection, before / f"{name}.parquet"), _count(connection, after / f"{name}.parquet"),
        counts["added"], counts["gone"], counts["changed"],
        [column for column in now if column not in was], [column for column in was if column not in now], examples,
    )  # fmt: skip


def _parquet(path: Path) -> str:
    quoted = str(path).replace("'", "''")
    return f"read_parquet('{quoted}')"


def _count(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    return int(connection.sql(f"select count(*) from {_parquet(path)}").fetchall()[0][0])


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'

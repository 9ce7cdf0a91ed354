"""Written files fit what they are written from: the dictionary, the row contract, the lexicon, the models."""

import csv
import importlib.util
import re

import yaml
from dbt_builder import PROJECT


def module(name: str):
    """A script of the dbt project as a module."""
    spec = importlib.util.spec_from_file_location(name, PROJECT / f"{name}.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def test_property_files_and_data_dictionary_are_fresh():
    stale = [
        str(path) for path, text in module("dictionary").outputs().items() if path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: python dbt_project/dictionary.py"


def test_indicator_seed_is_fresh():
    seed = module("indicator_seed")
    assert seed.SEED.read_text(encoding="utf-8") == seed.rendered(), "run: python dbt_project/indicator_seed.py"


def test_staging_takes_the_columns_of_the_row_contract():
    for name in ("article", "document", "statement", "same_report"):
        contract = yaml.safe_load(
            (PROJECT.parent / "extract" / "contract" / f"{name}.yaml").read_text(encoding="utf-8")
        )
        query = (PROJECT / "models" / "staging" / f"stg_{name}s.sql").read_text(encoding="utf-8")
        taken = re.findall(r'as "?(\w+)"?,?$', query, re.MULTILINE)
        assert taken == [column["name"] for column in contract["columns"]]


def test_every_model_is_in_the_dictionary():
    layers = [PROJECT / "dictionary" / f"{layer}.yaml" for layer in module("dictionary").LAYERS]
    described = {name for path in layers for name in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]}
    assert described == {path.stem for path in (PROJECT / "models").rglob("*.sql")}


def seed(name: str) -> list[dict[str, str]]:
    """The rows of a seed."""
    with (PROJECT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_names_of_codes_are_complete():
    """Every code that a published column can hold has a name in both languages, and no name is left over."""
    dictionary = module("dictionary")
    fields = dictionary.shared_fields()
    wanted: dict[str, set[str]] = {}
    for layer in ("marts", "reports"):
        for table in dictionary.load(PROJECT / "dictionary" / f"{layer}.yaml")["models"].values():
            for column in dictionary.columns_of(table, fields):
                if column.get("enum") and column["type"] == "text":
                    wanted.setdefault(column.get("code_list", column["name"]), set()).update(column["enum"])
    named: dict[str, set[str]] = {"period": {row["period"] for row in seed("periods")}}
    for row in seed("labels"):
        assert row["name_en"], row
        assert row["name_vi"], row
        named.setdefault(row["vocabulary"], set()).add(row["code"])
    # comparators stand under prefixed names (level_comparator ...); domains and regions are data, not enums
    wanted["domain"] = {row["domain"] for row in seed("indicators")}
    wanted["compared_with"].add("last_year")
    wanted["district_type"] |= wanted["province_type"]
    assert {name: codes for name, codes in named.items() if name not in ("region", "unit_sign")} == wanted


def test_every_unit_but_a_bare_number_has_a_sign():
    signs = {row["code"] for row in seed("labels") if row["vocabulary"] == "unit_sign"}
    units = {row["code"] for row in seed("labels") if row["vocabulary"] == "unit"}
    assert units - signs == {"count", "rank"}

"""The lexicon as data: every file fits its schema, every pattern compiles, every id that is named exists."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.indicators.lexicon import concept_matcher
from extract.language.figures import FigureReader
from extract.language.patterns import PatternSet
from extract.language.periods import PeriodReader
from extract.language.tokens import words_of
from extract.lexicon import load
from extract.lexicon.load import FOLDER, LexiconError, check_lexicon, lexicon_file, lexicon_names
from extract.schemas import contract

FILES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
INDICATORS: list[dict[str, Any]] = lexicon_file("indicators")["indicators"]
CONCEPTS = lexicon_file("concepts")
CODES = {entry["code"] for entry in INDICATORS}
FAULTS = yaml.safe_load((Path(__file__).parent / "codes.yaml").read_text(encoding="utf-8"))["faults"]
TERMS = [(entry["code"], term) for entry in INDICATORS for term in entry["terms"] + entry.get("weak", [])]


def _with_faults(cases: Iterable[str], kind: str) -> list[object]:
    """The cases, those with a known fault marked to fail."""
    return [
        pytest.param(
            case,
            marks=[pytest.mark.xfail(reason=FAULTS[kind][case], strict=True)] if case in FAULTS.get(kind, {}) else [],
        )
        for case in cases
    ]


def test_every_file_has_a_schema() -> None:
    assert lexicon_names() == FILES


@pytest.mark.parametrize("name", _with_faults(FILES, "schema"))
def test_file_fits_its_schema(name: str) -> None:
    check_lexicon(name)


@pytest.mark.parametrize("name", FILES)
def test_a_wrong_file_is_named_with_the_place(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {**lexicon_file(name), "no_such_list": []}
    monkeypatch.setattr(load, "lexicon_file", lambda _: wrong)
    with pytest.raises(LexiconError, match=rf"{name}\.yaml, at .*no_such_list.*{name}\.schema\.json"):
        check_lexicon(name)


def test_a_list_that_stands_twice_is_named_with_its_line() -> None:
    with pytest.raises(LexiconError, match=r"grammar\.yaml, line 4: 'but' stands twice"):
        load.check_keys("grammar.yaml", "lists:\n  but: [a]\n  so: [b]\n  but: [c]\n")


@pytest.mark.parametrize("name", FILES)
def test_schema_allows_nothing_that_it_does_not_name(name: str) -> None:
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert schema["additionalProperties"] is False


def test_every_term_compiles_by_itself() -> None:
    for _, term in TERMS:
        PatternSet([(term, term)], CONCEPTS["macros"])


def test_all_matchers_compile() -> None:
    assert concept_matcher().find(words_of("tỷ lệ hộ nghèo"))
    FigureReader()
    PeriodReader()


@pytest.mark.parametrize("entry", INDICATORS, ids=lambda entry: entry["code"])
def test_indicator_has_words(entry: dict[str, Any]) -> None:
    composed = set(chain.from_iterable(sectors.values() for sectors in CONCEPTS["compositions"].values()))
    heads = {head.get(key) for head in CONCEPTS["heads"] for key in ("alone", "products")}
    crops = set(CONCEPTS["crop_codes"].values())
    counted_by_their_own_unit = {"targets_met"}
    assert entry["terms"] or entry["code"] in composed | heads | crops | counted_by_their_own_unit


def test_codes_are_unique_and_ranges_are_not_empty() -> None:
    assert len(CODES) == len(INDICATORS)
    assert [entry["code"] for entry in INDICATORS if not entry["range"][0] < entry["range"][1]] == []


def test_every_code_that_is_named_exists() -> None:
    named = {entry[key] for entry in INDICATORS for key in ("rate_code", "new_code") if key in entry}
    named.update(*(entry.get("family_codes", {}).values() for entry in INDICATORS))
    named.update(*(sectors.values() for sectors in CONCEPTS["compositions"].values()))
    named.update(head[key] for head in CONCEPTS["heads"] for key in ("alone", "products") if head.get(key))
    named.update(
        CONCEPTS["crop_codes"].values(), CONCEPTS["crop_measures"].values(), CONCEPTS["staple"]["codes"].values()
    )
    assert named <= CODES


def test_every_composition_is_of_a_heading_and_a_sector() -> None:
    assert set(CONCEPTS["compositions"]) <= {head["id"] for head in CONCEPTS["heads"]}
    assert {s for sectors in CONCEPTS["compositions"].values() for s in sectors} <= {
        s["id"] for s in CONCEPTS["sectors"]
    }


@pytest.mark.parametrize("code", _with_faults(sorted(CODES), "family_not_read"))
def test_every_family_of_an_indicator_is_one_of_the_units(code: str) -> None:
    units = lexicon_file("units")
    families = (
        {unit["family"] for unit in units["units"]} | {f"count:{noun['id']}" for noun in units["nouns"]} | {"any"}
    )
    assert {family for entry in INDICATORS if entry["code"] == code for family in entry["units"]} <= families


def test_units_are_those_of_the_contract() -> None:
    allowed = next(column["enum"] for column in contract("statement")["columns"] if column["name"] == "unit")
    assert {entry["unit"] for entry in INDICATORS} <= set(allowed)


@pytest.mark.parametrize("phrase", _with_faults(lexicon_file("masks")["before"], "mask_too_long"))
def test_words_before_a_masked_number_are_short_enough_to_be_looked_up(phrase: str) -> None:
    assert 1 <= len(words_of(phrase)) <= 3


def test_units_that_tell_name_a_list_of_the_grammar() -> None:
    lists = lexicon_file("grammar")["lists"]
    assert {told["behind"] for told in CONCEPTS["telling_units"].values()} <= lists.keys()

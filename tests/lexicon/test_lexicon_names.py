"""Every indicator is known by its name and by the ways in which articles say it, and no other is taken for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from saying import codes_read, sentence

from extract.indicators.lexicon import concept_matcher, indicators
from extract.lexicon.load import lexicon_file

EXPECTED: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "codes.yaml").read_text(encoding="utf-8"))
ENTRIES = {entry["code"]: entry for entry in lexicon_file("indicators")["indicators"]}


def _ways() -> list[object]:
    gaps = {(code, way) for code, ways in EXPECTED["gaps"].items() for way in ways}
    return [
        pytest.param(
            code,
            way,
            marks=[pytest.mark.xfail(reason="a way of saying not known yet", strict=True)]
            if (code, way) in gaps
            else [],
        )
        for code, entry in EXPECTED["codes"].items()
        for way in entry["said"]
    ]


def test_every_code_is_there_with_its_unit() -> None:
    assert {code: entry["unit"] for code, entry in ENTRIES.items()} == {
        code: entry["unit"] for code, entry in EXPECTED["codes"].items()
    }


def test_gaps_are_ways_of_saying() -> None:
    for code, ways in EXPECTED["gaps"].items():
        assert set(ways) <= set(EXPECTED["codes"][code]["said"])
    assert set(EXPECTED["names_not_said"]) <= set(ENTRIES)


@pytest.mark.parametrize("code", sorted(set(ENTRIES) - set(EXPECTED["names_not_said"])))
def test_indicator_is_known_by_its_name(code: str) -> None:
    entry = ENTRIES[code]
    text = sentence(entry, entry["name_vi"][0].lower() + entry["name_vi"][1:])
    assert codes_read(text) == [code], text


@pytest.mark.parametrize(("code", "way"), _ways())
def test_indicator_is_known_as_articles_say_it(code: str, way: str) -> None:
    text = sentence(ENTRIES[code], way)
    assert code in codes_read(text), text


def test_indicators_that_share_words_are_told_apart_by_units_or_as_count_and_rate() -> None:
    together = {tuple(codes): way for codes, way in _shared().items() if not _told_apart(codes)}
    assert sorted(together) == sorted(tuple(sorted(codes)) for codes in EXPECTED["same_words_same_units"]), together


def _told_apart(codes: tuple[str, ...]) -> bool:
    known = indicators()
    if any(known[code].rate_code in codes for code in codes):
        return True
    families = [known[code].units for code in codes]
    return sum(map(len, families)) == len(frozenset().union(*families))


def _shared() -> dict[tuple[str, ...], str]:
    """Codes that one way of saying names together, with an example: a walk over all states of the matcher."""
    matcher = concept_matcher()
    start = matcher.start
    ways, todo, shared = {id(start): ""}, [start], {}
    while todo:
        state = todo.pop()
        codes = tuple(sorted({concept.id for concept in state.found if concept.kind == "indicator"}))
        if len(codes) > 1:
            shared.setdefault(codes, ways[id(state)])
        for word, following in matcher.steps_of(state).items():
            if id(following) not in ways:
                ways[id(following)] = f"{ways[id(state)]} {word}".strip()
                todo.append(following)
    return shared

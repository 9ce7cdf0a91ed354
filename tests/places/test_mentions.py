"""Units named in a text are found where they stand, with the unit that is meant there."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.extraction import DocumentPlace
from extract.language.normalise import joined
from extract.places.gazetteer import gazetteer
from extract.places.mentions import find_district_mentions

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "mentions.yaml").read_text(encoding="utf-8"))
MARK = re.compile(r"\[(~?)(\w+) (\S+?)\|([^\]]+)\]")
Found = tuple[int, int, str, str | None, bool]


def parsed(marked: str) -> tuple[str, list[Found]]:
    """The text without its marks, and the mentions that they stand for."""
    text, expected, last = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        beside, kind, code, words = mark.groups()
        expected.append((len(text), len(text) + len(words), kind, None if code == "?" else code, bool(beside)))
        text += words
        last = mark.end()
    return text + marked[last:], expected


def place_of(code: str) -> DocumentPlace:
    if code not in gazetteer().by_code:
        return DocumentPlace("other", None, None, None, "test")
    unit = gazetteer().unit_on(code, None)
    return DocumentPlace("district", code, unit.unit_id, unit.province_code, "test")


def found_in(text: str, case: dict[str, Any]) -> list[Found]:
    mentions = find_district_mentions(joined(text), place_of(case["place"]), case.get("day", "2022-06-30"))
    return [(m.char_start, m.char_end, m.kind, m.code, m.beside) for m in mentions]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_mentions(case: dict[str, Any]) -> None:
    text, expected = parsed(case["text"])
    assert found_in(text, case) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
@pytest.mark.parametrize("form", ["NFD", "wide", "invisible"])
def test_mentions_do_not_hang_on_the_form_of_the_text(case: dict[str, Any], form: str) -> None:
    """The same units in decomposed text, with no-break spaces or with zero-width marks, at the offsets of that text."""
    text, expected = parsed(case["text"])
    changed = {
        "NFD": unicodedata.normalize("NFD", text),
        "wide": text.replace(" ", "\u00a0"),
        "invisible": text.replace(" ", " \u200b"),
    }[form]

    def plain(words: str) -> str:
        return unicodedata.normalize("NFC", words).replace("\u00a0", " ").replace("\u200b", "")

    found = [
        (plain(changed[start:end]), kind, code, beside) for start, end, kind, code, beside in found_in(changed, case)
    ]
    assert found == [(text[start:end], kind, code, beside) for start, end, kind, code, beside in expected]

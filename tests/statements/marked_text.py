"""Texts with the facts marked inline, as ``marked/*.txt`` hold them.

Belongs here: reading the marks. Does not belong here: which facts are due (data).

A text begins with a line ``== <name> | <day of publication> | <district code>`` and ends at the next; a fourth piece
says why the reader is known to get it wrong. ``<t ind=budget_revenue year=2024>90 tỷ đồng</t>`` marks a target,
``<o ...>`` an outcome; marks may be nested where one figure gives two facts. The marked words are the quote of the row.
Attributes: ``ind`` (indicator), ``m`` (measure, else level), ``val`` and ``max`` (value, else the number as it stands),
``of``, ``seg`` (segment, _ for a space), ``cmp`` (comparator, else eq), ``est`` (estimated), ``year`` and ``per`` (else
those of the day: its year and FY).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from extract.language.figures import parse_number

FOLDER = Path(__file__).parent / "marked"
_TAG = re.compile(r"<(?P<kind>[to])(?P<attributes>(?: [a-z]+=[^ >]+| est)*)>|</(?P<end>[to])>")
_KINDS = {"t": "target", "o": "outcome"}
_KNOWN = {"ind", "m", "val", "max", "of", "seg", "cmp", "est", "year", "per"}


@dataclass(slots=True)
class MarkedText:
    """A text without its marks, and the facts that they say: fields of a row with ``quote`` and ``char_start``."""

    name: str
    published_on: str
    district: str
    text: str
    gap: str | None
    facts: list[dict[str, Any]] = field(default_factory=list)


@cache
def marked_texts() -> tuple[MarkedText, ...]:
    """All marked texts. Raises ValueError naming the text where a mark cannot be read."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for part in re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            head, _, body = part.partition("\n")
            name, day, district, *gap = (piece.strip() for piece in head.split("|"))
            found.append(_parse(name, day, district, gap[0] if gap else None, body.strip()))
    return tuple(found)


def _parse(name: str, day: str, district: str, gap: str | None, body: str) -> MarkedText:
    plain: list[str] = []
    length = at = 0
    open_marks: list[tuple[str, dict[str, str], int]] = []
    facts = []
    for tag in _TAG.finditer(body):
        plain.append(body[at : tag.start()])
        length += tag.start() - at
        at = tag.end()
        if tag["kind"]:
            pairs = (pair.partition("=") for pair in tag["attributes"].split())
            open_marks.append((tag["kind"], {key: value for key, _, value in pairs}, length))
            continue
        if not open_marks or open_marks[-1][0] != tag["end"]:
            raise ValueError(f"{name}: </{tag['end']}> closes nothing. Marks are <t ...>...</t> and <o ...>...</o>.")
        kind, attributes, start = open_marks.pop()
        facts.append(_fact(name, kind, attributes, "".join(plain)[start:length], start, day))
    text = "".join([*plain, body[at:]])
    if open_marks or "<" in text:
        raise ValueError(f"{name}: a mark is not closed or not readable: {text[max(0, text.find('<')) :][:60]!r}")
    return MarkedText(name, day, district, text, gap, sorted(facts, key=lambda fact: fact["char_start"]))


def _fact(name: str, kind: str, attributes: dict[str, str], quote: str, start: int, day: str) -> dict[str, Any]:
    if set(attributes) - _KNOWN or "ind" not in attributes:
        raise ValueError(
            f"{name}: mark of {quote!r} has {sorted(attributes)}; it needs ind, and may have {sorted(_KNOWN)}."
        )
    number = re.search(r"\d[\d.,]*\d|\d", quote)
    value = float(attributes["val"]) if "val" in attributes else parse_number(number.group()) if number else None
    if value is None:
        raise ValueError(f"{name}: {quote!r} holds no number that can be read; give val=.")
    return {
        "kind": _KINDS[kind],
        "indicator": attributes["ind"],
        "segment": attributes["seg"].replace("_", " ") if "seg" in attributes else None,
        "measure": attributes.get("m", "level"),
        "value": value,
        "value_max": float(attributes["max"]) if "max" in attributes else None,
        "of": float(attributes["of"]) if "of" in attributes else None,
        "comparator": attributes.get("cmp", "eq"),
        "estimated": "est" in attributes,
        "year": int(attributes.get("year", day[:4])),
        "period": attributes.get("per", "FY"),
        "quote": quote,
        "char_start": start,
    }

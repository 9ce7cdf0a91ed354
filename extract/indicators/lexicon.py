"""The indicator lexicon as objects, and one matcher for everything that names an indicator.

Belongs here: loading ``indicators.yaml`` and ``concepts.yaml``, and the kinds of concepts. Does not belong here: which
figure a name belongs to (``statements/binding.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extract.language.patterns import PatternSet
from extract.lexicon.load import lexicon_file


@dataclass(frozen=True, slots=True)
class Indicator:
    """One code. ``units`` are the families of figures that its level can have; ``unit`` is the canonical unit."""

    code: str
    unit: str
    units: frozenset[str]
    low: float
    high: float
    flow_count: bool
    over_term: str
    pct_measure: str | None
    rate_code: str | None
    denominator: float | None
    needs_words: tuple[str, ...]
    family_codes: tuple[tuple[str, str], ...]
    new_code: str | None
    kind: str

    def fits(self, family: str | None) -> bool:
        """True where a figure of ``family`` can be a level of this indicator."""
        return family in self.units or "any" in self.units

    @property
    def is_rate(self) -> bool:
        """True where the level itself is a percentage, so that a change of it is in percentage points."""
        return self.unit == "pct"


class Concept(NamedTuple):
    """What some words name. ``kind``: indicator, weak, head, sector, crop, crop_head, pseudo."""

    kind: str
    id: str


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by code."""
    return {
        entry["code"]: Indicator(
            entry["code"], entry["unit"], frozenset(entry["units"]), float(entry["range"][0]), float(entry["range"][1]),
            entry.get("flow_count", False), entry.get("over_term", "state"), entry.get("pct_measure"),
            entry.get("rate_code"), entry.get("denominator"), tuple(entry.get("needs_words", ())),
            tuple(entry.get("family_codes", {}).items()), entry.get("new_code"), entry["kind"],
        )
        for entry in lexicon_file("indicators")["indicators"]
    }  # fmt: skip


@cache
def segment_matcher(code: str, *, part: bool) -> PatternSet[str] | None:
    """The matcher of named parts of an indicator; ``part``: also those that count only inside "trong đó"."""
    entry = next(e for e in lexicon_file("indicators")["indicators"] if e["code"] == code)
    patterns = entry.get("segments", []) + (entry.get("part_segments", []) if part else [])
    return PatternSet(((pattern, pattern) for pattern in patterns), lexicon_file("concepts")["macros"]) if patterns else None


@cache
def heads() -> dict[str, str | None]:
    """Heading id to the code that it names without a sector (None: it needs one)."""
    return {head["id"]: head["alone"] for head in lexicon_file("concepts")["heads"]}


@cache
def sector_segments() -> dict[str, str | None]:
    """Sector id to the segment that it stands for inside its code (None: it is the whole code)."""
    return {sector["id"]: sector.get("segment") for sector in lexicon_file("concepts")["sectors"]}


@cache
def compositions() -> dict[str, dict[str, str]]:
    """Heading id, then sector id, to code."""
    found: dict[str, dict[str, str]] = lexicon_file("concepts")["compositions"]
    return found


@cache
def concept_matcher() -> PatternSet[Concept]:
    """The matcher of all concepts; compiled once a process (about 0.1 s)."""
    concepts = lexicon_file("concepts")
    patterns: list[tuple[str, Concept]] = []
    for entry in lexicon_file("indicators")["indicators"]:
        patterns += [(term, Concept("indicator", entry["code"])) for term in entry["terms"]]
        patterns += [(term, Concept("weak", entry["code"])) for term in entry.get("weak", ())]
    for head in concepts["heads"]:
        patterns += [(term, Concept("head", head["id"])) for term in head["terms"]]
    for sector in concepts["sectors"]:
        patterns += [(term, Concept("sector", sector["id"])) for term in sector["terms"]]
    patterns += [(term, Concept("pseudo", term)) for term in concepts["pseudo"]]
    crops = "(" + "|".join(concepts["crops"] + concepts["risky_crops"]) + ")"
    patterns += [(crop, Concept("crop", crop)) for crop in concepts["crops"]]
    patterns += [(f"{head} {crops}", Concept("crop", "named")) for head in concepts["crop_heads"]]
    patterns += [(facet, Concept("crop_head", facet)) for facet in concepts["crop_facets"]]
    return PatternSet(patterns, concepts["macros"])

"""The indicator lexicon as objects, and one matcher for everything that names an indicator.

Belongs here: loading ``indicators.yaml`` and ``concepts.yaml``, and the kinds of concepts. Does not belong here: which
figure a name belongs to (``statements/binding.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from extract.language.patterns import PatternSet
from extract.lexicon.grammar import words
from extract.lexicon.load import lexicon_file


class _Concepts(dict[str, Any]):
    def __missing__(self, name: str) -> Any:
        found = self[name] = lexicon_file("concepts")[name]
        return found


concepts: Final = _Concepts()
"""The shared building blocks of ``concepts.yaml`` by name: a table, since rules ask dozens of times an article."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One code, with what the rules ask about it (the fields of ``indicators.yaml``)."""

    code: str
    unit: str
    units: frozenset[str]
    low: float
    high: float
    kind: str
    flow_count: bool
    sums_over_term: bool
    averaged_over_term: bool
    named_average: bool
    growth_is_level: bool
    few_are_new: bool
    weak_touches: bool
    pct_measure: str | None
    rate_code: str | None
    new_code: str | None
    denominator: float | None
    per: str | None
    needs_words: tuple[str, ...]
    total_segment: str | None
    said_by_name: bool
    falls: tuple[str, ...]
    family_codes: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...] = ()  # (words for a part of the district, the code of the same there)
    within: tuple[str, tuple[str, ...]] | None = None  # (code of a larger total, words that tell this one from it)
    weak_units: frozenset[str] = frozenset()  # the families that a weak name counts for, where they are not all
    weak_needs: tuple[str, ...] = ()  # phrases, one of which stands shortly before a weak name
    term_from: float | None = None  # more than this is of several years

    def fits(self, family: str | None) -> bool:
        """True where a figure of ``family`` can be a level of this indicator."""
        return family in self.units or ("any" in self.units and family != "money")

    def counts_what_ended(self, text: str) -> bool:
        """True where the words ``text`` name those that are no longer counted: "số hộ thoát nghèo"."""
        if not self.falls:
            return False
        said = text.lower()
        return any(word in said for word in self.falls)

    @property
    def speaks_of_rates(self) -> bool:
        """True where a percentage beside it is a level: of itself, or of its rate."""
        return self.is_rate or self.rate_code is not None or self.fits("pct")

    @property
    def is_rate(self) -> bool:
        """True where the level itself is a percentage, so that a change of it is in percentage points."""
        return self.unit == "pct"

    @property
    def is_count(self) -> bool:
        """True where the level is a number of things."""
        return self.unit == "count"


class Concept(NamedTuple):
    """What some words name. ``kind``: indicator, weak, head, sector, crop, facet, pseudo."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Name:
    """All that one name can be. ``named`` are the indicator concepts, strong ones first."""

    named: tuple[Concept, ...]
    head: str | None
    sector: str | None
    crop: bool
    facet: bool

    @property
    def strong(self) -> bool:
        """True where some indicator is named outright."""
        return bool(self.named) and self.named[0].kind == "indicator"


class _Names(dict[tuple[Concept, ...], Name]):
    def __missing__(self, found: tuple[Concept, ...]) -> Name:
        named = sorted((c for c in found if c.kind in ("indicator", "weak")), key=lambda c: c.kind)
        head = next((c.id for c in found if c.kind == "head"), None)
        sector = next((c.id for c in found if c.kind == "sector"), None)
        kinds = {c.kind for c in found}
        made = self[found] = Name(tuple(named), head, sector, "crop" in kinds, "facet" in kinds)
        return made


_names: Final = _Names()


def name_of(found: tuple[Concept, ...]) -> Name:
    """The concepts of one place as a name."""
    return _names[found]


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by code."""
    return {entry["code"]: _indicator(entry) for entry in lexicon_file("indicators")["indicators"]}


class _Known(dict[str, Indicator]):
    def __missing__(self, code: str) -> Indicator:
        found = self[code] = indicators()[code]
        return found


known: Final = _Known()
"""The same as a table that makes an entry when it is first asked for: for rules, which ask of every figure."""


def _indicator(entry: dict[str, Any]) -> Indicator:
    return Indicator(
        code=entry["code"],
        unit=entry["unit"],
        units=frozenset(entry["units"]),
        low=float(entry["range"][0]),
        high=float(entry["range"][1]),
        kind=entry["kind"],
        flow_count=entry.get("flow_count", False),
        sums_over_term=entry.get("over_term") == "sum",
        averaged_over_term=entry.get("averaged_over_term", False),
        named_average=entry.get("named_average", False),
        growth_is_level=entry.get("growth_is_level", False),
        few_are_new=entry.get("few_are_new", False),
        weak_touches=entry.get("weak_touches", False),
        pct_measure=entry.get("pct_measure"),
        rate_code=entry.get("rate_code"),
        new_code=entry.get("new_code"),
        denominator=entry.get("denominator"),
        per=entry.get("per"),
        needs_words=tuple(entry.get("needs_words", ())),
        total_segment=entry.get("total_segment"),
        said_by_name=entry.get("said_by_name", False),
        falls=tuple(entry.get("falls", ())),
        family_codes=tuple(entry.get("family_codes", {}).items()),
        areas=tuple(entry.get("areas", {}).items()),
        within=(entry["within"]["code"], tuple(entry["within"]["said"])) if "within" in entry else None,
        weak_units=frozenset(entry.get("weak_units", ())),
        weak_needs=tuple(entry.get("weak_needs", ())),
        term_from=entry.get("term_from"),
    )


@cache
def counts_of_rate(code: str) -> tuple[Indicator, ...]:
    """The counts whose rate is ``code``: poor households of the poverty rate."""
    return tuple(i for i in indicators().values() if i.rate_code == code)


@cache
def code_of_denominator(denominator: float) -> str | None:
    """The code that a fraction with this denominator belongs to: nine criteria are a district's."""
    return next((i.code for i in indicators().values() if i.denominator == denominator), None)


def total_of_crop(code: str, crop: str) -> bool:
    """True where areas of ``crop`` are parts of the area ``code``: rice and groups of crops of all sown, trees of new
    forest. One other crop is an indicator of its own ("trong đó ngô 800 ha")."""
    if code == concepts["area_of_crops"]:
        noun, _, kind = crop.partition(" ")  # "cây màu"
        named = kind if noun in words["plant"] else crop
        return named.startswith((concepts["staple"]["crop"], *concepts["crop_groups"]))
    return bool(code == concepts["area_of_trees"]) and crop.startswith(tuple(concepts["trees"]))


@cache
def heads() -> dict[str, dict[str, Any]]:
    """Headings by id."""
    return {head["id"]: head for head in concepts["heads"]}


@cache
def sector_segments() -> dict[str, str | None]:
    """Sector id to the segment that it stands for inside its code (None: it is the whole code)."""
    return {sector["id"]: sector.get("segment") for sector in concepts["sectors"]}


class _SegmentMatchers(dict[str, PatternSet[str] | None]):
    """Code -> the matcher of its named parts; a table, since rules ask of each figure."""

    def __init__(self, *, part: bool) -> None:
        super().__init__()
        self._part = part

    def __missing__(self, code: str) -> PatternSet[str] | None:
        entry = next(e for e in lexicon_file("indicators")["indicators"] if e["code"] == code)
        patterns = entry.get("segments", []) + (entry.get("part_segments", []) if self._part else [])
        whole = [*entry.get("whole", []), *concepts["no_segments"]]
        named = [(pattern, pattern) for pattern in patterns] + [(pattern, "") for pattern in whole]
        made = self[code] = PatternSet(named, concepts["macros"]) if patterns else None
        return made


_segments: Final = _SegmentMatchers(part=False)
_parts: Final = _SegmentMatchers(part=True)


def segment_matcher(code: str, *, part: bool) -> PatternSet[str] | None:
    """The matcher of named parts of an indicator; ``part``: also those that count only inside "trong đó"."""
    return (_parts if part else _segments)[code]


@cache
def concept_matcher() -> PatternSet[Concept]:
    """The matcher of all concepts; compiled once a process (about 0.1 s)."""
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
    risky = "(" + "|".join(concepts["risky_crops"]) + ")"
    patterns += [(f"{risky} {tail}", Concept("crop", "named")) for tail in concepts["crop_tails"]]
    patterns += [(facet, Concept("facet", facet)) for facet in concepts["crop_facets"]]
    return PatternSet(patterns, concepts["macros"])

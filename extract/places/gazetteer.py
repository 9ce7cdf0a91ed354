"""The gazetteer: provinces, dated districts, communes, publishers' domains, and what each name can mean.

Belongs here: loading ``lexicon/gazetteer/*.csv`` and questions of fact (which unit was this on that day, what became of
it). Does not belong here: finding names in text (``scanner``) or choosing between them (``resolver``).

Days are ISO texts (``2023-12-31``): they compare as they sort. An empty ``valid_from`` means "since before 2015".
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final

import extract
from extract.lexicon.load import lexicon_file
from extract.places.days import LAST_DAY_OF_DISTRICTS, shifted
from extract.places.spelling import slug, spellings

FOLDER: Final = Path(extract.__path__[0]) / "lexicon" / "gazetteer"
EARLY: Final = timedelta(days=90)  # papers use a new title before its first day ...
LATE: Final = timedelta(days=45)  # ... and the old one for a while after its last
HUE_IS_CITY_FROM: Final = "2025-01-01"


@dataclass(frozen=True, slots=True, eq=False)  # one object a unit: found by identity
class District:
    """One version of a district-level unit: name and type held from ``valid_from`` to ``valid_to``."""

    unit_id: str
    code: str
    name: str
    unit_type: str
    province_code: str
    valid_from: str
    valid_to: str
    successor_codes: tuple[str, ...]

    def holds_on(self, day: str) -> bool:
        """Whether this version was in force on ``day``."""
        return self.valid_from <= day <= self.valid_to


@dataclass(frozen=True, slots=True, eq=False)  # one object a unit: found by identity
class Province:
    """One of the 63 provinces before July 2025, with the code of the province that it is in today."""

    code: str
    name: str
    is_city: bool
    code_2025: str
    slug: str
    dateline_tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)  # one object a unit: found by identity
class Commune:
    """A commune-level unit, with the district that it belonged to."""

    code: str
    name: str
    unit_type: str
    district_code: str
    province_code: str


@dataclass(slots=True, eq=False)
class PlaceName:
    """All that one spelling can mean above the communes. ``typed`` names have their type in them ("quận 8");
    ``needs_type`` names stand for a place only after huyện, quận, tỉnh ...
    """

    districts: list[District] = field(default_factory=list)
    provinces: list[Province] = field(default_factory=list)
    typed: bool = False
    needs_type: bool = False


class Gazetteer:
    """The loaded gazetteer. Get it from :func:`gazetteer`; it is read once a process and never changed."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.provinces = {row["province_code"]: _province(row) for row in _rows(folder / "provinces.csv")}
        self.domains = {row["domain"]: (row["province_code"], row["strength"]) for row in _rows(folder / "domains.csv")}
        self.by_code: dict[str, list[District]] = defaultdict(list)
        self.names: dict[str, PlaceName] = defaultdict(PlaceName)
        self.slugs: dict[str, list[District]] = defaultdict(list)
        self.written: set[str] = set()  # names with capitals of their own: KBang, BR-VT
        for row in _rows(folder / "districts.csv"):
            self._add_district(row)
        for row in _rows(folder / "former_names.csv"):
            self._add_former_name(row)
        for row in _rows(folder / "provinces.csv"):
            self._add_province_names(row)
        self.communes = [
            Commune(row["commune_code"], row["name"], row["unit_type"], row["district_code"], row["province_code"])
            for name in ("communes.csv", "communes_2025.csv")
            for row in _rows(folder / name)
        ]
        self.commune_names: dict[str, list[Commune]] = defaultdict(list)
        for commune in self.communes:
            if not commune.name.isdigit():
                for spelling in spellings(commune.name):
                    self.commune_names[spelling].append(commune)
        self._turns = sorted(self._days_of_change())
        self.tags = {tag: p for p in self.provinces.values() for tag in p.dateline_tags}

    def _add_district(self, row: dict[str, str]) -> None:
        unit = District(
            row["unit_id"], row["district_code"], row["name"], row["unit_type"], row["province_code"],
            row["valid_from"], row["valid_to"], _listed(row["successor_code"]),
        )  # fmt: skip
        self.by_code[unit.code].append(unit)
        for spelling in _district_spellings(unit.name, _listed(row["aliases"])):
            self._put(spelling, unit, typed=unit.name.isdigit())
        self._put_slugs(unit, unit.name, *_listed(row["aliases"]))
        self.written.update((unit.name, *_listed(row["aliases"])))

    def _put(self, spelling: str, unit: District, *, typed: bool = False) -> None:
        entry = self.names[spelling]
        entry.typed = entry.typed or typed
        if unit not in entry.districts:
            entry.districts.append(unit)

    def _put_slugs(self, unit: District, *names: str) -> None:
        for name in names:
            key = f"quan-{name}" if name.isdigit() else slug(name)
            if unit not in self.slugs[key]:
                self.slugs[key].append(unit)

    def _add_former_name(self, row: dict[str, str]) -> None:
        """Names given up before 2015: they stand for the unit that the territory is known by since."""
        for code in _listed(row["district_code"]):
            unit = self.by_code[code][0]
            former = District(
                unit.unit_id, code, row["name"], row["unit_type"], unit.province_code, "", row["valid_to"], (code,)
            )
            for spelling in spellings(row["name"]):
                self._put(spelling, former)
            self._put_slugs(former, row["name"])

    def _add_province_names(self, row: dict[str, str]) -> None:
        province = self.provinces[row["province_code"]]
        self.written.update((province.name, *_listed(row["aliases"])))
        for name in (province.name, *_listed(row["aliases"])):
            for spelling in spellings(name):
                entry = self.names[spelling]
                entry.needs_type = entry.needs_type or name.lower() in _words("not_alone")
                if province not in entry.provinces:
                    entry.provinces.append(province)

    def _days_of_change(self) -> set[str]:
        """The days on which :meth:`possible` or :meth:`unit_on` begin to answer differently."""
        days = {LAST_DAY_OF_DISTRICTS, HUE_IS_CITY_FROM}
        for unit in (unit for versions in self.by_code.values() for unit in versions):
            if unit.valid_from:
                days |= {unit.valid_from, shifted(unit.valid_from, -EARLY)}
            after = shifted(unit.valid_to, timedelta(days=1))
            days |= {after, shifted(after, LATE)}
        return days

    def era(self, day: str | None) -> int:
        """A number that days share on which every name can mean the same; -1 for no day."""
        return -1 if day is None else bisect_right(self._turns, day)

    def is_commune_name(self, name: str, province: str | None = None) -> bool:
        """Whether a commune (of ``province``, if given) is called ``name`` (as it stands in a text)."""
        communes = self.commune_names.get(name.lower(), ())
        return any(province in (None, commune.province_code) for commune in communes)

    def unit_on(self, code: str, day: str | None) -> District:
        """The version of district ``code`` on ``day`` (the nearest where none was in force; the last without a day).

        Raises KeyError where the code is unknown.
        """
        versions = self.by_code.get(code) or _unknown(code)
        if day is None or len(versions) == 1:
            return versions[-1]
        for unit in versions:
            if unit.valid_from <= day <= unit.valid_to:
                return unit
        return versions[0 if day < versions[0].valid_to else -1]

    def successors_on(self, unit: District, day: str) -> Iterator[District]:
        """The units that stand on ``day`` where ``unit`` stood, or ``unit`` itself where it was never replaced."""
        if unit.valid_to >= day or not unit.successor_codes:
            yield unit
            return
        for code in unit.successor_codes:
            following = self.unit_on(code, shifted(unit.valid_to, timedelta(days=1)))
            yield from self.successors_on(following, day)

    def possible(self, units: Sequence[District], day: str | None, *, old_names: bool = True) -> tuple[District, ...]:
        """Of the ``units`` that share a name, those that it can stand for in an article of ``day``, one version a code.

        Versions in force come first (with slack around their first and last day); where there is none, and
        ``old_names`` are asked for, the successors.
        """
        if len(units) == 1 and (day is None or units[0].holds_on(day)):
            return tuple(units)
        if day is None:
            return tuple({unit.code: unit for unit in units}.values())
        held = [unit for unit in units if unit.holds_on(day)]
        early, late = shifted(day, EARLY), shifted(day, -LATE)
        near = [u for u in units if u not in held and u.valid_from <= early and late <= u.valid_to]
        if held or near:
            return tuple({unit.code: unit for unit in [*near, *held]}.values())
        if not old_names:
            return ()
        followed = [new for unit in units if unit.valid_to < day for new in self.successors_on(unit, day)]
        return tuple({unit.code: unit for unit in followed or units}.values())


def _words(kind: str) -> list[str]:
    found: list[str] = lexicon_file("places")[kind]
    return found


def _district_spellings(name: str, aliases: Iterable[str]) -> list[str]:
    if name.isdigit():
        words = [*_words("before_numbers"), *(_words("before_high_numbers") if int(name) > 4 else ())]
        return [f"{word}{name}" for word in words]
    return list(dict.fromkeys(s for variant in (name, *aliases) for s in spellings(variant)))


def _province(row: dict[str, str]) -> Province:
    return Province(
        row["province_code"], row["name"], row["kind"] == "thanh_pho_truc_thuoc_tw", row["province_code_2025"],
        row["slug"], _listed(row["dateline_tags"]),
    )  # fmt: skip


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _unknown(code: str) -> list[District]:
    raise KeyError(f"no district has the code {code!r}: see districts.csv in {FOLDER}")


@cache
def gazetteer() -> Gazetteer:
    """The bundled gazetteer, loaded at first use (about 0.1 s)."""
    return Gazetteer()

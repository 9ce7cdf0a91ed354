"""What a found name means where it stands: a district, a commune or a province, and which ones it could be.

Belongs here: reading one name by its type word, the day and what follows it. Does not belong here: weighing many
readings against each other (``resolver``).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from extract.places.cues import COMMUNE_TYPES, Cue, forms, words
from extract.places.days import after_districts
from extract.places.gazetteer import HUE_IS_CITY_FROM, Commune, District, PlaceName, Province, gazetteer
from extract.places.scanner import Hit, Scan

_PROVINCE_NEAR: Final = 14  # characters
HUE: Final = "46"
# tables of readings, and readings in each: a few megabytes
_TABLES: Final = 128
_REMEMBERED: Final = 512


class Reading:
    """A hit with its kind (district, commune, province) and the units it could be; one of the three is filled.

    ``typed``: the type of unit stands beside the name; ``beside``: the unit is only compared or visited; ``thing``: it
    is the name of a hospital, a market, a police force ... there, or of the paper or portal of a province; ``former``:
    "(cũ)" stands after it.
    """

    def __init__(
        self, hit: Hit, kind: str, districts: tuple[District, ...] = (), communes: tuple[Commune, ...] = (),
        provinces: tuple[Province, ...] = (), typed: bool = False, beside: bool = False, thing: bool = False,
        former: bool = False,
    ) -> None:  # fmt: skip
        self.hit, self.kind = hit, kind
        self.districts, self.communes, self.provinces = districts, communes, provinces
        self.typed, self.beside, self.thing, self.former = typed, beside, thing, former

    def at(self, hit: Hit) -> Reading:
        """The same of another hit."""
        return Reading(
            hit, self.kind, self.districts, self.communes, self.provinces, self.typed, self.beside, self.thing,
            self.former,
        )  # fmt: skip


class Readings:
    """What a text names: all in order, and the same by kind.

    ``province_after`` holds the provinces that stand right behind a district ("huyện Đắk Tô (Kon Tum)"): start of the
    district -> code of the province.
    """

    __slots__ = ("all", "communes", "districts", "province_after", "provinces")

    def __init__(self) -> None:
        self.all: list[Reading] = []
        self.districts: list[Reading] = []
        self.communes: list[Reading] = []
        self.provinces: list[Reading] = []
        self.province_after: dict[int, str] = {}


def readings(scan: Scan, day: str | None, home: str | None = None) -> Readings:
    """Read every hit of ``scan`` for an article of ``day`` (ISO, or None); hits that are no unit are left out.

    ``home`` is the province (code) that the outlet serves: there "Quảng Ninh" alone may be the huyện of that name.
    """
    found = Readings()
    if not scan.hits:
        return found
    text, everything, districts, communes = scan.folded.text, found.all, found.districts, found.communes
    known = _known_on(day, home, scan.marked)
    for hit in scan.hits:
        if known is None or hit.communes:
            reading = _read(hit, day, text, home)
        else:
            key = (hit.name, hit.cue, hit.alone)
            if key in known:
                same = known[key]
                reading = None if same is None else same.at(hit)
            else:
                reading = _read(hit, day, text, home)
                _remember(known, key, reading)
        if reading is None:
            continue
        kind = reading.kind
        if kind == "district":
            districts.append(reading)
        elif kind == "commune":
            communes.append(reading)
        else:
            _add_province(found, reading, day, text)
        everything.append(reading)
    return found


def _add_province(found: Readings, province: Reading, day: str | None, text: str) -> None:
    """Add ``province``, and see what it says of the name before it."""
    before = found.all[-1] if found.all else None
    if before is not None and before.kind == "province":
        before = _inside(before, province, day, text)
        if before.kind == "district":
            found.all[-1] = before
            found.provinces.pop()
            found.districts.append(before)
    if before is not None and before.kind == "district" and (code := _follows(before, province, text)):
        found.province_after[before.hit.start] = code
    found.provinces.append(province)


# What a name with its cue means in an era: the same names come again in every article. What stands behind a name is
# asked for after the end of districts only, so the rest does not hang on the text.
_Key = tuple[PlaceName, Cue | None, bool]
_Known = dict[_Key, Reading | None]


@lru_cache(maxsize=_TABLES)
def _known_on(day: str | None, home: str | None, marked: bool) -> _Known | None:
    """The table for articles of ``day``; none after the end of districts."""
    return None if after_districts(day) else _known_in(gazetteer().era(day), home, marked)


@lru_cache(maxsize=_TABLES)
def _known_in(era: int, home: str | None, marked: bool) -> _Known:
    """Names with what shows their meaning -> a reading of such a hit, for days of one era, outlets of one province."""
    return {}


def _remember(known: _Known, key: _Key, reading: Reading | None) -> None:
    if len(known) >= _REMEMBERED:
        known.clear()
    known[key] = reading


def _inside(before: Reading, province: Reading, day: str | None, text: str) -> Reading:
    """A province with another one in brackets after it is a district of that name there: Hòa Bình (Bạc Liêu)."""
    if before.typed or text[before.hit.end : province.hit.start] not in _brackets():
        return before
    codes = {found.code for found in province.provinces}
    units = gazetteer().possible(before.hit.name.districts, day, old_names=False) if not after_districts(day) else ()
    inside = tuple(unit for unit in units if unit.province_code in codes)
    return Reading(before.hit, "district", districts=inside, beside=before.beside) if inside else before


@cache
def _brackets() -> frozenset[str]:
    """What stands between a district and the province that follows in brackets or behind a comma."""
    return frozenset({" (", *(f"{mark}{word} " for mark in (", ", " (") for word in words("province"))})


@cache
def _between() -> re.Pattern[str]:
    """What may stand between a district and its province, in lower case."""
    types = "|".join(re.escape(word) for word in words("before_province"))
    return re.compile(rf"[\s,(\-–:]{{0,3}}(?:(?:{types})\s*)?")


def _follows(district: Reading, province: Reading, text: str) -> str | None:
    """The code of ``province`` where ``district`` lies in it and only brackets, "tỉnh" ... stand between the two."""
    if province.hit.start - district.hit.end >= _PROVINCE_NEAR:
        return None
    inside = {unit.province_code for unit in district.districts}
    code = next((unit.code for unit in province.provinces if unit.code in inside), None)
    between = text[district.hit.end : province.hit.start].lower()
    return code if code and _between().fullmatch(between) else None


def _read(hit: Hit, day: str | None, text: str, home: str | None) -> Reading | None:
    cue, name = hit.cue, hit.name
    role, beside = (cue.role, cue.beside) if cue else ("", False)
    if role == "person":
        return None
    if cue is not None and role == "type":
        if cue.unit_type in COMMUNE_TYPES:
            communes = () if after_districts(day) else _communes(hit, cue.unit_type)  # new units, new codes since
            return Reading(hit, "commune", communes=communes, typed=True)
        if cue.unit_type == "tinh":
            return Reading(hit, "province", provinces=tuple(name.provinces), typed=True) if name.provinces else None
        return _typed_district(hit, cue.unit_type, day, text)
    if name.typed:
        return Reading(hit, "district", districts=gazetteer().possible(name.districts, day), typed=True)
    if not hit.alone or name.needs_type:
        return None
    if role == "source" and name.provinces:
        return Reading(hit, "province", provinces=tuple(name.provinces), thing=True)
    if after_districts(day):
        units: tuple[District, ...] = ()
    else:
        units = gazetteer().possible(name.districts, day, old_names=False)
    thing = role in ("thing", "apart", "source")
    if name.provinces and not (_elsewhere(name.provinces, home) and any(u.province_code == home for u in units)):
        return None if thing else Reading(hit, "province", provinces=tuple(name.provinces), beside=beside)
    return Reading(hit, "district", districts=units, beside=beside, thing=thing) if units else None


def _elsewhere(provinces: list[Province], home: str | None) -> bool:
    return home is not None and all(province.code != home for province in provinces)


def _communes(hit: Hit, unit_type: str) -> tuple[Commune, ...]:
    same = [commune for commune in hit.communes if commune.unit_type == unit_type]
    return tuple(same) or hit.communes  # phường and thị trấn of today were xã before


def _typed_district(hit: Hit, unit_type: str, day: str | None, text: str) -> Reading | None:
    """Huyện, quận, thị xã or thành phố X; a type of another time is taken where nothing fits better."""
    name = hit.name
    beside, apart = (hit.cue.beside, hit.cue.apart) if hit.cue is not None else (False, False)
    former = after_districts(day) and _former().match(text, hit.end) is not None
    units = gazetteer().possible(name.districts, day)
    exact = tuple(u for u in units if u.unit_type.startswith(unit_type) and (day is None or u.holds_on(day)))
    if not exact and unit_type == "thanh_pho" and any(_is_city_by(province, day) for province in name.provinces):
        return Reading(hit, "province", provinces=tuple(name.provinces), typed=True)
    if not exact:
        codes = {u.code for u in name.districts if u.unit_type.startswith(unit_type)}
        exact = tuple(u for u in units if u.code in codes) or units
    if not exact:
        return None
    return Reading(hit, "district", districts=exact, typed=True, beside=beside, thing=apart, former=former)


@cache
def _former() -> re.Pattern[str]:
    """What follows the name of a unit that is no more."""
    alternatives = "|".join(re.escape(form) for word in words("no_longer") for form in forms(word, True))
    return re.compile(rf"\s*(?:{alternatives})(?!\w)", re.IGNORECASE)


def _is_city_by(province: Province, day: str | None) -> bool:
    """Centrally run cities, and Huế from 2025."""
    return province.is_city or (province.code == HUE and day is not None and day >= HUE_IS_CITY_FROM)

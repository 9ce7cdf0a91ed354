"""What a found name means where it stands: a district, a commune or a province, and which ones it could be.

Belongs here: reading one name by its type word, the day and the province. Does not belong here: weighing many readings
against each other (``resolver``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.places.cues import COMMUNE_TYPES, DISTRICT_TYPES
from extract.places.gazetteer import LAST_DAY_OF_DISTRICTS, Commune, District, Province, gazetteer
from extract.places.scanner import Hit, Scan


@dataclass(frozen=True, slots=True)
class Reading:
    """A hit with its kind (district, commune, province) and the units it could be; one of the three is filled.

    ``typed`` says that the type of unit stands beside the name; ``beside`` that the unit is only compared or visited.
    """

    hit: Hit
    kind: str
    districts: tuple[District, ...] = ()
    communes: tuple[Commune, ...] = ()
    provinces: tuple[Province, ...] = ()
    typed: bool = False
    beside: bool = False


def readings(scan: Scan, day: str | None) -> Iterator[Reading]:
    """Read every hit of ``scan`` for an article of ``day`` (ISO, or None); hits that are no unit are left out."""
    for hit in scan.hits:
        if reading := _read(hit, day):
            yield reading


def _read(hit: Hit, day: str | None) -> Reading | None:
    cue, name = hit.cue, hit.name
    if cue is not None and cue.role == "other":
        return None
    if cue is not None and cue.role == "type":
        if cue.unit_type in COMMUNE_TYPES:
            return Reading(hit, "commune", communes=_communes(hit, cue.unit_type), typed=True)
        if cue.unit_type == "tinh":
            return Reading(hit, "province", provinces=tuple(name.provinces), typed=True) if name.provinces else None
        return _typed_district(hit, cue.unit_type, day)
    if name.typed:
        return Reading(hit, "district", districts=gazetteer().possible(name, day), typed=True)
    if not hit.alone or name.needs_type:
        return None
    beside = cue is not None and cue.role == "beside"
    if name.provinces:
        return Reading(hit, "province", provinces=tuple(name.provinces), beside=beside)
    if name.districts and not _after_districts(day):
        return Reading(hit, "district", districts=gazetteer().possible(name, day), beside=beside)
    return None


def _after_districts(day: str | None) -> bool:
    return day is not None and day > LAST_DAY_OF_DISTRICTS


def _communes(hit: Hit, unit_type: str) -> tuple[Commune, ...]:
    same = tuple(c for c in hit.name.communes if c.unit_type == unit_type)
    return same or tuple(hit.name.communes)  # phường and thị trấn of today were xã before


def _typed_district(hit: Hit, unit_type: str, day: str | None) -> Reading | None:
    """Huyện, quận, thị xã or thành phố X; a type of another time is taken where nothing fits better."""
    name = hit.name
    if not name.districts:
        if unit_type == "thanh_pho" and any(p.is_city for p in name.provinces):
            return Reading(hit, "province", provinces=tuple(name.provinces), typed=True)
        return None
    possible = gazetteer().possible(name, day)
    exact = tuple(u for u in possible if u.unit_type.startswith(unit_type) and (day is None or u.holds_on(day)))
    if exact:
        return Reading(hit, "district", districts=exact, typed=True)
    if unit_type == "thanh_pho" and name.provinces and _is_city_by(name.provinces[0], day):
        return Reading(hit, "province", provinces=tuple(name.provinces), typed=True)
    codes = {u.code for u in name.districts if u.unit_type.startswith(unit_type)}
    fitting = tuple(u for u in possible if u.code in codes) or possible
    return Reading(hit, "district", districts=fitting, typed=True)


def _is_city_by(province: Province, day: str | None) -> bool:
    """Centrally run cities, and Huế from 2025."""
    return province.is_city or (province.code == "46" and day is not None and day >= "2025-01-01")


__all__ = ["DISTRICT_TYPES", "Reading", "readings"]

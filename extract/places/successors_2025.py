"""Derive what became of the last districts in July 2025, from the open data set ``vietnamadminunits`` (MIT).

Belongs here: writing ``district_successors_2025.csv`` (district -> commune-level units of the 34 provinces) and
``communes_2025.csv`` (communes whose name or district changed between the end of 2023 and the end of districts). Does
not belong here: anything that runs when articles are read. Run it after an upgrade of the data set:

    python -m extract.places.successors_2025
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from extract.places.gazetteer import FOLDER, gazetteer

_TYPES: Final = {"Xã": "xa", "Phường": "phuong", "Thị trấn": "thi_tran", "Đặc khu": "dac_khu"}
_NOTE: Final = re.compile(r"\s*\(.*\)$")  # "Yên Viên (Thị trấn)"


def main() -> None:
    """Write both files beside the gazetteer."""
    data = _data_folder()
    rows, old, new = _read(data)
    _write(FOLDER / "district_successors_2025.csv", successors(rows, old, new))
    _write(FOLDER / "communes_2025.csv", changed_communes(old.values()))


def _data_folder() -> Path:
    spec = find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise SystemExit("vietnamadminunits is not installed: pip install vietnamadminunits (see constraints.txt)")
    return Path(spec.origin).parent / "data"


Unit = Mapping[str, Any]
Key = tuple[str, str]


def _read(data: Path) -> tuple[list[tuple[str, Key]], dict[str, Unit], dict[Key, Unit]]:
    """(old ward key, new unit key) pairs, the old wards and the new units of the data set."""
    with sqlite3.connect(data / "dataset.db") as connection:
        connection.row_factory = sqlite3.Row
        wards = connection.execute("select * from admin_units_legacy").fetchall()
        units = connection.execute("select * from admin_units").fetchall()
    old = {f"{ward['provinceKey']}_{ward['districtKey']}_{ward['wardKey'] or ''}": ward for ward in wards}
    new = {(unit["provinceKey"], unit["wardKey"]): unit for unit in units}
    converter = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    pairs = []
    for province, merged in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        pairs += [(ward, (province, unit)) for unit, wards_of in merged.items() for ward in wards_of]
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        pairs += [(ward, (province, part["newWardKey"])) for ward, parts in divided.items() for part in parts]
    return pairs, {key: dict(ward) for key, ward in old.items()}, {key: dict(unit) for key, unit in new.items()}


def successors(
    pairs: Iterable[tuple[str, Key]], old: Mapping[str, Unit], new: Mapping[Key, Unit]
) -> Iterator[dict[str, str]]:
    """One row a district and commune-level unit of today that got any of its communes.

    ``communes_from_district`` counts them; ``whole`` is 1 where the unit of today lies in this district alone.
    """
    parts: dict[Key, Counter[str]] = defaultdict(Counter)
    for ward_key, unit_key in dict.fromkeys(pairs):
        parts[unit_key][_district_code(old[ward_key])] += 1
    rows = []
    for unit_key, districts in parts.items():
        unit = new[unit_key]
        for code, count in districts.items():
            rows.append({
                "district_code": code, "commune_code_2025": unit["wardCode"], "commune_name_2025": unit["wardShort"],
                "unit_type": _TYPES[unit["wardType"]], "province_code_2025": unit["provinceCode"],
                "province_name_2025": unit["provinceShort"], "communes_from_district": str(count),
                "whole": str(int(len(districts) == 1)),
            })  # fmt: skip
    yield from sorted(rows, key=lambda row: (row["district_code"], row["commune_code_2025"]))


def _district_code(ward: Unit) -> str:
    """The GSO code; the data set has none for the islands without communes."""
    if ward["districtCode"]:
        return str(ward["districtCode"])
    named = [u for u in gazetteer().names[ward["districtShort"].lower()].districts if u.unit_type == "huyen"]
    return named[0].code


def changed_communes(wards: Iterable[Unit]) -> Iterator[dict[str, str]]:
    """Communes of 2025 that ``communes.csv`` (end of 2023) has under another name or district, or not at all."""
    with (FOLDER / "communes.csv").open(encoding="utf-8", newline="") as lines:
        known = {(row["commune_code"], row["name"], row["district_code"]) for row in csv.DictReader(lines)}
    for ward in sorted(wards, key=lambda ward: str(ward["wardCode"])):
        if not ward["wardCode"]:
            continue
        name = _NOTE.sub("", ward["wardShort"])
        if (ward["wardCode"], name, ward["districtCode"]) not in known:
            yield {
                "commune_code": ward["wardCode"], "name": name, "unit_type": _TYPES[ward["wardType"]],
                "district_code": ward["districtCode"], "province_code": ward["provinceCode"],
            }  # fmt: skip


def _write(path: Path, rows: Iterable[dict[str, str]]) -> None:
    written = list(rows)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(written[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(written)
    print(f"{path.name}: {len(written)} rows")


if __name__ == "__main__":
    main()

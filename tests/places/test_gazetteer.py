"""The gazetteer against what is known of the country: totals by day, unbroken versions, names."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from itertools import pairwise
from multiprocessing import get_context

import pytest
from gazetteer_files import rows

from extract.lexicon.load import check_lexicon
from extract.places.gazetteer import District, Gazetteer, gazetteer
from extract.places.patterns import patterns_of
from extract.places.resolver import prepare
from extract.places.spelling import spellings

UNITS = [unit for versions in gazetteer().by_code.values() for unit in versions]


@pytest.mark.parametrize(
    ("day", "districts"), [("2019-12-31", 713), ("2023-12-31", 705), ("2025-06-30", 696), ("2025-07-01", 0)]
)
def test_known_totals(day: str, districts: int) -> None:
    assert sum(unit.holds_on(day) for unit in UNITS) == districts


@pytest.mark.parametrize(
    ("day", "unit_type", "districts"),
    [
        ("2019-12-31", "quan", 49), ("2023-12-31", "quan", 46), ("2025-06-30", "quan", 49),
        ("2020-12-31", "thanh_pho_thuoc_tp", 0), ("2023-12-31", "thanh_pho_thuoc_tp", 1),
        ("2025-06-30", "thanh_pho_thuoc_tp", 2), ("2024-06-01", "thanh_pho", 84),
    ],
)  # fmt: skip
def test_known_totals_by_type(day: str, unit_type: str, districts: int) -> None:
    assert sum(unit.holds_on(day) and unit.unit_type == unit_type for unit in UNITS) == districts


def test_versions_neither_overlap_nor_leave_gaps() -> None:
    """The versions of one code follow each other day on day, up to the end of districts or of the code."""
    for code, versions in gazetteer().by_code.items():
        for earlier, later in pairwise(versions):
            following = date.fromisoformat(earlier.valid_to) + timedelta(days=1)
            assert later.valid_from == following.isoformat(), code
        assert all(unit.valid_from < unit.valid_to for unit in versions), code


def test_what_ends_early_has_a_successor_on_the_next_day() -> None:
    for unit in UNITS:
        if unit.valid_to == "2025-06-30":
            continue
        following = (date.fromisoformat(unit.valid_to) + timedelta(days=1)).isoformat()
        assert unit.successor_codes, unit
        for code in unit.successor_codes:
            assert gazetteer().unit_on(code, following).holds_on(following), unit


def test_one_name_one_type_one_province_is_one_unit_a_day() -> None:
    """Nothing but the day is needed beyond province, type and name: the resolver rests on it."""
    for day in ("2015-06-01", "2019-12-31", "2021-06-01", "2023-12-31", "2025-06-30"):
        held = Counter((u.province_code, u.unit_type, u.name) for u in UNITS if u.holds_on(day))
        assert held.most_common(1)[0][1] == 1


@pytest.mark.parametrize(
    ("code", "day", "name", "unit_type"),
    [
        ("407", "2019-01-01", "Tĩnh Gia", "huyen"), ("407", "2021-01-01", "Nghi Sơn", "thi_xa"),
        ("049", "2020-02-29", "Quảng Uyên", "huyen"), ("049", "2020-03-01", "Quảng Hòa", "huyen"),
        ("172", "2014-01-01", "Phổ Yên", "huyen"), ("172", "2018-01-01", "Phổ Yên", "thi_xa"),
        ("172", "2024-01-01", "Phổ Yên", "thanh_pho"), ("769", "2018-01-01", "2", "quan"),
        ("769", "2022-01-01", "Thủ Đức", "thanh_pho_thuoc_tp"), ("474", "2024-12-31", "Huế", "thanh_pho"),
        ("474", "2025-01-01", "Thuận Hóa", "quan"), ("682", "2025-03-01", "Đạ Huoai", "huyen"),
    ],
)  # fmt: skip
def test_which_unit_was_this_on_that_day(code: str, day: str, name: str, unit_type: str) -> None:
    unit = gazetteer().unit_on(code, day)
    assert (unit.name, unit.unit_type) == (name, unit_type)


@pytest.mark.parametrize(
    ("code", "first_day", "day", "became"),
    [
        ("204", "2015-01-01", "2022-01-01", ["193"]), ("046", "2015-01-01", "2021-01-01", ["047"]),
        ("050", "2015-01-01", "2021-01-01", ["049"]), ("763", "2015-01-01", "2023-01-01", ["769"]),
        ("474", "2015-01-01", "2025-03-01", ["474", "475"]), ("683", "2015-01-01", "2025-03-01", ["682"]),
        ("066", "2015-01-01", "2025-03-01", ["066"]), ("172", "2014-01-01", "2024-01-01", ["172"]),
    ],
)  # fmt: skip
def test_what_became_of_it(code: str, first_day: str, day: str, became: list[str]) -> None:
    unit = gazetteer().unit_on(code, first_day)
    assert [new.code for new in gazetteer().successors_on(unit, day)] == became


def test_unknown_code_is_named() -> None:
    with pytest.raises(KeyError, match="no district has the code '999'"):
        gazetteer().unit_on("999", None)


def test_unit_ids_and_codes_are_well_formed() -> None:
    districts = rows("districts")
    assert len({row["unit_id"] for row in districts}) == len(districts)
    for row in districts:
        assert re.fullmatch(r"\d{3}", row["district_code"])
        assert row["unit_id"] == row["territory_id"] + row["version"]
        assert row["province_code"] in gazetteer().provinces
        assert all(code in gazetteer().by_code for code in row["successor_code"].split("|") if code)
    for row in rows("communes") + rows("communes_2025"):
        assert re.fullmatch(r"\d{5}", row["commune_code"])
        assert row["district_code"] in gazetteer().by_code
        assert row["province_code"] == gazetteer().by_code[row["district_code"]][0].province_code


def test_former_names_lead_to_units() -> None:
    for row in rows("former_names"):
        assert row["valid_to"] < "2015"
        assert all(code in gazetteer().by_code for code in row["district_code"].split("|"))


def test_names_are_found_under_every_spelling() -> None:
    def found(name: str) -> set[str]:
        return {unit.code for unit in gazetteer().names[name].districts}

    assert found("hoà vang") == found("hòa vang") == {"497"}
    assert found("đak đoa") == found("đắk đoa") == found("đăk đoa") == {"626"}
    assert found("m'đrăk") == found("mđrắk") == {"652"}
    assert found("phan rang - tháp chàm") == found("phan rang-tháp chàm") == {"582"}
    assert found("qui nhơn") == found("quy nhơn") == {"540"}
    assert found("thanh trì") == {"020"}
    assert found("thạnh trị") == {"949"}


def test_domains_serve_known_provinces() -> None:
    for row in rows("domains"):
        assert row["province_code"] in gazetteer().provinces, row
        assert row["domain"] == row["domain"].lower().strip()
        assert row["strength"] in ("strong", "medium")


def test_last_districts_lie_in_the_new_province_of_their_province() -> None:
    """In 2025 whole provinces were merged: a district's province of today is that of its province."""
    by_province: dict[str, set[str]] = defaultdict(set)
    for row in rows("districts"):
        by_province[row["province_code"]].add(row["province_code_2025"])
    assert all(len(codes) == 1 for codes in by_province.values())
    assert {code: codes.pop() for code, codes in by_province.items()} == {
        province.code: province.code_2025 for province in gazetteer().provinces.values()
    }
    assert len({province.code_2025 for province in gazetteer().provinces.values()}) == 34


def test_cue_file_fits_its_schema() -> None:
    check_lexicon("places")


def test_every_version_has_its_names_in_the_index() -> None:
    def indexed(unit: District) -> bool:
        return all(unit in gazetteer().names[spelling].districts for spelling in spellings(unit.name))

    assert all(indexed(unit) for unit in UNITS if not unit.name.isdigit())


def test_workers_share_what_was_loaded_before_them() -> None:
    """Processes forked after ``prepare`` find gazetteer and automaton in place."""
    prepare()
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        assert pool.submit(_loaded).result() == (id(gazetteer()), 0)


def _loaded() -> tuple[int, int]:
    """Where this process has its gazetteer, and how often it had to load one since it was asked here."""
    before = gazetteer.cache_info().misses
    return id(gazetteer()), gazetteer.cache_info().misses - before


def test_gazetteer_loads_fast() -> None:
    """Under 0.3 s of the processor, the best of three; with its automaton."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        Gazetteer()
        patterns_of.__wrapped__(True)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.3


def test_an_era_is_of_one_meaning() -> None:
    """On the days of one era a name stands for the same units: what is remembered of one day holds for the others."""
    first = date(2015, 1, 1)
    days = [(first + timedelta(days=at)).isoformat() for at in range(0, 3900, 9)]
    for name in ("tĩnh gia", "phổ yên", "huế", "trà lĩnh", "thủ đức", "đạ huoai", "long điền", "kỳ anh"):
        units = gazetteer().names[name].districts
        meant: dict[int, set[tuple[str, ...]]] = defaultdict(set)
        for day in days:
            meant[gazetteer().era(day)].add(tuple(unit.unit_id for unit in gazetteer().possible(units, day)))
        assert all(len(meanings) == 1 for meanings in meant.values()), name

"""Every district of the country, by its plain name, in an article like any other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.article import Article
from extract.places.gazetteer import District, gazetteer
from extract.places.resolver import resolve

DAY = "2023-06-30"
WORDS = {
    "huyen": "huyện",
    "quan": "quận",
    "thi_xa": "thị xã",
    "thanh_pho": "thành phố",
    "thanh_pho_thuoc_tp": "thành phố",
}
UNITS = [unit for versions in gazetteer().by_code.values() for unit in versions if unit.holds_on(DAY)]
NAMED_LIKE_PROVINCE = {
    unit.code for unit in UNITS if any(unit.name == province.name for province in gazetteer().provinces.values())
} | {"474"}


def told(unit: District, title: str, publisher: str | None) -> Article:
    word = WORDS[unit.unit_type]
    name = f"{word} {unit.name}"
    text = (
        f"Sáng nay, {name} đánh giá tình hình kinh tế nửa năm. Thu ngân sách của {word} bằng 61% dự toán, sản lượng "
        f"lương thực 21.000 tấn.\n\nUBND {word} yêu cầu các đơn vị phấn đấu hoàn thành kế hoạch năm."
    )
    return Article("1", title, text, None, publisher, DAY)


def outlet(unit: District) -> str:
    return f"{gazetteer().provinces[unit.province_code].slug}.gov.vn"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.code)
def test_district_is_found_with_its_type_and_outlet(unit: District) -> None:
    title = f"{WORDS[unit.unit_type].capitalize()} {unit.name} sơ kết sáu tháng"
    assert resolve(told(unit, title, outlet(unit))).district_code == unit.code


@pytest.mark.parametrize("unit", [u for u in UNITS if not u.name.isdigit()], ids=lambda unit: unit.code)
def test_district_is_found_by_name_alone_in_the_title(unit: District) -> None:
    place = resolve(told(unit, f"{unit.name} sơ kết sáu tháng", outlet(unit)))
    assert place.district_code == unit.code or unit.code in NAMED_LIKE_PROVINCE


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.code)
def test_without_an_outlet_it_is_the_right_one_or_none(unit: District) -> None:
    place = resolve(told(unit, f"{WORDS[unit.unit_type].capitalize()} {unit.name} sơ kết sáu tháng", None))
    shares = len({u.code for u in UNITS if (u.name, WORDS[u.unit_type]) == (unit.name, WORDS[unit.unit_type])}) > 1
    assert place.district_code == (None if shares else unit.code)


def test_after_june_2025_a_name_alone_is_no_district() -> None:
    for unit in UNITS[::10]:
        last = told(unit, f"{unit.name} sơ kết sáu tháng", outlet(unit))
        later = Article(
            "1", last.title, last.text.replace(WORDS[unit.unit_type], "xã"), None, last.publisher, "2025-12-20"
        )
        assert resolve(later).district_code is None


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=300),
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from([None, "2020", "2020-13", "hôm nay"]),
)
def test_any_text_is_taken(text: str, title: str, url: str, published_on: str | None) -> None:
    assert resolve(Article("1", title, text, url, url, published_on)).unit_level in (
        "district",
        "province",
        "commune",
        "other",
    )

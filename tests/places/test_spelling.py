"""Spellings that newspapers use, and none that belong to another name."""

from __future__ import annotations

import pytest

from extract.places.gazetteer import gazetteer
from extract.places.spelling import accentless, slug, spellings


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("Hòa Vang", "hoà vang"), ("Khánh Hoà", "khánh hòa"), ("Lệ Thủy", "lệ thuỷ"), ("Kỳ Sơn", "kì sơn"),
        ("Lý Nhân", "lí nhân"), ("Mỹ Đức", "mĩ đức"), ("Quy Nhơn", "qui nhơn"), ("Phú Quí", "phú quý"),
        ("Đắk Mil", "đăk mil"), ("Đắk Mil", "đak mil"), ("Krông Nô", "krong nô"), ("Ea H'leo", "ea hleo"),
        ("Ia H'Drai", "ia h drai"), ("Phan Rang-Tháp Chàm", "phan rang - tháp chàm"), ("Thụy Anh", "thuỵ anh"),
    ],
)  # fmt: skip
def test_spellings(name: str, spelling: str) -> None:
    assert spelling in spellings(name)


@pytest.mark.parametrize(
    ("name", "other"),
    [("Thanh Trì", "thạnh trị"), ("Phú Mỹ", "phù mỹ"), ("Tam Dương", "tam đường"), ("Quý Lộc", "quỳ lộc"),
     ("Quảng Yên", "quang yên"), ("Hoàng Mai", "hòang mai"), ("Thuyền Quang", "thùyen quang")],
)  # fmt: skip
def test_marks_are_never_dropped_or_moved_elsewhere(name: str, other: str) -> None:
    assert other not in spellings(name)


def test_no_spelling_of_a_district_is_another_district() -> None:
    """Units of one spelling have one name: spelling rules join nothing that was apart."""
    for spelling, name in gazetteer().names.items():
        known = {min(spellings(unit.name)) for unit in name.districts if not unit.name.isdigit()}
        assert len(known) <= 1, spelling


@pytest.mark.parametrize(
    ("name", "address"),
    [("Ia H'Drai", "ia-hdrai"), ("Phan Rang-Tháp Chàm", "phan-rang-thap-cham"), ("Chư Pưh", "chu-puh")],
)
def test_slug(name: str, address: str) -> None:
    assert slug(name) == address


def test_accentless() -> None:
    assert accentless("Đắk Đoa, Ứng Hòa") == "dak doa, ung hoa"

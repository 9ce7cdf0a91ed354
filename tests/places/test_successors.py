"""What became of the last districts in July 2025, against the resolutions of that summer for twenty of them."""

from __future__ import annotations

import pytest
from gazetteer_files import rows

from extract.places.gazetteer import gazetteer

# District -> the commune-level units that were formed from it; those that took only a rim of it are left out.
KNOWN = {
    "066": {"Na Rì", "Văn Lang", "Cường Lợi", "Trần Phú", "Côn Minh", "Xuân Dương"},
    "060": {"Bằng Thành", "Nghiên Loan", "Cao Minh"},
    "062": {"Ngân Sơn", "Bằng Vân", "Nà Phặc", "Hiệp Lực", "Thượng Quan"},
    "402": {"Như Xuân", "Xuân Bình", "Hóa Quỳ", "Thanh Phong", "Thanh Quân", "Thượng Ninh"},
    "206": {"Quảng Yên", "Đông Mai", "Hiệp Hòa", "Hà An", "Liên Hòa", "Phong Cốc"},
    "397": {"Triệu Sơn", "Thọ Bình", "Hợp Tiến", "Tân Ninh", "Đồng Tiến", "Thọ Ngọc", "Thọ Phú", "An Nông"},
    "755": {"Côn Đảo"}, "536": {"Lý Sơn"}, "318": {"Bạch Long Vĩ"}, "471": {"Cồn Cỏ"}, "498": {"Hoàng Sa"},
    "317": {"Cát Hải"}, "207": {"Cô Tô"}, "911": {"Phú Quốc", "Thổ Châu"}, "912": {"Kiên Hải"}, "602": {"Phú Quý"},
    "016": {"Sóc Sơn", "Kim Anh", "Trung Giã", "Đa Phúc", "Nội Bài"},
    "503": {"Hội An", "Hội An Tây", "Hội An Đông", "Tân Hiệp"},
    "753": {"Long Điền", "Long Hải", "Đất Đỏ", "Phước Hải"},
    "769": {"Linh Xuân", "Tam Bình", "Hiệp Bình", "Thủ Đức", "Long Bình", "Tăng Nhơn Phú", "Phước Long", "Long Phước",
            "Long Trường", "An Khánh", "Bình Trưng", "Cát Lái"},
}  # fmt: skip


@pytest.mark.parametrize("code", KNOWN)
def test_successors_of_twenty_districts(code: str) -> None:
    found = {row["commune_name_2025"] for row in rows("district_successors_2025") if row["district_code"] == code}
    assert found == KNOWN[code]


def test_every_last_district_has_successors_and_every_unit_of_today_a_district() -> None:
    successors = rows("district_successors_2025")
    last = {code for code in gazetteer().by_code if gazetteer().unit_on(code, "2025-06-30").holds_on("2025-06-30")}
    assert {row["district_code"] for row in successors} == last
    assert len({row["commune_code_2025"] for row in successors}) == 3321


def test_successors_lie_in_the_province_of_today() -> None:
    for row in rows("district_successors_2025"):
        province = gazetteer().unit_on(row["district_code"], "2025-06-30").province_code
        assert row["province_code_2025"] == gazetteer().provinces[province].code_2025, row


def test_whole_marks_units_of_one_district() -> None:
    districts: dict[str, set[str]] = {}
    for row in rows("district_successors_2025"):
        districts.setdefault(row["commune_code_2025"], set()).add(row["district_code"])
    for row in rows("district_successors_2025"):
        assert (row["whole"] == "1") == (len(districts[row["commune_code_2025"]]) == 1)

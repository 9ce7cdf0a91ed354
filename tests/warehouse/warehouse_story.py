"""One small story that touches every table: a plan, its result told by several papers, and all that can be doubtful.

Na Rì (066) plans 2023 in December 2022; two papers carry one report of the estimates in December 2023; a later paper
gives final figures, one of them different; Quảng Hòa (049) was formed by a merger under an old code.
"""

from __future__ import annotations

from lake_writer import Lake


def story() -> Lake:
    """The lake of the story."""
    lake = Lake()
    lake.article(
        "plan-2023", "2022-12-20",
        "HĐND huyện thông qua kế hoạch 2023. Thu ngân sách trên địa bàn đạt 23 tỷ đồng trở lên. "
        "Tỷ lệ hộ nghèo giảm từ 3% trở lên. Tổng đàn vật nuôi 12.000 con.",
        [
            {"quote": "23 tỷ đồng", "kind": "target", "value": 23, "comparator": "ge", "year": 2023},
            {"quote": "3%", "kind": "target", "indicator": "poverty_rate", "measure": "change", "value": -3,
             "comparator": "ge", "unit": "pct_point", "year": 2023},
            {"quote": "12.000 con", "kind": "target", "indicator": "livestock_herd", "value": 12000, "unit": "count",
             "year": 2023},
        ],
    )  # fmt: skip
    estimates = (
        "Năm 2023 thu ngân sách ước đạt 22 tỷ đồng, bằng 95,7% kế hoạch, tăng 10% so với năm trước. "
        "Tỷ lệ hộ nghèo còn 20,5%, giảm 3,5%. Có 29/34 chỉ tiêu đạt và vượt."
    )
    rows = [
        {"quote": "22 tỷ đồng", "value": 22, "estimated": True},
        {"quote": "95,7%", "measure": "plan_ratio", "value": 95.7, "unit": "pct", "estimated": True},
        {
            "quote": "10%",
            "measure": "growth",
            "value": 10,
            "unit": "pct",
            "base": "so với năm trước",
            "estimated": True,
        },
        {"quote": "20,5%", "indicator": "poverty_rate", "value": 20.5, "unit": "pct"},
        {"quote": "3,5%", "indicator": "poverty_rate", "measure": "change", "value": -3.5, "unit": "pct_point"},
        {"quote": "29/34 chỉ tiêu", "indicator": "targets_met", "value": 29, "of": 34, "unit": "count"},
    ]
    lake.article("estimate-a", "2023-12-18", estimates, rows, publisher="paper-a")
    lake.article("estimate-b", "2023-12-19", f"(TTXVN) {estimates}", rows, publisher="paper-b")
    lake.article(
        "final", "2024-01-15",
        "Tổng kết năm 2023: thu ngân sách đạt 24,5 tỷ đồng. Tổng đàn vật nuôi đạt trên 12.500 con. "
        "Kế hoạch 2024: thu ngân sách 26 tỷ đồng.",
        [
            {"quote": "24,5 tỷ đồng", "value": 24.5, "year": 2023},
            {"quote": "trên 12.500 con", "indicator": "livestock_herd", "value": 12500, "unit": "count",
             "comparator": "gt", "year": 2023},
            {"quote": "26 tỷ đồng", "kind": "target", "value": 26, "year": 2024},
        ],
    )  # fmt: skip
    lake.article(
        "slip", "2022-01-10",
        "Năm 2021 thu ngân sách đạt 19.000 tỷ đồng; năm 2022 phấn đấu 20 tỷ đồng. Đàn ong lấy mật có 500 đàn.",
        [
            {"quote": "19.000 tỷ đồng", "value": 19000, "year": 2021},
            {"quote": "20 tỷ đồng", "kind": "target", "value": 20, "year": 2022},
            {"quote": "500 đàn", "indicator": None, "indicator_text": "đàn ong lấy mật", "value": 500, "unit": "count"},
        ],
    )  # fmt: skip
    lake.article(
        "merged", "2020-06-01",
        "Huyện mới sau sáp nhập: 6 tháng đầu năm thu ngân sách đạt 40 tỷ đồng.",
        [{"quote": "40 tỷ đồng", "value": 40, "period": "H1"}],
        district_code="049",
    )  # fmt: skip
    lake.article(
        "nowhere", "2023-07-01",
        "Toàn huyện thu ngân sách đạt 15 tỷ đồng. Số liệu hỏng 7 tỷ đồng.",
        [
            {"quote": "15 tỷ đồng", "value": 15},
            {"quote": "7 tỷ đồng", "value": 7, "period": "H9", "failed_checks": "period: is one of the allowed values"},
        ],
        district_code=None,
    )  # fmt: skip
    lake.article("province", "2023-08-01", "Tỉnh họp báo thường kỳ.", [], unit_level="province", district_code=None)
    return lake

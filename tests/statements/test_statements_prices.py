"""Values of production carry the prices that they are told at."""

from __future__ import annotations

import pytest
from case_tables import district_place

from extract.article import Article
from extract.reader import read_article


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("Năm 2023, giá trị sản xuất (giá so sánh năm 2010) đạt 721 tỷ đồng.", ["constant_2010"]),
        ("Năm 2023, giá trị sản xuất công nghiệp đạt 500 tỷ đồng (giá hiện hành).", ["current"]),
        (
            "Năm 2023, giá trị sản xuất theo giá so sánh đạt 700 tỷ đồng, trong đó nông nghiệp 300 tỷ đồng.",
            ["constant", "constant"],
        ),
        ("Năm 2023, giá trị sản xuất đạt 721 tỷ đồng (giá cố định 1994).", ["constant"]),
        ("Năm 2023, giá trị sản xuất đạt 721 tỷ đồng.", [None]),
        ("Năm 2023, theo giá hiện hành, thu ngân sách đạt 23 tỷ đồng.", [None]),
    ],
)
def test_price_basis(text: str, bases: list[str | None]) -> None:
    article = Article("prices", "", text, None, None, "2023-12-20")
    rows = read_article(article, district_place("060", "2023-12-20")).rows
    assert [row.price_basis for row in rows if row.measure == "level"] == bases

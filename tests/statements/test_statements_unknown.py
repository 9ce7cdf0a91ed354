"""Plan figures of things that the lexicon does not name are rows without an indicator; other figures are not."""

from __future__ import annotations

from case_tables import district_place

from extract.article import Article
from extract.extraction import Row
from extract.reader import read_article


def _rows(text: str) -> list[Row]:
    article = Article("unknown", "", text, None, None, "2023-12-20")
    return list(read_article(article, district_place("060", "2023-12-20")).rows)


def test_a_level_with_its_percent_of_plan() -> None:
    rows = _rows("Năm 2023, đàn ong lấy mật đạt 3.200 tấn, bằng 101% kế hoạch.")
    assert [(r.indicator, r.indicator_text, r.measure, r.value, r.unit) for r in rows] == [
        (None, "đàn ong lấy mật", "level", 3200, "tonne"),
        (None, "đàn ong lấy mật", "plan_ratio", 101, "pct"),
    ]


def test_a_target() -> None:
    [row] = _rows("Chỉ tiêu năm 2024 gồm: chiều dài kè chống sạt lở đạt 12 km.")
    assert (row.kind, row.indicator, row.value, row.unit, row.year) == ("target", None, 12, "km", 2024)


def test_a_figure_that_no_plan_speaks_of_is_no_row() -> None:
    assert _rows("Năm 2023, đội văn nghệ đã đi 3.200 km để biểu diễn.") == []

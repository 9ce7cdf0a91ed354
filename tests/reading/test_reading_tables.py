"""Tables become lines in which every figure is in its column, and the reader of figures takes them."""

import datetime as dt

import polars as pl
import pytest

from extract.batch import read_batch
from extract.reading.html import read_html
from extract.reading.tables import table_lines
from extract.schemas import polars_schema


@pytest.mark.parametrize(
    ("grid", "lines"),
    [
        ([["Chỉ tiêu", "ĐVT"], ["Trồng rừng", "ha"]], ["Chỉ tiêu | ĐVT", "Trồng rừng | ha"]),
        (  # two tiers of heads below a caption, a title over all columns, an empty cell, an empty row
            [["Biểu 1", None, None, None], ["TT", "ĐVT", "Năm 2023", None], ["TT", "ĐVT", "KH", "TH"],
             ["I", "Kinh tế", None, None], ["1", "ha", "", "550"], ["", "", "", ""]],
            ["Biểu 1", "TT | ĐVT | Năm 2023 KH | Năm 2023 TH", "I | Kinh tế |  |", "1 | ha |  | 550"],
        ),
        (  # years are heads, figures are not
            [["Năm", "2022", "2023"], ["Năm", "KH", "TH"], ["Năm", "1", "2"]],
            ["Năm | 2022 KH | 2023 TH", "Năm | 1 | 2"],
        ),
        ([["1", "2,5"], ["1", "2,5"]], ["1 | 2,5", "1 | 2,5"]),
        ([["một ô"], ["ô nữa"]], ["một ô", "ô nữa"]),
        ([["ngắn"], ["a", "b", "c"]], ["ngắn", "a | b | c"]),
        ([], []),
    ],
)  # fmt: skip
def test_rows(grid: list[list[str | None]], lines: list[str]) -> None:
    assert table_lines(grid) == lines


PAGE = """<html><head><title>Huyện Na Rì giao chỉ tiêu</title></head><body><article><h1>Huyện Na Rì giao chỉ tiêu</h1>
<p>UBND huyện Na Rì vừa ban hành quyết định giao chỉ tiêu phát triển kinh tế - xã hội.</p>
<table border="1"><tr><td rowspan="2">Chỉ tiêu</td><td rowspan="2">ĐVT</td><td>Thực hiện</td><td>Kế hoạch</td></tr>
<tr><td>năm 2023</td><td>năm 2024</td></tr>
<tr><td><p>Thu ngân sách<br>trên địa bàn</p></td><td><p>Tỷ đồng</p></td><td>23,5</td><td><b>25</b></td></tr>
<tr><td>Sản lượng lương thực có hạt</td><td>tấn</td><td>18.250</td><td>18.400</td></tr></table>
<p>Các xã, thị trấn bám sát chỉ tiêu được giao để tổ chức thực hiện ngay từ những tháng đầu năm.</p>
</article></body></html>
"""


def test_the_figures_of_a_table_are_read_with_their_units_years_and_kinds() -> None:
    text = read_html("x", PAGE).text
    assert (
        "Chỉ tiêu | ĐVT | Thực hiện năm 2023 | Kế hoạch năm 2024\nThu ngân sách trên địa bàn | Tỷ đồng | 23,5 | 25"
        in text
    )
    row = ("a", "https://nari.backan.gov.vn/x", "x", "Huyện Na Rì giao chỉ tiêu", dt.date(2024, 1, 5), "day")
    article = pl.DataFrame([(*row, "meta", "sure", text, "o")], schema=polars_schema("article"), orient="row")
    read = read_batch(article).statements.select("indicator", "kind", "year", "value", "unit").rows()
    assert sorted(read) == [
        ("budget_revenue", "outcome", 2023, 23.5, "bn_vnd"), ("budget_revenue", "target", 2024, 25.0, "bn_vnd"),
        ("grain_output", "outcome", 2023, 18250.0, "tonne"), ("grain_output", "target", 2024, 18400.0, "tonne"),
    ]  # fmt: skip


def test_a_table_that_spans_beyond_reason_is_left_as_it_is() -> None:
    wide = "".join(f"<tr><td colspan=100000 rowspan=100000>{n} ha</td></tr>" for n in range(300))
    text = read_html("x", PAGE.replace("<table", f"<table>{wide}</table><table")).text
    assert "\n299 ha\n" in text
    assert text.count(" ha\n") < 400, "nobody fills the spans"

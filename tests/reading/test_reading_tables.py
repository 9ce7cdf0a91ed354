"""Tables of figures become lines that can be read by themselves, and the reader of figures takes them."""

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
        (
            [["Chỉ tiêu", "ĐVT", "KH 2024"], ["Thu ngân sách", "tỷ đồng", "22,4"], ["Trồng rừng", "ha", "500"]],
            ["Thu ngân sách: KH năm 2024 22,4 tỷ đồng", "Trồng rừng: KH năm 2024 500 ha"],
        ),
        (  # two tiers of headings, of which the first spans two columns
            [["TT", "Nội dung", "Đơn vị tính", "Năm 2023", "Năm 2023"], ["TT", "Nội dung", "Đơn vị tính", "KH", "TH"],
             ["1", "Trồng rừng", "ha", "500", "550"]],
            ["Trồng rừng: Năm 2023 KH 500 ha; Năm 2023 TH 550 ha"],
        ),
        (  # numbers of columns, a title over all columns, ratios, nothing, a remark
            [["STT", "Chỉ tiêu", "ĐVT", "TH 2023", "So với KH (%)", "Ghi chú"], ["A", "B", "C", "1", "2=1/3", "4"],
             ["I", "Kinh tế", "Kinh tế", "Kinh tế", "Kinh tế", "Kinh tế"],
             ["1", "Hộ nghèo", "%", "3,5", "-", ""], ["2", "Thu ngân sách", "tỷ đồng", "23", "104,9", "Vượt"]],
            ["I | Kinh tế", "Hộ nghèo: TH năm 2023 3,5%",
             "Thu ngân sách: TH năm 2023 23 tỷ đồng; So với KH (%) 104,9%; Ghi chú Vượt"],
        ),
        (  # units behind the names
            [["Chỉ tiêu", "Năm 2024"], ["Thu ngân sách (tỷ đồng)", "25"], ["Số xã (không tính thị trấn)", "12"]],
            ["Thu ngân sách: Năm 2024 25 tỷ đồng", "Số xã (không tính thị trấn): Năm 2024 12"],
        ),
        (  # units behind the figures
            [["Chỉ tiêu", "KH năm 2024"], ["Thu ngân sách", "25 tỷ đồng"]],
            ["Thu ngân sách: KH năm 2024 25 tỷ đồng"],
        ),
        ([["Ông A", "Bí thư"], ["Ông B", "Chủ tịch"]], ["Ông A | Bí thư", "Ông B | Chủ tịch"]),
        ([["1", "2,5"], ["2", "2,5"], ["", ""]], ["1 | 2,5", "2 | 2,5"]),
        ([["ĐVT"], ["ha"]], ["ĐVT", "ha"]),
        ([], []),
    ],
)  # fmt: skip
def test_rows(grid: list[list[str]], lines: list[str]) -> None:
    assert table_lines(grid) == lines


PAGE = """<html><head><title>Huyện Na Rì giao chỉ tiêu</title></head><body><article><h1>Huyện Na Rì giao chỉ tiêu</h1>
<p>UBND huyện Na Rì vừa ban hành quyết định giao chỉ tiêu phát triển kinh tế - xã hội cho các xã, thị trấn.</p>
<table border="1"><tr><td rowspan="2">Chỉ tiêu</td><td rowspan="2">ĐVT</td><td>TH 2023</td><td>KH 2024</td></tr>
<tr><td>(cả năm)</td><td>(cả năm)</td></tr>
<tr><td><p>Thu ngân sách<br>trên địa bàn</p></td><td><p>Tỷ đồng</p></td><td>23,5</td><td><b>25</b></td></tr>
<tr><td>Sản lượng lương thực có hạt</td><td>tấn</td><td>18.250</td><td>18.400</td></tr></table>
<p>Các xã, thị trấn bám sát chỉ tiêu được giao để tổ chức thực hiện ngay từ những tháng đầu năm.</p>
</article></body></html>
"""


def test_the_figures_of_a_table_are_read_with_their_units_years_and_kinds() -> None:
    text = read_html("x", PAGE).text
    assert "Thu ngân sách trên địa bàn: TH năm 2023 (cả năm) 23,5 Tỷ đồng; KH năm 2024 (cả năm) 25 Tỷ đồng" in text
    row = ("a", "https://nari.backan.gov.vn/x", "x", "Huyện Na Rì giao chỉ tiêu", dt.date(2024, 1, 5), "day")
    article = pl.DataFrame([(*row, "meta", "sure", text, "o")], schema=polars_schema("article"), orient="row")
    read = read_batch(article).statements.select("indicator", "kind", "year", "value", "unit").rows()
    assert sorted(read) == [
        ("budget_revenue", "outcome", 2023, 23.5, "bn_vnd"), ("budget_revenue", "target", 2024, 25.0, "bn_vnd"),
        ("grain_output", "outcome", 2023, 18250.0, "tonne"), ("grain_output", "target", 2024, 18400.0, "tonne"),
    ]  # fmt: skip


def test_a_table_that_spans_beyond_reason_is_left_as_it_is() -> None:
    wide = "".join(f"<tr><td colspan=100000 rowspan=100000>{n} ha</td></tr>" for n in range(300))
    assert "299 ha" in read_html("x", PAGE.replace("<table", f"<table>{wide}</table><table")).text

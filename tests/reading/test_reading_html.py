"""Pages in the layouts of Vietnamese papers and portals: nothing of the article is lost, nothing around it is kept."""

import pytest

from extract.reading.html import read_html
from extract.reading.records import Page, Quarantined
from extract.reading.response import RawPage, read_pages

P = (
    "Sáng 14/12, UBND huyện Mẫu Sơn tổ chức hội nghị đánh giá kết quả phát triển kinh tế - xã hội năm 2023.",
    "Năm 2023, tổng thu ngân sách trên địa bàn ước đạt 23,5 tỷ đồng, bằng 105% kế hoạch, tăng 8,3% so với cùng kỳ.",
    "Diện tích trồng rừng đạt 550 ha; tỷ lệ hộ nghèo giảm 3,5%; giải quyết việc làm cho 720 lao động.",
    "Năm 2024, huyện phấn đấu thu ngân sách đạt 25 tỷ đồng, thu nhập bình quân đầu người 42 triệu đồng/năm.",
    "Các xã, thị trấn cần bám sát chỉ tiêu được giao.",
)
MENU = '<div class="menu"><a href="/">Trang chủ</a> | <a href="/a">Giới thiệu</a> | <a href="/b">Tin tức</a></div>'
FOOT = (
    '<div class="footer"><p>Bản quyền: UBND huyện. Giấy phép số 12/GP ngày 01/02/2019. Đã truy cập: 5592676</p></div>'
)
SPAN = '<p class="MsoNormal"><span style="font-size:14pt"><span><o:p></o:p>{}</span></span></p>'

PARAGRAPHS = "".join(f"<p>{p}</p>" for p in P)
DIVS = [f"<div>{p}</div>" for p in P]

LAYOUTS = {
    "line breaks": f"<div class='detail'><h1>T</h1><div>{'<br><br>'.join(P)}</div></div>",
    "pasted from Word": f"<div class='news'><h3>T</h3>{''.join(SPAN.format(p) for p in P)}</div>",
    "layout by tables": "<table><tr><td><a href=/1>Văn bản</a></td><td><table><tr><td>T</td></tr><tr><td>"
    f"{PARAGRAPHS}</td></tr></table></td></tr></table>",
    "divs instead of paragraphs": f"<div class='article'><h1>T</h1><div class='content'>{''.join(DIVS)}</div></div>",
    "lead apart by class": f"<div class='article'><h1>T</h1><div class='box sapo'>{P[0]}</div>"
    f"<div class='content'>{''.join(DIVS[1:])}</div></div>",
    "lead apart, told by the description": f"<meta name='description' content='{P[0]}'><div class='article'><h1>T</h1>"
    f"<div class='x'>{P[0]}</div><div class='content'>{''.join(DIVS[1:])}</div></div>",
    "indents of hard spaces": f"<div><h1>T</h1><p>&nbsp;</p>{PARAGRAPHS.replace('<p>', '<p>&nbsp;&nbsp; ')}</div>",
    "list": f"<article><h1>T</h1><p>{P[0]}</p><ul><li>{P[1]}</li><li>{P[2]}</li></ul><p>{P[3]}</p><p>{P[4]}</p>",
    "other headlines in the middle": f"<article><h1>T</h1><p>{P[0]}</p><p>{P[1]}</p><div><b>Tin liên quan</b><ul>"
    f"<li><a href=/a>Huyện bên thu 99 tỷ đồng năm 2023</a></li></ul></div><p>{P[2]}</p><p>{P[3]}</p><p>{P[4]}</p>",
    "other headlines at the end": f"<article><h1>T</h1>{PARAGRAPHS}<p>Các tin khác</p>"
    "<p>Huyện bên thu 99 tỷ đồng năm 2023 (12/12/2023)</p></article>",
    "buttons and counters": "<article><h1>T</h1><p>Tăng cỡ chữ Giảm cỡ chữ In</p><p>1.888 lượt xem</p>"
    f"{PARAGRAPHS}<p>Chia sẻ Facebook Zalo</p></article>",
}


def page(body: str, head: str = "") -> str:
    start = f'<html><head><meta charset="utf-8"><title>Mẫu Sơn họp</title>{head}</head><body>'
    return f"{start}{MENU}{body}{FOOT}</body></html>"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_is_lost_and_nothing_added(layout: str) -> None:
    text = read_html("x", page(LAYOUTS[layout])).text
    words = " ".join(text.split())
    places = [words.find(paragraph) for paragraph in P]
    assert -1 not in places, text
    assert places == sorted(places), text
    for noise in ("Trang chủ", "Văn bản", "99 tỷ", "cỡ chữ", "lượt xem", "Zalo", "5592676", "Giấy phép"):
        assert noise not in text, text


def test_table_rows_stay_rows_with_their_columns() -> None:
    table = """<table border=1><tr><td rowspan=2>Chỉ tiêu</td><td rowspan=2>ĐVT</td><td colspan=2>Năm 2023</td></tr>
    <tr><td>KH</td><td>TH</td></tr>
    <tr><td><p>Thu ngân sách</p></td><td><p>tỷ đồng</p></td><td>22,4</td><td>23,5</td></tr>
    <tr><td>Trồng rừng<br>tập trung</td><td>ha</td><td>500</td><td>550</td></tr></table>"""
    text = read_html("x", page(f"<article><h1>T</h1><p>{P[0]}</p>{table}<p>{P[3]}</p><p>{P[4]}</p></article>")).text
    assert "\nChỉ tiêu | ĐVT | Năm 2023 KH | Năm 2023 TH\n" in text
    assert "\nThu ngân sách | tỷ đồng | 22,4 | 23,5\nTrồng rừng tập trung | ha | 500 | 550\n" in text
    assert "---" not in text


BODY = "<article><h1>T</h1>{}" + PARAGRAPHS + "</article>"
TAG = '<meta property="article:published_time" content="{}T08:30:00+07:00">'
LINE = "<p>Thứ sáu, 15/12/2023 | 08:30</p>"


@pytest.mark.parametrize(
    ("head", "body", "url", "expected"),
    [
        (TAG.format("2023-12-15"), "", None, ("2023-12-15", "meta", "likely")),
        (TAG.format("2023-12-15"), LINE, None, ("2023-12-15", "meta", "sure")),
        (TAG.format("2023-12-15"), "", "https://a.vn/tin-20231215083000123.htm", ("2023-12-15", "meta", "sure")),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-12-15T08:30:00Z"}</script>',
         "", None, ("2023-12-15", "meta", "likely")),
        ("", LINE, None, ("2023-12-15", "dateline", "likely")),
        ("", "<p>15/12/2023</p>", None, ("2023-12-15", "dateline", "guess")),
        (TAG.format("2024-03-01"), LINE, None, ("2023-12-15", "dateline", "likely")),
        (TAG.format("2023-12-14"), LINE, None, ("2023-12-14", "meta", "likely")),
        ("", "", "https://a.vn/tin-20231215083000123.htm", ("2023-12-15", "url", "likely")),
        ("", "", "https://a.vn/kinhte/202312/tin-3007657/", ("2023-12", "url", "likely")),
        ("", "", None, None),
    ],
)  # fmt: skip
def test_dates_by_trust(head: str, body: str, url: str | None, expected: tuple[str, str, str] | None) -> None:
    date = read_html("x", page(BODY.format(body), head), url=url).date
    assert (date and (date.iso(), date.source, date.certainty)) == expected


def test_known_fields_win_and_a_bad_known_date_is_told() -> None:
    known = {"title": "Tên khác", "published_on": "2022-01-02", "publisher": "Báo", "id": "i7"}
    read = read_html("x", page(BODY.format(LINE)), known=known)
    assert (read.title, read.publisher, read.article_id) == ("Tên khác", "Báo", "i7")
    assert read.date is not None
    assert (read.date.iso(), read.date.source) == ("2022-01-02", "declared")
    assert read_html("x", page(BODY.format(LINE)), known={"published_on": "?"}).date_problem == "?"


@pytest.mark.parametrize("html", ["", "x", "<html></html>", "<p>", "<!DOCTYPE html><html><body></body></html>"])
def test_pages_without_an_article_have_no_text(html: str) -> None:
    assert len(read_html("x", html).text) < 5


def test_many_processes_give_the_same_in_the_same_order() -> None:
    raw = [
        RawPage(f"p{n}", page(BODY.format(f"<p>Số {n} của năm nay là một con số khác.</p>")).encode())
        for n in range(120)
    ]
    items: list[RawPage | Quarantined] = [*raw, Quarantined("q", "f", "r", "m")]
    alone: list[Page | Quarantined] = list(read_pages(items))
    assert list(read_pages(items, jobs=2)) == alone
    assert [item.file if isinstance(item, Quarantined) else item.origin for item in alone] == [
        *(f"p{n}" for n in range(120)), "q",
    ]  # fmt: skip

"""What the page says, and that hostile text stays text."""

from __future__ import annotations

import lxml.html
import pytest
from lxml.html import HtmlElement

from extract.extraction import DocumentPlace
from extract.places.gazetteer import gazetteer
from extract.preview import render

TEXT = "Năm 2024 thu ngân sách trên 23 tỷ đồng.\n\nHộ nghèo giảm 4% trở lên. Ngày 10/01, hội nghị có 120 đại biểu."


def parsed(page: str) -> HtmlElement:
    return lxml.html.document_fromstring(page)


def text_of(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_page_shows_the_article_letter_for_letter(article_of, read_as, make_row, skip) -> None:
    rows = [make_row(TEXT, "trên 23 tỷ đồng"), make_row(TEXT, "giảm 4% trở lên", kind="target")]
    page = render(article_of(TEXT), read_as(rows, [skip(TEXT, "10/01", "a date")]))
    [shown] = parsed(page).cssselect("div.text")
    assert shown.text_content() == TEXT


def test_each_figure_links_to_its_row_and_back(article_of, read_as, make_row) -> None:
    page = parsed(render(article_of(TEXT), read_as([make_row(TEXT, "trên 23 tỷ đồng")])))
    [figure] = page.cssselect("a.figure")
    [row] = page.cssselect(figure.get("href"))
    assert row.tag == "tr"
    assert page.cssselect(row.cssselect("th a")[0].get("href"))


def test_kinds_differ_by_class_and_are_counted(article_of, read_as, make_row) -> None:
    rows = [make_row(TEXT, "trên 23 tỷ đồng"), make_row(TEXT, "giảm 4% trở lên", kind="target")]
    page = parsed(render(article_of(TEXT), read_as(rows)))
    assert [figure.get("class") for figure in page.cssselect("a.figure")] == ["figure outcome", "figure target"]
    assert "target · chỉ tiêu 1" in text_of(page.cssselect("header")[0])


def test_a_row_shows_rules_confidence_and_every_field_that_is_set(article_of, read_as, make_row) -> None:
    set_fields = {"comparator": "gt", "confidence": 0.87, "segment": "nông thôn", "flags": "out_of_range"}
    row = make_row(TEXT, "trên 23 tỷ đồng", value=23.0, **set_fields)
    page = text_of(parsed(render(article_of(TEXT), read_as([row]))).cssselect("#row-1")[0])
    for expected in ("> 23", "bn_vnd", "0.87", "nông thôn", "out_of_range", "kind.cue, indicator.term", "v-test"):
        assert expected in page


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"value": 507.736}, "507.736"),
        ({"value": 34339.0}, "34\u202f339"),
        ({"value": 9.0, "value_max": 10.0}, "9 – 10"),
        ({"value": 29.0, "of": 34.0}, "29 / 34"),
        ({"value": 8.3, "measure": "growth"}, "+8.3"),
        ({"value": 4.0, "measure": "growth", "comparator": "gt"}, "> 4"),
        ({"value": -2.68, "measure": "change"}, "\u22122.68"),
        ({"value": -4.0, "measure": "change", "comparator": "ge"}, "↓ ≥ 4"),
        ({"value": -1.0, "value_max": -1.5, "measure": "change", "comparator": "approx"}, "↓ ≈ 1 – 1.5"),
        ({"value": 2e18}, "2e+18"),
    ],
)
def test_values_are_shown_in_their_canonical_unit(article_of, read_as, make_row, fields, shown) -> None:
    page = parsed(render(article_of(TEXT), read_as([make_row(TEXT, "trên 23 tỷ đồng", **fields)])))
    cell = page.cssselect("td.value")[0]
    assert cell.text == shown


def test_skipped_figures_show_their_reason(article_of, read_as, skip) -> None:
    page = parsed(render(article_of(TEXT), read_as([], [skip(TEXT, "120 đại biểu", "people at a meeting")])))
    [figure] = page.cssselect("span.skipped[data-skipped]")
    assert figure.get("tabindex") == "0"
    assert "people at a meeting" in text_of(page.cssselect("#skipped-" + figure.get("data-skipped"))[0])


def test_the_place_is_at_the_top(article_of, read_as) -> None:
    header = text_of(parsed(render(article_of(TEXT), read_as([]))).cssselect("header")[0])
    for expected in ("huyện Na Rì, Bắc Kạn", "066", "title: huyện Na Rì", "0.97", "060 0.12"):
        assert expected in header


def test_a_row_of_another_district_says_so(article_of, read_as, make_row) -> None:
    rows = [make_row(TEXT, "trên 23 tỷ đồng"), make_row(TEXT, "giảm 4% trở lên", district_code="060")]
    page = parsed(render(article_of(TEXT), read_as(rows)))
    assert "huyện Pác Nặm, Bắc Kạn" not in text_of(page.cssselect("#row-1")[0])
    assert "huyện Pác Nặm, Bắc Kạn" in text_of(page.cssselect("#row-2")[0])


def test_an_indicator_is_shown_by_its_name(article_of, read_as, make_row) -> None:
    row = make_row(TEXT, "trên 23 tỷ đồng", indicator="income_per_capita")
    page = text_of(parsed(render(article_of(TEXT), read_as([row]))).cssselect("#row-1")[0])
    assert "Thu nhập bình quân đầu người" in page
    assert "income_per_capita" in page


@pytest.mark.parametrize(
    ("code", "day", "shown"),
    [
        ("206", "2023-09-15", "thị xã Quảng Yên, Quảng Ninh"),
        ("503", "2019-12-24", "thành phố Hội An, Quảng Nam"),
        ("492", None, "quận Hải Châu, Đà Nẵng"),
        ("769", "2024-05-01", "thành phố Thủ Đức, Hồ Chí Minh"),
        ("999", "2024-05-01", "district 999"),
    ],
)
def test_districts_are_named_as_they_were(article_of, read_as, code, day, shown) -> None:
    extraction = read_as([])
    extraction.place = extraction.place._replace(district_code=code)
    page = parsed(render(article_of(TEXT, published_on=day), extraction))
    assert page.cssselect(".place b")[0].text == shown


def test_every_type_of_district_has_a_word(article_of, read_as) -> None:
    extraction = read_as([])
    one_of_each = {unit.unit_type: code for code, units in gazetteer().by_code.items() for unit in units}
    for code in one_of_each.values():
        extraction.place = extraction.place._replace(district_code=code)
        assert "district " + code not in text_of(parsed(render(article_of(TEXT), extraction)).cssselect(".place b")[0])


def test_an_article_without_district_says_so(article_of, read_as) -> None:
    extraction = read_as([])
    extraction.place = DocumentPlace("province", None, None, "92", resolved_by="title names a city of the centre")
    page = text_of(parsed(render(article_of(TEXT), extraction)))
    assert "No district" in page
    assert "never become facts" in page
    assert "title names a city of the centre" in page
    assert "No figure was taken" in page


def test_an_unknown_indicator_is_named_as_such(article_of, read_as, make_row) -> None:
    page = parsed(render(article_of(TEXT), read_as([make_row(TEXT, "trên 23 tỷ đồng", indicator=None)])))
    assert "not in the lexicon" in text_of(page.cssselect("#row-1")[0])


def test_a_quote_that_is_not_at_its_offsets_is_reported(article_of, read_as, make_row) -> None:
    good = make_row(TEXT, "trên 23 tỷ đồng")
    moved = good._replace(char_start=good.char_start + 1, char_end=good.char_end + 1)
    outside = good._replace(char_start=len(TEXT), char_end=len(TEXT) + 15)
    page = parsed(render(article_of(TEXT), read_as([good, moved, outside])))
    assert [len(row.cssselect("td > .warning")) for row in page.cssselect("tr[id^=row-]")] == [0, 1, 1]


HOSTILE = (
    "<script>document.title='owned'</script> \"' onmouseover=alert(1) </div></style>{{ 7*7 }} {% raise %} &amp; 5 ha"
)


def test_hostile_text_stays_text(article_of, read_as, make_row, skip) -> None:
    row = make_row(
        HOSTILE, "</script>", indicator=HOSTILE, indicator_text=HOSTILE, segment=HOSTILE, rules=HOSTILE, flags=HOSTILE,
        base=HOSTILE, sentence=HOSTILE, unit=HOSTILE,
    )  # fmt: skip
    extraction = read_as([row], [skip(HOSTILE, "5 ha", HOSTILE)])
    extraction.place = extraction.place._replace(resolved_by=HOSTILE, district_code=HOSTILE)
    article = article_of(
        HOSTILE, title=HOSTILE, publisher=HOSTILE, url="https://example.org/" + HOSTILE, published_on=HOSTILE
    )
    page = parsed(render(article, extraction))
    assert page.cssselect("div.text")[0].text_content() == HOSTILE
    assert len(page.cssselect("script")) == 1
    assert len(page.cssselect("style")) == 1
    assert not page.xpath("//*[@onmouseover]")
    assert page.cssselect("h1")[0].text_content() == HOSTILE


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", " https://x", "file:///etc/passwd", ""]
)
def test_only_web_addresses_become_links(article_of, read_as, url) -> None:
    page = parsed(render(article_of(TEXT, url=url), read_as([])))
    assert not page.cssselect("header a")


def test_characters_that_a_page_cannot_hold_are_made_visible(article_of, read_as, make_row) -> None:
    text = "thu\x00 ngân\x0b sách \ud83d 23 tỷ \u202egnôđ"
    page = render(article_of(text), read_as([make_row(text, "23 tỷ")]))
    shown = parsed(page.encode("utf-8").decode("utf-8")).cssselect("div.text")[0].text_content()
    assert shown == "thu\u2400 ngân\u240b sách \ufffd 23 tỷ \ufffdgnôđ"


def test_the_page_needs_nothing_from_outside(article_of, read_as) -> None:
    page = parsed(render(article_of(TEXT, url="https://example.org/a"), read_as([])))
    assert not page.xpath("//link | //img | //iframe | //script[@src] | //@srcset")
    assert "url(" not in page.cssselect("style")[0].text
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0].startswith("default-src 'none'")


def test_the_same_reading_gives_the_same_page(article_of, read_as, make_row) -> None:
    rows = [make_row(TEXT, "trên 23 tỷ đồng"), make_row(TEXT, "giảm 4% trở lên")]
    assert render(article_of(TEXT), read_as(rows)) == render(article_of(TEXT), read_as(rows[::-1]))

"""What holds for every text: no error, true offsets, the same rows again, in any Unicode form and in any order."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from case_tables import SHOWN, district_place, facts, tables
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.article import Article
from extract.extraction import Extraction, Row
from extract.language.normalise import joined, normalise
from extract.lexicon.load import lexicon_file
from extract.reader import read_article
from extract.schemas import contract, polars_schema

DAY = "2023-12-20"
repeatable = settings(
    derandomize=True, deadline=None, database=None, max_examples=300,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip

VOCABULARY = yaml.safe_load((Path(__file__).parent / "vocabulary.yaml").read_text(encoding="utf-8"))
VERBS, CUES, UNITS, MARKS = (st.sampled_from(VOCABULARY[name]) for name in ("verbs", "cues", "units", "marks"))
INDICATORS = [
    (entry["name_vi"], VOCABULARY["fitting"][entry["units"][0]]) for entry in lexicon_file("indicators")["indicators"]
]
NAMES = st.sampled_from([name for name, _ in INDICATORS])
NUMBERS = st.one_of(
    st.integers(0, 3000).map(str),
    st.tuples(st.integers(1, 999), st.integers(0, 999)).map(lambda pair: f"{pair[0]}.{pair[1]:03d}"),
    st.tuples(st.integers(0, 99999), st.integers(0, 999)).map(lambda pair: f"{pair[0]},{pair[1]}"),
    st.integers(2009, 2026).map(lambda year: f"năm {year}"),
    st.text("0123456789.,/-", min_size=1, max_size=12),
)
STATEMENTS = st.tuples(st.sampled_from(INDICATORS), VERBS, NUMBERS).map(
    lambda said: f"{said[0][0]} {said[1]} {said[2]} {said[0][1]}"
)
PIECES = st.one_of(STATEMENTS, STATEMENTS, STATEMENTS, STATEMENTS, NAMES, NUMBERS, CUES, CUES, UNITS, MARKS, MARKS)
PLAN_LIKE = st.lists(PIECES, min_size=6, max_size=40).map(" ".join)
GLUED = st.lists(st.one_of(NUMBERS, UNITS, MARKS, CUES, NAMES), max_size=30).map("".join)
WHERE = {"statement_id", "quote", "sentence", "char_start", "char_end"}
DAYS = st.sampled_from([None, DAY, "2023-07", "2020-07-30", "2025-08-01", "not a day", ""])


def _read(text: str, *, title: str = "", day: str | None = DAY, given_place: bool = True) -> Extraction:
    return read_article(
        Article("a", title, text, published_on=day), district_place("066", DAY) if given_place else None
    )


def _said(extraction: Extraction) -> list[tuple[Any, ...]]:
    """What the rows say, without where they say it."""
    fields = [field for field in Row._fields if field not in WHERE]
    return [tuple(_composed(getattr(row, name)) for name in fields) for row in extraction.rows]


def _composed(value: Any) -> Any:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


@repeatable
@given(st.text(max_size=300), st.text(max_size=40), DAYS)
def test_no_text_is_an_error(text: str, title: str, day: str | None) -> None:
    _read(text, title=title, day=day, given_place=False)
    _read(text, title=title, day=day)


@repeatable
@given(st.one_of(PLAN_LIKE, GLUED), st.one_of(PLAN_LIKE, st.just("Huyện Na Rì (Bắc Kạn)")), DAYS)
def test_no_plan_like_text_is_an_error(text: str, title: str, day: str | None) -> None:
    _read(text, title=title, day=day, given_place=False)


@pytest.mark.parametrize("text", ["năm ²⁰²³", "quý ² năm 2023", "² tháng đầu năm 2023"])
def test_digits_that_are_no_numbers_are_no_error(text: str) -> None:
    _read(text)


def test_a_number_of_any_length_is_no_error() -> None:
    _read("ngày " + "1" * 5000 + "/3")


@pytest.mark.parametrize("text", ["\ud800", "thu ngân sách đạt 3 \udfff tỷ đồng", "\udc80" * 20])
def test_lone_surrogates_are_no_error(text: str) -> None:
    _read(text, title=text, given_place=False)


@repeatable
@given(st.one_of(PLAN_LIKE, GLUED), st.sampled_from(["NFC", "NFD"]))
def test_quotes_are_where_the_offsets_say(text: str, form: str) -> None:
    text = unicodedata.normalize(form, text)
    extraction = _read(text)
    for row in extraction.rows:
        assert row.quote
        assert text[row.char_start : row.char_end] == row.quote
        assert row.sentence in text
    for figure in extraction.skipped:
        assert figure.quote
        assert text[figure.char_start : figure.char_end] == figure.quote
        assert figure.reason


def test_plan_like_texts_give_rows_to_test() -> None:
    read = []

    @repeatable
    @given(PLAN_LIKE)
    def collect(text: str) -> None:
        read.append(len(facts(_read(text))))

    collect()
    assert sum(read) > len(read)


@repeatable
@given(PLAN_LIKE)
def test_rows_keep_to_the_contract(text: str) -> None:
    columns = contract("statement")["columns"]
    for row in _read(text).rows:
        assert math.isfinite(row.value)
        for column in columns:
            value = getattr(row, column["name"])
            assert value is not None or column.get("nullable"), column["name"]
            assert value is None or value in column.get("enum", [value]), (column["name"], value)
            assert value is None or column.get("min", value) <= value <= column.get("max", value), (
                column["name"],
                value,
            )


@repeatable
@given(PLAN_LIKE)
def test_ids_of_rows_are_unique(text: str) -> None:
    ids = [row.statement_id for row in _read(text).rows]
    assert len(ids) == len(set(ids))


@repeatable
@given(PLAN_LIKE)
def test_the_same_article_gives_the_same_rows_again(text: str) -> None:
    first, second = _read(text, given_place=False), _read(text, given_place=False)
    assert first == second


@repeatable
@given(PLAN_LIKE)
def test_decomposed_text_says_the_same(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert _said(_read(composed)) == _said(_read(decomposed))


@repeatable
@given(st.one_of(st.text(max_size=200), PLAN_LIKE))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@repeatable
@given(PLAN_LIKE)
def test_empty_lines_around_a_text_only_move_offsets(text: str) -> None:
    plain, moved = _read("\n" + text), _read("\n\n\n" + text + "\n\n")
    assert _said(plain) == _said(moved)
    assert [row.char_start + 2 for row in plain.rows] == [row.char_start for row in moved.rows]


SOLVED = [case for cases in tables().values() for case in cases if case.gap is None]
SENTENCES = sorted({case.article.text for case in SOLVED if "\n" not in case.article.text} - {""})
BREAK = re.compile(r"(?<=[\w,%)]) (?=[^\W\d_])")
BREAKS = st.sampled_from(["\n", "\r\n", " \n ", "\n\n", "\u2028"])
LINES = st.lists(st.one_of(PIECES, BREAKS), max_size=40).map(" ".join)


def _values(extraction: Extraction) -> list[tuple[Any, ...]]:
    """The rows without the words that they quote."""
    return [tuple(getattr(row, name) for name in SHOWN) for row in extraction.rows]


def _where(extraction: Extraction) -> list[tuple[int, int]]:
    return [(row.char_start, row.char_end) for row in extraction.rows]


@repeatable
@given(st.one_of(LINES, st.text("aB,5%) \n\r\u00a0\u0301\u200b", max_size=60)), st.sampled_from(["NFC", "NFD"]))
def test_joined_lines_keep_offsets(text: str, form: str) -> None:
    text = unicodedata.normalize(form, text)
    one_line = joined(text)
    assert len(one_line) == len(text)
    assert all(new == old or (new == " " and old.isspace()) for new, old in zip(one_line, text, strict=True))
    assert joined(one_line) == one_line
    assert one_line.count("\n") <= text.count("\n")


@repeatable
@given(st.sampled_from(SENTENCES), st.data())
def test_a_line_break_before_a_small_letter_is_a_space(text: str, data: st.DataObject) -> None:
    places = [match.start() for match in BREAK.finditer(text) if text[match.end()].islower()]
    broken = list(text)
    for place in data.draw(st.sets(st.sampled_from(places), max_size=5)) if places else ():
        broken[place] = "\n"
    plain, lines = _read(text), _read("".join(broken))
    assert _values(plain) == _values(lines)
    assert _where(plain) == _where(lines)


def test_letters_of_old_fonts_say_the_same() -> None:
    old = {ord("ư"): "\u01a3", ord("Ư"): "\u01a2"}
    assert [text for text in SENTENCES if _values(_read(text)) != _values(_read(text.translate(old)))] == []


@pytest.mark.parametrize("mark", [" (", " ((", "\n(", " (ảnh)", " (Thu Hà)"])
def test_brackets_behind_the_last_sentence_say_nothing(mark: str) -> None:
    assert [text for text in SENTENCES[::4] if _values(_read(text)) != _values(_read(text + mark))] == []


def test_a_stray_closing_bracket_says_nothing() -> None:
    text = "Năm 2023, lốc xoáy làm thiệt hại 64 ha ngô của huyện."
    assert _values(_read(text)) == _values(_read(text + " )"))


@pytest.mark.parametrize("mark", ["(", ")", "và "])
def test_a_thousand_marks_between_sentences_say_nothing(mark: str) -> None:
    first, second = "Năm 2023, tỷ lệ hộ nghèo của huyện còn 5,1%.", "Năm 2023, huyện kết nạp 84 đảng viên mới."
    plain, parted = (_read(f"{first}\n{between}\n{second}") for between in ("", mark * 1000))
    assert _values(plain) == _values(parted)


def test_a_bracket_never_closed_ends_with_its_sentence() -> None:
    text = "Năm 2023, thu ngân sách trên địa bàn đạt 412 tỷ đồng (bằng 113% dự toán. Tỷ lệ hộ nghèo còn 5,1%."
    assert [(row.indicator, row.measure, row.value) for row in _read(text).rows] == [
        ("budget_revenue", "level", 412),
        ("budget_revenue", "plan_ratio", 113),
        ("poverty_rate", "level", 5.1),
    ]


@pytest.mark.xfail(
    reason="a year on a first line heads the list below it only where an empty line stands before it", strict=True
)
def test_the_first_line_is_read_as_any_other() -> None:
    text = "Năm 2009\n- Tỷ lệ hộ nghèo: 5%"
    assert _said(_read(text)) == _said(_read("\n\n" + text))


def test_rows_have_the_columns_of_the_contract_in_its_order() -> None:
    assert list(Row._fields) == list(polars_schema("statement"))


@settings(repeatable, max_examples=10)
@given(st.permutations(range(40)))
def test_the_order_of_articles_is_irrelevant(order: list[int]) -> None:
    articles = [case.article for cases in tables().values() for case in cases][::7][:40]
    read = {at: read_article(articles[at]) for at in order}
    assert [read[at] for at in range(40)] == _in_order()


@cache
def _in_order() -> list[Extraction]:
    articles = [case.article for cases in tables().values() for case in cases][::7][:40]
    return [read_article(article) for article in articles]

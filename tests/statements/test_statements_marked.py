"""Whole bulletins with every fact marked inline: the reader must mark the same words with the same fields."""

from __future__ import annotations

import pytest
from case_tables import TITLE, district_place, facts
from marked_text import MarkedText, marked_texts

from extract.article import Article
from extract.reader import read_article

FIELDS = (
    "kind", "indicator", "segment", "measure", "value", "value_max", "of", "comparator", "estimated", "year", "period",
)  # fmt: skip
MORE_WORDS = 12  # characters that a quote may hold beside the marked words ("đảng viên mới")


def _parameters() -> list[object]:
    return [
        pytest.param(text, id=text.name, marks=[pytest.mark.xfail(reason=text.gap, strict=True)] if text.gap else [])
        for text in marked_texts()
    ]


@pytest.mark.parametrize("marked", _parameters())
def test_reader_marks_the_same_facts(marked: MarkedText) -> None:
    article = Article(marked.name, TITLE, marked.text, published_on=marked.published_on)
    read = facts(read_article(article, district_place(marked.district, marked.published_on)))
    found = {tuple(getattr(row, name) for name in FIELDS): row for row in read}
    due = {tuple(fact[name] for name in FIELDS): fact for fact in marked.facts}
    assert set(found) == set(due)
    for key, fact in due.items():
        row, end = found[key], fact["char_start"] + len(fact["quote"])
        assert row.char_start <= fact["char_start"], (row.quote, fact["quote"])
        assert end <= row.char_end, (row.quote, fact["quote"])
        assert len(row.quote) <= len(fact["quote"]) + MORE_WORDS, (row.quote, fact["quote"])


@pytest.mark.parametrize("marked", marked_texts(), ids=lambda marked: marked.name)
def test_marks_lie_where_they_say(marked: MarkedText) -> None:
    for fact in marked.facts:
        assert marked.text[fact["char_start"] :].startswith(fact["quote"])

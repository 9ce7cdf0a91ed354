"""Hints spare work and change nothing: a rule that asks them first finds the same where they say that all is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import extract.reader
from extract.article import Article
from extract.compiled import is_compiled
from extract.language.tokens import Tokens
from extract.statements import hints
from extract.statements.events import Sentence

ANNOTATED = Path(__file__).parent.parent / "golden" / "annotated"
ALL = -1
# an estimate is told by the hint itself, and with it how sure a row is
FIELDS = (
    "char_start",
    "indicator",
    "segment",
    "kind",
    "measure",
    "value",
    "value_max",
    "of",
    "unit",
    "comparator",
    "year",
)
FIELDS += ("period", "district_code")


def test_each_hint_has_a_bit_of_its_own() -> None:
    bits = [value for name, value in vars(hints).items() if name.isupper() and isinstance(value, int)]
    assert len(bits) > 40
    assert len(set(bits)) == len(bits)
    assert all(bit.bit_count() == 1 for bit in bits)


def test_every_list_that_is_hinted_at_has_words() -> None:
    bits = {value for name, value in vars(hints).items() if name.isupper() and isinstance(value, int)}
    told = 0
    for hint in (*hints.of_words().values(), *hints.OF_CUES.values()):
        told |= hint
    of_marks = hints.SEMICOLON | hints.BRACKET_ENDS | hints.NOW  # of events that are no cues
    assert bits == {bit for bit in bits if bit & (told | of_marks)}


@pytest.mark.skipif(is_compiled(), reason="a function of compiled code cannot be set")
@pytest.mark.parametrize("name", ["seventh", "ninth", "eleventh"])
def test_rules_find_the_same_where_everything_is_hinted_at(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (ANNOTATED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [
        Article(*(document[key] for key in ("id", "title", "text", "url", "publisher", "published_on")))
        for document in map(json.loads, lines)
    ]
    usual = [_read(article) for article in articles]
    read_events = extract.reader.read_events

    def hinting(tokens: Tokens, text: str) -> list[Sentence]:
        sentences = read_events(tokens, text)
        for sentence in sentences:
            sentence.hints = ALL
        return sentences

    monkeypatch.setattr(extract.reader, "read_events", hinting)
    for article, rows in zip(articles, usual, strict=True):
        assert _read(article) == rows, article.article_id


def _read(article: Article) -> list[tuple[Any, ...]]:
    return [tuple(getattr(row, field) for field in FIELDS) for row in extract.reader.read_article(article).rows]

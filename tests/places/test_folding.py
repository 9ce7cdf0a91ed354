"""Folded text leads back to the stored text, whatever its Unicode form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.places.folding import fold

LETTERS = st.text(
    alphabet="aăâeêioơuưyđAĐ nhtK'’-–.,\n\u00a0\u200b\u0300\u0301\u0303\u0309\u0323\u0302\u031b\u00d0İ", max_size=60
)


@pytest.mark.parametrize(
    ("stored", "folded"),
    [
        ("Huyện Na Rì", "huyện na rì"),
        (unicodedata.normalize("NFD", "Huyện Pác Nặm"), "huyện pác nặm"),
        ("TX\u00a0Quảng\u00a0Yên", "tx quảng yên"),
        ("huyện  Ðắk Glong", "huyện đắk glong"),
        ("M’Đrắk – Ea H`leo", "m'đrắk - ea h'leo"),
        ("Na\u200b Rì\ufeff", "na rì"),
        ("huyện   Như  Xuân", "huyện như xuân"),
    ],
)
def test_fold(stored: str, folded: str) -> None:
    result = fold(stored)
    assert result.text == folded
    start, end = result.span(0, len(result.text))
    assert stored[start:end].strip("\ufeff") == stored.strip("\ufeff")


def test_span_takes_the_marks_of_its_letters() -> None:
    stored = unicodedata.normalize("NFD", "ở huyện Mường Ảng có")
    result = fold(stored)
    at = result.text.index("mường ảng")
    start, end = result.span(at, at + len("mường ảng"))
    assert unicodedata.normalize("NFC", stored[start:end]) == "Mường Ảng"


@given(LETTERS)
def test_every_character_leads_back_to_its_own(stored: str) -> None:
    """Spans of single characters lie in the text, in order, and fold to the same letter."""
    result = fold(stored)
    assert len(result.text) == len(result.cased)
    spans = [result.span(at, at + 1) for at in range(len(result.text))]
    assert spans == sorted(spans)
    for character, (start, end) in zip(result.text, spans, strict=True):
        assert 0 <= start < end <= len(stored)
        assert character in fold(stored[start:end]).text


@given(st.text(max_size=80))
def test_fold_takes_any_text(stored: str) -> None:
    result = fold(stored)
    if result.text:
        start, end = result.span(0, len(result.text))
        assert 0 <= start < end <= len(stored)

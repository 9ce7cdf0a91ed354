"""Folded text leads back to the stored text, whatever its Unicode form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.places.folding import HIDING, closed_up, fold, straightened

LETTERS = st.text(
    alphabet="aăâeêioơuưyđAĐ nhtK'’-–.,\n\u00a0\u200b\u0300\u0301\u0303\u0309\u0323\u0302\u031b\u00d0İ", max_size=60
)


@pytest.mark.parametrize(
    ("stored", "folded"),
    [
        ("Huyện Na Rì", "Huyện Na Rì"),
        (unicodedata.normalize("NFD", "Huyện Pác Nặm"), "Huyện Pác Nặm"),
        ("TX\u00a0Quảng\u00a0Yên", "TX Quảng Yên"),
        ("huyện  Ðắk Glong", "huyện Đắk Glong"),
        ("M’Đrắk – Ea H`leo", "M'Đrắk - Ea H'leo"),
        ("Na\u200b Rì\ufeff", "Na Rì"),
        ("huyện   Như  Xuân", "huyện Như Xuân"),
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
    at = result.text.index("Mường Ảng")
    start, end = result.span(at, at + len("Mường Ảng"))
    assert unicodedata.normalize("NFC", stored[start:end]) == "Mường Ảng"


@given(LETTERS)
def test_every_character_leads_back_to_its_own(stored: str) -> None:
    """Spans of single characters lie in the text, in order, and fold to the same letter."""
    result = fold(stored)
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


@given(LETTERS)
def test_a_text_without_what_hides_names_but_spaces_is_only_closed_up(stored: str) -> None:
    """The scan folds only what has such characters."""
    plain = "".join(character for character in stored if character not in HIDING)
    assert fold(plain) == closed_up(plain)
    if "  " not in plain:
        assert fold(plain) == straightened(plain)

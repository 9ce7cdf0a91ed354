"""One spelling for each word, and offsets that lead back to the stored text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml

from extract.language.normalise import fold, normalise
from extract.language.tokens import tokenise, words_of

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "spelling.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("group", CASES["same"], ids=lambda group: group[0])
def test_variants_have_the_same_words(group: list[str]) -> None:
    variants = [unicodedata.normalize(form, text) for text in group for form in ("NFC", "NFD", "NFKC", "NFKD")]
    assert {tuple(words_of(variant)) for variant in variants} == {tuple(words_of(group[0]))}


@pytest.mark.parametrize("pair", CASES["different"], ids=" ".join)
def test_different_words_stay_different(pair: list[str]) -> None:
    assert words_of(pair[0]) != words_of(pair[1])


@pytest.mark.parametrize("text", ["İstanbul ǰ ŉ", "ẞtraße", "ΐ", "ﬁ", "Đ Ð ð", "\ud800", "👩‍👩‍👧"])
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_offsets_lead_back_to_the_stored_text(form: str) -> None:
    text = unicodedata.normalize(form, "Tỷ\u00a0lệ hộ\u200b nghèo còn 3,\u200b4%,\n thuỷ sản đạt 12 tấn")
    tokens = tokenise(text)
    pieces = [text[tokens.starts[at] : tokens.end(at)] for at in range(len(tokens))]
    assert [words_of(piece) for piece in pieces] == [[word] for word in tokens.words]
    assert "3,\u200b4" in pieces


def test_normalised_text_of_plain_text_needs_no_offsets() -> None:
    assert normalise("Hoà Bình").offsets is None
    assert normalise("Ho\u00e0 Bi\u0300nh").offsets is not None

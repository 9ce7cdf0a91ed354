"""Tokens cut piece by piece and remembered are those of the text cut as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.compiled import is_compiled
from extract.language import tokens
from extract.language.normalise import joined
from extract.language.tokens import tokenise

# letters whose tone moves, letters that grow or shrink in lower case, figures, marks, and every kind of space and break
ALPHABET = (
    "aoquyOAUY\u00e0\u00c0\u1ea3\u1ef7\u1ef2\u0110\u00d0\u00df\u1e9e\u0130\u023a\u212a\u03a3\u00b2\u0664_"
    "0123456789.,%:;()-+/*\u2013\u201c\u2026\u00ad\u0301\u200b\ufeff \u00a0\u3000\t\n\r\x85\u2028\x1c"
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(ALPHABET, max_size=8)).map(" ".join))
def test_pieces_are_the_whole(text: str) -> None:
    whole = _cut_as_a_whole(text)
    found = tokenise(text)
    assert _all_of(found) == whole
    assert all(text[found.starts[at] : found.end(at)] for at in range(len(found)))


def test_long_words_are_cut_as_a_whole() -> None:
    text = "a" * 1000 + " " + "1" * 300 + "\u00a0" * 300 + "b"
    found = tokenise(text)
    assert _all_of(found) == _cut_as_a_whole(text)


@pytest.mark.skipif(is_compiled(), reason="a constant of compiled code cannot be set")
def test_no_more_is_remembered_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_REMEMBERED", 10)
    tokens._pieces.clear()
    for number in range(100):
        tokenise(f"x{number} y{number},")
        assert len(tokens._pieces) <= 10


def _cut_as_a_whole(text: str) -> tuple[object, ...]:
    return _all_of(tokens._cut_anew(joined(text)))


def _all_of(found: tokens.Tokens) -> tuple[object, ...]:
    return found.words, found.starts, [found.end(at) for at in range(len(found))], found.digits, found.marks

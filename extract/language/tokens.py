"""Tokens: words, figures and single marks, with their offsets in the stored text.

Belongs here: the cut of a text into tokens, and which of them are figures and marks. Does not belong here: what tokens
mean. A figure with its separators (``14.759,03``) is one token; letters glued to it (``61,21ha``) are another; a line
break is ``\\n``.

No token holds a space and no rule of spelling looks past one, so what stands between two spaces is cut once and
remembered: most of a text has been met before, which makes this several times faster than cutting it anew.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from sys import intern
from typing import Final

from extract.language.normalise import INVISIBLE, fold, joined, normalise

# the Latin letters of Vietnamese first: a range is tested faster than a category
# "11.2018" is a month and a year: no number has four digits behind its only dot
_MONTH: Final = r"\d{1,2}(?=\.(?:19|20)\d\d(?![\d]|[.,]\d))"
_WORD: Final = rf"[a-zà-öø-ɏ\u1e00-\u1eff]+|{_MONTH}|\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|\n|_"
_TOKEN: Final = re.compile(_WORD)
# splitting at tokens gives the gaps between them too, so that offsets are sums of lengths and need no match objects
_CUT: Final = re.compile(f"({_WORD})")
# forms of tokens
_LETTERS: Final = 0
_FIGURE: Final = 1
_MARK: Final = 2
_STOP: Final = 3
_STOPS: Final = frozenset(".!?…\n")
# a figure that is a piece, alone or with a mark behind it; longer ones than this hardly ever come back
_FIGURE_ALONE: Final = re.compile(rf"(?!{_MONTH})(?=.{{1,99}}$)([0-9]+(?:[.,][0-9]+)*)([%,.;:)]?)")
_SHORT: Final = 5
# pieces remembered at a time, and the characters of the longest
_REMEMBERED: Final = 1 << 15
_LONGEST: Final = 255


class _Token:
    """A token of a piece: the gap before it, its word, and its form; ``odd``: the gap is no plain space, or several."""

    def __init__(self, gap: int, word: str, form: int, odd: bool) -> None:
        self.gap = gap
        self.word = word
        self.form = form
        self.odd = odd


# most pieces are one word of letters behind one space: that word
_Piece = str | list[_Token]
_pieces: Final[dict[str, _Piece]] = {}


class Tokens:
    """Parallel lists: normalised words and where each starts in the stored text; ``end`` tells where it ends.

    ``digits`` are the positions of the figures, ``stops`` those of the marks that may end a sentence, line breaks among
    them, and ``marks`` those of all other marks. ``even``: in the stored text nothing but a single plain space stands
    between two tokens that are no line breaks (where False, something else may stand there).
    """

    def __init__(
        self,
        words: list[str],
        starts: list[int],
        digits: list[int],
        marks: list[int],
        stops: list[int],
        even: bool = False,
        ends: list[int] | None = None,  # where words are not as long as they stand in the text
    ) -> None:
        self.words = words
        self.starts = starts
        self.digits = digits
        self.marks = marks
        self.stops = stops
        self.even = even
        self._ends = ends

    def __len__(self) -> int:
        return len(self.words)

    def end(self, at: int) -> int:
        """The offset behind the token at ``at`` in the stored text."""
        return self.starts[at] + len(self.words[at]) if self._ends is None else self._ends[at]


def tokenise(text: str, page: str | None = None) -> Tokens:
    """Cut ``text`` into tokens. Linear in the length of the text; never raises.

    ``page``: the text with its lines joined, for those who have it.
    """
    words: list[str] = []
    starts: list[int] = []
    digits: list[int] = []
    marks: list[int] = []
    stops: list[int] = []
    page = joined(text) if page is None else page
    even = page is text
    at = -1  # the first piece has no space before it
    # a piece begins at each line, so that the last word of one and the first of the next are not one piece
    for piece in page.replace("\n", " \n").split(" "):
        tokens = _pieces.get(piece)
        if tokens is None:
            if not piece:  # one of several spaces
                at += 1
                even = False
                continue
            tokens = _cut(piece)
            if tokens is None:
                return _cut_anew(text)
        if isinstance(tokens, str):
            at += 1
            words.append(tokens)
            starts.append(at)
            at += len(tokens)
            continue
        for token in tokens:
            form = token.form
            if form == _FIGURE:
                digits.append(len(words))
            elif form == _MARK:
                marks.append(len(words))
            elif form == _STOP:
                stops.append(len(words))
            words.append(token.word)
            even = even and not token.odd
            at += token.gap
            starts.append(at)
            at += len(token.word)
    return Tokens(words, starts, digits, marks, stops, even)


def _cut_anew(text: str) -> Tokens:
    """The tokens of a text that is not the sum of its pieces."""
    normalised = normalise(joined(text))
    cut = _CUT.split(normalised.text)
    words = cut[1::2]
    edges = list(accumulate(map(len, cut)))
    starts, ends = edges[:-1:2], None
    if normalised.offsets is not None:
        to_stored = normalised.offsets
        ends = [max(to_stored[start] + 1, to_stored[end]) for start, end in zip(starts, edges[1::2], strict=True)]
        starts = [to_stored[start] for start in starts]
    forms = [_form(word) for word in words]
    digits, marks, stops = ([at for at, form in enumerate(forms) if form == asked] for asked in (_FIGURE, _MARK, _STOP))
    return Tokens(words, starts, digits, marks, stops, ends=ends)


def words_of(text: str) -> list[str]:
    """The normalised words of a short text (for lexicon entries)."""
    return [intern(word) for word in _TOKEN.findall(normalise(text).text)]


def _cut(piece: str) -> _Piece | None:
    """What stands between two spaces as words, each with the gap before it and its form; remembered.

    The first gap counts the space before the piece, and a line break is written with a space before it that is not
    counted. None for a piece that is not cut alone: one that is long, ends in a gap, holds another sign for a line
    break, or changes its length when it is normalised.
    """
    figure = _FIGURE_ALONE.fullmatch(piece)
    if figure is not None:
        return _cut_figure(piece, figure[1], figure[2])
    if len(piece) > _LONGEST:
        return None
    parts = _CUT.split(fold(piece))
    made: list[_Token] = []
    gap, plain = 1 + len(parts[0]), 1
    for word, after in zip(parts[1::2], parts[2::2], strict=True):
        # the same object as in the lexicon: compared at a glance; the space before a line break was put there
        made.append(_Token(gap - (word == "\n"), intern(word), _form(word), gap != plain))
        gap, plain = len(after), 0
    breaks = sum([token.word == "\n" for token in made])
    if (
        gap
        or not made
        or breaks != piece.count("\n")
        or "\u0130" in piece
        or INVISIBLE.search(piece)
        or not unicodedata.is_normalized("NFC", piece)
    ):
        return None
    if len(_pieces) >= _REMEMBERED:
        _pieces.clear()
    alone = len(made) == 1 and made[0].gap == 1 and made[0].form == _LETTERS
    kept: _Piece = made[0].word if alone else made
    _pieces[piece] = kept
    return kept


def _cut_figure(piece: str, number: str, mark: str) -> _Piece:
    """A figure, with or without a mark behind it: most of what is new in a text; only short ones come back."""
    made = [_Token(1, number, _FIGURE, False)]
    if mark:
        made.append(_Token(0, mark, _STOP if mark == "." else _MARK, False))
    if len(piece) <= _SHORT:
        _pieces[piece] = made
    return made


def _form(word: str) -> int:
    first = word[0]
    if first.isalnum():
        return _FIGURE if first.isdecimal() else _LETTERS
    return _STOP if word in _STOPS else _MARK

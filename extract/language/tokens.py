"""Tokens: words, figures and single marks, with their offsets in the stored text.

Belongs here: the cut of a text into tokens, and the form of each. Does not belong here: what tokens mean. A figure with
its separators (``14.759,03``) is one token; letters glued to it (``61,21ha``) are another; a line break is ``\\n``.

No token holds a space and no rule of spelling looks past one, so what stands between two spaces is cut once and
remembered: most of a text has been met before, which makes this several times faster than cutting it anew.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate, chain
from sys import intern
from typing import Final

from extract.language.normalise import INVISIBLE, fold, joined, normalise

# the Latin letters of Vietnamese first: a range is tested faster than a category
_WORD: Final = r"[a-zà-öø-ɏ\u1e00-\u1eff]+|\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|\n|_"
_TOKEN: Final = re.compile(_WORD)
# splitting at tokens gives the gaps between them too, so that offsets are sums of lengths and need no match objects
_CUT: Final = re.compile(f"({_WORD})")
# the first of several spaces: the others belong to the piece behind it
_SINGLE_SPACE: Final = re.compile(r"(?<=\S) ")
# forms of tokens: a figure, a word, or the mark itself where it is one byte long
FIGURE, _LETTERS = b"9", ord("w")
_FIGURE: Final = re.compile(FIGURE)
# a figure that is a piece, alone or with a mark behind it; longer ones than this hardly ever come back
_FIGURE_ALONE: Final = re.compile(r"(?=.{1,99}$)([0-9]+(?:[.,][0-9]+)*)([%,.;:)]?)")
_NINE, _SHORT = FIGURE[0], 5
# pieces remembered at a time
_REMEMBERED: Final = 1 << 15
# the longest gap or word of a remembered piece: its length is kept in one byte
_LONGEST: Final = 255
_Piece = tuple[tuple[str, ...], bytes]


@dataclass(slots=True, eq=False)
class Tokens:
    """Parallel lists: normalised words and their start and end offsets in the stored text.

    ``forms`` has one byte a token: 9 for a figure, w for letters, else the mark (\\x00 for one beyond ASCII).
    ``digits`` are the positions of the figures.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]
    forms: bytes
    digits: list[int]

    def __len__(self) -> int:
        return len(self.words)


def tokenise(text: str) -> Tokens:
    """Cut ``text`` into tokens. Linear in the length of the text; never raises."""
    pieces = _remembered(text)
    if pieces is not None:
        parts, shapes = zip(*pieces, strict=True)
        words = list(chain.from_iterable(parts))
        shape = bytearray().join(shapes)
        forms = bytes(shape[2::3])
        del shape[2::3]
        edges = list(accumulate(shape, initial=-1))
        starts, ends = edges[1::2], edges[2::2]
    else:
        normalised = normalise(joined(text))
        cut = _CUT.split(normalised.text)
        words = cut[1::2]
        edges = list(accumulate(map(len, cut)))
        starts, ends = edges[:-1:2], edges[1::2]
        forms = _forms(words)
        if normalised.offsets is not None:
            to_stored = normalised.offsets
            ends = [max(to_stored[start] + 1, to_stored[end]) for start, end in zip(starts, ends, strict=True)]
            starts = [to_stored[start] for start in starts]
    return Tokens(words, starts, ends, forms, [match.start() for match in _FIGURE.finditer(forms)])


def words_of(text: str) -> list[str]:
    """The normalised words of a short text (for lexicon entries)."""
    return [intern(word) for word in _TOKEN.findall(normalise(text).text)]


class _Pieces(dict[str, _Piece]):
    """What stands between two spaces -> its words, and three bytes a word: the gap before it, its length, its form.

    The first gap counts the space before the piece, and a line break is written with a space before it that is not
    counted. Raises LookupError for a piece that is not cut alone: one that is empty, ends in a gap, holds a long word
    or another sign for a line break, or changes its length when it is normalised.
    """

    def __missing__(self, piece: str) -> _Piece:
        figure = _FIGURE_ALONE.fullmatch(piece)
        if figure is not None:
            return self._figure(piece, figure[1], figure[2])
        parts = _CUT.split(fold(piece))
        shape: list[int] = []
        words: list[str] = []
        gap = 1 + len(parts[0])
        for word, after in zip(parts[1::2], parts[2::2], strict=True):
            words.append(intern(word))  # the same object as in the lexicon: compared at a glance
            shape += (gap - (word == "\n"), len(word), _form(word))  # the space before a line break was put there
            gap = len(after)
        if (
            gap
            or max(shape, default=_LONGEST) >= _LONGEST
            or words.count("\n") != piece.count("\n")
            or "\u0130" in piece
            or INVISIBLE.search(piece)
        ):
            raise LookupError(piece)
        if len(self) >= _REMEMBERED:
            self.clear()
        made = self[piece] = (tuple(words), bytes(shape))
        return made

    def _figure(self, piece: str, number: str, mark: str) -> _Piece:
        """A figure, with or without a mark behind it: most of what is new in a text; only short ones come back."""
        made: _Piece = (number,), bytes((1, len(number), _NINE))
        if mark:
            made = (number, mark), bytes((1, len(number), _NINE, 0, 1, ord(mark)))
        if len(piece) <= _SHORT:
            self[piece] = made
        return made


_pieces = _Pieces()


def _remembered(text: str) -> list[_Piece] | None:
    """The pieces of ``text``, or None where it is not the sum of them."""
    if not unicodedata.is_normalized("NFC", text):
        return None
    # a piece begins at each line, so that the last word of one and the first of the next are not one piece
    text = joined(text).rstrip(" ").replace("\n", " \n")
    try:
        if "  " not in text:
            return list(map(_pieces.__getitem__, text.split(" ")))
    except LookupError:
        pass
    try:
        return list(map(_pieces.__getitem__, _SINGLE_SPACE.split(text)))
    except LookupError:
        return None


def _forms(words: list[str]) -> bytes:
    return bytes(map(_form, words))


def _form(word: str) -> int:
    first = word[0]
    if first.isalnum():
        return _NINE if first.isdecimal() else _LETTERS
    return ord(first) if first < "\x80" else 0

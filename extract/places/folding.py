"""Folded text for matching names, with a way back to the stored text.

Belongs here: composed letters, plain spaces, dashes and apostrophes, and the offset map. Does not belong here: spelling
variants of names, their case among them (``spelling``), or sentence splitting.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import Final, NamedTuple

# One character for one character, so that offsets stay as they are.
_SAME_LENGTH: Final = (
    ("\u00a0", " "), ("\u202f", " "), ("\u2009", " "), ("\t", " "), ("\u2019", "'"), ("\u2018", "'"), ("\u00b4", "'"),
    ("`", "'"), ("\u2013", "-"), ("\u2014", "-"), ("\u2011", "-"), ("\u00d0", "Đ"), ("\u00f0", "đ"), ("\u0189", "Đ"),
    ("\u01a3", "ư"), ("\u01a2", "Ư"),
)  # fmt: skip
TYPOGRAPHIC: Final = (("\u2013", "-"), ("\u2019", "'"))  # the frequent ones
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_LOOSE_OR_SPLIT: Final = re.compile(rf"[{_INVISIBLE}]|(?<=\w) {{2,}}(?=\w)|[^\u0300-\u036f][\u0300-\u036f]+")
_SPACES: Final = re.compile(" +")
_LOOSE: Final = re.compile(rf"[{_INVISIBLE}]|(?<=\w) {{2,}}(?=\w)")
_MARKS: Final = "".join(map(chr, range(0x300, 0x370)))
# A text without any of these and without the TYPOGRAPHIC ones folds to itself.
# Doubled spaces are the first of them: they are frequent, and soon closed up.
HIDING: Final = (
    "  ",
    *_INVISIBLE,
    *_MARKS,
    *sorted({old for old, _ in _SAME_LENGTH} - {old for old, _ in TYPOGRAPHIC}),
)


class Folded(NamedTuple):
    """The folded ``text``; ``edits`` leads back to the stored text.

    Each edit is (start, end, stored start, stored end): what stands at ``[start, end)`` was made from that stored span.
    Without edits the offsets are those of the stored text.
    """

    text: str
    edits: tuple[tuple[int, int, int, int], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the stored text, in code points, that the non-empty ``[start, end)`` was made from."""
        if not self.edits:
            return start, end
        return self._stored(start)[0], self._stored(end - 1)[1]

    def _stored(self, at: int) -> tuple[int, int]:
        """The stored span of one folded character."""
        index = bisect_right(self.edits, at, key=itemgetter(0)) - 1
        if index < 0:
            return at, at + 1
        _, end, stored_start, stored_end = self.edits[index]
        if at < end:
            return stored_start, stored_end
        return at - end + stored_end, at - end + stored_end + 1


def fold(text: str) -> Folded:
    """Fold ``text`` (stored form, any Unicode form). Fast where nothing changes its length."""
    folded = text
    for old, new in _SAME_LENGTH:
        if old in folded:
            folded = folded.replace(old, new)
    edits: tuple[tuple[int, int, int, int], ...] = ()
    if not unicodedata.is_normalized("NFC", folded):
        folded, edits = _rebuild(folded, [found.span() for found in _LOOSE_OR_SPLIT.finditer(folded)])
    elif any(mark in folded for mark in _INVISIBLE):
        folded, edits = _rebuild(folded, [found.span() for found in _LOOSE.finditer(folded)])
    elif gaps := _gaps(folded):
        folded, edits = _rebuild(folded, gaps)
    return Folded(folded, edits)


def straightened(text: str) -> Folded:
    """The same as :func:`fold` for a ``text`` without anything ``HIDING``."""
    for typographic, plain in TYPOGRAPHIC:
        text = text.replace(typographic, plain)
    return Folded(text)


def closed_up(text: str) -> Folded:
    """The same as :func:`fold` for a ``text`` with nothing ``HIDING`` but doubled spaces."""
    plain = straightened(text)
    gaps = _gaps(plain.text)
    return Folded(*_rebuild(plain.text, gaps)) if gaps else plain


def _gaps(text: str) -> list[tuple[int, int]]:
    """The wide gaps between words; none where no gap can split a name or stand before one.

    Looked for by two plain spaces, which is much faster than by their pattern in ``_LOOSE``.
    """
    found = []
    splits = False
    at = text.find("  ")
    while at >= 0:
        spaces = _SPACES.match(text, at)
        end = spaces.end() if spaces else at + 2
        before, behind = text[max(0, at - 1) : at], text[end : end + 1]
        if _is_of_word(before) and _is_of_word(behind):
            found.append((at, end))
            splits = splits or (before != "_" and behind.isupper())
        at = text.find("  ", end)
    return found if splits else []


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _rebuild(text: str, loose: Iterable[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int, int, int], ...]]:
    """Compose letters, drop invisible marks and doubled spaces."""
    pieces: list[str] = []
    edits: list[tuple[int, int, int, int]] = []
    last = size = 0
    for start, end in loose:
        found = text[start:end]
        new = " " if found[0] == " " else "" if found[0] in _INVISIBLE else unicodedata.normalize("NFC", found)
        size += start - last
        edits.append((size, size + len(new), start, end))
        pieces += (text[last:start], new)
        size += len(new)
        last = end
    pieces.append(text[last:])
    return "".join(pieces), tuple(edits)

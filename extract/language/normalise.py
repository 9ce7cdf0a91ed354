"""One spelling for each word, with offsets that lead back to the stored text.

Belongs here: Unicode form, case, tone placement, dashes, spaces, invisible characters. Does not belong here: splitting
into tokens (``tokens.py``) or any meaning.

Tone placement: Vietnamese writes the tone of an open ``oa``, ``oe``, ``uy`` on either vowel (``hoà``/``hòa``,
``thuỷ``/``thủy``); both are folded to the older ``hòa``, ``thủy``. After ``q`` the ``u`` is a consonant: ``quý`` stays.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\ufe58\uff0d"
_SPACES: Final = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    "\t\x0b\x0c\x1c\x1d\x1e\x1f"
)
_QUOTES: Final = "\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u02bc\u0060\u00b4"
INVISIBLE: Final = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_SAME_LENGTH: Final = {
    **dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_SPACES, " "), **dict.fromkeys(_QUOTES, '"'),
    "\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n",
    "\u01a3": "ư", "\u01a2": "ư",  # the last two: what PDF writers of old fonts leave of ư
    "\u0110": "đ", "\u00d0": "đ", "\u00f0": "đ", "\u0130": "i",
}  # fmt: skip
# finding the few characters to replace is many times faster than translating all
_SPECIAL: Final = re.compile("[" + re.escape("".join(_SAME_LENGTH)) + "]")
# around a single line break between a word, a figure or a comma and a letter
_SIDE_SPACES: Final = frozenset(" \u00a0")
_BEFORE_BREAK: Final = frozenset(" \u00a0\r")
# what most lines begin with; the next look is dearer
_OPENS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-+*(\n")
_GOES_ON: Final = frozenset("_,%)")
_TONED: Final = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
# what hands write for ươ before another letter ("luợng", "tuơi"): uơ itself only ends a word ("thuở")
_HORN: Final = re.compile(r"(?<!q)u(?=[ơờớởỡợ][^\W\d_])")
_TONE: Final = re.compile(r"q?[ou][àáảãạèéẻẽẹỳýỷỹỵ](?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Normalised text and, where lengths differ from the stored text, the stored offset of each character.

    ``offsets`` is None when character i of ``text`` is character i of the stored text; otherwise it has one entry a
    character and one past the end.
    """

    text: str
    offsets: tuple[int, ...] | None

    def to_stored(self, position: int) -> int:
        """The offset in the stored text of ``position`` in ``text``."""
        return position if self.offsets is None else self.offsets[position]


def fold(text: str) -> str:
    """Same-length folding of case, dashes, spaces, quotes and tone placement of NFC text."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow when lowered; keep offsets, leave those as they are
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    lowered = _SPECIAL.sub(lambda match: _SAME_LENGTH[match.group()], lowered)
    lowered = _HORN.sub("ư", lowered)
    return _TONE.sub(lambda match: _TONED.get(match.group(), match.group()), lowered)


def has_old_letters(text: str) -> bool:
    """True where PDF writers of old fonts have left their ư in ``text``."""
    return "\u01a3" in text or "\u01a2" in text


def readable(text: str) -> str:
    """``text`` for people and for matching by others: letters of old fonts as letters, spaces single."""
    if has_old_letters(text):
        text = text.replace("\u01a3", "ư").replace("\u01a2", "Ư")
    # nearly always it is so already; only plain spaces are printable
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


def normalise(text: str) -> Normalised:
    """Normalise ``text``. Never raises; lone surrogates pass through."""
    if unicodedata.is_normalized("NFC", text) and not INVISIBLE.search(text):
        return Normalised(fold(text), None)
    pieces: list[str] = []
    offsets: list[int] = []
    for start, end in _clusters(text):
        composed = unicodedata.normalize("NFC", INVISIBLE.sub("", text[start:end]))
        pieces.append(composed)
        offsets.extend([start] * len(composed))
    offsets.append(len(text))
    return Normalised(fold("".join(pieces)), tuple(offsets))


def joined(text: str) -> str:
    """``text`` with line breaks inside sentences as spaces: a line goes on in lower case behind a word or a comma."""
    pieces: list[str] = []
    at, done = text.find("\n"), 0
    while at >= 0:
        start, end = at, at + 1
        while text[end : end + 1] in _SIDE_SPACES:
            end += 1
        following = text[end : end + 1]
        if following not in _OPENS and following.islower() and following.isalnum():
            while start and text[start - 1] in _BEFORE_BREAK:
                start -= 1
            before = text[start - 1 : start] if start else ""
            if before.isalnum() or before in _GOES_ON or (before and unicodedata.combining(before)):
                pieces += (text[done:start], " " * (end - start))
                done = end
        at = text.find("\n", at + 1)
    return "".join(pieces) + text[done:] if pieces else text


def _clusters(text: str) -> list[tuple[int, int]]:
    """Spans of a base character with the combining and invisible characters that follow it."""
    spans = []
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or not (unicodedata.combining(text[position]) or INVISIBLE.match(text[position])):
            spans.append((start, position))
            start = position
    return spans if text else []

"""The gate: a cheap first look that sends most news past the reader unread.

Belongs here: one scan of the raw text for words of government and words of what is planned. Does not belong here: any
understanding. The gate may let too much through, never too little: an article that it stops is not read at all.

Texts are scanned as bytes: whatever the gate does, it does to every article, so the scan hands out no offsets in
characters, looks for spaces that would hide a word in the same pass, and knows each word with and without capitals,
which is faster than making all letters of every article small. An article about plans says so at its beginning: what
is behind is scanned only where that does not tell.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import product
from typing import Final

import ahocorasick_rs

from extract.article import Article
from extract.language.normalise import INVISIBLE
from extract.lexicon.load import lexicon_file

# what hides a word: an odd space, which has two plain spaces or one of these in it, or a mark apart from its letter;
# doubled spaces are the first of them, since they are frequent and soon mended
_HIDING: Final = (
    "  ",
    *"\t\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff",
    *map(chr, range(0x2000, 0x200B)),
    *map(chr, range(0x300, 0x370)),
)

# the parts of a word that may have a capital of their own, and what stands between them
_PARTS: Final = re.compile("([ %.-])")

# how far an article about plans is looked into at first, in characters
_BEGINNING: Final = 400

READ: Final = "read"
PLACE_ONLY: Final = "place_only"
NOTHING: Final = "nothing"

# what a text holds, as bits: words of government, words of what is planned, doubled spaces, and what else hides words
_GOVERNED: Final = 1
_PLANNED: Final = 2
_DOUBLED: Final = 4
_HIDDEN: Final = 8


_Scanner = tuple[ahocorasick_rs.BytesAhoCorasick, list[int], int]


@cache
def _scanner() -> _Scanner:
    """The scanner, what each of its patterns shows, and how many characters the longest has."""
    words = lexicon_file("gate")
    shows: dict[str, int] = {}
    for kind, bit in (("government", _GOVERNED), ("subject", _PLANNED)):
        for form in (form for word in words[kind] for form in _written(word)):
            shows.setdefault(form, bit)
    shows.update({hiding: _DOUBLED if hiding == "  " else _HIDDEN for hiding in _HIDING})
    implementation = ahocorasick_rs.Implementation.DFA
    scanner = ahocorasick_rs.BytesAhoCorasick([form.encode() for form in shows], implementation=implementation)
    return scanner, list(shows.values()), max(map(len, shows))


def _written(word: str) -> list[str]:
    """``word`` as it may be written: any of its parts with a capital ("Kế hoạch"), or in capitals ("HỘ nghèo").

    Not with capitals inside a part ("NSnn"), of which an article would have to have no other word.
    """
    parts = _PARTS.split(unicodedata.normalize("NFC", word))
    begun = product(*[dict.fromkeys((part, part[:1].upper() + part[1:])) for part in parts])
    loud = product(*[dict.fromkeys((part, part.upper())) for part in parts])
    return [*dict.fromkeys(map("".join, (*begun, *loud)))]


def first_look(article: Article) -> str:
    """READ where the article may hold plan figures, PLACE_ONLY where its headline speaks of a unit, else NOTHING."""
    title, text, scanner = article.title, article.text, _scanner()
    titled = _seen(scanner, title, 0)
    seen = _seen(scanner, text[:_BEGINNING], titled)
    if len(text) > _BEGINNING and not _is_enough(seen):
        seen = _seen(scanner, text[_BEGINNING - scanner[2] :], seen)
    if seen >= _DOUBLED and not _is_enough(seen):
        bared = _bared if seen >= _HIDDEN else _single_spaced
        titled = _seen(scanner, bared(title), 0)
        seen = _seen(scanner, bared(text), titled)
    if _is_enough(seen):
        return READ
    return PLACE_ONLY if titled & _GOVERNED else NOTHING


def _seen(scanner: _Scanner, text: str, seen: int) -> int:
    """``seen``, and what else the text holds until that is enough; of words that overlap, the one that ends first."""
    words, shows, _ = scanner
    matches: list[tuple[int, int, int]] = words.find_matches_as_indexes(text.encode("utf-8", "surrogatepass"))
    for pattern, _, _ in matches:
        seen |= shows[pattern]
        if _is_enough(seen):
            break
    return seen


def _is_enough(seen: int) -> bool:
    return seen & (_GOVERNED | _PLANNED) == _GOVERNED | _PLANNED


def _single_spaced(text: str) -> str:
    """``text`` without doubled spaces, where nothing else in it hides a word."""
    return " ".join(text.split()) if "  " in text else text


def _bared(text: str) -> str:
    """``text`` with nothing in it that hides a word."""
    return " ".join(unicodedata.normalize("NFC", INVISIBLE.sub("", text)).split())

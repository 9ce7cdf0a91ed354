"""The gate: a cheap first look that sends most news past the reader unread.

Belongs here: one scan of the raw text for words of government and words of what is planned. Does not belong here: any
understanding. The gate may let too much through, never too little: an article that it stops is not read at all.

Title and text are scanned as one run of bytes: whatever the gate does, it does to every article, so the scan hands out
no offsets in characters, looks for spaces that would hide a word in the same pass, and knows each word with and without
capitals, which is faster than making all letters of every article small.
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

READ: Final = "read"
PLACE_ONLY: Final = "place_only"
NOTHING: Final = "nothing"


@cache
def _scanner() -> tuple[ahocorasick_rs.BytesAhoCorasick, int, int]:
    """(scanner, how many of its patterns are words of government, which is that of doubled spaces: the first behind the
    words, and before all else that hides them)."""
    words = lexicon_file("gate")
    government = [form for word in words["government"] for form in _written(word)]
    subject = [form for word in words["subject"] for form in _written(word)]
    patterns = [pattern.encode() for pattern in (*government, *subject, *_HIDING)]
    scanner = ahocorasick_rs.BytesAhoCorasick(patterns, implementation=ahocorasick_rs.Implementation.DFA)
    return scanner, len(government), len(government) + len(subject)


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
    title, text = article.title, article.text
    scanner, government, doubled = _scanner()
    matches = scanner.find_matches_as_indexes(_encoded(title, text), overlapping=True)
    if not matches:
        return NOTHING
    if (highest := max(matches)[0]) >= doubled:
        bared = _single_spaced if highest == doubled else _bared
        title, text = bared(title), bared(text)
        matches = scanner.find_matches_as_indexes(_encoded(title, text), overlapping=True)
    end_of_title = len(title.encode("utf-8", "surrogatepass"))
    free = 0
    planned = governed = titled = False
    for pattern, start, end in matches:  # by their ends; of words that overlap, the one that ends first counts
        if start < free or pattern >= doubled:
            continue
        free = end
        if pattern >= government:
            planned = True
        else:
            governed, titled = True, titled or end <= end_of_title
        if planned and governed:
            return READ
    return PLACE_ONLY if titled else NOTHING


def _encoded(title: str, text: str) -> bytes:
    return f"{title}\n{text}".encode("utf-8", "surrogatepass")


def _single_spaced(text: str) -> str:
    """``text`` without doubled spaces, where nothing else in it hides a word."""
    return " ".join(text.split()) if "  " in text else text


def _bared(text: str) -> str:
    """``text`` with nothing in it that hides a word."""
    return " ".join(unicodedata.normalize("NFC", INVISIBLE.sub("", text)).split())

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
from extract.lexicon.load import lexicon_file

# runs of spaces and spaces that do not look it, which word pairs do not match across
_ODD_SPACES: Final = re.compile(r"[^\S\n][^\S\n]|[\t\xa0\u2000-\u200b\u202f\ufeff]")
# what hides a word: an odd space, which has two plain spaces or one of these in it, or a mark apart from its letter;
# doubled spaces are the first of them, since they are frequent and soon mended
_HIDING: Final = (
    "  ",
    *"\t\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\ufeff",
    *map(chr, range(0x2000, 0x200B)),
    *map(chr, range(0x300, 0x370)),
)

# the parts of a word that may have a capital of their own, and what stands between them
_PARTS: Final = re.compile("([ -])")

READ: Final = "read"
PLACE_ONLY: Final = "place_only"
NOTHING: Final = "nothing"


@cache
def _scanner() -> tuple[ahocorasick_rs.BytesAhoCorasick, int, int]:
    """(scanner, how many of its patterns are words of government, where the words end and what hides them begins)."""
    words = lexicon_file("gate")
    government = [form for word in words["government"] for form in _written(word)]
    subject = [form for word in words["subject"] for form in _written(word)]
    patterns = [pattern.encode() for pattern in (*government, *subject, *_HIDING)]
    scanner = ahocorasick_rs.BytesAhoCorasick(patterns, implementation=ahocorasick_rs.Implementation.DFA)
    return scanner, len(government), len(government) + len(subject)


def _written(word: str) -> list[str]:
    """``word`` as it may be written: each of its parts small or with a capital, or all of it in capitals."""
    composed = unicodedata.normalize("NFC", word)
    parts = [dict.fromkeys((part, part[:1].upper() + part[1:])) for part in _PARTS.split(composed)]
    return [*dict.fromkeys((*map("".join, product(*parts)), composed.upper()))]


def first_look(article: Article) -> str:
    """READ where the article may hold plan figures, PLACE_ONLY where its headline speaks of a unit, else NOTHING."""
    title, text = article.title, article.text
    scanner, government, words = _scanner()
    matches = scanner.find_matches_as_indexes(_bytes(title, text), overlapping=True)
    if not matches:
        return NOTHING
    if (last := max(matches)[0]) >= words:
        bared = _single_spaced if last == words else _bared
        title, text = bared(title), bared(text)
        matches = scanner.find_matches_as_indexes(_bytes(title, text), overlapping=True)
    end_of_title = len(title.encode("utf-8", "surrogatepass"))
    free = 0
    planned = governed = titled = False
    for pattern, start, end in matches:  # by their ends; of words that overlap, the one that ends first counts
        if start < free or pattern >= words:
            continue
        free = end
        if pattern >= government:
            planned = True
        else:
            governed, titled = True, titled or end <= end_of_title
        if planned and governed:
            return READ
    return PLACE_ONLY if titled else NOTHING


def _bytes(title: str, text: str) -> bytes:
    return f"{title}\n{text}".encode("utf-8", "surrogatepass")


def _single_spaced(text: str) -> str:
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _bared(text: str) -> str:
    """``text`` with nothing in it that hides a word."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join(composed.split()) if _ODD_SPACES.search(composed) else composed

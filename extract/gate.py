"""The gate: a cheap first look that sends most news past the reader unread.

Belongs here: one scan of the raw text for words of government and words of what is planned. Does not belong here: any
understanding. The gate may let too much through, never too little: an article that it stops is not read at all.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import ahocorasick_rs

from extract.article import Article
from extract.lexicon.load import lexicon_file

# runs of spaces and spaces that do not look it, which word pairs do not match across
_ODD_SPACES = re.compile(r"[^\S\n][^\S\n]|[\t\xa0\u2000-\u200b\u202f\ufeff]")

READ, PLACE_ONLY, NOTHING = "read", "place_only", "nothing"


@cache
def _scanner() -> tuple[ahocorasick_rs.AhoCorasick, int]:
    """(scanner, how many of its words are of government)."""
    words = lexicon_file("gate")
    government = [unicodedata.normalize("NFC", word) for word in words["government"]]
    subject = [unicodedata.normalize("NFC", word) for word in words["subject"]]
    return ahocorasick_rs.AhoCorasick(government + subject), len(government)


def first_look(article: Article) -> str:
    """READ where the article may hold plan figures, PLACE_ONLY where its headline speaks of a unit, else NOTHING."""
    scanner, government = _scanner()
    text, title = _plain(article.text), _plain(article.title)
    found = {match[0] < government for match in scanner.find_matches_as_indexes(text)}
    in_title = {match[0] < government for match in scanner.find_matches_as_indexes(title)}
    if len(found | in_title) == 2:
        return READ
    return PLACE_ONLY if True in in_title else NOTHING


def _plain(text: str) -> str:
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if _ODD_SPACES.search(text):
        text = " ".join(text.split())
    return text.lower()

"""The page around the article: share bars, counters, lists of other headlines.

Belongs here: telling such lines from the article's own. Does not belong here: the words (``words.yaml``), or finding
the main text of an HTML page, which is trafilatura's work (``html``).
"""

from __future__ import annotations

import unicodedata

from extract.reading.dates import is_date_line
from extract.reading.words import phrase_pattern

_LONGEST_HEADLINE = 220
_SENTENCE_ENDS = (".", ";", ":", "!", "…", "./.", "”")


def is_furniture(line: str) -> bool:
    """True where a line holds nothing but phrases of the page around the article, digits and punctuation."""
    if len(line) > 200:
        return False
    rest = phrase_pattern("furniture").sub(" ", unicodedata.normalize("NFC", line).lower())
    return not any(character.isalpha() for character in rest)


def without_furniture(text: str, title: str | None = None) -> str:
    """The text without share bars, counters, printed dates, a repeated title, and lists of other headlines.

    Only whole lines go, and never a line of prose or a table row: the first and the last paragraph stay.
    """
    kept: list[str] = []
    in_list_of_headlines = False
    for line in text.splitlines():
        stripped = " ".join(unicodedata.normalize("NFC", line).split())
        if in_list_of_headlines and (not stripped or _looks_like_headline(stripped)):
            continue
        in_list_of_headlines = _opens_list_of_headlines(stripped)
        if in_list_of_headlines or _is_noise(stripped) or (not kept and (not stripped or stripped == title)):
            continue
        kept.append(line)
    return "\n".join(kept).strip("\n")


def _is_noise(line: str) -> bool:
    """True for a line of page furniture or a printed date. A line of bare figures may be a table cell and stays."""
    if "|" in line and not is_date_line(line):
        return False
    has_phrase = phrase_pattern("furniture").search(line.lower()) is not None
    return (has_phrase and is_furniture(line)) or is_date_line(line)


def _opens_list_of_headlines(line: str) -> bool:
    if not line or len(line) > 60:
        return False
    found = phrase_pattern("tail_headings").match(line.lower().lstrip("-*>» •|"))
    return found is not None


def _looks_like_headline(line: str) -> bool:
    return len(line) <= _LONGEST_HEADLINE and not line.endswith(_SENTENCE_ENDS) and "|" not in line

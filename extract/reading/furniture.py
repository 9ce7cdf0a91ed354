"""The page around the article: share bars, counters, lists of other headlines.

Belongs here: telling such lines from the article's own. Does not belong here: the words (``words.yaml``), or finding
the main text of an HTML page, which is trafilatura's work (``html``).
"""

from __future__ import annotations

import unicodedata

from extract.reading.words import phrase_pattern


def is_furniture(line: str) -> bool:
    """True where a line holds nothing but phrases of the page around the article, digits and punctuation."""
    if len(line) > 200:
        return False
    rest = phrase_pattern("furniture").sub(" ", unicodedata.normalize("NFC", line).lower())
    return not any(character.isalpha() for character in rest)

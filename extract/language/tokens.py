"""Tokens: words, figures and single marks, with their offsets in the stored text.

Belongs here: the cut of a text into tokens. Does not belong here: what tokens mean. A figure with its separators
(``14.759,03``) is one token; letters glued to it (``61,21ha``) are another; a line break is the token ``\\n``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.language.normalise import normalise

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\n|[^\w\s]|_")


@dataclass(slots=True)
class Tokens:
    """Parallel lists: normalised words and their start and end offsets in the stored text."""

    words: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.words)


def tokenise(text: str) -> Tokens:
    """Cut ``text`` into tokens. Linear in the length of the text; never raises."""
    normalised = normalise(text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(normalised.text):
        words.append(match.group())
        starts.append(match.start())
        ends.append(match.end())
    if normalised.offsets is not None:
        to_stored = normalised.offsets
        ends = [max(to_stored[start] + 1, to_stored[end]) for start, end in zip(starts, ends, strict=True)]
        starts = [to_stored[start] for start in starts]
    return Tokens(words, starts, ends)


def words_of(text: str) -> list[str]:
    """The normalised words of a short text (for lexicon entries)."""
    return [match.group() for match in _TOKEN.finditer(normalise(text).text)]

"""Tokens: words, figures and single marks, with their offsets in the stored text.

Belongs here: the cut of a text into tokens. Does not belong here: what tokens mean. A figure with its separators
(``14.759,03``) is one token; letters glued to it (``61,21ha``) are another; a line break is the token ``\\n``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, chain

from extract.language.normalise import normalise

# the Latin letters of Vietnamese first: a range is tested faster than a category
_WORD = r"[a-zà-öø-ɏ\u1e00-\u1eff]+|\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|\n|_"
_TOKEN = re.compile(_WORD)
# the gap before a token is kept too, so that offsets are sums of lengths and need no match objects; normalised text
# has no white space but " " and "\n"
_GAP_AND_TOKEN = re.compile(rf"( *)({_WORD})")


@dataclass(slots=True, eq=False)
class Tokens:
    """Parallel lists: normalised words and their start and end offsets in the stored text.

    ``digits`` are the positions of the tokens that begin with a digit.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]
    digits: list[int]

    def __len__(self) -> int:
        return len(self.words)


def tokenise(text: str) -> Tokens:
    """Cut ``text`` into tokens. Linear in the length of the text; never raises."""
    normalised = normalise(text)
    pairs = _GAP_AND_TOKEN.findall(normalised.text.rstrip(" "))
    words = [word for _, word in pairs]
    ends = list(accumulate(map(len, chain.from_iterable(pairs))))[1::2]
    starts = [end - len(word) for end, word in zip(ends, words, strict=True)]
    if normalised.offsets is not None:
        to_stored = normalised.offsets
        ends = [max(to_stored[start] + 1, to_stored[end]) for start, end in zip(starts, ends, strict=True)]
        starts = [to_stored[start] for start in starts]
    return Tokens(words, starts, ends, [i for i, word in enumerate(words) if word[0].isdecimal()])


def words_of(text: str) -> list[str]:
    """The normalised words of a short text (for lexicon entries)."""
    return _TOKEN.findall(normalise(text).text)

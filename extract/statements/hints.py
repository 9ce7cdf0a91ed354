"""Hints: which words that rules look for stand in a sentence at all, as bits of one number.

Belongs here: what is asked of every figure and hardly ever said, so that a rule asks the sentence's hints first. Does
not belong here: the rules, which look for the words themselves where there is a hint of them.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from extract.lexicon.grammar import first_words, phrases
from extract.lexicon.grammar import words as grammar

NONE_OF_THEM: Final = 1  # "không có xã nào"
EACH_UNIT: Final = 2  # "mỗi xã có"
PRICE: Final = 4  # "giá lúa", and "giá trị" too
BRACKET: Final = 8
TRAILING: Final = 16  # "trở lên"
RATE: Final = 32  # "tỷ lệ"
GROWTH: Final = 64  # "tốc độ tăng"
EXCLUDES: Final = 128  # "không bao gồm"
FALLS_SHORT: Final = 256  # "chỉ đạt", and "chỉ tiêu" too
EQUIVALENT: Final = 512  # "tương đương"
OVER: Final = 1024  # "hơn", "trên"
BOUND: Final = 2048  # "xuống dưới", "xấp xỉ", "vượt"
MONTH: Final = 4096
ACCOUNTS: Final = 8192  # "quyết toán"
SHARES: Final = 16384  # "chiếm", "tỷ lệ"
RISES: Final = 32768  # "tăng", of growth and elsewhere
ANY: Final = -1
"""All of them: of words that nobody looked at."""


class HintReader:
    """Reads the hints of sentences."""

    def __init__(self) -> None:
        said = {
            NONE_OF_THEM: first_words["none_of_them"],
            EACH_UNIT: first_words["each_unit"],
            PRICE: frozenset(phrases["price"]),
            BRACKET: frozenset("("),
            TRAILING: first_words["at_most"] | first_words["at_least"],
            RATE: frozenset([phrase.split()[1] for phrase in phrases["rate"]]),
            GROWTH: grammar["rate_of_growth"] - grammar["share_of_growth"],
            EXCLUDES: grammar["excludes"],
            FALLS_SHORT: first_words["falls_short"],
            EQUIVALENT: first_words["equivalent"],
            OVER: grammar["bounds_over"],
            BOUND: grammar["bounds_under"] | grammar["bounds_about"] | grammar["over"],
            MONTH: grammar["month"],
            ACCOUNTS: first_words["accounts"],
            SHARES: grammar["shares"],
            RISES: grammar["rate_of_growth"] & grammar["share_of_growth"],
        }
        self._by_word: dict[str, int] = {}
        for hint, words in said.items():
            for word in words:
                self._by_word[word] = self._by_word.get(word, 0) | hint

    def of(self, words: list[str], first: int, last: int) -> int:
        """What there is a hint of in ``words`` from ``first`` to ``last`` (exclusive)."""
        hints, by_word = 0, self._by_word
        for at in range(first, last):
            found = by_word.get(words[at])
            if found is not None:
                hints |= found
        return hints


@cache
def hint_reader() -> HintReader:
    """The shared reader of hints."""
    return HintReader()

"""Hints: which words that rules look for stand in a sentence at all, as bits of one number.

Belongs here: what is asked of every figure and hardly ever said, so that a rule asks the sentence's hints first. Does
not belong here: the rules, which look for the words themselves where there is a hint of them.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from extract.lexicon.grammar import first_words, phrases
from extract.lexicon.grammar import words as grammar

NONE_OF_THEM: Final = 1 << 0  # "không có xã nào"
EACH_UNIT: Final = 1 << 1  # "mỗi xã có"
PRICE: Final = 1 << 2  # "giá lúa", and "giá trị" too
BRACKET: Final = 1 << 3
TRAILING: Final = 1 << 4  # "trở lên"
RATE: Final = 1 << 5  # "tỷ lệ"
GROWTH: Final = 1 << 6  # "tốc độ tăng"
EXCLUDES: Final = 1 << 7  # "không bao gồm"
FALLS_SHORT: Final = 1 << 8  # "chỉ đạt", and "chỉ tiêu" too
EQUIVALENT: Final = 1 << 9  # "tương đương"
OVER: Final = 1 << 10  # "hơn", "trên"
BOUND: Final = 1 << 11  # "xuống dưới", "xấp xỉ", "vượt"
MONTH: Final = 1 << 12
ACCOUNTS: Final = 1 << 13  # "quyết toán"
SHARES: Final = 1 << 14  # "chiếm", "tỷ lệ"
RISES: Final = 1 << 15  # "tăng", of growth and elsewhere
STATES: Final = 1 << 25  # "là"
PLANT: Final = 1 << 26  # "cây"
# and of cues
EVENT: Final = 1 << 16  # something asked for, or of an event
DAMAGE: Final = 1 << 17
NORM: Final = 1 << 18
PRIVATE: Final = 1 << 19
PROVINCE: Final = 1 << 20
FEAST: Final = 1 << 21
OPINION: Final = 1 << 22
TOLD: Final = 1 << 23  # what became of some
TARGET: Final = 1 << 24
PLAN: Final = 1 << 27
ANY: Final = -1
"""All of them: of words that nobody looked at."""

_CUES: Final = {
    "pending": EVENT,
    "noise": EVENT,
    "damage": DAMAGE | TOLD,
    "norm": NORM,
    "private": PRIVATE,
    "province": PROVINCE,
    "feast": FEAST,
    "opinion": OPINION | TOLD,
    "served": TOLD,
    "notmet": TOLD,
    "target": TARGET,
    "plan": PLAN,
}


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
            STATES: grammar["states"],
            PLANT: grammar["plant"],
            RISES: grammar["rate_of_growth"] & grammar["share_of_growth"],
        }
        self._by_word: dict[str, int] = {}
        for hint, words in said.items():
            for word in words:
                self._by_word[word] = self._by_word.get(word, 0) | hint
        self._words, self._cues = frozenset(self._by_word), frozenset(_CUES)

    def of(self, words: list[str], cues: frozenset[str]) -> int:
        """What there is a hint of in ``words``, and among the ``cues`` that are found in them."""
        hints = 0
        for word in self._words.intersection(words):
            hints |= self._by_word[word]
        for cue in self._cues.intersection(cues):
            hints |= _CUES[cue]
        return hints


@cache
def hint_reader() -> HintReader:
    """The shared reader of hints."""
    return HintReader()

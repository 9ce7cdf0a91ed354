"""Hints: which words and events that rules look for stand in a sentence at all, as bits of one number.

Belongs here: what is asked of every figure and hardly ever said, so that a rule asks the hints of the sentence or of
the window first. Does not belong here: the rules, which look for the words themselves where there is a hint of them.
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
RISES: Final = 1 << 7  # "tăng", of growth and elsewhere
EXCLUDES: Final = 1 << 8  # "không bao gồm"
FALLS_SHORT: Final = 1 << 9  # "chỉ đạt", and "chỉ tiêu" too
EQUIVALENT: Final = 1 << 10  # "tương đương"
OVER: Final = 1 << 11  # "hơn", "trên"
BOUND: Final = 1 << 12  # "xuống dưới", "xấp xỉ", "vượt"
MONTH: Final = 1 << 13
ACCOUNTS: Final = 1 << 14  # "quyết toán"
SHARES: Final = 1 << 15  # "chiếm", "tỷ lệ"
STATES: Final = 1 << 16  # "là"
PLANT: Final = 1 << 17  # "cây"
DESCRIBES: Final = 1 << 45  # "là xã"
SPEAKER: Final = 1 << 46  # "chủ tịch UBND xã"
EXTREME: Final = 1 << 47  # "xã cao nhất"
# and of events: cues, and a time and two marks
EVENT: Final = 1 << 18  # something asked for, or of an event
DAMAGE: Final = 1 << 19
NORM: Final = 1 << 20
PRIVATE: Final = 1 << 21
PROVINCE: Final = 1 << 22
FEAST: Final = 1 << 23
OPINION: Final = 1 << 24
TOLD: Final = 1 << 25  # what became of some
TARGET: Final = 1 << 26
PLAN: Final = 1 << 27
NEW: Final = 1 << 28
DONE: Final = 1 << 29  # what was done to some
AVERAGE: Final = 1 << 30
BASE: Final = 1 << 31
CUMULATIVE: Final = 1 << 32
PART: Final = 1 << 33
ESTIMATE: Final = 1 << 34
EXPECTED: Final = 1 << 35
EQUAL: Final = 1 << 36
MOVES: Final = 1 << 37  # up, down or over
SAME: Final = 1 << 38  # "con số này"
IN_ORDER: Final = 1 << 39  # "lần lượt"
NOW: Final = 1 << 40
SEMICOLON: Final = 1 << 41
BRACKET_ENDS: Final = 1 << 42
TO: Final = 1 << 43  # "xuống còn", "lên"
TELLS_KIND: Final = 1 << 44  # of an outcome or of a target

OF_CUES: Final = {
    "pending": EVENT,
    "noise": EVENT | DONE,
    "serves": DONE,
    "tends": DONE,
    "damage": DAMAGE | TOLD,
    "norm": NORM,
    "private": PRIVATE,
    "province": PROVINCE,
    "feast": FEAST,
    "opinion": OPINION | TOLD,
    "served": TOLD,
    "notmet": TOLD,
    "target": TARGET | TELLS_KIND,
    "outcome": TELLS_KIND,
    "will": TELLS_KIND,
    "plan": PLAN,
    "new": NEW,
    "average": AVERAGE,
    "cumulative": CUMULATIVE,
    "base": BASE,
    "part": PART,
    "est": ESTIMATE,
    "expect": EXPECTED,
    "equal": EQUAL,
    "up": MOVES,
    "down": MOVES,
    "over": MOVES,
    "same": SAME,
    "to": TO,
    "respectively": IN_ORDER,
}
"""Cue -> what there is a hint of where it stands."""


@cache
def of_words() -> dict[str, int]:
    """Word -> what there is a hint of where it stands."""
    said = {
        NONE_OF_THEM: first_words["none_of_them"],
        EACH_UNIT: first_words["each_unit"] | grammar["each_of"],
        PRICE: frozenset(phrases["price"]),
        BRACKET: frozenset("("),
        TRAILING: first_words["at_most"] | first_words["at_least"],
        RATE: frozenset([phrase.split()[:2][-1] for phrase in phrases["rate"]]),
        GROWTH: grammar["rate_of_growth"] - grammar["share_of_growth"],
        RISES: grammar["rate_of_growth"] & grammar["share_of_growth"],
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
        DESCRIBES: first_words["is_a_commune"],
        SPEAKER: first_words["speaks_for_smaller"],
        EXTREME: _common("extreme_commune") or first_words["extreme_commune"],
    }
    hints: dict[str, int] = {}
    for hint, words in said.items():
        for word in words:
            hints[word] = hints.get(word, 0) | hint
    return hints


def _common(name: str) -> frozenset[str]:
    """The words that all phrases of a list have: any of them is a hint of each."""
    return frozenset.intersection(*[frozenset(phrase.split()) for phrase in phrases[name]])

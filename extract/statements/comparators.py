"""Comparators: whether a figure is exact, a lower or upper bound, or about right; and the two ends of "từ A xuống B".

Belongs here: hedges and bounds beside a figure. Does not belong here: what the figure measures (``measures.py``).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from extract.language.tokens import Tokens
from extract.lexicon.grammar import phrase_at, phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.events import Event
from extract.statements.hints import BOUND, OVER, TRAILING
from extract.statements.windows import Window

_BOUNDS: Final = frozenset({"gt", "ge", "lt", "le", "approx"})
_STOPS: Final = frozenset({",", ";", ".", "(", "\n"})
# "trở lên" may stand this far behind its figure, "lên" of a from-to pair this far
_TRAILING_REACH: Final = 6
# tokens of "cấp trên"
_SHORT: Final = 2
_ARRIVAL_REACH: Final = 9


def comparator(window: Window, tokens: Tokens) -> str:
    """eq, gt, ge, lt, le or approx, by the words around the figure."""
    figure, words, hints = window.figure, tokens.words, window.sentence.hints
    trailing = _trailing(words, figure.last) if hints & TRAILING else None
    if trailing is not None:
        return trailing
    if figure.second is not None and not figure.second_is_plan and figure.is_count:
        return "eq"
    found, edge = "eq", figure.first
    for event in reversed(window.left):
        if event.kind != "cue" or edge - event.last > 1:
            break
        if event.id in _BOUNDS:
            found = event.id if found == "eq" or event.id in ("ge", "le") else found
        elif event.id == "from":
            if found == "eq" and figure.value_max is None and not starts_pair(window, tokens):
                found = "ge"
        elif event.id in ("est", "average", "so"):
            pass
        else:
            if hints & BOUND:
                found = _in_verb(event, words, found, percent=figure.family == "pct")
            break
        edge = event.first
    if found == "eq" and hints & OVER and _is_over(words, figure.first):
        nearest = window.left[-1] if window.left else None
        in_verb = nearest is not None and nearest.last == figure.first and words[nearest.first] in grammar["compares"]
        return "eq" if in_verb else "gt"
    return found


def _is_over(words: list[str], at: int) -> bool:
    """A bound right before the figure that no cue covers."""
    if not at or words[at - 1] not in grammar["bounds_over"]:
        return False
    return at < _SHORT or phrase_at("bounds_nothing", words, at - _SHORT) != _SHORT


def _trailing(words: list[str], at: int) -> str | None:
    """The bound behind a figure, in two words: "5 triệu đồng trở lên"."""
    first_words, bounds = _trailing_bounds()
    for position in range(at, min(at + _TRAILING_REACH - 1, len(words) - 1)):
        word = words[position]
        if word in _STOPS or word[0].isdecimal():
            return None
        if word in first_words and (found := bounds.get(f"{word} {words[position + 1]}")) is not None:
            return found
    return None


@cache
def _trailing_bounds() -> tuple[frozenset[str], dict[str, str]]:
    """(first words, phrase -> bound)."""
    bounds = {**dict.fromkeys(phrases["at_most"], "le"), **dict.fromkeys(phrases["at_least"], "ge")}
    return frozenset(phrase.split()[0] for phrase in bounds), bounds


def _in_verb(event: Event, words: list[str], found: str, *, percent: bool) -> str:
    """The bound inside a verb: "xuống dưới 6%", "đạt xấp xỉ", "vượt 10.012 tấn"."""
    if found != "eq":
        return found
    inside = words[event.first : event.last]
    if event.id in ("equal", "to", "over") and not grammar["bounds_under"].isdisjoint(inside):
        return "lt"
    if not grammar["bounds_about"].isdisjoint(inside):
        return "approx"
    if event.id == "over" and not percent and not grammar["over"].isdisjoint(inside):
        return "gt"
    return "eq"


def starts_pair(window: Window, tokens: Tokens) -> bool:
    """True for the first value of "từ 52,42% xuống còn 49,74%"."""
    figure, words = window.figure, tokens.words
    nearest = window.left[-1] if window.left else None
    if nearest is None or nearest.id != "from" or figure.first - nearest.last > 1:
        return False
    if window.sentence.hints & TRAILING and _trailing(words, figure.last) is not None:
        return False  # "giảm từ 1,5% trở lên, cuối năm còn 6,75%"
    tail = words[figure.last : figure.last + _ARRIVAL_REACH]
    for offset, word in enumerate(tail):
        if word in (";", ".", "\n") or (word[0].isdecimal() and offset > _TRAILING_REACH):
            return False
        if word in grammar["arrives"] and (not offset or tail[offset - 1] not in grammar["returns"]):
            return True
    return False

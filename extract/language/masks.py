"""Masks: numbers that are no values: years, dates, times, ordinals, document numbers, list numbers, parts of names.

Belongs here: recognising such numbers by their form and the words beside them. Does not belong here: reading the others
(``figures.py``) or what a time means (``periods.py``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from extract.language.numbers import Figure
from extract.language.patterns import PatternSet
from extract.language.periods import is_year
from extract.language.tokens import Tokens, words_of
from extract.lexicon.grammar import words as grammar
from extract.lexicon.load import lexicon_file

_DOT_DATE: Final = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])(?:\.(?:19|20)\d\d)?$")
_MILLIONS: Final = re.compile(r"\d{1,3}\.\d{3}\.\d{3}$")
_SECTION: Final = re.compile(r"\d\.\d$")
_YEAR: Final = re.compile(r"(?:19|20)?\d\d$")
_DATE_MARKS: Final = frozenset("/-")
# what stands before the number of a line or of an item in brackets
_OPENS_ITEM: Final = frozenset("\n(")
# families that an ordinal's number can seem to have: "Tổ 5", "thôn 3 xã", "km 256"
_ORDINAL_FAMILIES: Final = frozenset({"length", "permille"})
# the longest run of words before a number that masks it
_LONGEST_BEFORE: Final = 3


class MaskReader:
    """Tells why a number is no value. ``unit_at(words, position)`` says whether a unit stands there."""

    def __init__(self, unit_at: Callable[[list[str], int], bool]) -> None:
        masks = lexicon_file("masks")
        self._before = frozenset(tuple(words_of(pattern)) for pattern in masks["before"])
        self._before_last = frozenset(words[-1] for words in self._before)
        self._not_before = frozenset(tuple(words_of(pattern)) for pattern in masks["not_before"])
        self._after = PatternSet((pattern, "after") for pattern in masks["after"])
        self._unit_at = unit_at

    def mask(self, tokens: Tokens, position: int, figure: Figure) -> str | None:
        """The reason, or None for a value. Sets ``figure.last`` where a date takes several tokens."""
        words = tokens.words
        word = words[position]
        previous = words[position - 1] if position else "\n"
        after = words[position + 1] if position + 1 < len(words) else "\n"
        if is_year(word) and (figure.family in (None, "count:other") or previous in grammar["before_year"]):
            figure.last = position + 1
            return "year"
        if previous in _OPENS_ITEM and _is_list_number(word, previous, after, figure):
            figure.last = position + 1
            return "list number"
        if figure.family is None:
            if len(previous) == 1 and previous.isdecimal():
                return None
            if self._is_date(words, position, figure):
                return "date"
            if previous == ":" and _is_time_of_day(words, position):
                return "time or age"
        if previous in self._before_last and self._is_ordinal(words, position, figure):
            return "number of a thing"
        masked = self._after.match_at(words, position + 1)
        if masked is not None and (figure.family is None or masked[0] > figure.last):
            return "time or age"
        if figure.family is None:
            return self._bare(tokens, position, previous, after)
        return None

    def _is_date(self, words: list[str], position: int, figure: Figure) -> bool:
        word = words[position]
        previous = words[position - 1] if position else "\n"
        dots = word.count(".") if "." in word else 0
        if dots == 2 and not _MILLIONS.match(word):
            return True
        if dots and previous in grammar["date_context"] and _DOT_DATE.match(word):
            return True
        if previous == "/" and position >= 2 and words[position - 2][0].isdecimal():
            return True
        if len(word) > 2 or position + 2 >= len(words) or words[position + 1] not in _DATE_MARKS:
            return False
        following = words[position + 1 : position + 5]
        month = len(following[1]) <= 2 and following[1].isdecimal() and int(following[1]) <= 12
        if not (month and word.isdecimal() and 1 <= int(word) <= 31):
            return False
        if len(following) == 4 and following[2] in _DATE_MARKS and _YEAR.match(following[3]):
            figure.last = position + 5
            return True
        dated = previous in grammar["date_context"] or following[0] == "/"
        share = words[position + 3 : position + 4] == ["("] and words[position + 5 : position + 6] == ["%"]
        if dated and not share and not self._unit_at(words, position + 3):
            figure.last = position + 3
            return True
        return False

    def _is_ordinal(self, words: list[str], position: int, figure: Figure) -> bool:
        """ "khóa 20", "Nghị quyết 69", "thôn 6"."""
        family = figure.family
        if family is not None and not family.startswith("count:") and family not in _ORDINAL_FAMILIES:
            return False
        said = False
        for length in range(1, min(_LONGEST_BEFORE, position) + 1):
            run = tuple(words[position - length : position])
            if run in self._not_before:
                return False
            said = said or run in self._before
        if not said:
            return False
        if family is None:
            figure.last = position + 1
            return True
        previous = words[position - 1]
        if previous in grammar["counting_ordinals"] and family != "count:other":
            return previous not in grammar["levels"]
        return previous not in grammar["plans_and_projects"]

    def _bare(self, tokens: Tokens, position: int, previous: str, after: str) -> str | None:
        """A number without a unit: a document number, a time of day, a part of a name, or perhaps a value."""
        words = tokens.words
        follows = words[position + 2] if position + 2 < len(words) else ""
        if after == "/" and follows.isalpha():
            return None if follows in grammar["plan_behind_slash"] else "document number"
        if after in (":", "h") and follows[:1].isdecimal():
            return "time or age"
        glued = position > 0 and tokens.end(position - 1) == tokens.starts[position]
        if glued and previous.isalpha() and previous not in grammar["glued_verbs"]:
            return "part of a name"
        return None


def _is_list_number(word: str, previous: str, after: str, figure: Figure) -> bool:
    if len(word) <= 2 and (after == ")" or (after == "." and previous == "\n")) and word.isdecimal():
        return True
    return figure.family is None and len(word) == 3 and _SECTION.match(word) is not None


def _is_time_of_day(words: list[str], position: int) -> bool:
    """ "20:24": the minutes behind an hour and a colon."""
    hour, minutes = words[position - 2] if position >= 2 else "", words[position]
    return len(minutes) == 2 and 1 <= len(hour) <= 2 and hour.isdecimal() and minutes.isdecimal()

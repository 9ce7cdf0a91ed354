"""Mentions of time: years, parts of years, terms, cut-off dates, and words such as "last year".

Belongs here: what stretch of time some words name. Does not belong here: whether a figure belongs to it
(``statements/scope.py``).
"""

from __future__ import annotations

from typing import Final

from extract.language.patterns import PatternSet
from extract.language.tokens import Tokens
from extract.lexicon.load import lexicon_file

_MONTHS_OF_QUARTER: Final = 3
FIRST_YEAR: Final = 1945
LAST_YEAR: Final = 2060
_YEARS: Final = {str(year): year for year in range(FIRST_YEAR, LAST_YEAR + 1)}
_NUMBERED: Final = frozenset({"months", "rest", "quarter", "quarters"})
MONTHS_PERIOD: Final = {3: "Q1", 6: "H1", 9: "9M", 12: "FY"}


class TimeRef:
    """A mention of time. ``first``/``last`` are token positions. ``id`` is the kind (see periods.yaml).

    ``year`` is None for words that need the date of publication; ``year_from`` is the first year of a term;
    ``number`` is the count of months, the quarter or the month.
    """

    def __init__(
        self,
        first: int,
        last: int,
        id: str,
        year: int | None = None,
        year_from: int | None = None,
        number: int | None = None,
        day: int | None = None,
    ) -> None:
        self.first = first
        self.last = last
        self.id = id
        self.year = year
        self.year_from = year_from
        self.number = number
        self.day = day


def months_period(months: int) -> str:
    """The period code of the first ``months`` months of a year."""
    return MONTHS_PERIOD.get(months) or f"M{months:02d}"


class PeriodReader:
    """Finds mentions of time in tokenised texts. Build once, use for many texts."""

    def __init__(self) -> None:
        lexicon = lexicon_file("periods")
        self.patterns = PatternSet((pattern, time["id"]) for time in lexicon["times"] for pattern in time["patterns"])
        self._number_words: dict[str, int] = lexicon["number_words"]

    def read(self, words: list[str], plain: list[str]) -> list[TimeRef]:
        """All mentions in order; ``plain`` are the ``generic`` words."""
        return [self.ref(words, first, last, found) for first, last, found in self.patterns.find(plain)]

    def ref(self, words: list[str], first: int, last: int, found: tuple[str, ...]) -> TimeRef:
        """The mention at ``words[first:last]``, where ``patterns`` have found these kinds."""
        years: list[int] = []
        small: list[int] = []
        for at in range(first, last):
            word = words[at]
            if len(word) == 4:
                year = _YEARS.get(word)
                if year is not None:
                    years.append(year)
                elif is_year(word):
                    years.append(int(word))
            elif len(word) <= 2 and word.isdecimal():
                small.append(int(word))
        kind = found[0] if "other" not in found else "other"
        if kind == "term" and len(years) < 2:
            kind = "year" if years else "other"
        if kind in _NUMBERED and not small:
            small = [self._number_words[word] for word in words[first:last] if word in self._number_words]
        number = small[0] if small else None
        if kind == "half":
            kind, number = "months", 6
        elif kind == "quarters" and number is not None:
            kind, number = "months", _MONTHS_OF_QUARTER * number
        day = None
        if kind == "date" and len(small) >= 2:
            day, number = small[0], small[1]
            if not 1 <= number <= 12:
                kind = "other"
        if kind == "months" and (number is None or not 1 <= number <= 12):
            kind = "other"
        until = years[-1] if years else None
        return TimeRef(first, last, kind, until, years[0] if len(years) > 1 else None, number, day)


def is_year(word: str) -> bool:
    """True for a four-digit token in the range of years that local news speaks of."""
    if len(word) != 4:
        return False
    # other scripts have digits too
    return word in _YEARS or (word.isdecimal() and FIRST_YEAR <= int(word) <= LAST_YEAR)


def generic_word(word: str) -> str:
    """``yyyy`` for a year, ``nn`` for a small number, as patterns write them; else ``word``."""
    if len(word) <= 2:
        return "nn" if word.isdecimal() else word
    return "yyyy" if is_year(word) else word


def generic_figure(word: str) -> str:
    """The same of a token that is a figure: a short one has no room for anything but digits."""
    if len(word) <= 2:
        return "nn"
    return "yyyy" if is_year(word) else word


def generic(tokens: Tokens) -> list[str]:
    """Words with years and small numbers replaced by ``yyyy`` and ``nn``, as patterns write them."""
    out = tokens.words.copy()
    for position in tokens.digits:
        out[position] = generic_figure(out[position])
    return out

"""Price bases: at which prices a value is told ("giá so sánh năm 2010", "giá hiện hành").

Belongs here: finding such words and which figure they are said of. Does not belong here: which rows of two bases may be
compared (the warehouse keeps them apart).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from extract.indicators.lexicon import concepts, heads
from extract.language.tokens import Tokens
from extract.lexicon.grammar import phrase_at, phrases
from extract.statements.events import Sentence
from extract.statements.hints import PRICE
from extract.statements.windows import Window

# tokens behind a figure, and behind "giá so sánh", where its prices and their year stand
_BEHIND: Final = 4
_YEAR_REACH: Final = 3
_CONSTANT: Final = "constant"
_CURRENT: Final = "current"
# the official base years of the period; any other year is told as "constant" only
_BASE_YEARS: Final = frozenset({"2010", "2020"})


@cache
def _priced() -> frozenset[str]:
    """Codes of values of production, which are told at one of several prices."""
    headings = ("production_value", "value_added")
    composed = {code for heading in headings for code in concepts["compositions"][heading].values()}
    return frozenset(composed | {heads()[heading]["alone"] for heading in headings})


class PriceReader:
    """Answers for the figures of one article, sentence by sentence."""

    def __init__(self, tokens: Tokens) -> None:
        self._words, self._priced = tokens.words, _priced()
        self._sentence: Sentence | None = None
        self._said: list[tuple[int, str]] = []

    def basis(self, window: Window, code: str, measure: str) -> str | None:
        """constant_2010, constant_2020, constant or current, or None where the sentence does not say."""
        if measure != "level" or window.figure.family != "money" or code not in self._priced:
            return None
        if window.sentence is not self._sentence:
            self._sentence, self._said = window.sentence, self._mentions(window.sentence)
        if not self._said:
            return None
        edge = window.figure.last
        behind = next((basis for at, basis in self._said if edge <= at <= edge + _BEHIND), None)
        return behind or next((basis for at, basis in reversed(self._said) if at < window.figure.first), None)

    def _mentions(self, sentence: Sentence) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        if not sentence.hints & PRICE:
            return found
        words = self._words
        markers = phrases["price"]
        for at in range(sentence.first, sentence.last):
            if words[at] not in markers:
                continue
            if phrase_at("price_constant", words, at):
                year = next((w for w in words[at + 2 : at + 3 + _YEAR_REACH] if w in _BASE_YEARS), None)
                found.append((at, f"{_CONSTANT}_{year}" if year else _CONSTANT))
            elif phrase_at("price_current", words, at):
                found.append((at, _CURRENT))
        return found

"""Pairs of values: result and plan ("10/12 sản phẩm"), a value and the one that it came from ("từ 52% xuống 49%").

Belongs here: whether two figures are such a pair, and what the second one is. Does not belong here: finding the words
of a pair (``comparators.py``) or one figure's own time (``when.py``).
"""

from __future__ import annotations

from typing import Final

from extract.indicators.lexicon import concepts
from extract.statements.around import Around
from extract.statements.document_times import CONGRESS_EVERY, DocumentTimes, Scope
from extract.statements.events import Sentence
from extract.statements.measures import Measured
from extract.statements.statement import Statement
from extract.statements.windows import Window

# a percent of plan this close to a slash pair's quotient shows that the pair is actual/plan
QUOTIENT_TOLERANCE: Final = 0.6
_CUT_TOLERANCE: Final = 1.0  # of a whole percent, which may be cut where it should be rounded


def quotient_follows(window: Window) -> bool:
    """ "10/12 sản phẩm ..., đạt 83,3%": the percent that follows is the quotient, so the pair is actual/plan."""
    figure = window.figure
    other = window.next_value()
    if other is None or other.family != "pct" or not figure.second or figure.second == figure.value:
        return False
    quotient = 100 * figure.value / figure.second
    within = _CUT_TOLERANCE if other.value == int(quotient) else QUOTIENT_TOLERANCE
    return abs(other.value - quotient) < within


def bare_unit(window: Window, words: list[str]) -> str | None:
    """ "diện tích lúa 38.296/38.442, đạt 99,6% kế hoạch": the family of figures that the words before it speak of."""
    said = " ".join(words[window.since : window.figure.first])
    return next((family for phrase, family in concepts["bare_units"].items() if phrase in said), None)


def plan_of_pair(window: Window, measured: Measured) -> Measured | None:
    """The right side of an actual/plan pair: a target of the same year."""
    figure = window.figure
    if figure.second is None or measured.of is not None or measured.measure not in ("level", "change"):
        return None
    factor = measured.value / figure.value if figure.value else 1.0
    high = None if figure.second_max is None else figure.second_max * factor
    return Measured(measured.measure, figure.second * factor, high, None, measured.unit, rule="slash_plan")


class FromToPairs:
    """ "từ 52,42% xuống còn 49,74%": the first value is of the year before (at a congress: of the last one)."""

    def __init__(self, times: DocumentTimes) -> None:
        self._times = times
        self._sentence: Sentence | None = None
        self._base_year: int | None = None  # of the last pair of this sentence that named one
        self._waiting: list[Statement] = []  # first values that wait for their second

    def told(self, statement: Statement, around: Around, year: int, scope: Scope) -> None:
        """A statement was made, of ``year``."""
        if statement.sentence is not self._sentence:
            self._sentence, self._base_year = statement.sentence, None
        if around.from_value:
            if year == scope.year:  # no year of its own
                self._waiting.append(statement)
            else:
                self._base_year = year
        elif statement.measured.measure == "level":
            for earlier in self._waiting:
                same = earlier.topic.code == statement.topic.code and earlier.sentence is statement.sentence
                if same and earlier.year == year:
                    base = self._base_year if self._base_year is not None else self._year_before(year, scope)
                    earlier.year, earlier.period, earlier.kind = base, "FY", "outcome"
                    earlier.rules += ",from_value"
            self._waiting.clear()

    def _year_before(self, year: int, scope: Scope) -> int:
        """The year that a value ending in ``year`` is said to have come from."""
        if self._times.congress:
            return year - CONGRESS_EVERY
        ahead = scope.kind == "target" and self._times.report.year < year
        return self._times.report.year if ahead else year - 1

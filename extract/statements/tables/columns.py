"""Heads of columns: what a column holds, and which time its figures are of.

Belongs here: heads. Does not belong here: rows and cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.language.patterns import PatternSet
from extract.language.periods import TimeRef, months_period
from extract.lexicon.load import lexicon_file
from extract.statements.document_times import DocumentTimes
from extract.statements.matching import period_reader
from extract.statements.tables.grid import RATIOS, Column, Page, Table, is_unit, listed, opens_with

# the longest head in words
LONGEST_HEAD: Final = 24
# what "21/20" leaves out
CENTURY: Final = 2000
_BRACKETS: Final = frozenset("()[]")
_TWO_YEARS: Final = ["yyyy", "/", "yyyy"]


@dataclass(frozen=True, slots=True)
class Told:
    """The time and kind of a column's figures. ``skip`` says why they cannot be told."""

    kind: str = "outcome"
    year: int = 0
    period: str = "FY"
    estimated: bool = False
    skip: str | None = None


@cache
def _heads() -> PatternSet[str]:
    lexicon = lexicon_file("tables")
    return PatternSet(((p, head["id"]) for head in lexicon["heads"] for p in head["patterns"]), lexicon["macros"])


def begins_head(page: Page, line: tuple[int, int]) -> bool:
    """True where a line can begin a head: a look at the first word of most lines, at the first words of the others.

    A head ends with its line or goes on in the next, so that only long lines can be told by their words.
    """
    first, last = line
    while first < last - 1 and page.words[first] in _BRACKETS:
        first += 1
    heads = _heads()
    if page.plain[first] not in heads.steps_of(heads.start):
        return False
    if last - first <= LONGEST_HEAD or opens_with(page.words[line[0] : last], "years"):
        return True
    plain = [page.plain[at] for at in range(line[0], line[0] + LONGEST_HEAD) if page.words[at] not in _BRACKETS]
    return heads.match_at(plain, 0) is not None


def read_head(page: Page, positions: list[int]) -> tuple[Column, int] | None:
    """The column whose head begins ``positions``, and how many of these it takes; brackets are looked through."""
    kept = [place for place in positions[:LONGEST_HEAD] if page.words[place] not in _BRACKETS]
    plain = [page.plain[place] for place in kept]
    found = _heads().match_at(plain, 0)
    if found is not None and plain[found[0] - 1 : found[0] + 1] == ["yyyy", "/"]:
        found = _heads().match_at(_before_comparison(plain, found[0]), 0)
    if found is None:
        return None
    end, ids = found
    unit: list[str] = []
    for size in range(min(5, len(plain) - end), 0, -1):
        words = [page.words[place] for place in kept[end : end + size]]
        in_brackets = page.words[positions[positions.index(kept[end]) - 1]] in _BRACKETS
        if in_brackets and is_unit(words):
            unit, end = words, end + size
            break
    taken = positions.index(kept[end - 1]) + 1
    while taken < len(positions) and page.words[positions[taken]] in ")]":
        taken += 1
    words = [page.words[place] for place in kept[:end]]
    return Column(ids[0], words, plain[:end], unit), taken


def _before_comparison(plain: list[str], end: int) -> list[str]:
    """ "Năm 2014 So sánh 2013/2012": the years belong together, and "So sánh" stands above them."""
    return next((plain[:at] for at in range(end) if opens_with(plain[at:end], "versus")), plain)


def whole_head(page: Page, positions: list[int]) -> Column | None:
    """The column whose head is all of ``positions``."""
    found = read_head(page, positions)
    return found[0] if found is not None and found[1] == len(positions) else None


def tell(table: Table, page: Page, times: DocumentTimes) -> list[Told]:
    """The time and kind of each column, from its head, else the caption, else what the document reports."""
    words = [page.words[at] for at in table.caption]
    said = period_reader().read(words, [page.plain[at] for at in table.caption])
    default = next((t for t in map(_time, said) if t[0] is not None), (None, None))
    if default[0] is None:
        default = (times.report.year, default[1] or times.report.period)
    elif default[1] is None:
        default = (default[0], times.report.period if default[0] == times.report.year else "FY")
    reader = _Teller(times, int(default[0] or times.year), default[1] or "FY", table.columns)
    return [reader.told(at) for at in range(len(table.columns))]


def _time(ref: TimeRef) -> tuple[int | None, str | None]:
    """(year, period) that a mention names; no period for a bare year."""
    if ref.id in ("months", "quarter") and ref.number:
        period = months_period(ref.number) if ref.id == "months" else f"Q{ref.number}"
        return ref.year, period
    if ref.id == "this_year":
        return ref.year, "FY"
    if ref.id == "term":
        return ref.year, "TERM"
    return (ref.year, None) if ref.id in ("year", "until", "date") else (None, None)


class _Teller:
    def __init__(self, times: DocumentTimes, year: int, period: str, columns: list[Column]) -> None:
        self._times, self._year, self._period, self._columns = times, year, period, columns
        if period == "TERM":  # the caption's years are those of the columns
            self._period = "FY"

    def told(self, at: int) -> Told:
        """The time and kind of column ``at``."""
        column = self._columns[at]
        year, period = self._said(column)
        kind = column.kind
        if kind == "plan":
            return Told("target", year or self._planned_year(), period or "FY")
        if kind == "earlier":
            return Told("outcome", year or self._year - 1, period or self._period)
        if kind in ("done", "expected"):
            year = year or self._year
            told = Told("outcome", year, period or self._part_of(year), kind == "expected")
            return Told(skip="what is still to come cannot be carried out") if self._ahead(told) else told
        if kind in ("time", "value"):
            return self._plain(year, period)
        if kind in ("growth", "average") and self._averages(column):
            return self._average(year)
        return self._compared(at, year, period)

    def _said(self, column: Column) -> tuple[int | None, str | None]:
        """The time that a head names, not the one that it compares with."""
        words, plain = column.words, column.plain
        if column.kind in RATIOS:
            compared = next((at for at in range(len(plain)) if plain[at : at + 3] == _TWO_YEARS), None)
            if compared is not None:  # "so sánh 2023/2022"
                return int(words[compared]), None
            end = next((at for at in range(len(words)) if opens_with(words[at : at + 1], "versus")), len(words))
            words, plain = words[:end], plain[:end]
        refs = period_reader().read(words, plain)
        year, period = next((t for t in map(_time, refs) if t != (None, None)), (None, None))
        if plain[:1] == ["nn"] and column.kind == "against":  # "21/20"
            return CENTURY + int(words[0]), None
        if year is None:
            year = next((int(w) for w, p in zip(words, plain, strict=True) if p == "yyyy"), None)
        return year, period

    def _planned_year(self) -> int:
        alone = not any(c.kind in ("done", "expected") for c in self._columns)
        return self._times.plan.year if alone and self._year == self._times.report.year else self._year

    def _part_of(self, year: int) -> str:
        return self._period if year == self._year else "FY"

    def _ahead(self, told: Told) -> bool:
        return told.year > self._times.year

    def _plain(self, year: int | None, period: str | None) -> Told:
        """A value of a year that has ended is an outcome, one of a year to come a target."""
        times = self._times
        year = year or self._year
        period = period or self._part_of(year)
        if period == "TERM":
            return Told("target" if year > times.year else "outcome", year, period)
        planned = times.report.kind == "target" and year >= times.report.year
        if year > times.year or planned or (year == times.year and period == "FY" and times.month <= 2):
            return Told("target", year, period)
        if year < times.year or period != "FY" or times.month >= 11:
            return Told("outcome", year, period)
        return Told(skip="a year that was running: plan or result")

    def _averages(self, column: Column) -> bool:
        words = set(column.words)
        said = any(set(phrase) <= words for phrase in listed("averages"))
        return column.kind == "average" or said or self._said(column)[1] == "TERM"

    def _average(self, year: int | None) -> Told:
        years = [y for y in (self._said(c)[0] for c in self._columns if c.kind != "average") if y is not None]
        last = year or max(years, default=None)
        if last is None:
            return Told(skip="an average over years that are not named")
        return Told("target" if last > self._times.year else "outcome", last, "TERM")

    def _compared(self, at: int, year: int | None, period: str | None) -> Told:
        """A percentage is of the column that it compares: the last one of its year, or before it."""
        kinds = ("plan",) if self._columns[at].kind == "plan_index" else ("done", "expected", "time", "value")
        around = [*range(at - 1, -1, -1), *range(at + 1, len(self._columns))]
        tellable = [self.told(i) for i in around if self._columns[i].kind in kinds]
        if self._columns[at].kind == "plan_index":
            return tellable[0] if tellable else Told("target", year or self._planned_year())
        for told in tellable:
            if told.skip is None and year in (None, told.year) and period in (None, told.period):
                return told
        year = year or self._year
        return Told("outcome", year, period or self._part_of(year))

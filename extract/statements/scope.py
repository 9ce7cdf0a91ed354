"""Scope: the time and the kind (target or outcome) that are in force, from header to header.

Belongs here: the discourse state. Does not belong here: what the article as a whole reports (``document_times.py``) or
one figure's own time (``when.py``).

Time decides most of it: a figure about a time that ends well after publication is a target, one about a time that has
ended is an outcome. Cues decide the rest, inside the year of publication. A header that no figure follows in its
sentence is tentative: it ends with the sentence, unless a list follows.
"""

from __future__ import annotations

from typing import Final

from extract.language.periods import TimeRef, months_period
from extract.statements.document_times import (
    MONTH_IS_COMPLETE_FROM_DAY,
    YEAR_IS_PLANNED_UNTIL_MONTH,
    YEAR_IS_REPORTED_FROM_MONTH,
    DocumentTimes,
    Scope,
)

# an outcome said of a year older than this is an aside and does not become the page's default
LAST_YEARS: Final = 2
# "5 năm tới" has an end of its own, "năm tới" is the next year
_SEVERAL: Final = 2
# years of a term; what lies farther ahead is a vision
_TERM: Final = 5


class ScopeTracker:
    """Follows times and cues through an article; ``scope`` is what is in force."""

    def __init__(self, times: DocumentTimes) -> None:
        self.times = times
        self.scope = times.report
        self._figures = 0  # read since the scope was set
        self._last_outcome = times.report
        self._local: Scope | None = None  # what to go back to after a time said of one figure only
        self._tentative: Scope | None = None  # what to go back to where a header turns out to head nothing
        self._outcome_said = False  # in the sentence that set the header
        self._brackets: list[tuple[Scope, Scope | None]] = []
        self._running: Scope | None = None  # the running term, where the sentence names it

    @property
    def announced(self) -> bool:
        """True where the sentence read last ended with a plan in force, and named no time that has been."""
        return self.scope.kind == "target" and not self._outcome_said

    # -- where the text stands

    def at_line(self, *, continues: bool, headed: bool) -> None:
        """A new line: a header in force lasts over the lines of its list, and while figures of the future follow it.

        ``headed``: the line before announced a list; a year that only stood in passing does not reach the next line.
        """
        ahead = self.scope.kind == "target" and self.times.is_ahead(self.scope)
        passing = self.scope.kind == "outcome" and not self._figures and not headed
        if passing or (not continues and not (ahead and self._figures)):
            self.scope, self._figures, self._tentative, self._local = self._last_outcome, 0, None, None

    def at_sentence(self, *, listed: bool) -> None:
        """A new sentence; ``listed``: the one before announced a list."""
        self._brackets.clear()
        self._running = None
        if self._local is not None:
            self.scope, self._local = self._local, None
        headed = self.scope.explicit and not self._outcome_said
        if self._tentative is not None and not listed and not headed:
            self.scope, self._tentative = self._tentative, None
        self._outcome_said = False

    def open_bracket(self) -> None:
        """What is said in brackets ends with them."""
        self._brackets.append((self.scope, self._tentative))

    def close_bracket(self) -> None:
        """Back to what was said before the bracket."""
        if self._brackets:
            self.scope, self._tentative = self._brackets.pop()

    def at_figure(self) -> None:
        """A statement was read: the header in force is confirmed."""
        self._figures += 1
        if not self._brackets:
            self._tentative = None
        if self._local is None:
            self._becomes_default(self.scope)

    def _becomes_default(self, scope: Scope) -> None:
        """What lines without a time of their own are about: the outcome last named, if it is not long past."""
        if scope.kind == "outcome" and scope.explicit and scope.year >= self.times.year - LAST_YEARS:
            self._last_outcome = scope

    # -- what the text says

    def at_time(self, ref: TimeRef, *, local: bool, planned: bool) -> None:
        """A mention of time that is the subject, not a base. ``local``: said of one figure, inside its clause;
        ``planned``: a plan was named before it in the sentence."""
        if ref.id in ("year", "until", "months", "quarter"):
            self._running = None
        scope = self._scope_of(ref, planned=planned)
        if scope is None:
            return
        if local and self._local is None:
            self._local = self.scope
        if scope.kind == "outcome":
            self._outcome_said = True
        if not local:
            if scope.kind == "outcome":
                self._tentative = None
                if ref.id == "term" or self.times.report.period == "FY":
                    self._becomes_default(scope)
            elif self.scope.kind == "outcome" and self._tentative is None:
                self._tentative = self.scope
        if not scope.same(self.scope):
            self._figures = 0
        self.scope = scope

    def at_cue(self, cue: str, *, time_in_sentence: bool) -> None:
        """A cue of kind: target, will (a promise) or outcome."""
        scope, times = self.scope, self.times
        if cue == "outcome":
            if scope.kind == "target" and not times.is_ahead(scope):
                self.scope, self._tentative = self._last_outcome, None
            return
        if scope.kind == "target":
            return
        if cue == "will":
            if not time_in_sentence and times.is_ahead(times.plan):
                self._plan(times.plan)
        elif self._running is not None:
            self._plan(self._running)  # "Nhiệm kỳ 2020 - 2025, huyện đặt mục tiêu trồng 2.500 ha rừng"
        elif time_in_sentence and scope.explicit and times.is_reported(scope):
            return  # "Năm 2023, kế hoạch đề ra ... đạt": the year is over, the cue is about how it was planned
        elif time_in_sentence and not times.is_reported(scope):
            self._tentative = self._tentative or scope
            period = scope.period if scope.period == "H2" else "FY"
            self.scope = Scope(scope.year, period, "target", scope.term, scope.explicit)
        else:
            self._plan(times.plan)

    def at_range(self) -> None:
        """A figure with two ends, and no time or result named for it: plans are told so, results hardly ever."""
        scope, plan = self.scope, self.times.plan
        if scope.kind == "outcome" and not scope.explicit and self.times.is_ahead(plan):
            self._plan(plan)

    def _plan(self, plan: Scope) -> None:
        self._tentative = self._tentative or self.scope
        self.scope, self._figures = plan, 0

    # -- what a mention of time means at this date of publication

    def _scope_of(self, ref: TimeRef, *, planned: bool) -> Scope | None:
        times = self.times
        if ref.id in ("year", "until"):
            return self._of_year(ref.year, planned=planned and ref.id == "until") if ref.year else None
        if ref.id in ("months", "quarter"):
            return self._of_part(ref)
        if ref.id == "rest":
            period = "H2" if ref.number in (6, None) else "FY"
            return Scope(ref.year or times.year, period, "target", explicit=True)
        if ref.id == "date":
            return self._of_date(ref)
        if ref.id == "term":
            return self._of_term(ref, aimed_at=planned and self.scope.kind == "target")
        if ref.id == "present_year":
            scope = self._of_year(times.year)
            return scope.of_kind("target") if self.scope.kind == "target" else scope
        if ref.id == "whole_year":  # "6 tháng gieo trồng 471 ha; ước cả năm 812 ha"
            return Scope(ref.year or times.report.year, "FY", "outcome", explicit=True)
        if ref.id == "this_year" and self.scope.kind == "target" and times.is_ahead(self.scope):
            return None  # "Năm 2024, ...; phấn đấu trong năm giảm 6% hộ nghèo"
        if ref.id == "this_year":
            if self.scope.explicit and self.scope.kind == "outcome" and self.scope.year < times.report.year:
                return None  # "năm 2020 ...: cây lúa cả năm có diện tích"
            scope = self._of_year(times.report.year)
            return scope.of_kind("target") if self.scope.kind == "target" else scope
        if ref.id == "next_year":
            return self._of_year(times.year if times.month <= YEAR_IS_PLANNED_UNTIL_MONTH else times.year + 1)
        if ref.id == "last_year":
            return self._of_year(times.report.year)
        if ref.id == "year_to_date" and self.scope.kind != "target" and self.times.report.period == "FY":
            return self._since_january(ref)
        if ref.id in ("now", "year_to_date"):
            if self.scope.kind == "target":
                return times.report
            in_march = times.month == YEAR_IS_PLANNED_UNTIL_MONTH + 1 and times.report.period == "FY"
            if in_march and not self.scope.explicit:
                return Scope(times.year, "FY", "outcome", explicit=True)  # in March a state is no longer last year's
            return times.report if self.scope.explicit else None
        if ref.id == "since":
            return self._since_years(ref)
        if ref.id == "past_term" and times.congress:
            return Scope(times.year, "FY", "outcome", term=True, explicit=True)
        if ref.id == "past_term" and (ref.number or 2) > 1:  # "10 năm qua", "nhiệm kỳ qua"
            return Scope(times.report.year, "FY", "outcome", term=True, explicit=True)
        if ref.id == "next_term":
            return times.plan if times.congress else self._of_years_ahead(ref)
        return None

    def _since_january(self, ref: TimeRef) -> Scope | None:
        """ "từ đầu năm đến nay" of a page of August, which reports no part of the year: seven months."""
        times = self.times
        if times.month <= YEAR_IS_PLANNED_UNTIL_MONTH or times.month >= YEAR_IS_REPORTED_FROM_MONTH:
            return times.report if self.scope.explicit else None
        return Scope(ref.year or times.year, months_period(times.month - 1), "outcome", explicit=True)

    def _since_years(self, ref: TimeRef) -> Scope | None:
        """ "từ năm 2011 đến nay": sums over several years, up to what the page reports or to the year that is named."""
        ended = ref.year is not None and ref.year_from is not None
        year = ref.year if ended and ref.year is not None else self.times.report.year
        then = self.scope
        if ref.year is None and ref.number and then.explicit and then.year < then.year + ref.number <= self.times.year:
            year = then.year + ref.number  # "năm 2010 ... Sau 10 năm, ..."
        return Scope(year, "FY", "outcome", term=True, explicit=True)

    def _of_years_ahead(self, ref: TimeRef) -> Scope | None:
        """ "5 năm tới": what is aimed at by the last of them."""
        times = self.times
        if ref.number is None or not _SEVERAL <= ref.number <= _TERM:
            return None
        first = times.year if times.month <= YEAR_IS_PLANNED_UNTIL_MONTH else times.year + 1
        return Scope(first + ref.number - 1, "FY", "target", term=True, explicit=True)

    def _of_part(self, ref: TimeRef) -> Scope:
        times = self.times
        months = (ref.number or 6) * (3 if ref.id == "quarter" else 1)
        period = f"Q{ref.number or 1}" if ref.id == "quarter" else months_period(min(12, months))
        if not times.is_past_part(ref):
            return Scope(ref.year or times.year, period, "target", explicit=True)
        return Scope(ref.year or times.report.year, period, "outcome", explicit=True)

    def _of_date(self, ref: TimeRef) -> Scope:
        report = self.times.report
        year = ref.year or self.times.year
        early = ref.day is not None and ref.day < MONTH_IS_COMPLETE_FROM_DAY
        period = report.period if early else months_period(ref.number or self.times.month)
        # a page of March reports the year before, and may tell what February brought; no period is one month
        part = year == report.year or (year == self.times.year and not early and (ref.number or 0) > 1)
        return Scope(year, period if part else "FY", "outcome", explicit=True)

    def _of_term(self, ref: TimeRef, *, aimed_at: bool) -> Scope | None:
        times = self.times
        if ref.year is None or ref.year_from is None:
            return None
        ends = ref.year == times.year and ref.year_from >= times.year - 1
        runs = ref.year > times.year or (ends and times.month < YEAR_IS_REPORTED_FROM_MONTH)
        if not runs:
            return Scope(ref.year, "FY", "outcome", term=True, explicit=True)
        if ref.year_from < times.year - 1 and not (times.congress or aimed_at):
            self._running = Scope(ref.year, "FY", "target", term=True, explicit=True)
            return None  # the running term, mentioned in passing
        return Scope(ref.year, "FY", "target", term=True, explicit=True)

    def _of_year(self, year: int, *, planned: bool = False) -> Scope:
        times = self.times
        scope = Scope(year, "FY", "outcome", explicit=True)
        if times.is_ahead(scope):
            return Scope(year, "FY", "target", explicit=True)
        if year == times.year and not times.is_reported(scope):
            # the running year: keep what is being said; a report of part of it keeps its period
            if (planned and not times.congress) or self.scope.kind == "target":
                return Scope(year, "FY", "target", explicit=True)
            if times.report.year == year and times.report.period != "FY":
                return Scope(year, times.report.period, times.report.kind, times.report.term, explicit=True)
        return scope

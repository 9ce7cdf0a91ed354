"""Whose time and whose word a figure is: year, period, and whether it is a target or an outcome.

Belongs here: the discourse state that a header sets and that lasts until the next header. Does not belong here: which
indicator a figure is about.

Time decides most of it: a figure about a time that ends well after publication is a target, one about a time that has
ended is an outcome. Cues decide the rest, inside the year of publication.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.language.periods import TimeRef, months_period
from extract.statements.events import Sentence

# Results of a year are reported as the year's results from November on (councils meet in December).
YEAR_IS_REPORTED_FROM_MONTH = 11
# Plans of a year are still announced as plans until the end of February.
YEAR_IS_PLANNED_UNTIL_MONTH = 2
# "đến ngày 30/6" is the half year; "đến ngày 21/2" of a two-month report is the report's period.
MONTH_IS_COMPLETE_FROM_DAY = 25
CONGRESS_TERM_YEARS = (4, 5)
# District party congresses meet every five years (2010, 2015, 2020, 2025), before October.
CONGRESSES_UNTIL_MONTH = 10
# A page that says "đại hội" this often, and reports no part of a year, is about the congress.
CONGRESS_MENTIONS = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of time and the kind of figures in it. ``term`` marks a multi-year term that ends in ``year``."""

    year: int
    period: str
    kind: str
    term: bool = False
    until: bool = False  # "đến năm 2025": a state at the end
    explicit: bool = False


@dataclass(slots=True)
class DocumentTimes:
    """What the article as a whole reports (``report``) and plans (``plan``), and when it was published."""

    year: int
    month: int
    report: Scope
    plan: Scope
    congress: bool


def document_times(
    published_on: str | None, title_times: list[TimeRef], title_words: list[str], sentences: list[Sentence], words: list[str]
) -> DocumentTimes:
    """Work out what an article reports and plans from its date and its mentions of time.

    Without a date of publication the latest year mentioned is taken as the year of publication.
    """
    mentions = list(title_times)
    for sentence in sentences:
        for position, event in enumerate(sentence.events):
            if event.time is not None and not is_base(sentence, position, words):
                mentions.append(event.time)
    year, month = _published(published_on, mentions)
    part = next((m for m in mentions if _is_past_part(m, year, month)), None)
    congress_term = next(
        (m for m in mentions if m.id == "term" and m.year and m.year_from == year and m.year - year in CONGRESS_TERM_YEARS),
        None,
    )
    congress = year % 5 == 0 and month <= CONGRESSES_UNTIL_MONTH
    congress = congress and (
        congress_term is not None
        or "đại hội" in " ".join(title_words)
        or (part is None and sum(1 for a, b in zip(words, words[1:], strict=False) if a == "đại" and b == "hội") >= CONGRESS_MENTIONS)
    )
    congress = congress and not any(m.id in ("months", "half", "quarter") for m in title_times)
    # what is reported
    if part is not None and not congress:
        number = part.number or 6
        report_year = part.year or (year if part.id == "quarter" or number <= month or month >= 10 else year - 1)
        period = f"Q{number}" if part.id == "quarter" else months_period(number)
        report = Scope(report_year, period, "outcome")
    elif congress:
        report = Scope(year, "FY", "outcome", term=False)
    elif month <= YEAR_IS_PLANNED_UNTIL_MONTH + 1:
        report = Scope(year - 1, "FY", "outcome")
    else:
        report = Scope(year, "FY", "outcome")
    # what is planned
    future = next((m for m in mentions if m.year and m.year > year and m.id in ("year", "until")), None)
    if congress:
        plan = Scope(congress_term.year if congress_term is not None and congress_term.year else year + 5, "FY", "target", term=True)
    elif future is not None and future.year and future.year <= year + 1:
        plan = Scope(future.year, "FY", "target")
    elif month >= YEAR_IS_REPORTED_FROM_MONTH:
        plan = Scope(year + 1, "FY", "target")
    else:
        plan = Scope(year, "FY", "target")
    planned = month < YEAR_IS_REPORTED_FROM_MONTH or any(f" {word} " in f" {' '.join(title_words)} " for word in _PLAN_HEADLINE)
    if planned and _only_future(mentions, year, month):
        report = plan  # a page that speaks of nothing but the coming time
    return DocumentTimes(year, month, report, plan, congress)


_PLAN_HEADLINE = ("chỉ tiêu", "nhiệm vụ", "kế hoạch", "phấn đấu", "mục tiêu", "giao")


def _only_future(mentions: list[TimeRef], year: int, month: int) -> bool:
    """True where every time that is named lies ahead, so that figures without a time are plans."""
    ahead = False
    for mention in mentions:
        if mention.id in ("now", "past_term", "last_year", "date", "month", "months", "quarter", "half"):
            return False
        if mention.id in ("year", "until") and mention.year is not None:
            if mention.year > year or (mention.year == year and month <= YEAR_IS_PLANNED_UNTIL_MONTH):
                ahead = True
            else:
                return False
        if mention.id == "term" and mention.year is not None and mention.year <= year:
            return False
    return ahead


def _is_past_part(mention: TimeRef, year: int, month: int) -> bool:
    """True for a part of a year that had ended (or nearly) at publication."""
    if mention.id not in ("months", "quarter"):
        return False
    if mention.year is not None and mention.year not in (year, year - 1):
        return False
    if mention.year == year - 1:
        return True
    last = (mention.number or 6) * (3 if mention.id == "quarter" else 1)
    return last <= month + 1 or (mention.year is None and month <= 2)


def _published(published_on: str | None, mentions: list[TimeRef]) -> tuple[int, int]:
    if published_on and len(published_on) >= 7 and published_on[:4].isdigit() and published_on[5:7].isdigit():
        return int(published_on[:4]), int(published_on[5:7])
    years = [m.year for m in mentions if m.year and m.id in ("year", "months", "date", "quarter")]
    return (max(years) if years else 2020), 12


_COMPARING = frozenset({"hơn", "như", "với", "bằng", "kỳ"})


def is_base(sentence: Sentence, position: int, words: list[str]) -> bool:
    """True where the time at event ``position`` is what something is compared with ("so với năm 2022")."""
    event = sentence.events[position]
    if event.first and words[event.first - 1] in _COMPARING:
        return True
    for other in reversed(sentence.events[:position]):
        if event.first - other.last > 2:
            return False
        if other.kind == "cue" and other.id in ("so", "base"):
            return True
        if other.kind in ("figure", "mark", "name"):
            return False
    return False


class ScopeTracker:
    """Follows times and cues through an article and answers for each figure."""

    def __init__(self, times: DocumentTimes) -> None:
        self.times = times
        self.scope = times.report
        self.figures = 0  # read since the scope was set
        self._last_outcome = times.report
        self._restore: Scope | None = None
        self._headed = True  # no outcome time was said in the sentence that set the header
        self._tentative: Scope | None = None  # what to go back to where a header turns out to head nothing
        self._brackets: list[tuple[Scope, Scope | None]] = []

    def reset(self) -> None:
        """A new paragraph that continues nothing: back to what the article reports."""
        self.scope = self._last_outcome
        self.figures = 0
        self._tentative = None

    def open_bracket(self) -> None:
        """What is said in brackets ends with them."""
        self._brackets.append((self.scope, self._tentative))

    def close_bracket(self) -> None:
        """Back to what was said before the bracket."""
        if self._brackets:
            self.scope, self._tentative = self._brackets.pop()

    def at_figure(self) -> None:
        """A statement was read: the header in force is confirmed."""
        self.figures += 1
        if not self._brackets:
            self._tentative = None

    def at_sentence(self, *, listed: bool) -> None:
        """A new sentence: a time said of one figure only ends; so does a target header that no figure followed,
        unless a list follows (``listed``)."""
        self._brackets.clear()
        if self._tentative is not None and not listed and not (self._headed and self.scope.explicit):
            self.scope, self._tentative = self._tentative, None
        self._headed = True
        if self._restore is not None:
            self.scope, self._restore = self._restore, None

    def at_paragraph(self, *, continues: bool) -> None:
        """A new line: a header in force lasts over list lines and while it speaks of the future."""
        if continues or (self.scope.kind == "target" and self._is_future(self.scope) and self.figures):
            return
        self.reset()

    def at_time(self, ref: TimeRef, *, local: bool = False, planned: bool = False) -> None:
        """A mention of time that is the subject, not a base. ``local``: said of one figure, inside its clause;
        ``planned``: a plan was named before it in the sentence."""
        scope = self._scope_of(ref, planned=planned)
        if scope is None:
            return
        if local and self._restore is None:
            self._restore = self.scope
        if scope != self.scope:
            self.figures = 0
        if scope.kind == "outcome":
            self._headed = False
        if scope.kind == "target" and self.scope.kind == "outcome" and not local and self._tentative is None:
            self._tentative = self.scope
        elif scope.kind == "outcome" and not local:
            self._tentative = None
        self.scope = scope
        if scope.kind == "outcome" and not local and scope.explicit and scope.year >= self.times.year - 2:
            self._last_outcome = scope

    def at_cue(self, cue: str, *, time_in_sentence: bool) -> None:
        """A target or outcome cue."""
        if cue == "will":
            if self.scope.kind == "outcome" and not time_in_sentence and self._is_future(self.times.plan):
                self._tentative = self._tentative or self.scope
                self.scope, self.figures = self.times.plan, 0
        elif cue == "target":
            if self.scope.kind == "target" or (time_in_sentence and self.scope.explicit and self._is_reported(self.scope)):
                return
            if self._tentative is None:
                self._tentative = self.scope
            if time_in_sentence and not self._is_reported(self.scope):
                self.scope = replace(self.scope, kind="target", period="FY" if self.scope.period != "H2" else "H2")
            elif not time_in_sentence or self._is_reported(self.scope):
                self.scope, self.figures = self.times.plan, 0
        elif cue == "outcome" and self.scope.kind == "target" and not self._is_future(self.scope):
            self.scope, self._tentative = self._last_outcome, None

    # -- what a mention of time means at this date of publication

    def _scope_of(self, ref: TimeRef, *, planned: bool) -> Scope | None:
        times = self.times
        if ref.id in ("year", "until") and ref.year:
            return self._of_year(ref.year, until=ref.id == "until", planned=planned)
        if ref.id in ("quarter", "months") and not _is_past_part(ref, times.year, times.month):
            number = (ref.number or 1) * (3 if ref.id == "quarter" else 1)
            return Scope(ref.year or times.year, months_period(number), "target", explicit=True)
        if ref.id == "months":
            number = ref.number or 6
            year = ref.year or times.report.year
            return Scope(year, months_period(number), "outcome", explicit=True)
        if ref.id == "quarter":
            return Scope(ref.year or times.report.year, f"Q{ref.number or 1}", "outcome", explicit=True)
        if ref.id == "rest":
            period = "H2" if ref.number in (6, None) else "FY"
            return Scope(ref.year or times.year, period, "target", explicit=True)
        if ref.id == "date":
            year, number = ref.year or times.year, ref.number or times.month
            early = ref.day is not None and ref.day < MONTH_IS_COMPLETE_FROM_DAY
            period = times.report.period if early and year == times.report.year else months_period(number)
            if year != times.report.year:
                period = "FY"
            return Scope(year, period, "outcome", explicit=True)
        if ref.id == "term" and ref.year and ref.year_from:
            if ref.year > times.year or (ref.year == times.year and ref.year_from >= times.year - 1):
                if ref.year_from < times.year - 1 and not times.congress:
                    return None  # the running term, mentioned in passing
                return Scope(ref.year, "FY", "target", term=True, explicit=True)
            return Scope(ref.year, "FY", "outcome", term=True, explicit=True)
        if ref.id == "this_year":
            year = times.report.year if times.report.period != "FY" else times.report.year
            return replace(self._of_year(year), kind=self.scope.kind) if self.scope.kind == "target" else self._of_year(year)
        if ref.id == "next_year":
            return self._of_year(times.year if times.month <= YEAR_IS_PLANNED_UNTIL_MONTH else times.year + 1)
        if ref.id == "last_year":
            return self._of_year(times.report.year)
        if ref.id == "now":
            if self.scope.kind == "target":
                return times.report if not self.figures else None
            return times.report if self.scope.explicit else None
        if ref.id == "past_term" and times.congress:
            return Scope(times.year, "FY", "outcome", term=True, explicit=True)
        if ref.id == "next_term" and times.congress:
            return times.plan
        return None

    def _of_year(self, year: int, *, until: bool = False, planned: bool = False) -> Scope:
        scope = Scope(year, "FY", "outcome", until=until, explicit=True)
        if self._is_future(scope):
            return replace(scope, kind="target")
        if year == self.times.year and not self._is_reported(scope):
            # the running year: keep what is being said, a report of part of it keeps its period
            if until and planned and not self.times.congress:
                return replace(scope, kind="target")
            if self.scope.kind == "target":
                return replace(scope, kind="target")
            if self.times.report.year == year and self.times.report.period != "FY":
                return replace(self.times.report, explicit=True)
            if self.times.month <= YEAR_IS_PLANNED_UNTIL_MONTH:
                return replace(scope, kind="target")
        return scope

    def _is_future(self, scope: Scope) -> bool:
        return scope.year > self.times.year or (
            scope.year == self.times.year and self.times.month <= YEAR_IS_PLANNED_UNTIL_MONTH and scope.period == "FY"
        )

    def _is_reported(self, scope: Scope) -> bool:
        if scope.year < self.times.year:
            return True
        return scope.year == self.times.year and self.times.month >= YEAR_IS_REPORTED_FROM_MONTH

"""What an article as a whole reports and plans, from its date of publication and the times that it names.

Belongs here: the article's default times. Does not belong here: how they change between sentences (``scope.py``).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from extract.language.periods import TimeRef, months_period
from extract.lexicon.grammar import first_words, phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.events import Sentence

# Results of a year are reported as the year's results from November on (councils meet in December).
YEAR_IS_REPORTED_FROM_MONTH: Final = 11
# Plans of a year are still announced as plans until the end of February.
YEAR_IS_PLANNED_UNTIL_MONTH: Final = 2
# District party congresses meet every five years (2010, 2015, 2020, 2025), before October, for the next term.
CONGRESS_EVERY: Final = 5
CONGRESSES_UNTIL_MONTH: Final = 10
CONGRESS_TERM_YEARS: Final = (4, 5)
CONGRESS_MONTH: Final = 8  # most districts meet in June to August
# A page that says "đại hội" this often, and reports no part of a year, is about the congress.
CONGRESS_MENTIONS: Final = 3
# Where neither the page nor its source tells a date, figures without a year are booked on this one's plan and report.
UNDATED: Final = (2020, 12)
# "đến ngày 30/6" is the half year; "đến ngày 13/10" of a nine-month report is the report's period.
MONTH_IS_COMPLETE_FROM_DAY: Final = 25
# mentions of what has been, or is
_NOT_AHEAD: Final = frozenset(
    {"now", "since", "year_to_date", "past_term", "last_year", "date", "month", "months", "quarter", "whole_year"}
)
# a later month is the year's, not a part of it
_LAST_PART: Final = 10


class Scope:
    """A stretch of time and the kind of figures in it. ``term`` marks a multi-year term that ends in ``year``;
    ``explicit`` that the text named the time."""

    def __init__(self, year: int, period: str, kind: str, term: bool = False, explicit: bool = False) -> None:
        self.year = year
        self.period = period
        self.kind = kind
        self.term = term
        self.explicit = explicit

    def same(self, other: Scope) -> bool:
        """True for the same time, kind and source."""
        return (
            self.year == other.year
            and self.period == other.period
            and self.kind == other.kind
            and self.term == other.term
            and self.explicit == other.explicit
        )

    def of_kind(self, kind: str) -> Scope:
        """The same time with figures of another kind."""
        return Scope(self.year, self.period, kind, self.term, self.explicit)


class DocumentTimes:
    """What the article as a whole reports and plans, and the year and month of its publication."""

    def __init__(
        self,
        year: int,
        month: int,
        report: Scope,
        plan: Scope,
        congress: bool,
        horizon: int | None = None,  # the year in which the running plan of several years ends, where the page names it
    ) -> None:
        self.year = year
        self.month = month
        self.report = report
        self.plan = plan
        self.congress = congress
        self.horizon = horizon

    def is_ahead(self, scope: Scope) -> bool:
        """True where the time had not begun (or just begun) at publication, so that figures of it are targets."""
        if scope.year > self.year:
            return True
        return scope.year == self.year and scope.period == "FY" and self.month <= YEAR_IS_PLANNED_UNTIL_MONTH

    def is_reported(self, scope: Scope) -> bool:
        """True where the year of the scope was over, or as good as over, at publication."""
        if scope.year < self.year:
            return True
        return scope.year == self.year and self.month >= YEAR_IS_REPORTED_FROM_MONTH

    def is_past_part(self, ref: TimeRef) -> bool:
        """True for a part of a year that had ended (or nearly) at publication."""
        return _is_past_part(ref, self.year, self.month)


def document_times(
    published_on: str | None,
    title_times: list[TimeRef],
    title_words: list[str],
    sentences: list[Sentence],
    words: list[str],
) -> DocumentTimes:
    """Work out what an article reports and plans. Without a date the latest year named is taken as its year."""
    mentions = [*title_times, *_mentions(sentences, words)]
    year, month = _published(published_on, mentions, title_times, title_words)
    part = (
        next((m for m in mentions if _is_past_part(m, year, month)), None)
        or _month_of_title(title_times, year, month)
        or _cut_off(mentions, year, month)
    )
    term = _congress_term(mentions, year) if year % CONGRESS_EVERY == 0 else None
    congress = (
        year % CONGRESS_EVERY == 0
        and month <= CONGRESSES_UNTIL_MONTH
        and not any(m.id in ("months", "quarter") for m in title_times)
        and (term is not None or _speaks_of_congress(title_words, words, part))
    )
    if congress:
        report = Scope(year, "FY", "outcome")
        plan = Scope((term.year if term is not None else None) or year + CONGRESS_EVERY, "FY", "target", term=True)
    else:
        report = _part_report(part, year, month) if part is not None else _year_report(year, month)
        past = _past_year_of_title(title_times, title_words, year) if part is None else None
        if past is not None:
            report = Scope(past, report.period, report.kind)
        plan = _plan(mentions, year, month)
    if month < YEAR_IS_REPORTED_FROM_MONTH and _sets_targets(title_times, title_words, year):
        report = plan = Scope(year, "FY", "target")
    elif _only_ahead(mentions, year, month) and (
        month < YEAR_IS_REPORTED_FROM_MONTH or _says(title_words, "plan_headline")
    ):
        report = plan  # a page that speaks of nothing but the coming time
    return DocumentTimes(year, month, report, plan, congress, _horizon(mentions, title_times, year))


def _horizon(mentions: list[TimeRef], title_times: list[TimeRef], year: int) -> int | None:
    """The end of the plan of several years that runs at publication: of a term that is named, or a headline's year."""
    ends = [m.year for m in mentions if m.id == "term" and m.year and m.year_from and m.year_from <= year < m.year]
    ends += [m.year for m in title_times if m.id in ("until", "year") and m.year and m.year > year + 1]
    return max(ends) if ends else None


def is_base(sentence: Sentence, position: int, words: list[str]) -> bool:
    """True where the time at event ``position`` is what something is compared with ("so với năm 2022")."""
    event = sentence.events[position]
    if event.first and words[event.first - 1] in grammar["comparing"]:
        conditional = event.first > 1 and words[event.first - 2] in grammar["conditional"]  # "nếu như năm 2021"
        opens = event.first - 1 == sentence.first  # "Như năm 2019, ..."
        beside = event.first > 1 and words[event.first - 1] in grammar["beside"] and words[event.first - 2] == ","
        if not (conditional or opens or beside):
            return True
    edge, named = event.first, False
    for at in range(position - 1, -1, -1):
        other = sentence.events[at]
        if edge - other.last > 2 or other.kind in ("figure", "mark") or (named and other.kind == "name"):
            return False
        if other.kind == "name":
            edge, named = other.first, True  # "so với tổng thu ngân sách 5 năm (2011 - 2015)"
        if other.id == "est":
            edge = other.first  # "so với ước thực hiện năm 2018"
        if other.id in ("so", "base"):
            return True
    return False


def _mentions(sentences: list[Sentence], words: list[str]) -> list[TimeRef]:
    return [
        event.time
        for sentence in sentences
        for position, event in enumerate(sentence.events)
        if event.time is not None and not is_base(sentence, position, words)
    ]


def _published(
    published_on: str | None, mentions: list[TimeRef], title_times: list[TimeRef], title_words: list[str]
) -> tuple[int, int]:
    """(year, month); without a date that of its headline: a congress meets when its term begins, tasks of a year are
    set as it begins; else the end of the latest year named."""
    if published_on and published_on[:4].isdecimal() and published_on[5:7].isdecimal():
        return int(published_on[:4]), int(published_on[5:7])
    for time in title_times:
        if time.id == "term" and time.year_from and _says(title_words, "congress"):
            return time.year_from, CONGRESS_MONTH
        if time.id == "year" and time.year and _says(title_words, "plan_headline"):
            return time.year, 1
    years = [m.year for m in mentions if m.year and m.id in ("year", "months", "date", "quarter")]
    return (max(years), UNDATED[1]) if years else UNDATED


def _congress_term(mentions: list[TimeRef], year: int) -> TimeRef | None:
    """The term that begins in ``year``."""
    terms = (m for m in mentions if m.id == "term" and m.year and m.year_from == year)
    return next((m for m in terms if m.year and m.year - year in CONGRESS_TERM_YEARS), None)


def _speaks_of_congress(title_words: list[str], words: list[str], part: TimeRef | None) -> bool:
    (congress,) = phrases["congress"]
    headline = " ".join(title_words)
    if congress in headline or any(phrase in headline for phrase in phrases["past_term"]):
        return True
    first, second = congress.split()
    return part is None and sum(1 for a, b in pairwise(words) if a == first and b == second) >= CONGRESS_MENTIONS


def _says(title_words: list[str], name: str) -> bool:
    """True where the headline holds one of the phrases ``name`` of the lexicon."""
    if first_words[name].isdisjoint(title_words):
        return False
    headline = f" {' '.join(title_words)} "
    return any(f" {phrase} " in headline for phrase in phrases[name])


def _sets_targets(title_times: list[TimeRef], title_words: list[str], year: int) -> bool:
    """True for a headline of the running year's targets, and of nothing reached: "Chỉ tiêu kế hoạch năm 2016"."""
    if [t.year for t in title_times if t.id == "year"] != [year]:
        return False
    return _says(title_words, "target_headline") and not _says(title_words, "result_headline")


def _past_year_of_title(title_times: list[TimeRef], title_words: list[str], year: int) -> int | None:
    """The last year where a headline looks back on it: "HĐND huyện họp cuối năm 2019" on a page of 2020."""
    named = title_times[0] if len(title_times) == 1 else None
    if named is None or named.year != year - 1 or named.id not in ("year", "until"):
        return None
    if not _says(title_words, "looks_back"):
        return None
    if not grammar["since_event"].isdisjoint(title_words):
        return None  # "sau khi được công nhận năm 2019"
    before = title_words[named.first - 1] if named.first else ""
    return None if before in grammar["comparing"] or before in grammar["from"] else named.year


def _month_of_title(title_times: list[TimeRef], year: int, month: int) -> TimeRef | None:
    """The month that a monthly report is named after; it tells what was reached since the year began."""
    months = (m for m in title_times if m.id == "month" and m.number is not None and m.year in (None, year))
    return next((m for m in months if m.number is not None and 2 <= m.number <= min(month, 11)), None)


def _cut_off(mentions: list[TimeRef], year: int, month: int) -> TimeRef | None:
    """The months up to the day that figures are told of: "tính đến ngày 30-9" of a page of October."""
    for mention in mentions:
        number = mention.number or 0
        ended = mention.day is not None and mention.day >= MONTH_IS_COMPLETE_FROM_DAY and 2 <= number <= _LAST_PART
        if mention.id == "date" and ended and mention.year in (None, year) and number in (month, month - 1):
            return TimeRef(mention.first, mention.last, "months", mention.year, mention.year_from, number, mention.day)
    return None


def _part_report(part: TimeRef, year: int, month: int) -> Scope:
    number = part.number or 6
    if part.id == "quarter":
        return Scope(part.year or year, f"Q{number}", "outcome")
    ended = number <= month or month >= YEAR_IS_REPORTED_FROM_MONTH - 1
    return Scope(part.year or (year if ended else year - 1), months_period(number), "outcome")


def _year_report(year: int, month: int) -> Scope:
    return Scope(year - 1 if month <= YEAR_IS_PLANNED_UNTIL_MONTH + 1 else year, "FY", "outcome")


def _plan(mentions: list[TimeRef], year: int, month: int) -> Scope:
    ahead = next((m.year for m in mentions if m.year and m.year > year and m.id in ("year", "until")), None)
    if ahead == year + 1 or (ahead is None and month >= YEAR_IS_REPORTED_FROM_MONTH):
        return Scope(year + 1, "FY", "target")
    return Scope(year + 1 if month >= YEAR_IS_REPORTED_FROM_MONTH else year, "FY", "target")


def _is_past_part(mention: TimeRef, year: int, month: int) -> bool:
    if mention.id not in ("months", "quarter") or mention.year not in (None, year, year - 1):
        return False
    if mention.year == year - 1:
        return True
    last = (mention.number or 6) * (3 if mention.id == "quarter" else 1)
    return last <= month + 1 or (mention.year is None and month <= YEAR_IS_PLANNED_UNTIL_MONTH)


def _only_ahead(mentions: list[TimeRef], year: int, month: int) -> bool:
    """True where every time that is named lies ahead, so that figures without a time are plans."""
    ahead = False
    for mention in mentions:
        if mention.id in _NOT_AHEAD:
            return False
        if mention.id in ("year", "until") and mention.year is not None:
            if mention.year < year or (mention.year == year and month > YEAR_IS_PLANNED_UNTIL_MONTH):
                return False
            ahead = True
        if mention.id == "term" and mention.year is not None and mention.year <= year:
            return False
    return ahead

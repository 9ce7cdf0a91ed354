"""When: the year and period of one figure, from the scope in force and the words beside it.

Belongs here: a figure's own year, and whether a figure of a multi-year term is its sum or average (TERM) or the state
at its end (FY). Does not belong here: the scope itself (``scope.py``).
"""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import Final

from extract.indicators.lexicon import Indicator
from extract.language.periods import is_year
from extract.language.tokens import Tokens
from extract.lexicon.grammar import phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.around import Around
from extract.statements.document_times import DocumentTimes, Scope
from extract.statements.events import Event
from extract.statements.hints import AVERAGE, BRACKET, BRACKET_ENDS, CUMULATIVE
from extract.statements.measures import Measured
from extract.statements.windows import Topic, Window

# a term named this close (tokens) behind a figure is the figure's own
_TERM_REACH: Final = 2
# tokens from "gấp 2,3 lần" to the term that it is compared with ("so với giai đoạn")
_COMPARED_REACH: Final = 5
_ENDS_CLAUSE: Final = frozenset({"so", "base", "plan", "up", "down", "over", "to", "equal", "part"})
# words between an opening bracket and the year in it
_BRACKET_REACH: Final = 7
# words between a bracket that closes and its figure ("(2016 - 2020) ước đạt 242 tỷ đồng")
_BRACKETED_REACH: Final = 2
# events between "đến cuối năm 2020" and its figure
UNTIL_REACH: Final = 3
# times of several years
_TERMS: Final = frozenset({"term", "since"})


class PeriodChooser:
    """Answers for each figure of one article."""

    def __init__(self, tokens: Tokens, times: DocumentTimes) -> None:
        self._words, self._times, self._per_year = tokens.words, times, grammar["per_year"]

    def choose(
        self,
        window: Window,
        scope: Scope,
        topic: Topic,
        indicator: Indicator,
        measured: Measured,
        around: Around,
        kind: str,
    ) -> tuple[int, str]:
        """(year, period) of the figure."""
        after = window.after()
        if after and after[0].id == "term" and after[0].first - window.figure.last <= _TERM_REACH:
            time = after[0].time
            if time is not None:
                return time.year or scope.year, "TERM"
        bracketed = self._bracketed_before(window) if window.sentence.hints & BRACKET else None
        if bracketed is not None and bracketed.id == "term" and bracketed.time is not None and indicator.kind == "flow":
            return bracketed.time.year or scope.year, "TERM"
        if around.earlier is not None:
            return self._of_earlier(around.earlier, scope)
        own = self._own_year(window, bracketed)
        if own is not None:
            return own, ("FY" if own != scope.year or kind == "target" else scope.period)
        if around.plan_quote:
            return scope.year, (scope.period if scope.kind == "target" else "FY")
        of_term = self._times.congress and not around.to_value  # "giảm từ 58,9% đầu nhiệm kỳ xuống còn 31,7%": the end
        if of_term and any(word in (around.ref_text or "") for word in phrases["term_base"]):
            return (self._times.year if kind == "outcome" else scope.year), "TERM"
        if measured.measure == "growth" and self._within_a_year(window, scope):
            return scope.year, scope.period
        if self._over_term(window, scope, topic, indicator, measured, kind):
            return self._end_of_term(scope, kind), "TERM"
        return scope.year, scope.period

    def _end_of_term(self, scope: Scope, kind: str) -> int:
        """ "phấn đấu tăng bình quân 9%/năm" on a page of the term 2020-2025: the term ends in 2025."""
        horizon = self._times.horizon
        if scope.explicit or self._times.congress or kind != "target" or horizon is None:
            return scope.year
        return max(scope.year, horizon)

    def _within_a_year(self, window: Window, scope: Scope) -> bool:
        """ "tăng 23% so với năm 2019", said of 2020: from one year to the next, whatever term is being spoken of."""
        after = window.after()[:3]
        bases = [e.time.year for e in after if e.id == "year" and e.time is not None]
        return bool(bases) and after[0].id == "so" and bases[0] == scope.year - 1

    def _of_earlier(self, said: str, scope: Scope) -> tuple[int, str]:
        """The year that an earlier time names, or the one before the scope's."""
        year = next((int(word) for word in said.split() if is_year(word)), scope.year - 1)
        return year, scope.period if said.startswith(phrases["same_part"]) else "FY"

    def _over_term(
        self, window: Window, scope: Scope, topic: Topic, indicator: Indicator, measured: Measured, kind: str
    ) -> bool:
        averages = None
        if window.said & AVERAGE:
            averages = [e for e in window.left if e.id == "average" and not e.inside]
        if averages and any(self._says(e, "five_years") for e in averages):
            return True
        level, grows = measured.measure == "level", measured.measure == "growth" or indicator.growth_is_level
        level_of_flow = level and indicator.kind == "flow"
        large = level and indicator.term_from is not None and measured.value > indicator.term_from
        if large and not any(e.time is not None and e.time.year is not None for e in window.before()):
            return True
        if level_of_flow and self._times_of_term(window):
            return True
        if averages and (level_of_flow or not level) and any(self._says(e, "every_year") for e in averages):
            return True
        if grows and window.sentence.hints & CUMULATIVE and self._averaged_over_years(window):
            return True
        per_year = self._says_per_year(window)
        if per_year and grows and window.figure.family == "pct":
            return True  # "tốc độ tăng 12%/năm"
        if per_year and (grows or level_of_flow) and (self._under_average(window) or self._said_average(topic)):
            return True
        ahead = kind == "target" and not scope.explicit and self._times.horizon is not None
        if per_year and ahead and measured.measure == "change":
            return True  # "nhiệm kỳ 2020-2025, giảm tỷ lệ hộ nghèo bình quân 2%/năm"
        if not (scope.term or self._times.congress):
            return False
        if indicator.named_average and measured.measure == "level":
            return False  # "thu nhập bình quân hàng năm": of one year
        if window.left and any(e.id == "until" for e in window.left[-UNTIL_REACH:]):
            return False  # "đến cuối năm 2020 đạt trên 12%": the state at that time
        average = (per_year and window.figure.family == "pct") or self._under_average(window)
        average = average or (grows and self._said_average(topic))
        part_of_year = scope.period != "FY"  # "lũy kế 9 tháng": since January, not over the term
        if not part_of_year and window.governed_by(CUMULATIVE) and measured.measure == "level" and (
            indicator.sums_over_term or indicator.kind == "flow"
        ):  # fmt: skip
            return True
        if scope.term and indicator.kind == "flow" and measured.measure == "level" and self._average_follows(window):
            return True  # "giai đoạn 2015-2020, tổng thu đạt 1.003 tỷ đồng, bình quân 200,6 tỷ đồng/năm"
        if scope.term and indicator.kind == "flow" and measured.measure == "level" and _opens_with_term(window):
            return True  # "giai đoạn 2016-2020, tổng giá trị sản xuất đạt 24.228 tỷ đồng"
        if scope.term and self._of_term(topic, indicator, measured, average=average):
            return True
        if not self._times.congress:
            return False
        if average and scope.period == "FY" and scope.year in (self._times.plan.year, self._times.year):
            return True
        if kind != "target":
            return False
        sums = indicator.sums_over_term and scope.year == self._times.plan.year
        return sums or (measured.measure == "change" and measured.unit == "count")

    def _of_term(self, topic: Topic, indicator: Indicator, measured: Measured, *, average: bool) -> bool:
        """Under "nhiệm kỳ 2020-2025": growth, sums and averages are of the term, states are of its end."""
        if measured.measure == "growth" or indicator.growth_is_level or indicator.sums_over_term:
            return True
        if measured.measure == "change" and (average or not indicator.is_rate):
            return True
        if measured.measure == "plan_ratio" and average:
            return True
        if indicator.averaged_over_term and average:
            return True
        return self._said_average(topic) and not indicator.named_average

    def _average_follows(self, window: Window) -> bool:
        """True where the next value is the average a year of what is told, or its growth a year."""
        averaged = False
        for event in window.following():
            if event.id in (";", "year", "until"):
                return False
            if event.is_value:
                return averaged
            averaged = averaged or event.id == "average" or (event.id == "up" and self._says(event, "average"))
        return False

    def _averaged_over_years(self, window: Window) -> bool:
        """ "nhịp độ tăng bình quân 5 năm đạt 13,46%"."""
        for before, event in pairwise(window.left):
            if event.id == "cumulative" and before.last == event.first and self._says(before, "average"):
                return True
        return False

    def _under_average(self, window: Window) -> bool:
        return window.governed_by(AVERAGE)

    def _said_average(self, topic: Topic) -> bool:
        return any(word in topic.text.lower() for word in phrases["average"])

    def _says(self, event: Event, name: str) -> bool:
        """``event`` with the words of a name in front of it: "tốc độ tăng bình quân | hàng năm"."""
        said = " ".join(self._words[max(0, event.first - 2) : event.last])
        return any(phrase in said for phrase in phrases[name])

    def _times_of_term(self, window: Window) -> bool:
        """ "98.400 tỷ đồng, gấp 2,3 lần giai đoạn 2010 - 2015": as much as in another term."""
        times = window.next_value()
        if times is None or times.family != "times":
            return False
        behind = " ".join(self._words[times.last : times.last + _COMPARED_REACH])
        return any(word in behind for word in phrases["a_term"])

    def _says_per_year(self, window: Window) -> bool:
        at, last, years = window.figure.unit_first, window.figure.last, self._per_year
        while at < last and self._words[at] not in years:
            at += 1
        return at < last

    def _own_year(self, window: Window, before: Event | None) -> int | None:
        """The year right behind a figure: "30,3% năm 2016", "87,63 triệu đồng (năm 2020)"; or ``before`` it."""
        if before is not None and before.id == "year":
            return before.time.year if before.time is not None else None
        after = window.after()
        if not after or window.figure.family == "times":  # "gấp 1,4 lần năm 2022": the year is the base
            return None
        first, edge = after[0], window.figure.last
        opens_next = first.first > edge  # maybe a clause of its own
        if first.id in ("year", "until") and first.first == edge and first.time is not None:
            arrives = not grammar["arrives"].isdisjoint(self._words[first.last : first.last + 2])
            if arrives and self._words[edge] not in grammar["range_words"]:  # not "từ 30% đến năm 2014 tăng lên 31%"
                return first.time.year  # "giảm từ 2,88% vào năm 2017 xuống còn 0,7%"
            if first.id == "until" and self._words[edge] in grammar["year_end"] and not _goes_on(after[1:]):
                return first.time.year  # "còn 36,3% cuối năm 2023"
        counted = window.figure.family == "pct" or window.figure.is_count
        if counted and first.kind == "name" and len(after) > 1 and first.first - edge <= 1:
            first, edge = after[1], first.last  # "32,5% hộ nghèo năm 2021"
        if first.id == "year" and first.time is not None and first.first - edge <= 1:
            next_clause = opens_next and self._words[window.figure.last] in grammar["opens_clause"]
            if not next_clause and self._words[first.first] in grammar["per_year"]:
                following = self._words[first.last : first.last + 1]
                return None if set(following) & grammar["states"] else first.time.year
        if first.id == "(" and first.first == edge:
            bare = self._words[edge + 1 : edge + 3]
            if len(bare) == 2 and bare[1] == ")" and is_year(bare[0]):
                return int(bare[0])  # "61% (2005)"
            if len(after) > 1:
                second = after[1]
                near = second.first - first.last <= _BRACKET_REACH  # "(theo số liệu năm 2019)"
                alone = len(after) == 2 or after[2].id == ")"  # "(năm 2022 là 19,6%)" is of the figure inside
                if second.time is not None and second.id in ("year", "until") and near and alone:
                    return second.time.year
        if first.id == "now" and first.first == edge:
            ends = first.last >= window.sentence.last or not self._words[first.last][0].isalnum()
            if ends:
                return self._times.report.year  # "là 3,9% vào năm 2022 và còn 2,7% hiện nay"
        return self._trailing_year(after)

    def _bracketed_before(self, window: Window) -> Event | None:
        """The time in brackets between a name and its figure: "dân số (năm 2016) là 179.889 người"."""
        if not window.said & BRACKET_ENDS:
            return None
        events = [e for e in window.left if e.kind != "figure"]
        if events and events[-1].id in ("equal", "est"):
            events.pop()
        if len(events) < 3 or events[-1].id != ")" or events[-3].id != "(":
            return None
        near = window.figure.first - events[-1].last <= _BRACKETED_REACH
        return events[-2] if near and events[-2].id in ("year", "term") else None

    def _trailing_year(self, after: list[Event]) -> int | None:
        """The year that closes the figure's clause: "10 xã về đích nông thôn mới trong năm 2020, ..."."""
        for at, event in enumerate(after):
            if event.kind == "mark" or (event.kind == "cue" and not event.inside and event.id in _ENDS_CLAUSE):
                return None
            if event.kind == "time":
                # "2.315 tỷ đồng vào năm 2015 và đạt 4.174 tỷ đồng"
                joined = not grammar["joins"].isdisjoint(self._words[event.last : event.last + 1])
                closes = at + 1 == len(after) or after[at + 1].kind == "mark" or joined
                said = closes and event.id in ("year", "until") and self._words[event.first] in grammar["closes_clause"]
                return event.time.year if said and event.time is not None else None
        return None


def _opens_with_term(window: Window) -> bool:
    """True where a term is the last time named in the sentence, and no other value stands between."""
    for position in range(window.position - 1, -1, -1):
        event = window.sentence.events[position]
        if event.time is not None:
            return event.id in _TERMS and event.time.year_from is not None
        if event.is_value:
            return False
    return False


def _goes_on(events: list[Event]) -> bool:
    """True where a value or an aim follows in the same clause."""
    clause = takewhile(lambda event: event.kind != "mark", events)
    return any(event.is_value or event.id == "target" for event in clause)

"""Deciding one figure: is it a statement, about what, which measure, when; and what it leaves for the next one.

Belongs here: the order of these decisions. Does not belong here: the decisions themselves (the modules beside this one)
or the walk over sentences, cues and times (``reading.py``).
"""

from __future__ import annotations

from typing import Final

from extract.indicators.lexicon import Indicator, known
from extract.language.tokens import Tokens
from extract.lexicon.grammar import phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.around import Around, read_around
from extract.statements.binding import Binder
from extract.statements.companions import CompanionChooser
from extract.statements.document_times import DocumentTimes
from extract.statements.estimates import Estimates
from extract.statements.events import Sentence
from extract.statements.fitting import count_by_name, thousands_by_range
from extract.statements.hints import ESTIMATE, PART, TARGET
from extract.statements.measures import Measured, measure
from extract.statements.new_counts import new_after
from extract.statements.not_taken import Refuser
from extract.statements.other_subjects import LARGER
from extract.statements.own_values import PLAN_RATIO_FROM
from extract.statements.place_scope import PlaceScope
from extract.statements.prices import PriceReader
from extract.statements.scope import ScopeTracker
from extract.statements.segments import crop_told, season_told
from extract.statements.statement import Skipped, Statement, rules_of
from extract.statements.targets_met import read_targets_met
from extract.statements.totals import part_told
from extract.statements.unfit import unfit
from extract.statements.unknown import UNKNOWN, stand_in, unknown_topic
from extract.statements.value_pairs import FromToPairs, bare_unit, plan_of_pair, quotient_follows
from extract.statements.when import PeriodChooser
from extract.statements.windows import Topic, Window

# no more percent of a plan are told without their sign
_MOST_OF_PLAN: Final = 300
# cues that say that an aim was carried out
_REACHED: Final = frozenset({"equal", "to", "outcome", "est", "over", "now", "year_to_date"})


class Decider:
    """Decides the figures of one article in order, into ``statements`` and ``skipped``.

    What is in force at a figure is read from ``scopes``, ``binder`` and ``estimates``, and told to them.
    """

    def __init__(
        self,
        tokens: Tokens,
        times: DocumentTimes,
        places: PlaceScope,
        scopes: ScopeTracker,
        binder: Binder,
        estimates: Estimates,
    ) -> None:
        self.statements: list[Statement] = []
        self.skipped: list[Skipped] = []
        self._tokens, self._words, self._times, self._places = tokens, tokens.words, times, places
        self._scopes, self._binder, self._estimates = scopes, binder, estimates
        self._carried, self._segments = binder.carried, binder.segments
        self._refuser = Refuser(tokens, places)
        self._companions = CompanionChooser(tokens.words)
        self._periods = PeriodChooser(tokens, times)
        self._prices = PriceReader(tokens)
        self._pairs = FromToPairs(times)
        self._sentence: Sentence | None = None
        self._result_in: Sentence | None = None  # the last sentence that told an outcome
        self._carried_new = False
        self._carried_verb: str | None = None

    def figure(self, window: Window) -> None:
        """Decide one figure."""
        figure = window.figure
        if window.sentence is not self._sentence:
            self._sentence, self._carried_new, self._carried_verb = window.sentence, False, None
        count_by_name(window, self._words)
        around = read_around(window, self._tokens, carried_new=self._carried_new, carried_verb=self._carried_verb)
        self._carried_new = around.new
        moved = around.verb if around.verb in ("up", "down") else None
        if figure.is_count:
            self._carried_verb = moved
        elif moved != self._carried_verb:  # not in "giảm 612 hộ nghèo, giảm 2,3% và 667 hộ cận nghèo"
            self._carried_verb = None
        reason = self._refuser.reason(window, around)
        if reason is not None:
            self.skip(figure.first, figure.last, reason)
            if reason == LARGER:  # "Trong khi toàn tỉnh thu ngân sách 5.200 tỷ đồng, huyện thu được 96 tỷ đồng"
                self._binder.bind(window, ratio=around.ref is not None, growth=around.moves)
        elif figure.family == "count:target":
            self._count_of_targets(window)
        else:
            self._value(window, around)

    def skip(self, start: int, end: int, reason: str) -> None:
        """Keep a figure that is not taken, with the reason."""
        self.skipped.append(Skipped(start, end, reason))

    # -- the kinds of figures

    def _value(self, window: Window, around: Around) -> None:
        figure = window.figure
        ranged = figure.value_max is not None and not window.has_cue(ESTIMATE) and around.ref is None
        if ranged and not _says_now(window):
            self._scopes.at_range()
        if figure.family is None and around.plan_quote and self._carried.topic is not None:
            figure.family = self._carried.topic.family  # "kết nạp 165 quần chúng (kế hoạch 160)"
        if figure.family is None and figure.second is not None and quotient_follows(window):
            figure.family = bare_unit(window, self._words)
            figure.second_is_plan = figure.family is not None
        bare = figure.family is None and figure.second is None and figure.value_max is None
        if bare and around.ref == "plan" and not around.plan_quote and PLAN_RATIO_FROM <= figure.value <= _MOST_OF_PLAN:
            figure.family = "pct"  # "đạt 70,4 kế hoạch năm"
        refers = around.ref is not None or window.shared_ref is not None
        window.shifts = around.from_value and figure.family == "pct"
        topic = self._binder.bind(window, ratio=refers, growth=around.moves)
        self._estimates.at_figure(topic, window, total=self._carried.total if self._carried.part else None)
        if topic is None:
            self._unknown(window, around)
            return
        topic = self._companions.choose(topic, window, around)
        indicator = known[topic.code]
        reason = unfit(topic, indicator, window, around, self._words)
        if reason is not None:
            self.skip(figure.first, figure.last, reason)
            return
        thousands_by_range(figure, indicator, self._words)
        self._name_segment(topic, indicator, window)
        if around.earlier is not None and figure.family == "pct" and not indicator.is_rate:
            around.earlier = None
        if (
            around.plan_quote
            and figure.first > 1
            and self._words[figure.first - 1] == "("
            and self._only_ratio_told(topic, window)
        ):
            around.plan_quote = False  # "đạt 70,9% kế hoạch (36.982 tỷ đồng)": how much that was
        kind = self._kind(window, around)
        if figure.second is not None and not indicator.speaks_of_rates and quotient_follows(window):
            figure.second_is_plan = True
            around.new = around.new or new_after(window, self._words)
        measured = measure(window, topic, indicator, around, kind)
        if measured.skip is not None:
            self.skip(figure.first, figure.last, measured.skip)
            return
        too_short = self._refuser.of_part_of_month(topic.code, window) if indicator.kind == "flow" else None
        if too_short is not None:
            self.skip(figure.first, figure.last, too_short)
            return
        if indicator.total_segment and self._is_total(window, indicator, measured):
            topic.segment = indicator.total_segment
        year, period = self._periods.choose(window, self._scopes.scope, topic, indicator, measured, around, kind)
        if year > self._times.year and kind == "outcome":
            kind = "target"  # "2 xã sẽ về đích vào năm 2024"
        if year < self._times.year and year < self._scopes.scope.year and not around.plan_quote:
            kind = "outcome"  # among aims: "thu hút 1 triệu lượt khách trong năm 2017"
        if around.plan_quote or (topic.inherited and around.earlier is None and not _names_time(window)):
            year, period = self._time_of_last(topic, window, measured, kind, year, period)
        if self._carried.part and not _names_time(window):
            year, period = self._time_of_whole(topic, measured, kind, year, period)
        self._scopes.at_figure()
        self._emit(window, topic, measured, kind, year, period, around)
        if self._carried.part:
            part_told(self.statements)
        plan = plan_of_pair(window, measured)
        if plan is not None:
            self._emit(window, topic, plan, "target", year, "FY", Around())
        self._carried.told(topic, measured.measure, figure.family, falls=measured.value < 0)
        self._pairs.told(self.statements[-1], around, year, self._scopes.scope)

    def _unknown(self, window: Window, around: Around) -> None:
        """A plan figure of something that the lexicon does not name yet: a row without an indicator."""
        figure = window.figure
        kind = self._kind(window, around)
        last = self._last_in(window.sentence)
        before = last.topic if last is not None and last.topic.code == UNKNOWN else None
        topic = unknown_topic(window, around, kind, self._segments, before)
        if topic is None:
            self.skip(figure.first, figure.last, "no indicator of the lexicon is named near it")
            return
        indicator = stand_in(window, around)
        measured = measure(window, topic, indicator, around, kind)
        if measured.skip is not None:
            self.skip(figure.first, figure.last, measured.skip)
            return
        year, period = self._periods.choose(window, self._scopes.scope, topic, indicator, measured, around, kind)
        self._emit(window, topic, measured, kind, year, period, around)

    def _count_of_targets(self, window: Window) -> None:
        found = read_targets_met(window, self._tokens)
        if window.figure.second is not None and self._ends_band(window.figure.first):
            found = None  # "các xã còn lại đạt từ 39-47/53 chỉ tiêu": of each of them
        if found is None:
            self.skip(window.figure.first, window.figure.last, "a number of targets without a result")
            return
        value, of, segment = found
        times, scope = self._times, self._scopes.scope
        if scope.kind == "target" and scope.year > times.year:
            scope = times.report
        kind = "target" if scope.kind == "target" and window.governed_by(TARGET) else "outcome"
        of_term = scope.term or (times.congress and scope.same(times.report))
        topic = Topic("targets_met", self._segments.words(window.event), segment, window.event)
        measured = Measured("level", value, None, of, "count", rule="targets_met")
        self._emit(window, topic, measured, kind, scope.year, "TERM" if of_term else scope.period, Around())

    # -- single decisions

    def _ends_band(self, first: int) -> bool:
        """True for the upper end of a band that no range was made of: "39-47/53"."""
        before = self._words[max(0, first - 2) : first]
        return len(before) == 2 and before[0][0].isdecimal() and before[1] in grammar["range_words"]

    def _kind(self, window: Window, around: Around) -> str:
        if around.plan_quote:
            return "target"
        if around.earlier is not None:
            return "outcome"
        if window.has_cue(TARGET) and self._only_aimed_at(window):
            return "target"
        return "target" if self._carried.part and self._only_planned() else self._scopes.scope.kind

    def _only_ratio_told(self, topic: Topic, window: Window) -> bool:
        """True where the sentence has told the percentage of the plan of ``topic``, and not yet how much it is."""
        if topic.has_level or self._words[window.figure.first - 2] in grammar["assigns"]:
            return False  # "bằng 113% dự toán tỉnh giao (365 tỷ đồng)": the plan
        last = self._last_in(window.sentence)
        return last is not None and last.topic.code == topic.code and last.measured.measure == "plan_ratio"

    def _only_aimed_at(self, window: Window) -> bool:
        """True right behind an aim that nobody says was reached: "phấn đấu thu ngân sách 70 tỷ đồng"."""
        at = max(i for i, e in enumerate(window.left) if e.id == "target")
        aim, between = window.left[at], window.left[at + 1 :]
        if aim.inside or any(e.kind in ("mark", "time") or e.id in _REACHED for e in between):
            return False
        touches = not window.plain(aim.last, window.figure.first)
        return touches and grammar["reaches_aim"].isdisjoint(self._words[max(0, aim.first - 1) : aim.first])

    def _only_planned(self) -> bool:
        """True where all that this sentence told until now is the plan: "thu được giao 308 tỷ đồng, gồm thuế 169"."""
        told = bool(self.statements) and self.statements[-1].sentence is self._sentence
        return told and self._result_in is not self._sentence

    def _name_segment(self, topic: Topic, indicator: Indicator, window: Window) -> None:
        left_open = topic.segment is None and not topic.inherited and "any" not in indicator.units
        part = self._carried.part or window.has_cue(PART)
        topic.segment = self._segments.of(topic, indicator, window, part=part)
        if left_open:
            last = self._last_in(window.sentence) if topic.segment is None else None
            if last is not None and last.topic.segment is not None:
                topic.segment = crop_told(topic, last.topic)
            if topic.segment is not None:
                topic.segment = season_told(topic, window, self._words)

    def _is_total(self, window: Window, indicator: Indicator, measured: Measured) -> bool:
        """True for a total of what is usually told as an average: "307 tiêu chí", "tăng 23 tiêu chí"."""
        if measured.value > indicator.high:
            return True
        said = " ".join(self._words[window.since : window.figure.last + 2])
        return measured.measure == "change" and not any(word in said for word in phrases["averaged"])

    def _time_of_last(
        self, topic: Topic, window: Window, measured: Measured, kind: str, year: int, period: str
    ) -> tuple[int, str]:
        """A plan or a measure told beside an average over a term is of the same term; a ratio of the same time."""
        last = self._last_in(window.sentence)
        if last is None or last.topic.code != topic.code:
            return year, period
        of_ratio = measured.measure == "plan_ratio" and topic.inherited and last.kind == "outcome"
        # "tỉnh giao 180 tỷ đồng, huyện phấn đấu 195 tỷ đồng"
        of_plan = topic.inherited and kind == last.kind == "target" and measured.measure == "level" and period != "TERM"
        return (last.year, last.period) if last.period == "TERM" or of_ratio or of_plan else (year, period)

    def _time_of_whole(self, topic: Topic, measured: Measured, kind: str, year: int, period: str) -> tuple[int, str]:
        """ "tăng bình quân 8,8% mỗi năm. Trong đó, nông nghiệp tăng 3,3%": the parts are of the same term."""
        last = self.statements[-1] if self.statements else None
        if last is None or last.period != "TERM" or last.kind != kind or last.measured.measure != measured.measure:
            return year, period
        of_one = measured.measure == "level" and last.topic.code == topic.code and self._last_in(last.sentence) is last
        return (last.year, last.period) if measured.measure == "growth" or of_one else (year, period)

    def _last_in(self, sentence: Sentence) -> Statement | None:
        """The statement before, where it was made in this sentence."""
        last = self.statements[-1] if self.statements else None
        return last if last is not None and last.sentence is sentence else None

    # -- what is kept

    def _emit(
        self, window: Window, topic: Topic, measured: Measured, kind: str, year: int, period: str, around: Around
    ) -> None:
        figure = window.figure
        if kind == "outcome":
            self._result_in = window.sentence
        self.statements.append(
            Statement(
                topic,
                measured,
                kind,
                year,
                period,
                around.comparator,
                self._estimates.said and kind == "outcome" and around.earlier is None,
                around.ref_text if around.ref == "base" else None,
                around.ref_text if around.ref == "plan" else None,
                figure.first,
                figure.last,
                window.sentence,
                rules_of(topic, measured.rule),
                self._prices.basis(window, topic.code, measured.measure),
                self._places.district(window),
            )
        )


def _names_time(window: Window) -> bool:
    return any(event.kind == "time" for event in window.left)


def _says_now(window: Window) -> bool:
    """ "Đến nay, đàn gia cầm duy trì 4 - 4,5 triệu con": the nearest time before the figure is the present."""
    return next((event.id == "now" for event in window.before() if event.time is not None), False)

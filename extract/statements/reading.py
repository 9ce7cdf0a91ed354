"""Reading an article's statements: one pass over its sentences, figure by figure.

Belongs here: the order of decisions (is it a statement, about what, which measure, when) and the state between figures.
Does not belong here: the decisions themselves (the modules beside this one) or the making of rows (``assembly.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.indicators.lexicon import Indicator, indicators
from extract.language.tokens import Tokens
from extract.lexicon.grammar import phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.around import Around, read_around
from extract.statements.binding import Binder
from extract.statements.companions import CompanionChooser
from extract.statements.document_times import CONGRESS_EVERY, DocumentTimes
from extract.statements.events import DIRECTIONS, HEADER_LENGTH, Event, Sentence
from extract.statements.lists import align_lists
from extract.statements.measures import Measured, measure
from extract.statements.new_counts import new_after
from extract.statements.not_taken import Refuser
from extract.statements.place_scope import PlaceScope
from extract.statements.prices import PriceReader
from extract.statements.scope import ScopeTracker
from extract.statements.segments import crop_told, season_told
from extract.statements.targets_met import read_targets_met
from extract.statements.time_subjects import TimeSubjects
from extract.statements.unknown import UNKNOWN, stand_in, unknown_topic
from extract.statements.when import PeriodChooser
from extract.statements.windows import Topic, Window, windows

# a name that opens its sentence stands at most this many tokens behind its start
LEAD_REACH = 3
# a percent of plan this close to a slash pair's quotient shows that the pair is actual/plan
QUOTIENT_TOLERANCE = 0.6
_LIST_MARKS = frozenset({"-", "+", "*", "•"})


@dataclass(slots=True)
class Statement:
    """One decided statement, before it becomes a row. ``start``/``end`` are token positions of the quote;
    ``district`` is set where it is of another district than the article's."""

    topic: Topic
    measured: Measured
    kind: str
    year: int
    period: str
    comparator: str
    estimated: bool
    base: str | None
    plan_ref: str | None
    start: int
    end: int
    sentence: Sentence
    rules: list[str]
    gap: int
    price_basis: str | None
    district: str | None


@dataclass(slots=True)
class Skipped:
    """A figure that was seen and not taken."""

    start: int
    end: int
    reason: str


class StatementReader:
    """Reads one article into ``statements`` and ``skipped``. Make a new one for each."""

    def __init__(self, tokens: Tokens, text: str, times: DocumentTimes, places: PlaceScope) -> None:
        self.statements: list[Statement] = []
        self.skipped: list[Skipped] = []
        self._words, self._times, self._places = tokens.words, times, places
        self._tokens = tokens
        self._scopes = ScopeTracker(times)
        self._binder = Binder(tokens, text)
        self._refuser = Refuser(tokens, places)
        self._companions = CompanionChooser(tokens.words)
        self._periods = PeriodChooser(tokens, times)
        self._prices = PriceReader(tokens)
        self._subjects = TimeSubjects(tokens.words)
        self._estimated = self._carried_new = False
        self._all_estimated = self._header_estimates = False  # under a header that says so, and the header itself
        self._base_year: int | None = None  # of the last pair of this sentence that named one
        self._pairs: list[Statement] = []  # first values of from-to pairs that wait for their second

    def read(self, sentences: list[Sentence]) -> None:
        """Read all sentences in order."""
        previous: Sentence | None = None
        for sentence in sentences:
            if sentence.opens:
                self._scopes.at_line(
                    continues=previous is not None and self._continues(sentence, previous),
                    headed=previous is not None and self._announces(previous),
                )
            self._sentence(sentence, listed=previous is not None and self._announces(previous))
            previous = sentence

    # -- lines and sentences

    def _continues(self, sentence: Sentence, previous: Sentence) -> bool:
        """True where a line goes on with the list or header of the line before."""
        last, first = self._words[previous.last - 1], self._words[sentence.first]
        if last == ":":
            return True
        if previous.paragraph == 0:
            return False  # a headline heads nothing
        scope = self._scopes.scope
        headed = self._is_header(previous) and scope.kind == "target" and scope.explicit
        return last in (";", ",") or first in _LIST_MARKS or first.isdecimal() or headed

    def _announces(self, previous: Sentence) -> bool:
        return self._words[previous.last - 1] == ":" or self._is_header(previous)

    def _is_header(self, sentence: Sentence) -> bool:
        """A short line without a full stop, after the headline."""
        short = sentence.last - sentence.first <= HEADER_LENGTH
        return sentence.opens and sentence.paragraph > 0 and short and self._words[sentence.last - 1] not in ".!?…"

    def _sentence(self, sentence: Sentence, *, listed: bool) -> None:
        events = sentence.events
        first = next((e for e in events if e.kind != "mark"), None)
        part = first is not None and first.id == "part" and first.first - sentence.first <= 1
        if part and first is not None:  # "Riêng năm 2018, ..." opens something new
            part = not any(e.kind == "time" and e.first == first.last for e in events)
        self._binder.at_sentence(paragraph=sentence.opens, part=part)
        self._scopes.at_sentence(listed=listed)
        goes_on = not sentence.opens or self._words[sentence.first] in _LIST_MARKS or listed
        self._all_estimated = (listed and self._header_estimates) or (goes_on and self._all_estimated)
        self._estimated = self._all_estimated
        self._header_estimates = self._says_estimates(sentence)
        self._base_year = None
        found = windows(sentence)
        if len(found) > 1:
            align_lists(found, self._tokens)
        by_event = {id(window.event): window for window in found}
        used: set[int] = set()
        time_said = planned = False
        for position, event in enumerate(events):
            if event.kind == "cue":
                self._cue(event, time_said=time_said)
                planned = planned or event.id in ("plan", "target")
            elif event.time is not None:
                if self._subjects.is_subject(sentence, position):
                    self._scopes.at_time(event.time, local=self._subjects.is_local(sentence, position), planned=planned)
                    time_said = True
            elif event.name is not None:
                self._binder.see(event, leads=event.first - sentence.first <= LEAD_REACH)
            elif event.kind == "mark":
                if event.id == "(":
                    self._scopes.open_bracket()
                elif event.id == ")":
                    self._scopes.close_bracket()
            elif event.figure is not None:
                if event.figure.mask is None:
                    self._figure(by_event[id(event)], used)
                elif event.figure.mask != "year":
                    self._skip(event.first, event.last, event.figure.mask)

    def _says_estimates(self, sentence: Sentence) -> bool:
        """True for a line that announces a list of estimates: "Dự ước kết quả năm 2023:"."""
        return any(e.id == "est" for e in sentence.events) and not any(e.is_value for e in sentence.events)

    def _cue(self, event: Event, *, time_said: bool) -> None:
        if event.id in ("target", "outcome", "will"):
            if not event.inside:
                self._scopes.at_cue(event.id, time_in_sentence=time_said)
        elif event.id == "est":
            self._estimated = True

    # -- one figure

    def _figure(self, window: Window, used: set[int]) -> None:
        figure = window.figure
        around = read_around(window, self._tokens, used, carried_new=self._carried_new)
        self._carried_new = around.new
        reason = self._refuser.reason(window, around)
        if reason is not None:
            self._skip(figure.first, figure.last, reason)
        elif figure.family == "count:target":
            self._count_of_targets(window, around)
        else:
            self._value(window, around)

    def _value(self, window: Window, around: Around) -> None:
        figure = window.figure
        if figure.value_max is not None and not window.has_cue("est") and around.ref is None:
            self._scopes.at_range()
        if figure.family is None and around.plan_quote and self._binder.topic is not None:
            figure.family = self._binder.topic.family  # "kết nạp 165 quần chúng (kế hoạch 160)"
        topic = self._binder.bind(window, ratio=around.ref is not None, growth=around.moves)
        self._estimate(topic, window)
        if topic is None:
            self._unknown(window, around)
            return
        topic = self._companions.choose(topic, window, around)
        indicator = indicators()[topic.code]
        reason = self._unfit(topic, indicator, window, around)
        if reason is not None:
            self._skip(figure.first, figure.last, reason)
            return
        self._name_segment(topic, indicator, window)
        if around.earlier is not None and figure.family == "pct" and not indicator.is_rate:
            around.earlier = None
        kind = self._kind(around)
        if figure.second is not None and not indicator.speaks_of_rates and self._quotient_follows(window):
            figure.second_is_plan = True
            around.new = around.new or new_after(window, self._words)
        measured = measure(window, topic, indicator, around, kind)
        if measured.skip is not None:
            self._skip(figure.first, figure.last, measured.skip)
            return
        if indicator.kind == "flow" and self._refuser.of_one_month(window):
            self._skip(figure.first, figure.last, "a single month's own value")
            return
        if indicator.total_segment and self._is_total(window, indicator, measured):
            topic.segment = indicator.total_segment
        year, period = self._periods.choose(window, self._scopes.scope, topic, indicator, measured, around, kind)
        if year > self._times.year and kind == "outcome":
            kind = "target"  # "2 xã sẽ về đích vào năm 2024"
        if around.plan_quote or (topic.inherited and around.earlier is None and not _names_time(window)):
            year, period = self._period_of_term(topic, window, measured, year, period)
        self._scopes.at_figure()
        self._emit(window, topic, measured, kind, year, period, around)
        self._emit_plan(window, topic, measured, year)
        self._remember(topic, measured, window)
        self._pair(topic, measured, around, year)

    def _kind(self, around: Around) -> str:
        if around.plan_quote:
            return "target"
        return "outcome" if around.earlier is not None else self._scopes.scope.kind

    def _unknown(self, window: Window, around: Around) -> None:
        """A plan figure of something that the lexicon does not name yet: a row without an indicator."""
        figure = window.figure
        kind = self._kind(around)
        last = self.statements[-1] if self.statements else None
        before = last.topic if last and last.sentence is window.sentence and last.topic.code == UNKNOWN else None
        topic = unknown_topic(window, around, kind, self._binder.segments, before)
        if topic is None:
            self._skip(figure.first, figure.last, "no indicator of the lexicon is named near it")
            return
        indicator = stand_in(window, around)
        measured = measure(window, topic, indicator, around, kind)
        if measured.skip is not None:
            self._skip(figure.first, figure.last, measured.skip)
            return
        year, period = self._periods.choose(window, self._scopes.scope, topic, indicator, measured, around, kind)
        self._emit(window, topic, measured, kind, year, period, around)

    def _estimate(self, topic: Topic | None, window: Window) -> None:
        """An estimate governs the figures of its indicator and of its parts, not the next indicator."""
        if window.has_cue("est") or window.has_cue("expect"):
            self._estimated = True
        elif topic is not None and not topic.inherited and not window.has_cue("part"):
            moves = bool(window.cues & DIRECTIONS) and not window.has_cue("equal")
            parts = self._binder.part and moves  # "..., trong đó A tăng 6%; B tăng 19%"
            self._estimated = self._all_estimated or (self._estimated and parts)

    def _unfit(self, topic: Topic, indicator: Indicator, window: Window, around: Around) -> str | None:
        """Why the figure says nothing about the topic it was bound to; gives "84,5 dự toán" its missing sign."""
        figure = window.figure
        before = self._words[figure.first - 1] if figure.first else ""
        named_loosely = topic.weak and not topic.inherited
        if named_loosely and figure.second is None and before in grammar("places"):
            return "where something happens, not how many there are"
        if topic.inherited and indicator.said_by_name and around.ref is None and not around.moves:
            return "a part of the people"
        if named_loosely and figure.family == "count:commune" and not self._reached(window):
            return "communes of which nothing is reached"
        if figure.family is not None or figure.second is not None:
            return None
        if around.ref == "plan" and not indicator.is_rate and figure.value_max is None:
            figure.family = "pct"
            return None
        named_before = topic.event is not None and topic.event in window.left and not topic.inherited
        if (
            named_before
            and (indicator.is_count or indicator.unit == "per_10k")
            and (around.ref is not None or before in grammar("says_value"))
        ):
            return None
        return "no unit"

    def _reached(self, window: Window) -> bool:
        """True where a verb behind the figure tells that it was reached: "02 xã của huyện đã đạt chuẩn"."""
        reaches = grammar("told_reached")
        for word in self._words[window.figure.last : window.sentence.last]:
            if word in reaches:
                return True
            if word in (",", ";", ":"):
                break
        return False

    def _name_segment(self, topic: Topic, indicator: Indicator, window: Window) -> None:
        if "any" in indicator.units:  # a product: its name is the segment
            topic.segment = self._binder.segments.before(window) or topic.segment or topic.text.lower()
        elif topic.segment is None and not topic.inherited:
            part = self._binder.part or window.has_cue("part")
            topic.segment = self._binder.segments.named(window, topic.code, part=part)
            last = self.statements[-1] if self.statements else None
            if topic.segment is None and last is not None and last.sentence is window.sentence:
                topic.segment = crop_told(window, topic, last.topic)
            topic.segment = season_told(topic, window, self._words)

    def _is_total(self, window: Window, indicator: Indicator, measured: Measured) -> bool:
        """True for a total of what is usually told as an average: "307 tiêu chí", "tăng 23 tiêu chí"."""
        if measured.value > indicator.high:
            return True
        said = " ".join(self._words[window.since : window.figure.last + 2])
        return measured.measure == "change" and not any(word in said for word in phrases("averaged"))

    def _count_of_targets(self, window: Window, around: Around) -> None:
        found = read_targets_met(window, self._tokens)
        if found is None:
            self._skip(window.figure.first, window.figure.last, "a number of targets without a result")
            return
        value, of, segment = found
        times, scope = self._times, self._scopes.scope
        if scope.kind == "target" and scope.year > times.year:
            scope = times.report
        of_term = scope.term or (times.congress and scope == times.report)
        words = self._binder.segments.words(window.event)
        topic = Topic("targets_met", words, segment, window.event)
        measured = Measured("level", value, None, of, "count", rule="targets_met")
        self._emit(window, topic, measured, "outcome", scope.year, "TERM" if of_term else scope.period, Around())

    # -- pairs of values

    def _quotient_follows(self, window: Window) -> bool:
        """ "10/12 sản phẩm ..., đạt 83,3%": the percent that follows is the quotient, so the pair is actual/plan."""
        figure = window.figure
        other = window.next_value()
        if other is None or other.family != "pct" or not figure.second or figure.second == figure.value:
            return False
        return abs(other.value - 100 * figure.value / figure.second) < QUOTIENT_TOLERANCE

    def _emit_plan(self, window: Window, topic: Topic, measured: Measured, year: int) -> None:
        """The right side of an actual/plan pair is a target of that year."""
        figure = window.figure
        if figure.second is None or measured.of is not None or measured.measure not in ("level", "change"):
            return
        factor = measured.value / figure.value if figure.value else 1.0
        high = None if figure.second_max is None else figure.second_max * factor
        plan = Measured(measured.measure, figure.second * factor, high, None, measured.unit, rule="slash_plan")
        self._emit(window, topic, plan, "target", year, "FY", Around())

    def _period_of_term(
        self, topic: Topic, window: Window, measured: Measured, year: int, period: str
    ) -> tuple[int, str]:
        """A plan or a measure told beside an average over a term is of the same term; a ratio of the same time."""
        last = self.statements[-1] if self.statements else None
        if last is None or last.topic.code != topic.code or last.sentence is not window.sentence:
            return year, period
        of_ratio = measured.measure == "plan_ratio" and topic.inherited and last.kind == "outcome"
        return (last.year, last.period) if last.period == "TERM" or of_ratio else (year, period)

    def _pair(self, topic: Topic, measured: Measured, around: Around, year: int) -> None:
        """ "từ 52,42% xuống còn 49,74%": the first value is of the year before (at a congress: of the last one)."""
        if around.from_value:
            if year == self._scopes.scope.year:  # no year of its own
                self._pairs.append(self.statements[-1])
            else:
                self._base_year = year
        elif measured.measure == "level":
            sentence = self.statements[-1].sentence
            for earlier in self._pairs:
                if earlier.topic.code == topic.code and earlier.year == year and earlier.sentence is sentence:
                    base = self._base_year if self._base_year is not None else self._year_before(year)
                    earlier.year, earlier.period, earlier.kind = base, "FY", "outcome"
                    earlier.rules.append("from_value")
            self._pairs.clear()

    def _year_before(self, year: int) -> int:
        """The year that a value ending in ``year`` is said to have come from."""
        if self._times.congress:
            return year - CONGRESS_EVERY
        ahead = self._scopes.scope.kind == "target" and self._times.report.year < year
        return self._times.report.year if ahead else year - 1

    # -- what is kept

    def _remember(self, topic: Topic, measured: Measured, window: Window) -> None:
        self._binder.last = topic
        current = self._binder.topic
        if current is not None and current.code == topic.code:
            if measured.measure != "plan_ratio":
                current.measure, current.falls = measured.measure, measured.value < 0
            if measured.measure == "level":
                current.has_level, current.family = True, window.figure.family

    def _skip(self, start: int, end: int, reason: str) -> None:
        self.skipped.append(Skipped(start, end, reason))

    def _emit(
        self, window: Window, topic: Topic, measured: Measured, kind: str, year: int, period: str, around: Around
    ) -> None:
        figure = window.figure
        event = topic.event
        gap = 0 if event is None else max(0, figure.first - event.last, event.first - figure.last)
        rules = [measured.rule, *(["inherited"] if topic.inherited else []), *(["weak_name"] if topic.weak else [])]
        self.statements.append(
            Statement(
                topic,
                measured,
                kind,
                year,
                period,
                around.comparator,
                self._estimated and kind == "outcome" and around.earlier is None,
                around.ref_text if around.ref == "base" else None,
                around.ref_text if around.ref == "plan" else None,
                figure.first,
                figure.last,
                window.sentence,
                rules,
                gap,
                self._prices.basis(window, topic.code, measured.measure),
                self._places.district(window),
            )
        )


def _names_time(window: Window) -> bool:
    return any(event.kind == "time" for event in window.left)

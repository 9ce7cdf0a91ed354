"""Reading an article's statements: one pass over its sentences, figure by figure.

Belongs here: the order of decisions (when, about what, which measure) and the state between figures. Does not belong
here: the decisions themselves (``scope.py``, ``binding.py``, ``measures.py``) or the making of rows (``assembly.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.indicators.lexicon import Indicator, indicators
from extract.language.tokens import Tokens
from extract.statements.binding import Binder, Topic, Window, windows
from extract.statements.events import Event, Sentence
from extract.statements.lists import align_lists
from extract.statements.place_scope import PlaceScope
from extract.statements.measures import Measured, Reading, measure, new_after, read_around
from extract.statements.scope import DocumentTimes, Scope, ScopeTracker, is_base
from extract.statements.targets_met import read_targets_met

_PER_PERSON = frozenset({"income_per_capita", "value_added_per_capita", "grain_per_capita", "nrd_criteria_per_commune"})
# words right before a bare number that make it the value of the name before: "số hộ nghèo còn lại là 873"
_SAYS_VALUE = frozenset({"là", "đạt", "còn", "có", ":", "được", "lên", "xuống", "trên", "hơn", "gần", "khoảng", "bằng", "lại"})


@dataclass(slots=True)
class Statement:
    """One decided statement, before it becomes a row. ``start``/``end`` are token positions of the quote."""

    topic: Topic
    indicator: Indicator | None
    measured: Measured
    kind: str
    year: int
    period: str
    comparator: str
    estimated: bool
    base: str | None
    plan_ref: str | None
    price_basis: str | None
    start: int
    end: int
    sentence: Sentence
    rules: list[str]
    gap: int
    district: str | None = None  # of another district than the article's


@dataclass(slots=True)
class Skipped:
    """A figure that was seen and not taken."""

    start: int
    end: int
    reason: str


class StatementReader:
    """Reads one article. Make a new one for each."""

    def __init__(self, tokens: Tokens, text: str, times: DocumentTimes, places: PlaceScope) -> None:
        self.tokens, self.text, self.times = tokens, text, times
        self.places = places
        self.scopes = ScopeTracker(times)
        self.binder = Binder(tokens, text)
        self.statements: list[Statement] = []
        self.skipped: list[Skipped] = []
        self._estimated = False
        self._pending_from: list[Statement] = []
        self._rate_said = False
        self._carried_new = False

    def read(self, sentences: list[Sentence]) -> None:
        """Read all sentences in order into ``statements`` and ``skipped``."""
        previous: Sentence | None = None
        for sentence in sentences:
            if sentence.opens:
                self._at_line(sentence, previous)
            self._sentence(sentence, previous)
            previous = sentence

    def _at_line(self, sentence: Sentence, previous: Sentence | None) -> None:
        words = self.tokens.words
        continues = False
        if previous is not None:
            last = words[previous.last - 1]
            first = words[sentence.first]
            continues = last in (":", ";", ",") or first in ("-", "+", "*", "•") or first.isdigit()
            continues = continues or (self._is_header(previous) and self.scopes.scope.kind == "target" and self.scopes.scope.explicit)
            if previous.paragraph == 0 and not last == ":":
                continues = False
        self.scopes.at_paragraph(continues=continues)
        self.places.at_line()

    def _is_header(self, sentence: Sentence) -> bool:
        """A short line without a full stop, after the headline."""
        words = self.tokens.words
        return sentence.opens and sentence.paragraph > 0 and sentence.last - sentence.first <= 20 and words[sentence.last - 1] not in ".!?…"

    def _sentence(self, sentence: Sentence, previous: Sentence | None) -> None:
        listed = previous is not None and (self.tokens.words[previous.last - 1] == ":" or self._is_header(previous))
        first = next((e for e in sentence.events if e.kind != "mark"), None)
        self.binder.at_sentence(paragraph=sentence.opens, part=first is not None and first.id == "part" and first.first - sentence.first <= 1)
        self.scopes.at_sentence(listed=listed)
        self._estimated = False
        found = windows(sentence)
        align_lists(found, self.tokens)
        for event in sentence.events:
            if event.figure is not None and event.figure.mask is not None and event.figure.mask != "year":
                self.skipped.append(Skipped(event.first, event.last, event.figure.mask))
        used: set[int] = set()
        time_said = False
        position = 0
        events = sentence.events
        by_event = {id(window.event): window for window in found}
        for position, event in enumerate(events):
            if event.kind == "time" and event.time is not None:
                if not is_base(sentence, position, self.tokens.words) and not self._is_session_term(event) and not self._is_aside(sentence, position):
                    planned = any(e.kind == "cue" and e.id in ("plan", "target") for e in events[:position])
                    self.scopes.at_time(event.time, local=self._is_local(sentence, position), planned=planned)
                    time_said = True
            elif event.kind == "cue" and event.id in ("target", "outcome", "will") and not event.inside:
                self.scopes.at_cue(event.id, time_in_sentence=time_said)
            elif event.kind == "cue" and event.id == "est":
                self._estimated = True
            elif event.kind == "mark" and event.id == "(":
                self.scopes.open_bracket()
            elif event.kind == "mark" and event.id == ")":
                self.scopes.close_bracket()
            elif event.kind == "name":
                self.binder.see(event)
            elif id(event) in by_event:
                self._figure(by_event[id(event)], used)

    def _is_session_term(self, event: Event) -> bool:
        """The term of a council or committee ("HĐND khóa XIX, nhiệm kỳ 2016-2021") is no period of figures."""
        if event.id != "term":
            return False
        before = self.tokens.words[max(0, event.first - 10) : event.first]
        for stop in (".", "\n"):
            if stop in before:
                before = before[len(before) - before[::-1].index(stop) :]
        return "khóa" in before or "hđnd" in before or "lần" in before or "hội" in before

    def _is_local(self, sentence: Sentence, position: int) -> bool:
        """A year between a name and its figure is said of that figure: "thu nhập năm 2019 ở mức 32 triệu"."""
        event = sentence.events[position]
        if event.id not in ("year", "until"):
            return False
        for other in reversed(sentence.events[:position]):
            if other.kind in ("mark", "figure") and not (other.figure is not None and other.figure.mask == "year"):
                return False
            if other.kind == "name" and any(c.kind == "indicator" for c in other.concepts):
                return event.first - other.last <= 4
        return False

    def _is_aside(self, sentence: Sentence, position: int) -> bool:
        """A year in brackets right behind a figure is that figure's own, a year after a plan word is the plan's."""
        before = sentence.events[position - 1] if position else None
        if before is not None and before.kind == "mark" and before.id == "(" and position >= 2:
            return sentence.events[position - 2].kind == "figure"
        return False

    # -- one figure

    def _figure(self, window: Window, used: set[int]) -> None:
        figure = window.figure
        around = read_around(window, self.tokens, used, carried_new=self._carried_new)
        self._carried_new = around.new
        scope = self.scopes.scope
        reason = self._not_a_statement(window, around)
        if reason is not None:
            self.skipped.append(Skipped(figure.first, figure.last, reason))
            return
        if figure.family == "count:target":
            self._targets_met(window, scope, around)
            return
        ratio = around.ref is not None
        growth = around.verb in ("up", "down", "over")
        topic = self.binder.bind(window, ratio=ratio, growth=growth)
        if any(e.kind == "cue" and e.id == "est" for e in window.left):
            self._estimated = True
        elif topic is not None and not topic.inherited and not any(e.kind == "cue" and e.id == "part" for e in window.left):
            self._estimated = False
        if topic is None or topic.code is None:
            self.skipped.append(Skipped(figure.first, figure.last, "no indicator of the lexicon is named near it"))
            return
        topic = self._companion(window, topic, around)
        assert topic.code is not None
        indicator = indicators()[topic.code]
        before = self.tokens.words[figure.first - 1] if figure.first else ""
        if topic.weak and not topic.inherited and before in ("tại", "ở", "cho", "với"):
            self.skipped.append(Skipped(figure.first, figure.last, "where something happens, not how many there are"))
            return
        if figure.family is None and figure.second is None and not topic.inherited and around.ref is None and before not in _SAYS_VALUE:
            self.skipped.append(Skipped(figure.first, figure.last, "no unit"))
            return
        if figure.family is None and figure.second is None:
            if around.ref == "plan" and not indicator.is_rate and figure.value_max is None:
                figure.family = "pct"  # "đạt 84,5 dự toán": the sign is missing
            elif not (indicator.unit == "count" and topic.event is not None and topic.event in window.left):
                self.skipped.append(Skipped(figure.first, figure.last, "no unit"))
                return
        if topic.code == "industrial_product_output":
            topic.segment = self.binder.product_words(window) or topic.segment or topic.text.lower()
        elif topic.segment is None and not topic.inherited:
            topic.segment = self.binder.named_segment(window, topic.code)
        kind = self._kind(window, around, scope)
        if figure.second is not None and self._ratio_follows(window):
            figure.second_is_plan = True
            around.new = around.new or new_after(window)
        measured = measure(window, topic, indicator, around, kind)
        if measured.skip is not None:
            self.skipped.append(Skipped(figure.first, figure.last, measured.skip))
            return
        year, period, term = self._when(window, scope, indicator, measured, around, kind, topic.text.lower())
        self.scopes.at_figure()
        self._emit(window, topic, indicator, measured, kind, year, period, around)
        self._slash(window, topic, indicator, measured, kind, year, period, around)
        if self.binder.topic is not None and self.binder.topic.code == topic.code:
            self.binder.topic.measure = measured.measure
        if measured.measure == "level":
            topic.has_level = True
            if self.binder.topic is not None and self.binder.topic.code == topic.code:
                self.binder.topic.has_level = True
                self.binder.topic.family = figure.family
        if around.from_value and self.statements:
            self._pending_from.append(self.statements[-1])
        elif measured.measure == "level" and self._pending_from:
            self._settle_from(topic, year, period)
        del term

    def _companion(self, window: Window, topic: Topic, around: Reading) -> Topic:
        """A count and its rate share their words: "873 hộ, đạt tỷ lệ 2,03%"; "29,41% (20/68 trường)"."""
        figure = window.figure
        assert topic.code is not None
        known = indicators()
        indicator = known[topic.code]
        code = None
        for family, of_family in indicator.family_codes:
            if figure.family == family:
                code = of_family
        if figure.family == "pct" and indicator.rate_code and around.ref != "plan" and not (around.verb in ("up", "down", "over") and not self._rate_said):
            code = indicator.rate_code
            self._rate_said = True
        elif figure.family != "pct" and indicator.is_rate and figure.family is not None and (figure.second is None or topic.has_level):
            code = next((i.code for i in known.values() if i.rate_code == topic.code and i.fits(figure.family)), None)
        elif figure.family == "count:criterion" and figure.second is not None:
            code = next((i.code for i in known.values() if i.denominator == figure.second), None)
        elif indicator.new_code and (around.new or self.tokens.words[figure.first - 1] in ("triển", "nạp")):
            code = indicator.new_code
        else:
            self._rate_said = False
        if code is None:
            return topic
        return Topic(code, topic.text, topic.segment, topic.event, topic.growth_named, figure.family, topic.has_level, topic.weak, measure=topic.measure)

    def _not_a_statement(self, window: Window, around: Reading) -> str | None:
        figure, words = window.figure, self.tokens.words
        if figure.family == "count:criterion" and figure.second is None and not self._criteria_of_district(window):
            return "a commune's own count of criteria"
        if figure.family == "count:criterion" and figure.second is not None and not any(i.denominator == figure.second for i in indicators().values()):
            return "a commune's own count of criteria"
        if self.places.is_commune(window):
            return "a commune's own figure"
        if figure.family == "money" and words[figure.first - 1] == "chuẩn":
            return "a threshold, not a value"
        if words[figure.last : figure.last + 2] == ["còn", "lại"] and (figure.family or "").startswith("count:"):
            return "the rest of a total"
        if figure.family == "count:other":
            return "counts something that is no indicator"
        if figure.family == "times" and any(e.kind == "name" and figure.last <= e.first <= figure.last + 2 for e in window.right):
            return "compared with another indicator"
        if around.ref_text and around.ref == "base" and any(w in around.ref_text for w in ("tỉnh", "chung", "cả nước")):
            return "compared with the province or the country"
        nearby = " ".join(words[figure.last : figure.last + 7])
        if figure.family in ("times", "pct") and around.verb in ("up", "down", None, "equal") and nearby.startswith(
            ("so với mức bình quân", "so với bình quân", "trung bình cả", "mức bình quân", "bình quân chung", "so với trung bình", "trung bình toàn")
        ):
            return "compared with the province or the country"
        if figure.family == "count:commune" and figure.second is None:
            following = words[figure.last : figure.last + 5]
            for offset, word in enumerate(following):
                if word == "từ":
                    continue
                if word in ("đạt", "được", "có") and "từ" in following[offset : offset + 2] and "tiêu" in words[figure.last : figure.last + 9]:
                    return "communes by their own count of criteria"
                if word in ("đạt", "được", "có") and offset + 1 < len(following) and following[offset + 1][0].isdigit() and "/" in words[figure.last : figure.last + 7]:
                    return "communes by their own count of criteria"
        clause = True
        for event in reversed(window.left):
            if event.kind == "mark" and event.id in ";:":
                break
            if event.kind == "name":
                break
            if event.kind == "mark" and event.id == ",":
                clause = False
            if event.kind == "cue" and event.id == "pending" and clause and (figure.family or "").startswith("count:"):
                return "applied for, not yet recognised"
            if event.kind == "cue" and event.id == "noise" and figure.family in ("money", "usd", "count:person", "count:member", "area", None):
                return "money or people of an event, not of the district's plan"
        province = [e for e in window.left if e.kind == "cue" and e.id == "province"]
        if province and not any(e.kind == "name" and e.first > province[-1].first for e in window.left) and figure.first - province[-1].last <= 6:
            return "about the province or the country"
        return None

    def _criteria_of_district(self, window: Window) -> bool:
        """True where the words around a number of criteria say that it is an average or the district's total."""
        words = self.tokens.words
        figure = window.figure
        around = " ".join(words[max(window.sentence.first, figure.first - 14) : min(window.sentence.last, figure.last + 6)])
        return any(said in around for said in indicators()["nrd_criteria_per_commune"].needs_words) or " / xã" in around or "huyện n" in around

    def _kind(self, window: Window, around: Reading, scope: Scope) -> str:
        if around.plan_quote:
            return "target"
        return scope.kind

    def _targets_met(self, window: Window, scope: Scope, around: Reading) -> None:
        found = read_targets_met(window, self.tokens)
        if found is None:
            self.skipped.append(Skipped(window.figure.first, window.figure.last, "a number of targets without a result"))
            return
        value, of, segment = found
        topic = Topic("targets_met", "chỉ tiêu", segment, window.event)
        indicator = indicators()["targets_met"]
        scope_now = scope if scope.kind == "outcome" or scope.year <= self.times.year else self.times.report
        period = "TERM" if self.times.congress and (scope_now.term or scope_now == self.times.report) else scope_now.period
        year = scope_now.year
        measured = Measured("level", value, None, of, "count", rule="targets_met")
        self._emit(window, topic, indicator, measured, "outcome", year, period, around)

    # -- when

    def _when(
        self, window: Window, scope: Scope, indicator: Indicator, measured: Measured, around: Reading, kind: str, topic_text: str
    ) -> tuple[int, str, bool]:
        year, period = scope.year, scope.period
        for event in window.right:
            if event.kind == "time" and event.id == "term" and 0 <= event.first - window.figure.last <= 2 and event.time is not None and event.time.year:
                return event.time.year, "TERM", True
        own = self._own_year(window)
        if own is not None:
            return own, ("FY" if own != scope.year else period), False
        if around.plan_quote:
            last = self.statements[-1] if self.statements else None
            if last is not None and last.topic.code == indicator.code and last.period == "TERM" and last.sentence is window.sentence:
                return last.year, "TERM", True
            return year, "FY", False
        average = any(e.kind == "cue" and e.id == "average" and not e.inside for e in window.left) or self._per_year(window)
        if around.ref_text and "nhiệm kỳ" in around.ref_text and self.times.congress:
            return self.times.year if kind == "outcome" else year, "TERM", True
        if average and any("nn năm" in " ".join(self.tokens.words[e.first : e.last]).replace("5", "nn") for e in window.left if e.id == "average"):
            return year, "TERM", True
        if scope.term or self.times.congress:
            inside = any(e.kind == "cue" and e.id == "average" and not e.inside for e in window.sentence.events if e.first < window.figure.first and not self._semicolon_between(window, e))
            total = any(e.kind == "cue" and e.id == "cumulative" for e in window.left)
            if scope.term:
                if measured.measure == "growth" or indicator.code == "economic_growth_rate":
                    return year, "TERM", True
                if measured.measure == "change" and not indicator.is_rate:
                    return year, "TERM", True
                if indicator.over_term == "sum" or (
                    indicator.code not in _PER_PERSON and "bình quân" in topic_text
                ) or (measured.measure == "plan_ratio" and (average or inside)):
                    return year, "TERM", True
                if indicator.code in ("crop_value_per_ha", "party_org_quality_rate", "party_member_quality_rate") and (inside or average):
                    return year, "TERM", True
                if measured.measure == "change" and (average or inside):
                    return year, "TERM", True
            total = total or any(
                e.kind == "cue" and e.id == "cumulative" and e.first < window.figure.first and not self._semicolon_between(window, e)
                for e in window.sentence.events
            )
            if total and (indicator.over_term == "sum" or indicator.kind == "flow") and measured.measure == "level":
                return year, "TERM", True
            if self.times.congress and (average or inside) and scope.period == "FY" and year in (self.times.plan.year, self.times.year):
                return year, "TERM", True
            if self.times.congress and kind == "target" and indicator.over_term == "sum" and year == self.times.plan.year:
                return year, "TERM", True
            if self.times.congress and kind == "target" and measured.measure == "change" and measured.unit == "count":
                return year, "TERM", True
        return year, period, False

    def _semicolon_between(self, window: Window, event: Event) -> bool:
        return any(e.kind == "mark" and e.id == ";" and event.last <= e.first < window.figure.first for e in window.sentence.events)

    def _per_year(self, window: Window) -> bool:
        words = self.tokens.words
        unit = words[window.figure.unit_first : window.figure.last]
        return window.figure.family == "pct" and "năm" in unit

    def _own_year(self, window: Window) -> int | None:
        """The year in brackets behind a figure: "87,63 triệu đồng (năm 2020)"."""
        after = [e for e in window.right if e.first >= window.figure.last]
        if after and after[0].kind == "time" and after[0].time is not None and after[0].id == "year" and after[0].first - window.figure.last <= 1:
            words = self.tokens.words[after[0].last : after[0].last + 2]
            if words[:1] != ["là"] and self.tokens.words[after[0].first] == "năm":
                return after[0].time.year
        if len(after) >= 2 and after[0].kind == "mark" and after[0].id == "(" and after[0].first == window.figure.last:
            second = after[1]
            if second.kind == "time" and second.time is not None and second.id in ("year", "until") and second.first == after[0].last:
                return second.time.year
        return None

    # -- pairs

    def _slash(
        self, window: Window, topic: Topic, indicator: Indicator, measured: Measured, kind: str, year: int, period: str, around: Reading
    ) -> None:
        figure = window.figure
        if figure.second is None or measured.of is not None or measured.measure not in ("level", "change"):
            return
        factor = measured.value / figure.value if figure.value else 1.0
        plan = Measured(measured.measure, figure.second * factor, None if figure.second_max is None else figure.second_max * factor, None, measured.unit, rule="slash_plan")
        self._emit(window, topic, indicator, plan, "target", year, "FY", Reading(None, None, None, "eq", False, True, False, False), estimated=False)
        del kind

    def _ratio_follows(self, window: Window) -> bool:
        """True where the percent of plan that follows is the quotient of a slash pair: "10/12 sản phẩm ..., đạt 83,3%"."""
        figure = window.figure
        for event in window.sentence.events:
            other = event.figure
            if other is None or other.mask is not None or event.first < figure.last:
                continue
            return other.family == "pct" and figure.second is not None and figure.second != figure.value and abs(other.value - 100 * figure.value / figure.second) < 0.6
        return False

    def _settle_from(self, topic: Topic, year: int, period: str) -> None:
        """"từ 52,42% xuống còn 49,74%": the first value belongs to the year before, unless it has its own."""
        for earlier in self._pending_from:
            if earlier.topic.code == topic.code and earlier.year == year and earlier.sentence is self.statements[-1].sentence:
                earlier.year = year - 5 if self.times.congress else year - 1
                earlier.period = "FY"
                earlier.kind = "outcome"
                earlier.rules.append("from_value")
        self._pending_from.clear()
        del period

    # -- making the statement

    def _emit(
        self, window: Window, topic: Topic, indicator: Indicator, measured: Measured, kind: str, year: int, period: str,
        around: Reading, *, estimated: bool | None = None,
    ) -> None:  # fmt: skip
        figure = window.figure
        is_estimated = self._estimated if estimated is None else estimated
        gap = 0
        if topic.event is not None:
            gap = max(0, figure.first - topic.event.last, topic.event.first - figure.last)
        basis = None
        self.statements.append(
            Statement(
                topic, indicator, measured, kind, year, period, around.comparator, is_estimated and kind == "outcome",
                around.ref_text if around.ref == "base" else None, around.ref_text if around.ref == "plan" else None, basis,
                figure.first, figure.last, window.sentence, [measured.rule], gap, self.places.district(window),
            )
        )  # fmt: skip

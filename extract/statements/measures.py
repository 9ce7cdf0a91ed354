"""Measures: what a figure says about its indicator: level, change, growth or percent of plan, with its sign.

Belongs here: the decision from verb, reference and unit, and canonical units. Does not belong here: reading the words
around a figure (``around.py``), which indicator it is about (``binding.py``) or when (``when.py``).
"""

from __future__ import annotations

from itertools import takewhile
from typing import Final

from extract.indicators.lexicon import Indicator, concepts
from extract.lexicon.grammar import words as grammar
from extract.statements.around import Around
from extract.statements.hints import PLAN
from extract.statements.own_values import PLAN_RATIO_FROM
from extract.statements.windows import Topic, Window

# a plan that "has" fewer recognised units than this means new ones: the stock is larger
FEW: Final = 3
# tokens of ", tăng" between two figures
_RIGHT_BEHIND: Final = 2
# no rate of a district moves by more points than this
_MOST_POINTS: Final = 60
# counts that are told beside their plan, never as parts of a whole
_NEVER_PARTS: Final = frozenset({"count:head", "count:visit", "count:tree"})
_NO_PLACE: Final = "has no place in the table"
_FAMILY_UNITS: Final = {
    "area": "ha", "mass": "tonne", "yield": "quintal_per_ha", "massper": "kg", "length": "km", "volume": "m3",
    "liquid": "litre", "energy": "mwh", "per10k": "per_10k", "day": "day", "permille": "pct", "usd": "mn_usd",
}  # fmt: skip


class Measured:
    """Measure, value, bounds and unit in canonical form; ``skip`` names why there is none."""

    def __init__(
        self,
        measure: str = "level",
        value: float = 0.0,
        value_max: float | None = None,
        of: float | None = None,
        unit: str = "",
        skip: str | None = None,
        rule: str = "",
    ) -> None:
        self.measure = measure
        self.value = value
        self.value_max = value_max
        self.of = of
        self.unit = unit
        self.skip = skip
        self.rule = rule


def measure(window: Window, topic: Topic, indicator: Indicator, around: Around, kind: str) -> Measured:
    """Decide measure, value and unit of the window's figure about ``indicator``."""
    figure = window.figure
    if figure.family == "times":
        if around.verb == "down":
            return Measured(skip=f"a multiple of a decrease {_NO_PLACE}")
        return Measured("growth", (figure.value - 1) * 100, unit="pct", rule="times")
    if figure.family == "pct":
        return _Percent(window, topic, indicator, around, kind).measured()
    return _amount(window, topic, indicator, around, kind)


class _Percent:
    """A percentage, by what it refers to: the plan, an earlier time, or nothing."""

    def __init__(self, window: Window, topic: Topic, indicator: Indicator, around: Around, kind: str) -> None:
        self._figure, self._topic, self._indicator, self._around = window.figure, topic, indicator, around
        self._shared, self._window = window.shared_ref, window
        self._kind = kind

    def measured(self) -> Measured:
        around = self._around
        if around.plan_quote:
            quoted = self._plan_value()
            if quoted is not None:
                return quoted
        if around.ref == "plan":
            return self._against_plan()
        if around.ref == "base":
            return self._against_base()
        return self._rate() if self._indicator.is_rate else self._bare()

    def _make(self, measure: str, rule: str, *, sign: int = 1, shift: float = 0.0, unit: str = "pct") -> Measured:
        low, high = self._figure.value, self._figure.value_max
        return Measured(
            measure, shift + sign * low, None if high is None else shift + sign * high, None, unit, None, rule
        )

    @property
    def _sign(self) -> int:
        return -1 if self._around.verb == "down" else 1

    def _plan_value(self) -> Measured | None:
        """The plan's own value: "(KH tăng 8-9%)", "(mục tiêu Đại hội là 12,68%)"."""
        rate = self._indicator.is_rate
        if self._around.verb in ("up", "down"):
            if rate and self._indicator.growth_is_level:
                return self._make("level", "plan_in_brackets", sign=self._sign)
            if rate:
                return self._make("change", "plan_in_brackets", sign=self._sign, unit="pct_point")
            return self._make("growth", "plan_in_brackets", sign=self._sign)
        if rate and self._topic.inherited and self._topic.measure == "change":  # "giảm 3,8% (KH 3,5%)"
            return self._make("change", "plan_in_brackets", sign=-1 if self._topic.falls else 1, unit="pct_point")
        measure = self._topic.measure or ("level" if rate else "growth")
        return self._make(measure, "plan_in_brackets") if measure in ("level", "growth") else None

    def _against_plan(self) -> Measured:
        around = self._around
        if not around.moves:
            return self._make("plan_ratio", "of_plan")
        growth_in_brackets = self._topic.measure == "growth" and (around.bracket or self._right_behind_growth())
        against_target = bool(grammar["targets"] & set((around.ref_text or "").split()))
        small = self._figure.value < PLAN_RATIO_FROM
        points = against_target or around.verb in ("over", "down") or self._indicator.growth_is_level
        of_rate = self._indicator.is_rate and small and points
        if (growth_in_brackets and (small or around.bracket)) or of_rate:
            return Measured(skip=f"points against a target: {_NO_PLACE}")
        return self._make("plan_ratio", "over_plan", sign=self._sign, shift=100)

    def _against_base(self) -> Measured:
        around, indicator = self._around, self._indicator
        if around.from_value and indicator.is_rate:
            return self._make("level", "rate")  # "giảm từ 8,9% đầu năm xuống còn 3,7%"
        if around.moves and self._right_behind_growth():
            return Measured(skip=f"points of growth: {_NO_PLACE}")  # "tốc độ tăng 6,04%, tăng 2,21% so với cùng kỳ"
        if around.moves:
            if indicator.is_rate and (not indicator.growth_is_level or self._topic.has_level):
                return self._make("change", "points_against_base", sign=self._sign, unit="pct_point")
            if indicator.growth_is_level:  # "tăng trưởng kinh tế tăng 9,2% so với cùng kỳ"
                return self._make("level", "growth_rate_level", sign=self._sign)
            return self._make("growth", "growth_against_base", sign=self._sign)
        if indicator.is_rate:
            return self._make("level", "rate")
        if self._figure.value >= PLAN_RATIO_FROM:
            return self._make("growth", "index_growth", shift=-100)
        return self._make("growth", "growth_against_base")

    def _rate(self) -> Measured:
        around, indicator, value = self._around, self._indicator, self._figure.value
        if value > 100 or (value == 100 and around.comparator == "gt"):
            return self._make("plan_ratio", "rate_over_100_is_of_plan")
        if around.verb == "over" and self._window.has_cue(PLAN) and value < PLAN_RATIO_FROM:
            return Measured(skip=f"points over a target: {_NO_PLACE}")
        moved = around.verb in ("up", "down")
        if indicator.growth_is_level and around.verb == "down" and _end_follows(self._window):
            return self._make("change", "points", sign=-1, unit="pct_point")  # "tăng trưởng giảm 5%, chỉ còn 13%"
        if indicator.growth_is_level and not (moved and self._topic.has_level):
            return self._make("level", "growth_rate_level", sign=self._sign)
        if moved and not around.to_value and not around.from_value:
            if value > _MOST_POINTS:
                return Measured(skip="more points than a rate can change by")
            return self._make("change", "points", sign=self._sign, unit="pct_point")
        if around.verb == "over":
            return Measured(skip=f"points over a target: {_NO_PLACE}")
        return self._make("level", "rate")

    def _right_behind_growth(self) -> bool:
        """True for what is told of a named growth right behind it: "tốc độ tăng đạt 8,08%, tăng 0,4%"."""
        topic = self._topic
        named = topic.inherited and topic.measure == "growth" and topic.growth_named
        return named and self._figure.first - self._window.since <= _RIGHT_BEHIND

    def _bare(self) -> Measured:
        """A percentage without a reference, of something that is no rate itself."""
        around, indicator = self._around, self._indicator
        if around.verb in ("up", "down") and self._right_behind_growth():
            return Measured(skip=f"points of growth: {_NO_PLACE}")  # "tốc độ tăng đạt 8,08%, tăng 0,4%"
        if self._topic.growth_named:
            return self._make("growth", "named_growth", sign=self._sign)
        if self._shared == "plan":
            return self._make("plan_ratio", "of_plan")
        if self._shared == "base" and self._figure.value >= PLAN_RATIO_FROM:
            return self._make("growth", "index_growth", shift=-100)
        if around.verb in ("up", "down") and not around.to_value:
            return self._make("growth", "growth", sign=self._sign)
        if around.verb == "over":
            return self._make("plan_ratio", "over_plan", shift=100)
        if indicator.pct_measure == "plan_ratio":
            return self._make("plan_ratio", "rate_of_plan")
        if indicator.kind == "flow" and "any" in indicator.units and _said_to_grow(self._window):
            return self._make("growth", "growth")  # "các sản phẩm tăng khá: nước mắm 3,9%, cá khô 5,7%"
        shared = around.share and indicator.is_count and not indicator.flow_count and not indicator.said_by_name
        if indicator.fits("pct") or shared:
            return self._make("level", "share_of_units")
        if self._around.share and self._topic.inherited:
            return Measured(skip=f"a share of a total {_NO_PLACE}")  # "lúa chất lượng cao chiếm 76,9%"
        named_behind = self._topic.event is not None and self._topic.event.first >= self._figure.last
        if named_behind and not self._topic.stated and self._around.verb not in ("up", "down"):
            return Measured(skip=f"a share of a total {_NO_PLACE}")  # "85% số thu ngân sách"
        if around.share:
            return Measured(skip=f"a share of a total {_NO_PLACE}")  # "có việc làm đạt tỷ lệ 95,2%"
        if around.short and self._indicator.code in concepts["of_plan_alone"] and not _whole_follows(self._window):
            return self._make("plan_ratio", "bare_percent_of_plan")  # "thu ngân sách chỉ đạt 29,8%"
        if self._figure.value >= PLAN_RATIO_FROM and self._kind == "outcome":
            if around.verb is None and not _closes_clause(self._window):
                return Measured(skip=f"a share of something else {_NO_PLACE}")  # "85% lao động có việc làm"
            return self._make("plan_ratio", "bare_percent_of_plan")
        if self._topic.rate_named and indicator.is_count:
            return self._make("level", "share_of_units")
        if self._topic.has_level or self._topic.weak or not indicator.fits("money"):
            return Measured(skip=f"a share of a total {_NO_PLACE}")
        return self._make("growth", "bare_percent_growth")


def _alone_in_brackets(window: Window) -> bool:
    """True where a bracket opens right before the figure and closes right behind it."""
    before, behind = window.left[-1:], window.after()[:1]
    opens = bool(before) and before[0].id == "(" and before[0].last == window.figure.first
    return opens and bool(behind) and behind[0].id == ")" and behind[0].first == window.figure.last


def _behind_time(window: Window) -> bool:
    """True in a bracket right behind a time: "tăng 215 lao động so với năm 2022 (1.650 lao động)" is of that year."""
    opened, figure = window.left[-1] if window.left else None, window.figure
    if opened is None or opened.id != "(" or opened.last != figure.first:
        return False
    before = next((event.figure for event in window.before() if event.is_value), None)
    same = before is not None and before.family == figure.family
    return same and any(event.kind == "time" and event.last == opened.first for event in window.left)


def _end_follows(window: Window) -> bool:
    """True where the level that was reached follows: "giảm 5% chỉ còn 13%"."""
    after = takewhile(lambda event: not event.is_value, window.following())
    return any(event.id == "to" for event in after)


def _whole_follows(window: Window) -> bool:
    """True where a name stands right behind the figure: "chỉ đạt 15% tổng thu"."""
    return any(event.name is not None and event.first == window.figure.last for event in window.right)


def _said_to_grow(window: Window) -> bool:
    """True where what is listed is said to grow, in the heading of the list or in its name: "sản phẩm tăng khá gồm"."""
    return next((event.id == "up" for event in window.before() if event.id in ("up", "down")), False)


def _closes_clause(window: Window) -> bool:
    """True where no plain word stands right behind the figure, which would be what it is a share of."""
    end = window.figure.last
    followed = any(event.first == end and event.kind != "name" for event in window.after())
    return followed or end >= window.sentence.last - 1


def canonical_unit(family: str) -> str:
    """The canonical unit of figures of ``family``."""
    if family == "money":
        return "bn_vnd"
    return "count" if family.startswith("count:") else _FAMILY_UNITS.get(family, family)


def _unit_of(family: str | None, indicator: Indicator) -> tuple[str, float]:
    """(canonical unit, factor from the family's base unit)."""
    if family == "money":
        return ("mn_vnd", 1000.0) if indicator.unit == "mn_vnd" else ("bn_vnd", 1.0)
    if family == "mass" and indicator.unit == "kg":
        return "kg", 1000.0
    if indicator.unit == "per_10k":
        return "per_10k", 1.0
    if family is None or family.startswith("count:"):
        return "count", 1.0
    return _FAMILY_UNITS.get(family, indicator.unit), 1.0


def _amount(window: Window, topic: Topic, indicator: Indicator, around: Around, kind: str) -> Measured:
    """A figure in a unit other than percent."""
    figure, verb = window.figure, around.verb
    unit, factor = _unit_of(figure.family, indicator)
    low = figure.value * factor
    high = None if figure.value_max is None else figure.value_max * factor
    counted = unit == "count"
    if not around.plan_quote and (
        (around.ref == "plan" and around.moves) or (verb == "over" and (topic.has_level or around.ref == "plan"))
    ):
        return Measured(skip=f"an absolute excess over plan {_NO_PLACE}")
    part = counted and figure.second is not None and not figure.second_is_plan and figure.second >= figure.value
    part = part and figure.family not in _NEVER_PARTS  # "480.000/540.000 con": of the plan
    of: float | None = figure.second if part else None
    # "mục tiêu giảm 350 hộ nghèo, kết quả giảm 412 hộ": a plan with a name of its own has its own verb
    repeats_plan = around.plan_quote and topic.inherited
    if verb in ("up", "down") and not (around.to_value or around.from_value or repeats_plan):
        if indicator.flow_count and verb == "up" and (around.ref != "base" or around.earlier is not None):
            return Measured("level", low, high, of, unit, None, "new_count")
        sign = -1 if verb == "down" else 1
        return Measured("change", sign * low, None if high is None else sign * high, of, unit, None, "absolute_change")
    fallen = indicator.counts_what_ended(topic.text) and not topic.inherited
    if fallen and counted and not around.to_value:  # "số hộ thoát nghèo là 271"
        return Measured("change", -low, None if high is None else -high, of, unit, None, "counts_what_ended")
    aside = (around.bracket and verb is None) or (around.equivalent and verb in (None, "equal"))
    repeated = around.plan_quote or (aside and not (topic.has_level and _behind_time(window)))
    if repeated and counted and topic.inherited and topic.measure == "change" and of is None:
        sign = -1 if topic.falls else 1  # "giảm 412 hộ, ... chỉ tiêu (350 hộ)", "giảm 0,77% (290 hộ)"
        ends = sign * low, None if high is None else sign * high
        return Measured("change", *ends, of, unit, None, "change_in_brackets")
    grown = topic.inherited and topic.measure == "growth" and figure.family == topic.family
    if grown and around.earlier is None and _alone_in_brackets(window):
        sign = -1 if topic.falls else 1  # "tăng 65,7% (27,59 triệu đồng)"
        ends = sign * low, None if high is None else sign * high
        return Measured("change", *ends, of, unit, None, "change_in_brackets")
    if around.new and figure.family == "area" and indicator.kind == "stock" and not around.to_value:
        return Measured("change", low, high, of, unit, None, "new_area")
    if counted and not indicator.flow_count and not around.to_value:
        state = any(e.id == "until" for e in window.left)  # "đến năm 2025, toàn huyện có 2 xã"
        few = kind == "target" and verb == "equal" and indicator.few_are_new and of is None and low < FEW and not state
        if around.new or few:
            return Measured("change", low, high, of, unit, None, "new_count")
    return Measured("level", low, high, of, unit, None, "level")

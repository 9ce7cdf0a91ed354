"""Measures: what a figure says about its indicator: level, change, growth or percent of plan, with its sign.

Belongs here: verbs (tăng, giảm, vượt, đạt, còn), references (kế hoạch, cùng kỳ), comparators, canonical units.
Does not belong here: which indicator it is (``binding.py``) or when (``scope.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.indicators.lexicon import Indicator
from extract.language.tokens import Tokens
from extract.statements.binding import Topic, Window
from extract.statements.events import Event

# A percentage of an unnamed whole that stands for "percent of plan" is hardly ever below this; growth hardly ever above.
PLAN_RATIO_FROM = 40.0
_DIRECTIONS = ("up", "down", "over")
_TRANSPARENT = ("gt", "ge", "lt", "le", "approx", "from", "est", "average", "expect")


@dataclass(slots=True)
class Reading:
    """What is around a figure: verb, reference, comparator. ``ref`` is plan, base or None; ``ref_text`` its words."""

    verb: str | None
    ref: str | None
    ref_text: str | None
    comparator: str
    new: bool
    plan_quote: bool
    from_value: bool
    to_value: bool
    verb_event: Event | None = None
    share: bool = False
    bracket: bool = False


@dataclass(slots=True)
class Measured:
    """The outcome: measure, value, bounds and unit in canonical form; ``skip`` names why there is none."""

    measure: str = "level"
    value: float = 0.0
    value_max: float | None = None
    of: float | None = None
    unit: str = ""
    skip: str | None = None
    rule: str = ""


def read_around(window: Window, tokens: Tokens, used: set[int], *, carried_new: bool = False) -> Reading:
    """Verb, reference and comparator of the window's figure. ``used``: ids of references that belong to earlier figures;
    ``carried_new``: the figure before it in a list was a new count."""
    figure = window.figure
    verb: str | None = None
    verb_event: Event | None = None
    new = False
    ref = ref_text = None
    linked = stray = False
    kept: str | None = None
    plan_event: Event | None = None
    for event in window.left:
        if event.kind == "mark":
            if event.id == "(":
                new = False
            if event.id in ";:":
                verb = verb_event = plan_event = None
                new = linked = False
                ref = ref_text = None
            elif event.id == ",":
                verb = verb_event = None
                new = False
                kept = None
                if stray:
                    ref = ref_text = None
                    stray = False
            continue
        if event.kind == "time" and linked and id(event) not in used:
            ref, ref_text, linked = "base", _text(event, tokens), False
            verb = verb_event = None
            continue
        if event.kind != "cue":
            continue
        if event.id in ("equal", "to", "est") or event.id in _DIRECTIONS:
            if event.inside and event.id not in _DIRECTIONS:
                continue
            if event.inside and tokens.words[event.first] == "tăng" and event.last < _covering(window, event).last:
                continue
            if event.id == "equal" and verb == "down" and verb_event is not None and _names_what_falls(window, verb_event):
                continue
            if event.id == "equal" and verb in _DIRECTIONS and verb_event is not None and not _named_between(window, verb_event, event) and event.first - verb_event.last <= 1:
                verb = "to" if tokens.words[event.first] in ("còn",) else verb
                continue
            verb, verb_event = ("equal" if event.id == "est" else event.id), event
        elif event.id == "new":
            new = True
            verb_event = event
            verb = verb if verb in ("to",) else None
        elif event.id == "so":
            linked = True
            stray = verb in _DIRECTIONS
            kept = verb if stray else kept
        elif event.id in ("plan", "base") and id(event) not in used:
            if event.id == "plan":
                plan_event = event
            if linked or event.id == "base":
                ref, ref_text = event.id, _text(event, tokens)
                linked = False
                verb = verb_event = None
    if verb is None and ref is not None and kept is not None:
        verb = kept  # "giảm so với năm trước trên 4,01%"
    plan_quote = False
    if plan_event is not None and figure.family not in ("pct", "times", None):
        named = any(e.kind == "name" and not e.used and e.first > plan_event.last for e in window.left)
        verbs = any(e.kind == "cue" and e.id in _DIRECTIONS and e.first > plan_event.last for e in window.left)
        verbs = verbs and not _in_bracket(window, plan_event)
        plan_quote = not named and not verbs and figure.first - plan_event.last <= 4
    right_ref = _right_reference(window, tokens)
    if right_ref is not None:
        ref, ref_text = right_ref[0], right_ref[1]
        used.update(right_ref[2])
    from_value, to_value = _from_to(window, tokens)
    if not new and figure.family is not None and figure.family.startswith("count:"):
        new = new_after(window)
    if figure.second is not None and not figure.second_is_plan:
        new = False  # "5/15 xã về đích" is a state
    if not new and _only_listed(window) and carried_new:
        new = True
    opened = [e for e in window.left if e.kind == "mark" and e.id in "()"]
    bracket = bool(opened) and opened[-1].id == "("
    share = verb_event is not None and verb == "equal" and tokens.words[verb_event.first] == "chiếm"
    if plan_event is not None and figure.family == "pct" and right_ref is None:
        directly = tokens.words[plan_event.last : figure.first] in (["là"], ["đề", "ra", "là"], ["giao", "là"])
        if _in_bracket(window, plan_event) or directly:
            plan_quote = figure.first - plan_event.last <= 4
            ref = ref_text = None
    linked_left = window.left[-1] if window.left else None
    if right_ref is not None and right_ref[0] == "plan" and linked_left is not None and linked_left.id == "so" and figure.first == linked_left.last:
        plan_quote, ref = True, None
    return Reading(verb, ref, ref_text, _comparator(window, tokens), new, plan_quote, from_value, to_value, verb_event, share, bracket)


def new_after(window: Window) -> bool:
    """"57 doanh nghiệp thành lập mới", "2 xã ... được công nhận": the verb of a new count may follow it."""
    if any(e.kind == "time" and e.id == "now" for e in window.left):
        return False
    for event in window.right:
        if event.kind == "mark" and event.id in ";:()":
            return False
        if event.kind == "cue" and event.id == "new" and event.first - window.figure.last <= 12:
            return True
        if event.kind == "cue" and event.id in ("plan", "base", "so", "up", "down", "to"):
            return False
    return False


def _only_listed(window: Window) -> bool:
    """True where nothing but a comma, a semicolon or "và" parts the figure from the one before it."""
    return bool(window.left) and all((e.kind == "mark" and e.id in ",;") or (e.kind == "name" and e.used) or (e.kind == "cue" and e.inside) for e in window.left) and window.figure.first - window.left[-1].last <= 2


def _in_bracket(window: Window, event: Event) -> bool:
    """True where a bracket opens right before ``event`` and is still open at the figure."""
    marks = [e for e in window.left if e.kind == "mark" and e.id in "()" and e.last <= event.first]
    return bool(marks) and marks[-1].id == "(" and event.first - marks[-1].last <= 1


def _names_what_falls(window: Window, verb: Event) -> bool:
    """"giảm tỷ lệ hộ nghèo đạt 2,2%": the verb belongs to the name, the figure is how far it falls."""
    return any(e.kind == "name" and 0 <= e.first - verb.last <= 1 for e in window.left)


def _covering(window: Window, event: Event) -> Event:
    return next((e for e in window.left if e.kind == "name" and e.first <= event.first < e.last), event)


def _named_between(window: Window, first: Event, second: Event) -> bool:
    return any(e.kind == "name" and first.last <= e.first < second.first for e in window.left)


def _text(event: Event, tokens: Tokens) -> str:
    return " ".join(tokens.words[event.first : event.last])


def _right_reference(window: Window, tokens: Tokens) -> tuple[str, str, list[int]] | None:
    """The plan or base named right after the figure: "103% kế hoạch", "108% so với năm 2022"."""
    linked = False
    at = window.figure.last
    ids: list[int] = []
    if tokens.words[at : at + 2] in (["chỉ", "tiêu"], ["kế", "hoạch"]) and window.figure.family == "pct":
        ids = [id(e) for e in window.right if e.kind == "cue" and e.id == "plan" and e.first == at]
        return "plan", " ".join(tokens.words[at : at + 2]), ids
    for event in window.right:
        if event.first < window.figure.last:
            continue
        if event.first - at > (3 if linked else 1):
            return None
        if event.kind == "mark":
            if event.id in "(" and window.figure.family == "pct":
                return None
            return None
        if event.kind == "time":
            if linked:
                return "base", _text(event, tokens), [*ids, id(event)]
            if event.id == "other":
                return None
            at = event.last
            continue
        if event.kind == "name":
            if linked:
                at = event.last
                continue
            return None
        if event.kind != "cue":
            continue
        ids.append(id(event))
        if event.id == "so":
            linked = True
            at = event.last
        elif event.id == "plan":
            return "plan", _text(event, tokens), ids
        elif event.id == "base":
            return "base", _text(event, tokens), ids
        elif event.id in ("up", "down", "over", "equal", "to", "new"):
            return None
        else:
            at = event.last
    return None


def _comparator(window: Window, tokens: Tokens) -> str:
    figure = window.figure
    words = tokens.words
    after = words[figure.last : figure.last + 6]
    for offset in range(len(after) - 1):
        if after[offset] in (",", ";", ".", "(", "\n") or after[offset][0].isdigit():
            break
        if after[offset : offset + 2] == ["trở", "lên"]:
            return "ge"
        if after[offset : offset + 2] == ["trở", "xuống"]:
            return "le"
    if figure.second is not None and not figure.second_is_plan and (figure.family or "").startswith("count:"):
        return "eq"
    found = "eq"
    edge = figure.first
    starts_range = figure.value_max is not None
    for event in reversed(window.left):
        if event.kind != "cue" or edge - event.last > 1:
            if event.kind == "cue" or event.kind in ("name", "mark", "time"):
                if edge - event.last > 1 or event.kind in ("mark", "name", "time"):
                    break
            continue
        if event.id in ("gt", "ge", "lt", "le", "approx"):
            found = event.id if found in ("eq",) or event.id in ("ge", "le") else found
            edge = event.first
        elif event.id == "from" and found == "eq" and not starts_range and not _from_to(window, tokens)[0]:
            found = "ge"
            edge = event.first
        elif event.id in ("from", "est", "average", "equal", "to", "so", "over"):
            if event.id == "so" and words[event.first] == "trên" and found == "eq":
                found = "gt"
            if event.id == "over" and found == "eq" and figure.family not in ("pct",) and words[event.first] == "vượt":
                found = "gt"
            edge = event.first
            if event.id in ("equal", "to", "over"):
                tail = words[event.first : event.last]
                if "dưới" in tail and found == "eq":
                    found = "lt"
                if "xấp" in tail or "khoảng" in tail or "gần" in tail:
                    found = "approx" if found == "eq" else found
                break
        else:
            tail = words[event.first : event.last]
            if event.id in ("up", "down") and "khoảng" in tail and found == "eq":
                found = "approx"
            break
    if found == "eq" and figure.first and words[figure.first - 1] in ("trên", "hơn"):
        found = "gt"
    return found


def _from_to(window: Window, tokens: Tokens) -> tuple[bool, bool]:
    """("từ A" of a from-to pair, "xuống còn B" of one)."""
    words = tokens.words
    figure = window.figure
    from_value = to_value = False
    nearest = window.left[-1] if window.left else None
    if nearest is not None and nearest.kind == "cue" and nearest.id == "from" and figure.first - nearest.last <= 1:
        tail = words[figure.last : figure.last + 9]
        for offset, word in enumerate(tail):
            if word in (";", ".", "\n") or word[0].isdigit() and offset > 6:
                break
            if word in ("lên", "xuống", "còn") and (not offset or tail[offset - 1] != "trở"):
                from_value = True
                break
    if nearest is not None and nearest.kind == "cue" and nearest.id == "to":
        to_value = True
    return from_value, to_value


def measure(window: Window, topic: Topic, indicator: Indicator, around: Reading, kind: str) -> Measured:
    """Decide measure, value and unit of a figure about ``indicator``."""
    figure = window.figure
    if figure.family == "times":
        value = (figure.value - 1) * 100
        if around.verb == "down":
            return Measured(skip="a multiple of a decrease has no place in the table")
        return Measured("growth", -value if around.verb == "down" else value, None, None, "pct", rule="times")
    if figure.family == "pct":
        return _percent(window, topic, indicator, around, kind)
    return _amount(window, topic, indicator, around, kind)


def window_gt(around: Reading) -> bool:
    """True where the figure is said to be exceeded."""
    return around.comparator == "gt"


def _signed(figure_value: float, figure_max: float | None, sign: int) -> tuple[float, float | None]:
    return sign * figure_value, None if figure_max is None else sign * figure_max


def _percent(window: Window, topic: Topic, indicator: Indicator, around: Reading, kind: str) -> Measured:
    figure, verb = window.figure, around.verb
    value, value_max = figure.value, figure.value_max
    if around.plan_quote:
        measure_of_total = topic.measure or ("level" if indicator.is_rate else "growth")
        if verb in ("up", "down"):
            low, high = _signed(value, value_max, -1 if verb == "down" else 1)
            if indicator.is_rate:
                return Measured("change", low, high, None, "pct_point", rule="plan_in_brackets")
            return Measured("growth", low, high, None, "pct", rule="plan_in_brackets")
        if measure_of_total in ("level", "growth"):
            return Measured(measure_of_total, value, value_max, None, "pct", rule="plan_in_brackets")
    if around.ref == "plan":
        if topic.measure == "growth" and verb in ("up", "down", "over") and around.bracket:
            return Measured(skip="points against a target have no place in the table")
        if verb in ("up", "over", "down"):
            if indicator.is_rate and value < PLAN_RATIO_FROM and "tiêu" in (around.ref_text or "") and verb != "over":
                return Measured(skip="points against a target have no place in the table")
            sign = -1 if verb == "down" else 1
            low, high = _signed(value, value_max, sign)
            return Measured("plan_ratio", 100 + low, None if high is None else 100 + high, None, "pct", rule="over_plan")
        return Measured("plan_ratio", value, value_max, None, "pct", rule="of_plan")
    if around.ref == "base":
        if verb in ("up", "over", "down"):
            sign = -1 if verb == "down" else 1
            low, high = _signed(value, value_max, sign)
            if indicator.is_rate and (indicator.code != "economic_growth_rate" or topic.has_level):
                return Measured("change", low, high, None, "pct_point", rule="points_against_base")
            return Measured("growth", low, high, None, "pct", rule="growth_against_base")
        if indicator.is_rate:
            return Measured("level", value, value_max, None, "pct", rule="rate")
        if value >= PLAN_RATIO_FROM:
            return Measured("growth", value - 100, None if value_max is None else value_max - 100, None, "pct", rule="index_growth")
        return Measured("growth", value, value_max, None, "pct", rule="growth_against_base")
    if indicator.is_rate:
        if value >= 100 and window_gt(around) or value > 100:
            return Measured("plan_ratio", value, value_max, None, "pct", rule="rate_over_100_is_of_plan")
        if indicator.code == "economic_growth_rate" and around.verb in ("up", "down") and topic.has_level:
            return Measured("change", -value if verb == "down" else value, value_max, None, "pct_point", rule="points")
        if indicator.code == "economic_growth_rate":
            return Measured("level", -value if verb == "down" and not topic.has_level else value, value_max, None, "pct", rule="growth_rate_level")
        if verb in ("up", "down") and not around.to_value and not around.from_value:
            low, high = _signed(value, value_max, -1 if verb == "down" else 1)
            return Measured("change", low, high, None, "pct_point", rule="points")
        if verb == "over":
            return Measured(skip="points over a target have no place in the table")
        return Measured("level", value, value_max, None, "pct", rule="rate")
    if topic.growth_named:
        return Measured("growth", -value if verb == "down" else value, value_max, None, "pct", rule="named_growth")
    if verb in ("up", "down") and not around.to_value:
        low, high = _signed(value, value_max, -1 if verb == "down" else 1)
        return Measured("growth", low, high, None, "pct", rule="growth")
    if verb == "over":
        return Measured("plan_ratio", 100 + value, None if value_max is None else 100 + value_max, None, "pct", rule="over_plan")
    if around.share and indicator.unit == "count":
        return Measured("level", value, value_max, None, "pct", rule="share_of_units")
    if indicator.fits("pct"):
        if indicator.pct_measure == "plan_ratio":
            return Measured("plan_ratio", value, value_max, None, "pct", rule="rate_of_plan")
        return Measured("level", value, value_max, None, "pct", rule="share_of_units")
    if value >= PLAN_RATIO_FROM and kind == "outcome":
        return Measured("plan_ratio", value, value_max, None, "pct", rule="bare_percent_of_plan")
    if topic.has_level:
        return Measured(skip="a share of a total has no place in the table")
    return Measured("growth", value, value_max, None, "pct", rule="bare_percent_growth")


# a plan that "has" so few recognised units means new ones: the stock is larger
_FEW = 3
_RECOGNISED = frozenset({"nrd_communes", "nrd_advanced_communes", "nrd_model_communes"})


def period_small(value: float) -> bool:
    """True for a count too small to be a district's stock of recognised communes."""
    return value < _FEW


def _amount(window: Window, topic: Topic, indicator: Indicator, around: Reading, kind: str) -> Measured:
    figure, verb = window.figure, around.verb
    unit = indicator.unit
    value, value_max = figure.value, figure.value_max
    factor = 1.0
    if figure.family == "money":
        if unit == "mn_vnd":
            factor = 1000.0
        elif unit != "bn_vnd":
            unit = "bn_vnd"
    elif figure.family == "usd":
        unit = "mn_usd"
    elif figure.family == "mass" and unit == "kg":
        factor = 1000.0
    elif figure.family in _FAMILY_UNITS:
        unit = _FAMILY_UNITS[figure.family]
    elif figure.family is None or figure.family.startswith("count:"):
        unit = "count"
    value, value_max = value * factor, None if value_max is None else value_max * factor
    counted = unit == "count"
    if around.ref == "plan" and verb in _DIRECTIONS and not around.plan_quote:
        return Measured(skip="an absolute excess over plan has no place in the table")
    if verb == "over" and (topic.has_level or around.ref == "plan"):
        return Measured(skip="an absolute excess over plan has no place in the table")
    of = None
    if figure.second is not None and not figure.second_is_plan and counted and figure.second >= figure.value:
        of = figure.second
    if verb in ("up", "down") and not around.to_value and not around.from_value and not around.plan_quote:
        if indicator.flow_count and verb == "up":
            return Measured("level", value, value_max, of, unit, rule="new_count")
        low, high = _signed(value, value_max, -1 if verb == "down" else 1)
        return Measured("change", low, high, of, unit, rule="absolute_change")
    if counted and kind == "target" and period_small(value) and around.verb == "equal" and indicator.code in _RECOGNISED and of is None:
        return Measured("change", value, value_max, of, unit, rule="new_count")
    if counted and around.new and not indicator.flow_count and not around.to_value:
        return Measured("change", value, value_max, of, unit, rule="new_count")
    return Measured("level", value, value_max, of, unit, rule="level")


_FAMILY_UNITS = {
    "area": "ha", "mass": "tonne", "yield": "quintal_per_ha", "massper": "kg", "length": "km", "volume": "m3",
    "liquid": "litre", "energy": "mwh", "per10k": "per_10k", "day": "day", "permille": "pct",
}  # fmt: skip

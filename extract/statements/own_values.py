"""Own values of plans and of earlier times, told beside a result: "(KH 22.200 tỷ đồng)", "cùng kỳ đạt 20.074 tỷ".

Belongs here: whether a figure is such a value. Does not belong here: percentages that refer to a plan or a time
(``around.py``), or the year of the value (``when.py``).
"""

from __future__ import annotations

from typing import Final

from extract.lexicon.grammar import phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.events import DIRECTIONS, Event
from extract.statements.hints import BASE, TARGET
from extract.statements.windows import REFERENCE_REACH, Window

# A percentage of an unnamed whole that means "percent of plan" is hardly ever below this; growth hardly ever above.
PLAN_RATIO_FROM: Final = 40.0
# tokens between a plan's name and its own value; the same behind a slash; to the result that follows an aim
_PLAN_REACH: Final = 4
_SLASHED_REACH: Final = 2
_RESULT_REACH: Final = 6
# tokens between a plan's name and its value, where the plan was given: "dự toán HĐND huyện giao năm 2022 là"
_ASSIGNED_REACH: Final = 12
# tokens of "cho huyện"
_TO_WHOM: Final = 2
# events of "(mục tiêu" before a figure
_AIM_OPENS: Final = 2
# cues between an earlier time and its own value
_STATED: Final = frozenset({"equal", "to", "new", "gt", "approx", "ge", "lt", "le"})


def plan_value(window: Window, plan: Event | None, behind: str | None, words: list[str]) -> tuple[bool, bool]:
    """(the figure is the plan's own value, what it seemed to refer to stands).

    ``plan`` is the plan named before the figure, ``behind`` the kind of reference right behind it.
    """
    figure = window.figure
    quote, stands = False, True
    if plan is not None and not _exceeded(window, plan):
        near = figure.first - plan.last <= _PLAN_REACH or _assigned(window, plan, words)
        inside = _opens_bracket(window, plan, words) or words[plan.last : figure.first] == ["("]
        if figure.family is None:
            touches = plan.last == figure.first
            quote = inside and touches and figure.second is None  # "(kế hoạch 160)"
        elif figure.family == "pct":
            if behind is None and (_opens_bracket(window, plan, words) or _percent_of_plan(window, plan, words)):
                quote, stands = near, False
        elif near and figure.family != "times":
            named = any(e.name is not None and not e.used and e.first > plan.last for e in window.left)
            moved = any(e.id in DIRECTIONS and (e.first >= plan.last or e.last == plan.first) for e in window.left)
            quote = not named and (not moved or inside)
    aimed = window.has_cue(TARGET)
    if (plan is not None or aimed) and _carried_out_next(window, words):
        return True, False
    if window.sentence.hints & TARGET and _aim_in_brackets(window, words):
        return True, False
    nearest = window.left[-1] if window.left else None
    if behind == "plan" and nearest is not None and nearest.id == "so" and nearest.last == figure.first:
        return True, False  # "(so với 80 - 82% Nghị quyết HĐND)"
    return quote, stands


def _aim_in_brackets(window: Window, words: list[str]) -> bool:
    """ "tăng trưởng đạt 8,5% (mục tiêu 8%)": what was aimed at, and nothing else stands in the brackets."""
    if len(window.left) < _AIM_OPENS or window.figure.family is None:
        return False
    opened, aim = window.left[-2:]
    alone = opened.id == "(" and aim.id == "target" and aim.first == opened.last and aim.last == window.figure.first
    return alone and words[window.figure.last : window.figure.last + 1] == [")"]


def _assigned(window: Window, plan: Event, words: list[str]) -> bool:
    """ "dự toán UBND tỉnh Quảng Nam giao năm 2022 là 229,2 tỷ đồng": who gave the plan, and when, stands between."""
    figure = window.figure
    between = words[plan.last : figure.first]
    if len(between) > _ASSIGNED_REACH or between[-1:] != list(phrases["plan_is"][:1]):
        return False
    given = [at for at in range(plan.first, figure.first) if words[at] in grammar["assigns"]]
    if not given or any(e.kind == "mark" and plan.last <= e.first < figure.first for e in window.left):
        return False
    to = window.plain(given[-1] + 1, figure.first - 1, "time")
    return len(to) <= _TO_WHOM  # "giao cho huyện năm 2022 là", not "giao với số thu năm 2022 là"


def _exceeded(window: Window, plan: Event) -> bool:
    """ "(vượt kế hoạch 10 tỷ đồng)": by how much; "vượt kế hoạch 8,5-9,5%" names the plan: no excess is a range."""
    over = any(event.id == "over" and event.last == plan.first for event in window.left)
    return over and plan.id == "plan" and plan.last == window.figure.first and window.figure.value_max is None


def _percent_of_plan(window: Window, plan: Event, words: list[str]) -> bool:
    """True for a percentage that the plan says: "Nghị quyết đề ra là 12%", "chưa đạt kế hoạch (8%)"."""
    figure = window.figure
    between = " ".join(words[plan.last : figure.first])
    whole_range = figure.value_max is not None and not between  # an excess is never a range
    small_in_bracket = between == "(" and figure.value < PLAN_RATIO_FROM
    return small_in_bracket or whole_range or between in phrases["plan_is"] or _plan_says(window, plan, words)


def _plan_says(window: Window, plan: Event, words: list[str]) -> bool:
    """ "trong khi nghị quyết đề ra giảm 3,5%": the plan is the subject of the verb."""
    verb = window.left[-1] if window.left else None
    if verb is None or verb.id not in ("up", "down") or verb.first != plan.last or verb.last != window.figure.first:
        return False
    before = [e for e in window.left if e.last <= plan.first and e.kind == "cue"]
    linked = bool(before) and _links(before[-1], plan)
    return not linked and words[plan.last - 1] in grammar["sets_a_plan"]


def _links(event: Event, reference: Event) -> bool:
    """True for a verb or "so với" right before a plan or a time: what is told refers to it."""
    return (event.id in DIRECTIONS or event.id == "so") and reference.first - event.last <= REFERENCE_REACH


def _carried_out_next(window: Window, words: list[str]) -> bool:
    """ "mục tiêu 12,5%, thực hiện 13,1%": what is carried out follows, so that the figure is what was planned."""
    at = window.figure.last
    following = window.next_value()
    return (
        words[at : at + 1] == [","]
        and words[at + 1 : at + 2] != []
        and words[at + 1] in grammar["carries_out"]
        and following is not None
        and following.family == window.figure.family
        and following.first - at <= _RESULT_REACH
    )


def earlier_time(window: Window, words: list[str]) -> str | None:
    """The words of an earlier time whose own value the figure is, or None.

    "so với cùng kỳ (18,4 tỷ đồng)", "trong khi năm ngoái đạt 64 tỷ".
    """
    if not window.said & BASE:
        return _compared_year(window, words)
    at = next(i for i in range(len(window.left) - 1, -1, -1) if window.left[i].id == "base")
    base, edge, bracket = window.left[at], window.left[at].last, False
    said = " ".join(words[base.first : base.last])
    if not said.startswith(phrases["earlier_time"]):
        return None
    for event in window.left[at + 1 :]:
        if event.last <= base.last:
            continue  # the year in "cùng kỳ năm 2022"
        if event.kind == "mark" and event.id == "(" and event.first == base.last:
            bracket = True
        elif event.kind != "cue" or event.id not in _STATED:
            return None
        if event.first - edge > REFERENCE_REACH:
            return None
        edge = event.last
    before = window.left[at - 1] if at else None
    linked = before is not None and _links(before, base)
    opened = before is not None and before.id == "(" and before.last == base.first
    stated = edge > base.last
    close = window.figure.first - edge <= REFERENCE_REACH
    return said if close and (bracket or (not linked and (stated or opened))) else None


def _compared_year(window: Window, words: list[str]) -> str | None:
    """ "tăng 65,7% so với năm 2018 (41,93 triệu đồng)": the year whose own value the figure in brackets is."""
    if not window.figure.first or words[window.figure.first - 1] != "(":
        return None  # nearly always
    events = [event for event in window.left if event.kind != "figure"]
    if len(events) < 3 or events[-1].id != "(" or events[-1].last != window.figure.first:
        return None
    so, year = events[-3], events[-2]
    compares = so.id in ("up", "down") and words[so.last - 1] in grammar["comparing"]  # "cao hơn năm 2022 (57,3 tạ/ha)"
    linked = (so.id == "so" or compares) and year.id == "year" and year.last == events[-1].first
    return " ".join(words[year.first : year.last]) if linked else None


def value_of_plan_follows(event: Event, window: Window) -> bool:
    """True where the plan named by ``event`` has a value of its own: "tăng 8,31%/KH tăng 3-4%"."""
    figure = window.next_value()
    return figure is not None and figure.first - event.last <= _SLASHED_REACH


def _opens_bracket(window: Window, event: Event, words: list[str]) -> bool:
    """True where a bracket opens right before ``event`` and is still open at the figure, or a slash stands there."""
    if words[event.first - 1] == "/":
        return True
    marks = [e for e in window.left if e.kind == "mark" and e.id in "()" and e.last <= event.first]
    return bool(marks) and marks[-1].id == "(" and event.first - marks[-1].last <= 1

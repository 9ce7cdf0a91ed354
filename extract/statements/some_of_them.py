"""Figures that tell what was done to some, or what became of some: no stock and no result of the district.

Belongs here: "hỗ trợ 5 HTX", "640 hộ nghèo được vay vốn", "1.430 ha rừng bị cháy". Does not belong here: losses and
money of events (``not_taken.py``), or whose figure it is (``place_scope.py``).
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from extract.indicators.lexicon import Indicator
from extract.lexicon.grammar import phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.windows import Topic, Window

_BEFORE: Final = frozenset({"serves", "noise"})
_BEHIND: Final = frozenset({"served", "damage", "notmet"})
_BETWEEN: Final = frozenset({"gt", "ge", "lt", "le", "approx", "equal", "est"})
_AMOUNTS: Final = frozenset({"area", "count:head"})
# also told of where they are admitted, which is a flow: "31 đảng viên được trao Huy hiệu"
_ALWAYS: Final = _AMOUNTS | {"count:member"}
# tokens between what is counted and the verb that tells of it; events of a list in front of that verb
_REACH, _LIST_REACH = 2, 12
# of these only the size of a plant or the like is told so: "công suất 8,8 vạn tấn"
_PRODUCED: Final = frozenset({"mass", "liquid", "energy", "volume"})


def of_some(topic: Topic, indicator: Indicator, window: Window, words: list[str]) -> bool:
    """True for a stock, an area or a herd of which a verb beside the figure tells something else than how many."""
    figure = window.figure
    if figure.family in _PRODUCED:
        last = window.left[-1] if window.left else None
        at_verb = last is not None and last.id == "noise" and last.last == figure.first
        return at_verb and not _exempt(topic, indicator, window, words)
    counted = figure.is_count or figure.family in _AMOUNTS
    if counted:
        if indicator.kind != "stock" and figure.family not in _ALWAYS:
            return False
        told = _done_to(window, words) or _given_to(indicator, window, words) or _told_behind(topic, window)
    else:  # "98% hộ nghèo được tiếp cận vốn vay": a share of what is named behind it
        shared = figure.family == "pct" and topic.event is not None and topic.event.first >= figure.last
        told = shared and _told_behind(topic, window)
    return told and not _exempt(topic, indicator, window, words)


def _exempt(topic: Topic, indicator: Indicator, window: Window, words: list[str]) -> bool:
    """ "hỗ trợ 412 hộ thoát nghèo", "đại diện cho 4.215 đảng viên về dự Đại hội": all of them after all."""
    first = window.figure.first
    before = " ".join(words[max(0, first - 3) : first])
    return before in phrases("stands_for") or indicator.counts_what_ended(topic.text)


def _given_to(indicator: Indicator, window: Window, words: list[str]) -> bool:
    """ "tặng quà cho 312 hộ nghèo": what stands behind "cho" is not counted for itself."""
    first = window.figure.first
    people = indicator.kind == "stock" and window.figure.family == "count:household"
    return people and first > 0 and words[first - 1] in grammar("given_to")


def _done_to(window: Window, words: list[str]) -> bool:
    """ "hỗ trợ hơn 5 HTX": the verb stands right before the figure, and no sowing ("trồng, chăm sóc")."""
    edge = window.figure.first
    for event in reversed(window.left):
        if event.last != edge or event.kind != "cue":
            return False
        if event.id in _BEFORE:
            verbs = [word for word in words[window.since : event.first] if word not in grammar("among_verbs")]
            sown = verbs[-1:] != [] and verbs[-1] in grammar("sows") and not set(verbs[-2:-1]) & grammar("planted")
            return not event.inside and not sown
        if event.id not in _BETWEEN:
            return False
        edge = event.first
    return False


def _told_behind(topic: Topic, window: Window) -> bool:
    """ "32 ha ngô và 18 ha lúa bị vùi lấp": the verb stands behind the last of what is counted together.

    A comma parts them: "34 HTX, 5 HTX ngừng hoạt động" tells of the five.
    """
    figure = window.figure
    edge = figure.last
    for event in islice(window.following(), _LIST_REACH):
        if event.first - edge > _REACH:
            return False
        if event.kind == "cue" and not event.inside:
            named = figure.family == "pct" and topic.event is not None and topic.event.last > event.last
            return event.id in _BEHIND and not named  # "98% hộ được tiếp cận nước sạch"
        other = event.figure if event.is_value else None
        if other is not None and other.family != figure.family:
            return False
        if other is None and event.kind != "name" and not event.inside:
            return False
        edge = max(edge, event.last if other is None else other.last)
    return False

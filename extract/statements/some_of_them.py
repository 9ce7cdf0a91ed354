"""Figures that tell what was done to some, or what became of some: no stock and no result of the district.

Belongs here: "hỗ trợ 5 HTX", "640 hộ nghèo được vay vốn", "1.430 ha rừng bị cháy". Does not belong here: losses and
money of events (``not_taken.py``), or whose figure it is (``place_scope.py``).
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from extract.indicators.lexicon import Indicator, concepts
from extract.language.numbers import Figure
from extract.lexicon.grammar import phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.hints import DONE, OPINION, TOLD
from extract.statements.windows import Topic, Window

_BEFORE: Final = frozenset({"serves", "noise"})
_BEHIND: Final = frozenset({"served", "damage", "notmet", "opinion"})
_BETWEEN: Final = frozenset({"gt", "ge", "lt", "le", "approx", "equal", "est"})
_AMOUNTS: Final = frozenset({"area", "count:head"})
# also told of where they are admitted, which is a flow: "31 đảng viên được trao Huy hiệu"
_ALWAYS: Final = _AMOUNTS | {"count:member"}
# tokens between what is counted and the verb that tells of it; events of a list in front of that verb
_REACH: Final = 2
_LIST_REACH: Final = 12
# stocks of which some are given something
_GIVEN: Final = frozenset({"count:household", "count:enterprise", "count:cooperative"})
# tokens between a verb and the list of counts that it tells
_GOVERNING: Final = 3
# units of which one may be told of the other
_PEOPLE: Final = frozenset({"count:person", "count:worker", "count:member"})
# tokens between two members of a list of counts ("con bò sinh sản và")
_LIST_GAP: Final = 5
# these are counted together with what became of them, each member of a list by itself
_WITH_PREDICATES: Final = frozenset(
    {"count:commune", "count:village", "count:school", "count:product", "count:criterion"}
)
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
        # "tạo việc làm cho 90 lao động, 30 lao động được vay vốn"
        taken_up = topic.inherited and (topic.family == figure.family or {topic.family, figure.family} <= _PEOPLE)
        if indicator.kind != "stock" and figure.family not in _ALWAYS and not taken_up:
            return False
        told = (
            _done_to(topic, window, words) or _given_to(indicator, window, words) or _told_behind(topic, window, words)
        )
    else:  # "98% hộ nghèo được tiếp cận vốn vay": a share of what is named behind it
        shared = figure.family == "pct" and topic.event is not None and topic.event.first >= figure.last
        told = (shared and _told_behind(topic, window, words)) or _of_opinion(topic, window)
    return told and not _exempt(topic, indicator, window, words)


def _of_opinion(topic: Topic, window: Window) -> bool:
    """ "tỷ lệ người dân hài lòng về nông thôn mới đạt 96%", "..., 95% hài lòng"."""
    if window.figure.family != "pct" or not window.sentence.hints & OPINION:
        return False
    behind = next(iter(window.after()), None) if topic.inherited else None
    return window.has_cue(OPINION) or (behind is not None and behind.id == "opinion")


def _exempt(topic: Topic, indicator: Indicator, window: Window, words: list[str]) -> bool:
    """ "hỗ trợ 412 hộ thoát nghèo", "đại diện cho 4.215 đảng viên về dự Đại hội": all of them after all."""
    first = window.figure.first
    before = " ".join(words[max(0, first - 3) : first])
    return before in phrases["stands_for"] or indicator.counts_what_ended(topic.text)


def _given_to(indicator: Indicator, window: Window, words: list[str]) -> bool:
    """ "tặng quà cho 312 hộ nghèo": what stands behind "cho" is not counted for itself."""
    if indicator.kind != "stock" or window.figure.family not in _GIVEN:
        return False
    return behind_given(window, words)


def _done_to(topic: Topic, window: Window, words: list[str]) -> bool:
    """ "hỗ trợ hơn 5 HTX": the verb stands right before the figure, and is no sowing ("trồng, chăm sóc").

    Or before the first of a list: "hỗ trợ 120 doanh nghiệp, 35 hợp tác xã". Forests that are tended stood before.
    """
    if not window.sentence.hints & DONE:
        return False
    edge = _list_start(window, words)
    since = window.since if edge == window.figure.first else window.sentence.first
    before = reversed(window.left) if edge == window.figure.first else iter(window.before())
    for event in before:
        if event.first >= edge:
            continue
        if event.last != edge or event.kind != "cue":
            return False
        if event.id in _BEFORE or (event.id == "tends" and topic.code == concepts["area_of_trees"]):
            verbs = [word for word in words[since : event.first] if word not in grammar["among_verbs"]]
            sown = verbs[-1:] != [] and verbs[-1] in grammar["sows"] and not set(verbs[-2:-1]) & grammar["planted"]
            return not event.inside and not sown
        if event.id not in _BETWEEN:
            return False
        edge = event.first
    return False


def _list_start(window: Window, words: list[str]) -> int:
    """The token of the first figure of a list of counts that ends in this one: "85 con bò và 1.200 con gia cầm"."""
    edge = window.figure.first
    if edge == window.since or not _goes_on(words[window.since : edge]) or window.figure.family in _WITH_PREDICATES:
        return edge
    for event in window.before():
        if event.is_value and _goes_on(words[event.last : edge]):
            edge = event.first
        elif event.is_value or (event.kind == "cue" and not event.inside and event.id not in _BETWEEN):
            break
    return edge


def behind_given(window: Window, words: list[str]) -> bool:
    """True behind "cho", or in a list that opens so: "cho 85 hộ nghèo, 42 hộ cận nghèo"."""
    start = _list_start(window, words)
    return start > 0 and words[start - 1] in grammar["given_to"]


def _listed_with(figure: Figure, other: Figure, gap: list[str]) -> bool:
    """True where both may be told of together: "120 doanh nghiệp, 35 hợp tác xã được vay vốn"."""
    if other.family == figure.family:
        return figure.family != "pct"
    return figure.is_count and other.is_count and len(gap) == 1 and not grammar["joins_counts"].isdisjoint(gap)


def _governed(window: Window, words: list[str]) -> bool:
    """ "gieo trồng 2.350 ha lúa, 15 ha rau bị ngập": the first of the list has a verb or a name of its own."""
    start = _list_start(window, words)
    for event in window.before():
        if event.first >= start or event.is_value:
            continue
        if event.kind == "mark" or start - event.last > _GOVERNING:
            return False
        if not event.inside and event.kind in ("name", "cue"):
            return event.id != "damage"
    return False


def _goes_on(gap: list[str]) -> bool:
    """True for what stands between two members of a list: the noun of the one before, and what joins them."""
    return len(gap) <= _LIST_GAP and not grammar["joins_counts"].isdisjoint(gap[-2:])


def _told_behind(topic: Topic, window: Window, words: list[str]) -> bool:
    """ "32 ha ngô và 18 ha lúa bị vùi lấp": the verb stands behind the last of what is counted together.

    A comma parts those of one kind: "34 HTX, 5 HTX ngừng hoạt động" tells of the five.
    """
    if not window.sentence.hints & TOLD:
        return False
    figure = window.figure
    edge = figure.last
    named: set[str] = set()  # of the figures told so far
    parted = listed = False
    for event in islice(window.following(), _LIST_REACH):
        if event.first - edge > _REACH:
            return False
        if event.kind == "cue" and not event.inside:
            if parted and (not listed or (figure.family in _AMOUNTS and _governed(window, words))):
                return False
            of_share = figure.family == "pct" and topic.event is not None and topic.event.last > event.last
            if event.id == "notmet" and event.last - event.first == 1:
                return False  # "972 hộ nghèo và không còn hộ đói"
            return event.id in _BEHIND and (event.id == "opinion" or not of_share)  # "98% hộ được tiếp cận nước sạch"
        other = event.figure if event.is_value else None
        if other is not None and not _listed_with(figure, other, words[edge : other.first]):
            return False
        if event.name is not None:
            kinds = {concept.id for concept in event.name.named} or {" ".join(words[event.first : event.last])}
            if parted and not named.isdisjoint(kinds):
                return False
            listed = parted
            named |= kinds
        elif other is None and event.id == ",":
            parted, listed = True, False
        elif other is None and not event.inside:
            return False
        edge = max(edge, event.last if other is None else other.last)
    return False

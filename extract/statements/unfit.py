"""Reasons against what a figure was bound to: a place, a part of the people, nothing that was reached, no unit.

Belongs here: why a figure says nothing about its topic. Does not belong here: why it is no statement whatever its topic
(``not_taken.py``), or which codes its unit fits (``fitting.py``).
"""

from __future__ import annotations

from itertools import takewhile
from typing import Final

from extract.indicators.lexicon import Indicator, counts_of_rate, segment_matcher
from extract.lexicon.grammar import first_words, phrase_at, phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.around import Around
from extract.statements.hints import PART
from extract.statements.some_of_them import of_some
from extract.statements.windows import Topic, Window

_WHOLE: Final = 100  # percent
_OF_LEVELS: Final = frozenset({"count:commune", "count:village"})
# cues between what was told and the same again
_TOLD_AGAIN: Final = frozenset({"to", "so", "plan", "base"})
# so many words before a percentage are a subject of its own
_SUBJECT: Final = 4
# tokens behind "diện tích" in which it may be that of a plan
_PLANNED_REACH: Final = 4
# tokens between a share and the name of its whole ("tổng số")
_WHOLE_REACH: Final = 3


def unfit(topic: Topic, indicator: Indicator, window: Window, around: Around, words: list[str]) -> str | None:
    """Why the figure says nothing about the topic it was bound to; gives "84,5 dự toán" its missing sign."""
    figure = window.figure
    before = words[figure.first - 1] if figure.first else ""
    named_loosely = topic.weak and not topic.inherited
    of_levels = topic.inherited and figure.family in _OF_LEVELS and before in grammar["belongs"]
    if figure.second is None and (of_levels or (named_loosely and before in grammar["places"])):
        return "where something happens, not how many there are"
    if topic.inherited and figure.family == "count:commune" and phrase_at("composed_of", words, figure.unit_first):
        return "a town, which meets a standard of its own"  # "12 xã nông thôn mới và 01 thị trấn văn minh đô thị"
    if topic.inherited and before in grammar["owed"]:
        return "what is owed"
    if of_some(topic, indicator, window, words):
        return "what is told of some of them, not how many there are"
    stands = around.ref is None and not around.moves
    if topic.inherited and indicator.said_by_name and stands and not _at_another_time(window):
        return "a part of the people"
    if topic.inherited and figure.family == "money" and indicator.per is None:
        said = " ".join(words[window.since : figure.first])
        if any(phrase in said for phrase in phrases["a_head"]):
            return "an average of something that is not named"  # "doanh thu 41 tỷ đồng, chi tiêu bình quân đầu người"
    of_amount = topic.inherited and figure.family == "pct" and not (indicator.is_rate or indicator.is_count)
    if of_amount and stands and _is_share_of_whole(figure.last, words):
        return "a share of a total"  # "thu hoạch 2.100 ha, đạt 65% diện tích"
    if around.share and indicator.is_rate and _share_of_counted(indicator, window):
        return "a share of them, not their rate"
    shifts = around.from_value or around.to_value
    if window.shifts and not topic.growth_named and _is_sector_alone(topic) and not indicator.speaks_of_rates:
        return "a share of something that is not named"  # "cơ giới hóa trong nông nghiệp tăng từ 45% lên 62%"
    if topic.inherited and shifts and figure.family == "pct" and not (indicator.speaks_of_rates or topic.growth_named):
        return "a share of something that is not named"
    told = topic.inherited and figure.family == "pct" and indicator.is_rate and around.ref is None
    if told and not around.moves and not window.has_cue(PART) and _has_subject(topic, window, words):
        return "a share of something that is not named"
    if around.share and topic.inherited and topic.growth_named and figure.family == "pct":
        return "a share of something that is not named"  # "dịch vụ tăng trưởng 15%, chiếm 45%"
    if named_loosely and figure.family == "count:commune" and not _reached(window, words):
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
        and (around.ref is not None or before in grammar["says_value"])
    ):
        return None
    return "no unit"


def _is_share_of_whole(at: int, words: list[str]) -> bool:
    """ "đạt 65% diện tích", not "đạt 92% diện tích kế hoạch"."""
    named = phrase_at("wholes", words, at)
    behind = takewhile(str.isalnum, words[at + named : at + named + _PLANNED_REACH])
    return named > 0 and grammar["planned"].isdisjoint(behind)


def _at_another_time(window: Window) -> bool:
    """ "năm 2009 là 85.962 người, đến năm 2017 là 86.683 người": nothing but a time and a verb stands before it."""
    times = any(event.kind == "time" for event in window.left)
    return times and not any(event.name is not None for event in window.left) and not _plain_words(window)


def _plain_words(window: Window) -> list[int]:
    """The tokens between the last mark and the figure that no event covers."""
    return window.plain(window.behind_mark() or window.since, window.figure.first)


def _has_subject(topic: Topic, window: Window, words: list[str]) -> bool:
    """ "..., hộ chăn nuôi có chuồng trại hợp vệ sinh đạt 68%": words of its own, and none of the name told before."""
    opens = window.behind_mark()
    if opens is None or words[opens] in first_words["district_types"] or window.figure.value > _WHOLE:
        return False  # more than the whole is of a plan
    if any(event.kind == "time" or event.id in _TOLD_AGAIN for event in window.left):
        return False  # "..., nhờ nhiều giải pháp đến nay còn 12%"
    own = [words[at] for at in _plain_words(window)]
    of_area = " ".join([word for word in own if word not in grammar["before_area"]]).startswith(phrases["areas"])
    if len(own) < _SUBJECT or of_area or not (set(topic.text.lower().split()) - grammar["common"]).isdisjoint(own):
        return False
    parts = segment_matcher(topic.code, part=True)
    return parts is None or not parts.find(own)


def _is_sector_alone(topic: Topic) -> bool:
    """True for a topic that a sector names, without any heading."""
    name = topic.event.name if topic.event is not None else None
    return name is not None and name.sector is not None and name.head is None and not name.strong


def _share_of_counted(indicator: Indicator, window: Window) -> bool:
    """ "chiếm 94% tổng số hộ nghèo": the whole is what the rate counts, and not all there are."""
    counts = {count.code for count in counts_of_rate(indicator.code)}
    for event in window.after():
        if event.first - window.figure.last > _WHOLE_REACH or event.kind == "mark":
            return False
        if event.name is not None:
            return any(concept.id in counts for concept in event.name.named)
    return False


def _reached(window: Window, words: list[str]) -> bool:
    """True where a verb behind the figure tells that it was reached: "02 xã của huyện đã đạt chuẩn"."""
    reaches = grammar["told_reached"]
    for word in words[window.figure.last : window.sentence.last]:
        if word in reaches:
            return True
        if word in (",", ";", ":"):
            break
    return False

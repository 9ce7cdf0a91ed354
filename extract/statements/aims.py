"""Aims that are told behind their figures: "Giảm hộ nghèo còn 3%, thu ngân sách 90 tỷ đồng là mục tiêu năm 2024".

Belongs here: which figures of a sentence such an aim is told of. Does not belong here: aims and headers before their
figures (``scope.py``), or the time of one figure (``when.py``).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from extract.lexicon.grammar import phrase_at
from extract.lexicon.grammar import words as grammar
from extract.statements.events import Event, Sentence
from extract.statements.hints import PLAN, TARGET

# cues before a figure that tell it as reached
_REACHED: Final = frozenset({"outcome", "now", "est", "notmet"})
# tokens behind an aim in which it is said that it was met
_MET_REACH: Final = 6


class Aim(NamedTuple):
    """Events of a sentence from ``first`` on are told as aims; those from ``behind`` on stand behind the aim."""

    first: int
    behind: int


def aim_behind(sentence: Sentence, words: list[str]) -> Aim | None:
    """The aim that closes the sentence, right behind its last figure and what that counts, or None."""
    if not sentence.hints & (TARGET | PLAN):
        return None
    events = sentence.events
    last = next((i for i in range(len(events) - 1, -1, -1) if events[i].is_value), None)
    if last is None:
        return None
    at = _end_of_value(events, last)
    stated = at < sentence.last and words[at] in grammar["states_aim"] and phrase_at("aims", words, at + 1) > 0
    if not stated or not grammar["met"].isdisjoint(words[at : at + _MET_REACH]):
        return None
    first, clause = 0, last
    for position in range(last - 1, -1, -1):
        event = events[position]
        if event.kind == "mark" and event.id in ",;:":
            clause = position + 1
        if event.id in _REACHED or event.id in (";", ":") or _has(event, words):
            first = clause  # "huyện đã có 8 xã đạt chuẩn, thêm 2 xã là mục tiêu năm 2024"
            break
    return Aim(first, next((i for i in range(last, len(events)) if events[i].first >= at), len(events)))


def _end_of_value(events: list[Event], last: int) -> int:
    """The token behind a figure, its noun and its time: "150.000 lượt khách trong năm 2024 | là"."""
    end = events[last].last
    for event in events[last + 1 :]:
        if event.kind not in ("name", "time") or event.first > end:
            break
        end = max(end, event.last)
    return end


def _has(event: Event, words: list[str]) -> bool:
    """True for "có", which tells what there is."""
    return event.kind == "cue" and event.last - event.first == 1 and words[event.first] in grammar["has"]

"""Figures that take up what the sentence before told: its plan, its verb, a part of its amount, "con số này".

Belongs here: whether a figure without a name does. Does not belong here: what was told, or what goes on within one
sentence (``carried.py``).
"""

from __future__ import annotations

from typing import Final

from extract.lexicon.grammar import phrase_at
from extract.lexicon.grammar import words as grammar
from extract.statements.hints import PART, SAME
from extract.statements.windows import Topic, Window

# cues of a plan
_PLANS: Final = frozenset({"plan", "target"})
# cues behind a figure that say how much it is
_COMPARES: Final = frozenset({"equal", "plan", "base", "so", "up", "down", "over"})
# tokens of "thu được"
_VERB: Final = 2


def takes_up(window: Window, told: Topic, verbs: list[str], words: list[str]) -> bool:
    """True where the figure is of ``told``; ``verbs`` are the words right before the figure of that."""
    if window.has_cue(SAME):
        return True  # "con số này là 418 ha"
    if window.has_cue(PART) and _holds_part(told, window):
        return True
    if window.figure.family == "pct" and phrase_at("this_is", words, window.sentence.first):
        return True  # "Đây là mức cao nhất từ trước đến nay, bằng 184% dự toán"
    return _takes_plan(window, told, words) or _takes_verb(window, told, verbs, words)


def _holds_part(told: Topic, window: Window) -> bool:
    """ "Trong đó, gần 55 tỷ đồng là của kinh tế tập thể": a part of the amount that was told before."""
    family = window.figure.family
    return told.segment is None and told.family == family and family not in ("pct", "times")


def _takes_plan(window: Window, told: Topic, words: list[str]) -> bool:
    """ "thu ngân sách đạt 33 tỷ đồng. Năm 2024, tỉnh giao dự toán 35 tỷ đồng": the plan of what was just told."""
    family = window.figure.family
    if told.segment is not None or told.family != family or family in (None, "times"):
        return False
    plans = [event for event in window.left if event.id in _PLANS]
    # "phấn đấu cả năm 2022 thu 75 tỷ đồng": over the time between
    said = [words[at] for at in window.plain(plans[-1].last, window.figure.first, "time")] if plans else []
    if not plans or not grammar["taken_up"].issuperset(said):
        return False
    return not any(event.name is not None for event in window.sentence.events)


def _takes_verb(window: Window, told: Topic, verbs: list[str], words: list[str]) -> bool:
    """ "giao thu ngân sách 70 tỷ đồng. Đến 30/11, huyện đã thu 66 tỷ đồng": the verb of what was told."""
    first = window.figure.first
    said = words[max(0, first - _VERB) : first]
    if told.family != window.figure.family or len(said) < _VERB:
        return False
    verb = said[0] if said[1] in grammar["done"] else said[1] if said[0] in grammar["has_done"] else ""
    if verb not in {*told.text.lower().split(), *verbs} - grammar["no_deed"]:
        return False
    if any(event.name is not None for event in window.left) or not _closes(window):
        return False  # "đã chi 12 tỷ đồng hỗ trợ hộ nghèo" is a part
    opens = window.plain(window.behind_mark() or window.sentence.first, first - _VERB)
    return grammar["doers"].issuperset([words[at] for at in opens])


def _closes(window: Window) -> bool:
    """True where a mark, what it compares with or nothing stands right behind the figure, and no other word."""
    last = window.figure.last
    compares = (event.kind == "mark" or event.id in _COMPARES for event in window.right if event.first == last)
    return last >= window.sentence.last - 1 or any(compares)

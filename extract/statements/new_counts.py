"""New counts: "có thêm 2 xã", "57 doanh nghiệp thành lập mới", "2 xã đạt chuẩn, nâng số xã lên 12".

Belongs here: what behind a count, or before it in a list, makes it one of new things. Does not belong here: verbs
before the figure (``around.py``) or what a new count is measured as (``measures.py``).
"""

from __future__ import annotations

from typing import Final

from extract.lexicon.grammar import first_words, phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.events import Event
from extract.statements.hints import NEW, NOW
from extract.statements.windows import REFERENCE_REACH, Window, aside_end

# tokens between a count and the verb behind it that makes it new
NEW_REACH: Final = 12


def new_after(window: Window, words: list[str]) -> bool:
    """ "57 doanh nghiệp thành lập mới", "2 xã ... được công nhận": the verb of a new count may follow it."""
    if not window.sentence.hints & NEW:
        return False
    stands = bool(window.left) and window.left[-1].id == "equal" and window.left[-1].last == window.figure.first
    events = window.before() if stands else window.left
    if any(e.kind == "time" and e.id in ("now", "year_to_date") for e in events):
        return False
    aside = aside_end(window, words)
    for event in window.right:
        if window.figure.last <= event.first < aside:
            continue
        if event.kind == "mark" and event.id in ";:()":
            return False
        if event.first == window.figure.last and is_rest(words, event.first, event.last):
            continue
        if event.id == "new" and thrives(event, words):
            continue
        if event.id == "new" and event.first - window.figure.last <= NEW_REACH:
            following = window.next_value()
            parted = any(e.id == "," and e.last == event.first for e in window.right)
            return not (parted and following is not None and following.first - event.last <= REFERENCE_REACH)
        if event.kind == "cue" and event.id in ("plan", "base", "so", "up", "down", "to"):
            return False
    return False


def is_rest(words: list[str], first: int, last: int) -> bool:
    """True where tokens ``first`` to ``last`` say that a count is the rest of a total: "10 xã còn lại về đích"."""
    said = first < len(words) and words[first] in first_words["rest"]
    return said and " ".join(words[first:last]) in phrases["rest"]


def thrives(event: Event, words: list[str]) -> bool:
    """True for a verb that makes new only what it touches: "phát triển", "xây dựng"."""
    return event.last - event.first == 2 and words[event.first] in grammar["thrives"]


def raises_total(window: Window, words: list[str]) -> bool:
    """ "2 xã đạt chuẩn, nâng số xã đạt chuẩn của huyện lên 12 xã": what raises a total is new."""
    following = window.next_value()
    if following is None or following.family != window.figure.family or window.figure.second is not None:
        return False
    if window.said & NOW:
        return False  # "đến nay, đã có 8 xã đạt chuẩn; nâng tổng số tiêu chí của 22 xã"
    return any(
        event.id == "to" and event.first >= window.figure.last and words[event.first] in grammar["raises"]
        for event in window.right
    )


def only_listed(window: Window, words: list[str]) -> bool:
    """True where nothing but a comma, a semicolon or an "and" parts the figure from the one before it."""
    figure = window.figure
    gap = words[window.since : figure.first]
    if gap and gap[-1] in grammar["joins"] and not window.left:
        return True
    if not window.left or figure.first - max(event.last for event in window.left) > 2:
        return False
    return all(
        (e.kind == "mark" and e.id in ",;") or (e.kind == "name" and e.used) or (e.kind == "cue" and e.inside)
        for e in window.left
    )

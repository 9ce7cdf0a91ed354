"""Lists whose members share words: names first and figures after, or one reference behind the last of several figures.

Belongs here: giving each figure of such a run its own name ("công nghiệp, dịch vụ lần lượt là 37,2% và 19,2%"), or the
reference of the last one. Does not belong here: lists where each figure has its own (``names_before.py``,
``around.py`` read those).
"""

from __future__ import annotations

from typing import Final

from extract.language.tokens import Tokens
from extract.lexicon.grammar import words as grammar
from extract.statements.events import Event
from extract.statements.hints import IN_ORDER
from extract.statements.windows import REFERENCE_REACH, Window

# tokens between the ends of a pair ("từ 36,06 xuống còn 31,44%")
_PAIR_REACH: Final = 3
# tokens between two figures of a run
_BETWEEN: Final = 2
# the heading of shares
_SHARES: Final = "share"
# percent that all sectors together have, and how far rounded shares may miss it
_WHOLE: Final = 100.0
_ROUNDING: Final = 1.0


def align_lists(windows: list[Window], tokens: Tokens) -> None:
    """Move the k-th name before a run of figures into the window of its k-th figure. Changes ``windows`` in place."""
    at = 0
    while at < len(windows):
        stop = at + 1
        while stop < len(windows) and _runs_on(windows[stop - 1], windows[stop], tokens):
            stop += 1
        if stop - at >= 2 and not _align(windows[at:stop], tokens):
            _align_again(windows[at:stop], windows[:at], tokens.words)
        at = stop


def share_units(windows: list[Window], words: list[str]) -> None:
    """ "ngô 1.257 ha, sắn 607, rau màu 200 ha": a crop's number between two areas is an area. Sets its ``family``."""
    for at, window in enumerate(windows):
        figure = window.figure
        if figure.family is not None or at + 1 == len(windows):
            continue
        after = windows[at + 1]
        if after.figure.family == "pct" and _starts_pair(window, after, words):
            figure.family = "pct"
        elif at and figure.second is None and windows[at - 1].figure.family == after.figure.family == "area":
            named = window.left[-1] if window.left else None
            if named is None or named.name is None or not named.name.crop or named.name.named:
                continue
            if named.last == figure.first and words[named.first - 1] in grammar["lists"]:
                figure.family = "area"


def _starts_pair(window: Window, after: Window, words: list[str]) -> bool:
    """ "giảm từ 36,06 xuống 31,44%": the unit of the second end is the first's too."""
    figure = window.figure
    between = words[figure.last : after.figure.first]
    opened = figure.first > 0 and words[figure.first - 1] in grammar["from"]
    return opened and len(between) <= _PAIR_REACH and not grammar["arrives"].isdisjoint(between)


def share_references(windows: list[Window], words: list[str]) -> None:
    """ "diện tích đạt 28,2%, sản lượng đạt 31,3% so với nghị quyết": the reference of the last is that of all of them.

    Sets ``shared_ref`` of percentages that are told with the same verb and have no reference of their own.
    """
    refs: dict[str, str] = {}  # by verb, as told behind
    for window in reversed(windows):
        if window.figure.family != "pct":
            continue
        own = _reference(window)
        if own is not None:
            refs[_verb_before(window.figure.first, words)] = own
        elif refs:
            told = _verb_before(window.figure.first, words)
            if told in refs and told in grammar["states_ratio"]:
                window.shared_ref = refs[told]


def _verb_before(first: int, words: list[str]) -> str:
    """The word before a figure and its bound: "đạt | hơn 41%"."""
    at = first - 1
    while at > 0 and words[at] in grammar["bounds"]:
        at -= 1
    return words[at] if at >= 0 else ""


def _reference(window: Window) -> str | None:
    """The kind of what the figure is told to refer to, right behind it."""
    edge, after = window.figure.last, window.after()
    if len(after) > 1 and after[0].id == "so" and after[0].first - edge <= REFERENCE_REACH:
        event, edge = after[1], after[0].last
    elif after:
        event = after[0]
    else:
        return None
    told = event.first - edge <= REFERENCE_REACH and (event.id == "plan" or event.id == "base")
    return event.id if told else None


def _runs_on(before: Window, after: Window, tokens: Tokens) -> bool:
    start, stop = before.figure.last, after.figure.first
    if not 0 < stop - start <= _BETWEEN or not grammar["between"].issuperset(tokens.words[start:stop]):
        return False
    unit_follows = before.figure.family is None and after.figure.family == "pct"
    return before.figure.family == after.figure.family or unit_follows


def _joined(names: list[Event], run: list[Window], words: list[str]) -> bool:
    """ "tỷ lệ hộ nghèo và cận nghèo còn 15,4% và 8,2%": two names and two figures, both joined by "và"."""
    first, second = names[-2:]
    joins = [*words[first.last : second.first], *words[run[0].figure.last : run[-1].figure.first]]
    return len(run) == 2 == len(joins) and grammar["joins"].issuperset(joins)


def _align(run: list[Window], tokens: Tokens) -> bool:
    """Give each figure its name, and tell whether there were names."""
    first = run[0]
    names = [e for e in first.left if e.name is not None and (e.name.sector or e.name.strong or e.name.crop)]
    said = first.has_cue(IN_ORDER)
    dashed = all(tokens.words[w.figure.last] == "-" for w in run[:-1])
    if len(names) < len(run) or not (said or dashed or _joined(names, run, tokens.words)):
        return False
    chosen: list[Event] = names[-len(run) :]
    others = [e for e in first.left if e not in chosen and not (e.kind == "mark" and e.first > chosen[0].first)]
    family = next((w.figure.family for w in run if w.figure.family), None)
    for window, name in zip(run, chosen, strict=True):
        window.take(sorted([*others, name], key=lambda e: e.first))
        window.figure.family = window.figure.family or family
    return True


def _align_again(run: list[Window], before: list[Window], words: list[str]) -> None:
    """ "... năm 2015 là 41,6% - 32,6% - 25,8%; đến năm 2020: 44,4% - 37,2% - 18,4%": sectors in the same order."""
    told = [w for w in before if w.figure.family == "pct" and any(e.names_sector for e in w.left)][-len(run) :]
    ordered = run[0].has_cue(IN_ORDER) or all(words[window.figure.last] == "-" for window in run[:-1])
    named = any(e.name is not None and e.name.head != _SHARES for window in run for e in window.left)
    whole = abs(sum(window.figure.value for window in run) - _WHOLE) <= _ROUNDING
    if len(told) < len(run) or not (ordered and whole) or named or any(w.figure.family != "pct" for w in run):
        return
    for window, as_before in zip(run, told, strict=True):
        sector = next(e for e in reversed(as_before.left) if e.names_sector)
        window.take([sector.copy(), *(e for e in window.left if e.id != ";")])

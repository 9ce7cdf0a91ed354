"""Positional lists: names first, figures after ("công nghiệp, dịch vụ lần lượt là 37,2% và 19,2%").

Belongs here: giving each figure of such a run its own name. Does not belong here: lists where each name stands beside
its figure (``names_before.py`` reads those).
"""

from __future__ import annotations

from extract.language.tokens import Tokens
from extract.lexicon.grammar import words as grammar
from extract.statements.events import Event
from extract.statements.windows import Window


def align_lists(windows: list[Window], tokens: Tokens) -> None:
    """Move the k-th name before a run of figures into the window of its k-th figure. Changes ``windows`` in place."""
    at = 0
    while at < len(windows):
        stop = at + 1
        while stop < len(windows) and _runs_on(windows[stop - 1], windows[stop], tokens):
            stop += 1
        if stop - at >= 2:
            _align(windows[at:stop], tokens)
        at = stop


def _runs_on(before: Window, after: Window, tokens: Tokens) -> bool:
    gap = tokens.words[before.figure.last : after.figure.first]
    if not 0 < len(gap) <= 2 or not grammar("between").issuperset(gap):
        return False
    unit_follows = before.figure.family is None and after.figure.family == "pct"
    return before.figure.family == after.figure.family or unit_follows


def _align(run: list[Window], tokens: Tokens) -> None:
    first = run[0]
    names = [e for e in first.left if e.name is not None and (e.name.sector or e.name.strong or e.name.crop)]
    said = first.has_cue("respectively")
    dashed = all(tokens.words[w.figure.last] == "-" for w in run[:-1])
    if len(names) < len(run) or not (said or dashed):
        return
    chosen: list[Event] = names[-len(run) :]
    others = [e for e in first.left if e not in chosen and not (e.kind == "mark" and e.first > chosen[0].first)]
    family = next((w.figure.family for w in run if w.figure.family), None)
    for window, name in zip(run, chosen, strict=True):
        window.take(sorted([*others, name], key=lambda e: e.first))
        window.figure.family = window.figure.family or family

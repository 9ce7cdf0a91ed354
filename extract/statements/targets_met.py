"""Counts of targets: "29/34 chỉ tiêu đạt và vượt", "7 chỉ tiêu chưa đạt", and counts that say nothing about results.

Belongs here: only the indicator ``targets_met``, whose figures are about the plan itself.
"""

from __future__ import annotations

from functools import cache
from itertools import takewhile
from typing import Final

from extract.language.tokens import Tokens
from extract.lexicon.grammar import phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.windows import Window

# tokens around the figure in which its result is told
_BEHIND: Final = 9
_BEFORE: Final = 8
_NEAR: Final = 5
_NEXT: Final = 3


def read_targets_met(window: Window, tokens: Tokens) -> tuple[float, float | None, str | None] | None:
    """(targets, of how many, segment) or None where the figure only counts targets that were set."""
    figure, words = window.figure, tokens.words
    stops = grammar["ends_result"]
    after = _until(words[figure.last : figure.last + _BEHIND], stops)
    before = _until(words[max(window.sentence.first, figure.first - _BEFORE) : figure.first][::-1], stops)
    if ":" in before:
        before = before[: before.index(":")]
    of = figure.second if figure.second is not None and figure.second >= figure.value else None
    field = _field(window, tokens)
    met, over, completes = grammar["meets"], grammar["over"], grammar["completes"]
    if not grammar["not_yet"].isdisjoint(after) or not (grammar["not"].isdisjoint(after) or met.isdisjoint(after)):
        return figure.value, of, _label("not_met" if not grammar["not_yet"].isdisjoint(after) else "failed")
    near = before[:_NEAR] + after
    around = before[: _NEAR + 1] + after
    if of is None and before[:1] and before[0] in grammar["each"] and _all_done(window, words):
        return figure.value, figure.value, field
    if of is None and " ".join(reversed(before[:2])) in phrases["most_of"]:
        return None  # "hầu hết 19 chỉ tiêu đều đạt và vượt"
    is_over = not over.isdisjoint(near)
    is_met = not met.isdisjoint(near) or not completes.isdisjoint(around)
    if of is not None:
        only = is_over and not is_met and grammar["completed"].isdisjoint(around)
        beyond = not over.isdisjoint(before[:_NEXT]) and not completes.isdisjoint(before)
        alone = met.isdisjoint(around) and grammar["joins"].isdisjoint(before)
        return figure.value, of, _label("exceeded") if only or (beyond and alone) else field
    if is_over:
        return figure.value, _of_how_many(window, words), field if is_met else _label("exceeded")
    return (figure.value, None, _label("met")) if not met.isdisjoint(after) else None


def _all_done(window: Window, words: list[str]) -> bool:
    """ "cả 16 chỉ tiêu chủ yếu của thành phố đều hoàn thành": all of them."""
    stops = grammar["ends_result"]
    clause = list(takewhile(lambda word: word not in stops, words[window.figure.last : window.sentence.last]))
    every = next((at for at, word in enumerate(clause) if word in grammar["every_one"]), None)
    done = {*grammar["meets"], *grammar["completes"], *grammar["over"]}
    denied = {*grammar["not"], *grammar["not_yet"]}
    return every is not None and not done.isdisjoint(clause[every:]) and denied.isdisjoint(clause[every:])


def _of_how_many(window: Window, words: list[str]) -> float | None:
    """ "Trong số 21 chỉ tiêu đề ra, có 18 chỉ tiêu đạt và vượt": the whole that was named before."""
    for event in window.before():
        whole = event.figure
        if whole is not None and whole.family == "count:target" and whole.second is None:
            opened = set(words[max(window.sentence.first, whole.first - 3) : whole.first]) & grammar["of_all"]
            return whole.value if opened and whole.value >= window.figure.value else None
    return None


def _field(window: Window, tokens: Tokens) -> str | None:
    """The field whose targets are counted: "16/17 chỉ tiêu kinh tế", "xã hội đạt 8/8 chỉ tiêu"."""
    words = tokens.words[window.sentence.first : window.sentence.last]
    first, last = window.figure.first - window.sentence.first, window.figure.last - window.sentence.first
    behind, before = _fields()
    for field in behind.get(words[last], ()) if last < len(words) else ():
        if words[last : last + len(field)] == field:
            return _named(" ".join(field))
    if not first or words[first - 1] not in grammar["has_targets"]:
        return None
    first -= words[first - 2] == ","  # "ở lĩnh vực kinh tế, có 15/16 chỉ tiêu"
    for field in before.get(words[first - 2], ()) if first > 1 else ():
        start = first - 1 - len(field)
        if start >= 0 and words[start : first - 1] == field:
            opened = start == 0 or not words[start - 1][0].isalnum() or words[start - 1] in grammar["opens_field"]
            return _named(" ".join(field)) if opened else None
    return None


@cache
def _fields() -> tuple[dict[str, list[list[str]]], dict[str, list[list[str]]]]:
    """The names of fields, the longest first, by their first words and by their last ones."""
    behind: dict[str, list[list[str]]] = {}
    before: dict[str, list[list[str]]] = {}
    for name in sorted({*phrases["all_targets"], *phrases["target_fields"]}, key=len, reverse=True):
        field = name.split()
        behind.setdefault(field[0], []).append(field)
        before.setdefault(field[-1], []).append(field)
    return behind, before


def _named(field: str) -> str | None:
    return None if field in phrases["all_targets"] else field.replace(" ,", ",")


def _until(words: list[str], stops: frozenset[str]) -> list[str]:
    """The words in front of the first number or of one of ``stops``."""
    for at, word in enumerate(words):
        if word in stops or word[0].isdecimal():
            return words[:at]
    return words


def _label(result: str) -> str:
    """How the segment of a result is called."""
    return phrases[f"targets_{result}"][0]

"""Whom an article speaks of where its headline does not settle it: what "huyện" alone goes back to, who opens the text,
and pages about several districts at once.

Belongs here: how names follow each other in one article. Does not belong here: weights (``evidence``), or the decision
(``resolver``).
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Final

from extract.places.cues import forms, words
from extract.places.gazetteer import District
from extract.places.layout import heads, in_one_run, opens, opens_clause
from extract.places.levels import general_type
from extract.places.scanner import Scan

_REACH: Final = 34  # characters between the type and its name: "huyện đặc biệt khó khăn ..."
# districts that make a page one about several: each on its own line, each in its own sentence
_FEW: Final = 2
_MANY: Final = 3


class Placed:
    """A name of title or text with the districts that it could be, not the name of a thing; ``beside``: compared."""

    def __init__(self, start: int, end: int, units: tuple[District, ...], *, typed: bool, beside: bool) -> None:
        self.start, self.end, self.units, self.typed, self.beside = start, end, units, typed, beside

    @property
    def code(self) -> str:
        """The first of them."""
        return self.units[0].code


def types_left_alone(text: Scan, placed: list[Placed]) -> Counter[str]:
    """How often "huyện", "thị xã" ... without a name goes back to each district: to the one named last before it."""
    found: Counter[str] = Counter()
    at = 0
    for start, unit_type in text.levels:
        while at < len(placed) and placed[at].start < start:
            at += 1
        named = at < len(placed) and placed[at].typed and placed[at].start - start < _REACH
        if named or not at:
            continue
        for unit in placed[at - 1].units:
            if general_type(unit) == unit_type:
                found[unit.code] += 1
    return found


def opening(text: Scan, placed: list[Placed]) -> tuple[District, ...]:
    """The district that the text begins with; none where several are named in one run, or where it is only a place."""
    if not placed or not placed[0].typed or not opens(text.folded.text, placed[0].start):
        return ()
    first, *others = placed
    if others and in_one_run(text.folded.text, first.end, others[0].start):
        return ()
    return () if is_locative(text.folded.text, first.start, reach=5) else first.units


def in_one_title(title: Scan, placed: list[Placed]) -> tuple[str, ...]:
    """The codes of several districts that the headline names in one run, and no others: "HĐND các huyện A, B và C".

    Or each in a clause of its own: "Tin vắn: A vào vụ mùa, B thu ngân sách tăng".
    """
    codes = tuple(dict.fromkeys(name.code for name in placed))
    line = title.folded.text
    joined = all(in_one_run(line, one.end, other.start) for one, other in pairwise(placed))
    return codes if len(codes) > 1 and (joined or all(opens_clause(line, name.start) for name in placed)) else ()


def in_turn(text: Scan, placed: list[Placed]) -> tuple[str, ...]:
    """The codes of the districts that the text reports on one after the other: each opens its own line or sentence."""
    spans = [(name.start, name.end, name.code) for name in placed]
    for least, sentences in ((_FEW, False), (_MANY, True)):
        found = heads(text.folded.text, spans, sentences=sentences)
        codes = tuple(dict.fromkeys(code for _, _, code in found))
        if len(codes) >= least and _each_has_figures(text.folded.text, [start for start, _, _ in found]):
            return codes
    return ()


def _each_has_figures(text: str, starts: list[int]) -> bool:
    return all(
        any(letter.isdecimal() for letter in text[start:stop])
        for start, stop in zip(starts, [*starts[1:], len(text)], strict=True)
    )


def is_locative(text: str, start: int, reach: int = 24) -> bool:
    """Whether "tại", "ở" ... stands before the name at ``start``, or before its type."""
    if not start:
        return False
    before = text[max(0, start - reach) : start].split()
    return not _locatives().isdisjoint(before[-3:])


@cache
def _locatives() -> frozenset[str]:
    small = {form for word in words("locatives") for marked in (True, False) for form in forms(word, marked)}
    return frozenset(written for form in small for written in (form, form.capitalize(), form.upper()))

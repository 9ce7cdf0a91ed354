"""How a page is laid out around several districts: names in one run, and names that open a line.

Belongs here: the form of the text between and before names. Does not belong here: which district a name stands for
(``readings``), or what follows for the article (``resolver``) and for single figures (``statements/place_scope``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, TypeVar

from extract.places.cues import DISTRICT_TYPES, forms, words

LEAD: Final = 60  # characters: "* Theo báo cáo của Ban Thường vụ Huyện ủy ..."
_NOT_IN_LEAD: Final = re.compile(r"[.;:!?%)\]]|\d[\d.,]* ?\w")
# dateline, bullets, numbers
_OPENING: Final = re.compile(r"^(?:[(\[]?[\w.]{2,24}[)\]]? ?[-–—:] ?)?[\s\d.,:)(*•+\-–—]*")
_CLAUSE: Final = re.compile(r"[,;:.!?] | [-–—] ")
_WORD: Final = re.compile(r"[^\W\d_]+")
Item = TypeVar("Item")


@cache
def _between() -> re.Pattern[str]:
    """What may stand between two names of one run: a comma, "và", and the type of the second."""
    types = "|".join(
        re.escape(form)
        for unit_type in sorted(DISTRICT_TYPES)
        for word in words("types")[unit_type]
        for marked in (True, False)
        for form in forms(word, marked)
    )
    joins = "|".join(form for word in words("joins_of_units") for m in (True, False) for form in forms(word, m))
    return re.compile(rf"(?: ?[,;&/] ?| - |,? (?:{joins}) )(?:(?:{types})\s?)?", re.IGNORECASE)


def in_one_run(text: str, end: int, start: int) -> bool:
    """Whether names that end at ``end`` and start at ``start`` are two of one list: "A, B và thị xã C"."""
    return start - end < LEAD and _between().fullmatch(text, end, start) is not None


def runs(text: str, spans: Iterable[tuple[int, int, Item]]) -> Iterator[list[tuple[int, int, Item]]]:
    """Group ``spans`` (start, end, anything; in order) into lists of names; most are alone in theirs."""
    run: list[tuple[int, int, Item]] = []
    for span in spans:
        if run and not in_one_run(text, run[-1][1], span[0]):
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def opens(text: str, start: int, *, sentences: bool = False) -> bool:
    """Whether a name at ``start`` stands in the first words of its line (or sentence)."""
    return _before(text, start, sentences=sentences) is not None


def heads(text: str, spans: Sequence[tuple[int, int, str]], *, sentences: bool = False) -> list[tuple[int, int, str]]:
    """Those of ``spans`` (start, end, code; in order) that a line (or sentence) begins with, each alone in its run."""
    return [run[0] for run in runs(text, spans) if len(run) == 1 and is_head(text, run[0][0], sentences=sentences)]


def is_head(text: str, start: int, *, sentences: bool = False) -> bool:
    """Whether the line (or sentence) begins with the name at ``start``, after bullets and words like "UBND huyện"."""
    before = _before(text, start, sentences=sentences)
    return before is not None and _openers().issuperset(_WORD.findall(before.lower()))


def opens_clause(line: str, start: int) -> bool:
    """Whether nothing but words like "UBND huyện" stands between the name at ``start`` and the mark before it."""
    return _openers().issuperset(_WORD.findall(_CLAUSE.split(line[:start].lower())[-1]))


def _before(text: str, start: int, *, sentences: bool) -> str | None:
    """The words from the beginning of the line or sentence to ``start``; None where there are too many."""
    reach = max(0, start - LEAD)
    ends = ("\n", ". ", "; ") if sentences else ("\n",)
    begin = max((at + len(end) for end in ends if (at := text.rfind(end, reach, start)) >= 0), default=0)
    if not begin and reach:
        return None
    if text[begin - 2 : begin] != "; " and text[begin].islower():  # the line above goes on
        return None
    before = _OPENING.sub("", text[begin:start])
    return before if _NOT_IN_LEAD.search(before) is None and before.count(",") < 2 else None


@cache
def _openers() -> frozenset[str]:
    """Single words: those that open a line, and those of the types of districts."""
    types = [word for unit_type in DISTRICT_TYPES for word in words("types")[unit_type]]
    phrases = [*words("line_openers"), *types]
    return frozenset(
        part for phrase in phrases for marked in (True, False) for form in forms(phrase, marked)
        for part in _WORD.findall(form)
    )  # fmt: skip

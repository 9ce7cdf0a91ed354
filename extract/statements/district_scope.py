"""Which district a figure belongs to, in articles that name several.

Belongs here: how far the name of a district reaches over the figures behind it, in sentences, lists and pages that
report on one district after the other. Does not belong here: finding and resolving the names (``places/``), communes
and provinces (``place_scope``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from extract.extraction import DocumentPlace
from extract.language.tokens import Tokens
from extract.lexicon.grammar import phrases
from extract.lexicon.grammar import words as grammar
from extract.places.layout import is_head, runs
from extract.places.mentions import PlaceMention
from extract.statements.windows import Window

_LINE: Final = re.compile("\n")
SEVERAL: Final = "several"  # no code: the figure is of several districts together
_NEAR: Final = 14  # characters between a name and its own figure: "Đông Giang đạt khoảng 45%"
_AWAY: Final = 40  # characters before a name that tell how far away it is
_HEADING: Final = 70  # characters of a line that is a heading


class _Mark(NamedTuple):
    """From ``start`` on, figures are of ``codes``: one district, or several together.

    ``head``: the line begins with it; ``taking``: it holds for the figures behind it; ``lasting``: also in the lines
    below, until the next such.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    head: bool
    taking: bool
    lasting: bool = False


class DistrictScope:
    """Answers for each figure of one article; ``mentions`` are the resolved districts of its text, in order."""

    def __init__(self, tokens: Tokens, text: str, mentions: Sequence[PlaceMention], place: DocumentPlace) -> None:
        self._tokens, self._text, self._own = tokens, text, place.district_code
        named = [m for m in mentions if m.kind == "district" and m.code is not None]
        self._others = any(m.code != self._own for m in named)
        self._marks = _lasting(text, _marks(text, named)) if self._others else []
        self._starts = [mark.start for mark in self._marks]
        self._before = _last_before(self._marks)
        self._lines = _line_starts(text) if self._others else []
        self._in_order: dict[int, dict[int, str]] = {}

    def of(self, window: Window) -> str | None:
        """The code of another district that the figure belongs to, ``SEVERAL``, or None for the article's own."""
        if not self._others:
            return None
        first, last = self._tokens.starts[window.figure.first], self._tokens.end(window.figure.last - 1)
        at = bisect_left(self._starts, first)
        code = self._in_brackets_behind(at, last) or self._right_before(at, first) or self._reaching(at, window)
        return None if code == self._own else code

    def _in_brackets_behind(self, at: int, end: int) -> str | None:
        """ "cao nhất 64,5 tạ/ha (huyện Duy Xuyên)"."""
        if at == len(self._marks):
            return None
        mark = self._marks[at]
        opened = self._text[end : mark.start].lstrip()
        alone = self._text[mark.end : mark.end + 1] == ")" and len(mark.codes) == 1
        return mark.codes[0] if alone and opened.startswith("(") and mark.start - end < _NEAR else None

    def _right_before(self, at: int, start: int) -> str | None:
        """ "Đông Giang 45%", "Tây Giang: 50%", "Nam Giang (61%)": with nothing but "đạt" between."""
        mark = self._marks[at - 1] if at else None
        if mark is None or len(mark.codes) > 1 or start - mark.end > _NEAR:
            return None
        between = self._text[mark.end : start].lower().split()
        if between and between[0].startswith("("):
            return mark.codes[0]
        said = [word.strip(":-–,") for word in between]
        return mark.codes[0] if set(said) <= {"", *grammar["reaches"], *grammar["says_value"]} else None

    def _reaching(self, at: int, window: Window) -> str | None:
        """The last name that takes the figures behind it, in this line, or in a line above where it is lasting."""
        taking, lasting = self._before[at]
        line = self._line_of(self._tokens.starts[window.figure.first])
        if taking is None or taking.start < line:
            taking = lasting
        if taking is None:
            return None
        here = taking.start >= self._tokens.starts[window.sentence.first]
        if len(taking.codes) == 1:
            # on a page of no district what no name stands before, in its sentence or line, is of no district either
            return taking.codes[0] if here or taking.head or self._own is not None else None
        if not here:
            return None
        return self._respectively(taking, window) or SEVERAL

    def _line_of(self, at: int) -> int:
        return self._lines[bisect_right(self._lines, at) - 1]

    def _respectively(self, mark: _Mark, window: Window) -> str | None:
        """ "A, B và C lần lượt thu 10, 20 và 30 tỷ đồng": one value for each, in their order."""
        if mark.start not in self._in_order:
            values = [e for e in window.sentence.events if e.is_value and self._tokens.starts[e.first] >= mark.end]
            said = any(e.id == "respectively" for e in window.sentence.events)
            pairs = zip(values, mark.codes, strict=True) if said and len(values) == len(mark.codes) else ()
            self._in_order[mark.start] = {event.first: code for event, code in pairs}
        return self._in_order[mark.start].get(window.event.first)


def _last_before(marks: Sequence[_Mark]) -> list[tuple[_Mark | None, _Mark | None]]:
    """For each number of marks seen: the last of them that takes figures, and the last that also lasts."""
    taking: _Mark | None = None
    lasting: _Mark | None = None
    found = [(taking, lasting)]
    for mark in marks:
        taking = mark if mark.taking else taking
        lasting = mark if mark.lasting else lasting
        found.append((taking, lasting))
    return found


def _line_starts(text: str) -> list[int]:
    """Where lines begin; one that begins in lower case goes on with the one above."""
    return [0, *(found.end() for found in _LINE.finditer(text) if not text[found.end() : found.end() + 1].islower())]


def _marks(text: str, named: Sequence[PlaceMention]) -> list[_Mark]:
    """One mark for each name that stands alone, and for each run of several."""
    marks = []
    for run in runs(text, ((m.char_start, m.char_end, m) for m in named)):
        codes = tuple(str(mention.code) for *_, mention in run if not mention.beside)
        if len(set(codes)) > 1 and not _apart(text, run):
            marks.append(_Mark(run[0][0], run[-1][1], codes, is_head(text, run[0][0]), True))
            continue
        for start, end, mention in run:
            head = not mention.beside and is_head(text, start)
            within = text[max(0, start - _NEAR) : start].rstrip().lower().endswith(phrases["in_district"])
            opens = mention.typed or head or within or is_head(text, start, sentences=True)
            away = " ".join(text[max(0, start - _AWAY) : start].lower().split()).endswith(phrases["away_from"])
            taking = not mention.beside and opens and not away
            marks.append(_Mark(start, end, (str(mention.code),), head, taking))
    return marks


def _apart(text: str, run: Sequence[tuple[int, int, PlaceMention]]) -> bool:
    """Whether a figure stands between the names of a run: they are not one list."""
    return any(letter.isdecimal() for one, other in pairwise(run) for letter in text[one[1] : other[0]])


def _lasting(text: str, marks: list[_Mark]) -> list[_Mark]:
    """Say which names hold for the lines below: headings, and all heads of a page that goes from district to district.

    There a list of several ends what the name before it held for.
    """
    heads = [mark for mark in marks if mark.head]
    in_turn = len({mark.codes for mark in heads if len(mark.codes) == 1}) > 1
    return [mark._replace(lasting=mark.head and (in_turn or _is_heading(text, mark))) for mark in marks]


def _is_heading(text: str, mark: _Mark) -> bool:
    """Whether its line holds nothing else but few words and no figure."""
    stop = text.find("\n", mark.end)
    rest = text[mark.end : stop if stop >= 0 else len(text)].strip()
    short = len(rest) + mark.end - text.rfind("\n", 0, mark.start) <= _HEADING
    return short and stop >= 0 and not rest.endswith(".") and not any(letter.isdecimal() for letter in rest)

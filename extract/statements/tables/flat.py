"""A stretch of a page without its bars and line breaks, and its rows: a name and the figures that follow it.

Belongs here: which tokens are a cell, which cells are empty, where a row's figures end. Does not belong here: what a
row or its figures are (``by_district.py``), or rows that are told by the heads of their columns (``streams.py``).

A name may be broken over lines, and cells may stand one a line, several in a line, or behind bars: what holds a row
together is that words come before figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from extract.statements.tables.grid import Cell, Page, listed

# tokens and lines of the longest name; the number of a row has no more digits
LONGEST_NAME: Final = 30
NAME_LINES: Final = 6
_ORDINAL: Final = 3
_BETWEEN: Final = frozenset({"|", "\n"})
# "12 439,9": thousands that stand apart
_HEAD_OF_THOUSANDS: Final = re.compile(r"\d{1,3}$")
_THOUSANDS: Final = re.compile(r"\d{3}(?:,\d+)?$")


@dataclass(frozen=True, slots=True)
class FlatFigure:
    """A figure of a row: places ``first`` to ``last`` of the stretch, and its sign."""

    first: int
    last: int
    sign: int = 1


@dataclass(slots=True)
class FlatRow:
    """Places ``first`` to ``begins`` are the name; figures (None for an empty cell) follow, up to ``last``."""

    first: int
    begins: int
    last: int
    figures: list[FlatFigure | None]


class Flat:
    """Tokens ``first`` to ``last`` of a page. Places are indices of ``at``, which holds the tokens that are kept."""

    def __init__(self, page: Page, first: int, last: int) -> None:
        self.page = page
        self.at: list[int] = []
        self.opens: list[bool] = []  # a line
        self.parted: list[bool] = []  # from what is before: by a bar, a tab or the end of a line
        self.empty: list[int] = []  # cells before
        between: list[str] = []
        tabs = "\t" in page.text
        for position in range(first, last):
            word = page.words[position]
            if word in _BETWEEN:
                between.append(word)
                continue
            tab = tabs and position > 0 and "\t" in self._gap(position)
            self.opens.append("\n" in between or not self.at)
            self.parted.append(bool(between) or tab or not self.at)
            self.empty.append(_empty(between))
            self.at.append(position)
            between = []

    def __len__(self) -> int:
        return len(self.at)

    def word(self, place: int) -> str:
        """The word at ``place``; an empty one behind the end."""
        return self.page.words[self.at[place]] if place < len(self.at) else ""

    def words(self, first: int, last: int) -> list[str]:
        """The words of places ``first`` to ``last``."""
        return [self.page.words[position] for position in self.at[first:last]]

    def cells(self, first: int, last: int) -> list[list[int]]:
        """Places ``first`` to ``last`` as cells of token positions."""
        found: list[list[int]] = []
        for place in range(first, last):
            if self.parted[place] or not found:
                found.append([])
            found[-1].append(self.at[place])
        return found

    def _gap(self, position: int) -> str:
        tokens = self.page.tokens
        return self.page.text[tokens.end(position - 1) : tokens.starts[position]]

    # -- figures

    def is_figure(self, place: int) -> bool:
        """True where a figure stands that is no number of a row ("5. Huyện Tam Nông", "quận 8")."""
        position = self.at[place]
        if not self.page.is_number(position):
            return False
        word, following = self.word(place), self.word(place + 1)
        if len(word) <= _ORDINAL and following in (".", ")", "-", "/") and self.word(place + 2).isalpha():
            return False
        return not (place and not self.parted[place] and (self.word(place - 1),) in listed("numbered_districts"))

    def row(self, start: int) -> FlatRow | None:
        """The row whose name begins at ``start``, with all figures that follow; None behind the last."""
        begins, lines = start, 0
        while begins < len(self) and (begins == start or not self.is_figure(begins)):
            lines += self.opens[begins]
            if begins - start >= LONGEST_NAME or lines > NAME_LINES:
                return None
            begins += 1
        if begins >= len(self):
            return None
        figures: list[FlatFigure | None] = []
        stop = begins
        while begins - 1 > start and (self.word(begins - 1),) in listed("dashes") and self.parted[begins - 1]:
            begins -= 1  # "Huyện X | - | 12"
            figures.append(None)
        figures += [None] * self.empty[stop]
        place = stop
        while place < len(self):
            found = self._cell(place)
            if found is None:
                break
            figure, following = found
            if place > stop:
                figures += [None] * self.empty[place]
            figures.append(figure)
            place = following
        if place < len(self):
            figures += [None] * self.empty[place]
        return FlatRow(start, begins, place, figures)

    def _cell(self, place: int) -> tuple[FlatFigure | None, int] | None:
        if self.is_figure(place):
            return FlatFigure(place, self._behind(place)), self._behind(place)
        word, following = self.word(place), place + 1
        if word in ("-", "+") and following < len(self) and self.is_figure(following) and not self._gap(
            self.at[following]
        ):  # fmt: skip
            return FlatFigure(following, self._behind(following), -1 if word == "-" else 1), self._behind(following)
        if word == "." and self.word(following) == ".":
            while self.word(following) == ".":
                following += 1
            return None, following
        if (word,) not in listed("dashes"):
            return None
        closed = following >= len(self) or self.parted[following] or self.is_figure(following)
        bullet = self.opens[place] and following < len(self) and not self.parted[following]
        return (None, following) if closed and not bullet else None

    def _behind(self, place: int) -> int:
        """Behind the figure at ``place`` and its mark of percent."""
        return place + 2 if self.word(place + 1) == "%" else place + 1

    # -- rows of a known number of columns

    def fitted(self, row: FlatRow, wanted: int, number: int) -> list[FlatFigure | None] | None:
        """The ``wanted`` figures of ``row``, the ``number``-th one, or None where they are not so many.

        The number of the next row, and what stands on later lines (numbers of pages), are none of them.
        """
        figures = row.figures
        while len(figures) > wanted and figures[-1] is None:
            figures = figures[:-1]
        if len(figures) == wanted:
            return figures
        extra = figures[-1] if len(figures) == wanted + 1 else None
        word = "" if extra is None else self.word(extra.first)
        if word.isdecimal() and int(word) == number + 1:
            return figures[:wanted]
        first_line = self._first_line(figures)
        for said in (first_line, self._joined(first_line), self._joined(figures)):
            if len(said) == wanted:
                return said
        return None

    def _first_line(self, figures: list[FlatFigure | None]) -> list[FlatFigure | None]:
        """The figures that stand in the line of the first one."""
        for at, figure in enumerate(figures):
            if at and figure is not None and self.opens[figure.first]:
                return figures[:at]
        return figures

    def _joined(self, figures: list[FlatFigure | None]) -> list[FlatFigure | None]:
        """ "12 439,9": a figure whose thousands stand one space apart."""
        found: list[FlatFigure | None] = []
        for figure in figures:
            before = found[-1] if found else None
            if before is not None and figure is not None and self._continues(before, figure):
                found[-1] = FlatFigure(before.first, figure.last, before.sign)
            else:
                found.append(figure)
        return found

    def _continues(self, before: FlatFigure, figure: FlatFigure) -> bool:
        if before.last != figure.first or self.parted[figure.first] or len(self._gap(self.at[figure.first])) != 1:
            return False
        head = self.word(before.first) if before.last == before.first + 1 else self.word(before.last - 1)
        return _HEAD_OF_THOUSANDS.match(head) is not None and _THOUSANDS.match(self.word(figure.first)) is not None

    def cell(self, figure: FlatFigure, row: FlatRow, last: int) -> Cell:
        """The cell of a figure; its evidence is the row, up to place ``last``."""
        first, end = figure.first, figure.last
        percent = self.word(end - 1) == "%"
        number = ".".join(self.words(first, end - percent))
        line = (self.at[row.first], self.at[last - 1] + 1)
        return Cell(self.at[first], self.at[end - 1] + 1, number, ("%",) if percent else (), figure.sign, line=line)


def _empty(between: list[str]) -> int:
    """How many cells without anything in them the marks between two tokens hold; a row may begin with a bar."""
    if "|" not in between:
        return 0
    if "\n" not in between:
        return len(between) - 1
    last_break = len(between) - 1 - between[::-1].index("\n")
    led = len(between) - 1 - last_break
    closed = between[: last_break + 1].count("|")
    return max(0, closed - 1) + max(0, led - 1)

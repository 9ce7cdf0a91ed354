"""The stream of a page: its tokens without line breaks, and the cells that stand in it.

Belongs here: which tokens are a cell, where lines begin and end. Does not belong here: rows (``streams.py``,
``years.py``).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from extract.statements.tables.grid import Cell, Page, cell_of, listed


@dataclass(slots=True)
class Run:
    """Cells that follow each other."""

    cells: list[Cell | None]
    ends: list[int]  # past each cell, as indices of the stream
    broken: bool = False  # they do not fit the columns

    def cut(self, count: int, *, padded: int = 0, broken: bool = False) -> Run:
        """The first ``count`` cells, and ``padded`` empty ones."""
        return Run(self.cells[:count] + [None] * padded, self.ends[:count], broken)


class Stream:
    """Tokens of a page without line breaks; positions in it are indices of ``at``.

    They are laid out when the first of them is asked for by ``index``: few pages have a line that can begin a table.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.at: list[int] = []
        self._lines: list[int] = []  # of each token, as indices of the page's lines

    def __len__(self) -> int:
        return len(self.at)

    def line(self, i: int) -> tuple[int, int]:
        """The line (first token, past last) that ``i`` stands in."""
        return self.page.lines[self._lines[i]]

    def index(self, at: int) -> int:
        """Where token ``at`` stands."""
        if not self.at:
            self._lay_out()
        return bisect_left(self.at, at)

    def opens_line(self, i: int) -> bool:
        """True for the first token of a line."""
        return self.line(i)[0] == self.at[i]

    def ends_line(self, i: int) -> bool:
        """True where a line ends before ``i``."""
        return i >= len(self.at) or self.opens_line(i)

    def _lay_out(self) -> None:
        for number, (first, last) in enumerate(self.page.lines):
            self.at.extend(range(first, last))
            self._lines.extend([number] * (last - first))

    # -- cells

    def run(self, i: int, most: int) -> Run:
        """Figures and blanks that follow each other from ``i`` on."""
        run = Run([], [])
        while i < len(self.at) and len(run.cells) < most:
            found = self.cell(i)
            if found is None:
                break
            cell, i = found
            run.cells.append(cell)
            run.ends.append(i)
        return run

    def cell(self, i: int) -> tuple[Cell | None, int] | None:
        """The figure at ``i`` (None for a blank) and what follows it, or None where no cell begins."""
        page, at = self.page, self.at[i]
        line = self.line(i)
        if line[0] == at:  # a line of its own is one cell, whatever it holds
            whole = cell_of(page, at, line[1], line)
            if whole is not None:
                return whole, i + line[1] - at
            if tuple(page.words[at : line[1]]) in listed("blanks"):
                return None, i + line[1] - at
        signed = page.words[at] in "-+" and i + 1 < len(self.at) and page.tokens.end(at) == page.tokens.starts[at + 1]
        if (page.words[at],) in listed("dashes") and not signed and self._blank(i):
            return None, i + 1
        first = i + signed
        if not page.is_number(self.at[first]) or self._is_ordinal(first):
            return None
        last = first + 1
        if last < len(self.at) and page.words[self.at[last]] == "%" and self.at[last] < line[1]:
            last += 1
        return cell_of(page, at, self.at[last - 1] + 1, line), last

    def _blank(self, i: int) -> bool:
        """A dash among figures, not one in front of a name."""
        after = i + 1
        closed = after == len(self.at) or self.opens_line(after) or self.page.is_number(self.at[after])
        return closed and not self.opens_line(i)

    def _is_ordinal(self, i: int) -> bool:
        """ "2. Tổng giá trị", "1.1. Trồng trọt": the number of a row."""
        word, after = self.page.words[self.at[i]], i + 1
        dotted = after < len(self.at) and self.page.words[self.at[after]] in ".)"
        return dotted and len(word) <= 4 and not self.ends_line(after + 1)

"""Tables whose cells follow without marks: one cell a line, one row a line, rows that run on.

Belongs here: heads and rows of such tables. Does not belong here: tables with marks between cells
(``delimited.py``) or with years as rows (``years.py``).

Line breaks are only hints: a name may be broken over lines, a head too. What holds a row together is the number of its
figures, which is that of the columns.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from extract.lexicon.grammar import words as grammar
from extract.statements.tables.columns import LONGEST_HEAD, begins_head, read_head, whole_head
from extract.statements.tables.grid import (
    ASIDES,
    LEVELS,
    RATIOS,
    Column,
    Page,
    Row,
    Table,
    is_unit,
    listed,
    name_and_unit,
    opens_with,
    quantity,
)  # fmt: skip
from extract.statements.tables.stream import Run, Stream
from extract.statements.tables.years import YearReader

# the longest name of a row, with head rows above it, in tokens and in lines
LONGEST_NAME: Final = 45
NAME_LINES: Final = 8
# the fewest rows of a table, the most columns, and the most rows in turn that do not fit them
FEWEST_ROWS: Final = 2
MOST_COLUMNS: Final = 24
MOST_BROKEN: Final = 3
# where the cells of a percentage are empty: a result is not further from its plan than this, up or down
FARTHEST: Final = 3.0
# tokens of a unit ("tr . đồng")
_LONGEST_UNIT: Final = 4
_NUMERAL: Final = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}$")
_ROMANS: Final = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"})


class StreamReader:
    """Reads tables that begin at given tokens of one page."""

    def __init__(self, page: Page) -> None:
        self._page, self._stream = page, Stream(page)
        self._years = YearReader(self._stream)
        self._columns: list[Column] = []
        self._unit_named = False
        self._number = 0  # of the last row

    def read(self, line: tuple[int, int]) -> Table | None:
        """The table whose head begins with ``line``, or None."""
        if not begins_head(self._page, line):
            return None
        start = self._stream.index(line[0])
        if opens_with(self._page.words[line[0] : line[1]], "years"):
            table = self._years.read(start)
            if table is not None:
                return table
        found = self._heads(start)
        if found is None:
            return None
        heads, i = found
        self._columns = [c for c in heads if c.kind not in ASIDES]
        self._unit_named = any(c.kind == "unit" for c in heads)
        self._number = 0
        rows: list[Row] = []
        end, broken = i, 0
        while i < len(self._stream) and broken < MOST_BROKEN:
            step = self._row(i)
            if step is None:
                break
            row, i = step
            rows.append(row)
            end, broken = i, broken + 1 if row.broken else 0
        if sum(1 for row in rows if not row.broken) < FEWEST_ROWS:
            return None
        return Table(line[0], self._stream.at[end - 1] + 1, self._columns, rows)

    # -- heads

    def _heads(self, i: int) -> tuple[list[Column], int] | None:
        heads: list[Column] = []
        while i < len(self._stream) and len(heads) <= MOST_COLUMNS:
            if heads and self._stream.opens_line(i) and not self._line_of_heads(i):
                break
            found = self._head(i)
            if found is None:
                break
            titled = self._stream.opens_line(i)
            column, after = found
            if column.kind in ("index", "name") and any(c.kind not in ASIDES for c in heads):
                if titled:
                    return None  # what stood above was the title
                break
            heads.append(column)
            i = after
        groups = [c for c, following in pairwise(heads) if c.kind == "compared" and following.kind == "against"]
        heads = [c for c in heads if not any(c is group for group in groups)]
        kinds = {c.kind for c in heads}
        if {"time", "value"} <= kinds:
            return None  # heads of two rows: which figure is of which year cannot be told
        levels = sum(1 for c in heads if c.kind in LEVELS)
        named = any(c.kind in ("name", "unit", "index") for c in heads)
        figures = sum(1 for c in heads if c.kind not in ASIDES)
        if not levels or figures + named < 2 or (not named and any(c.kind != "time" for c in heads)):
            return None
        return heads, i

    def _line_of_heads(self, i: int) -> bool:
        """True where heads fill the line that begins at ``i``."""
        end = i + self._stream.line(i)[1] - self._stream.at[i]
        while i < end:
            found = self._head(i)
            if found is None:
                return False
            i = found[1]
        return True

    def _head(self, i: int) -> tuple[Column, int] | None:
        """The head at ``i``: of the whole line where that is one, else the longest."""
        first, last = self._stream.line(i)
        if first == self._stream.at[i]:
            column = whole_head(self._page, self._stream.at[i : i + last - first])
            if column is not None:
                return column, i + last - first
        found = read_head(self._page, self._stream.at[i : i + LONGEST_HEAD])
        return None if found is None else (found[0], i + found[1])

    # -- rows

    def _row(self, i: int) -> tuple[Row, int] | None:
        """The row that begins at ``i`` and where the next one begins; None behind the table."""
        words, wanted, start, lines = self._page.words, len(self._columns), i, 0
        depth = 0
        while i < min(len(self._stream), start + LONGEST_NAME):
            at = self._stream.at[i]
            if self._stream.opens_line(i):
                lines += 1
                if lines > NAME_LINES or opens_with(words[at : self._stream.line(i)[1]], "behind"):
                    return None
            if i > start and self._ends_sentence(i):
                return None
            depth += (words[at] in "([") - (words[at] in ")]")
            if depth <= 0 and i > start and self._begins_cell(i) and not self._of_name(i):
                begins = self._numbered(start, i)
                found = self._cells(i, wanted, start)
                if found is not None and self._repeats_head(found):
                    return None
                if found is not None:
                    return self._make(start, begins, i, found), found.ends[-1]
            i += 1
        return None

    def _cells(self, i: int, wanted: int, start: int) -> Run | None:
        """The cells of the row that begins at ``start``; None where the figure at ``i`` belongs to its name."""
        run = self._stream.run(i, wanted + 2)
        count = len(run.cells)
        if count == 1 and self._numbers_name(i, run, start):
            return None
        if count > wanted and not self._stream.ends_line(run.ends[wanted - 1]) and not self._numbers_row(run, wanted):
            return run.cut(count, broken=True)
        if count >= wanted and not (count == wanted > 1 and self._is_next_number(run)):
            return run.cut(wanted)
        count = min(count, wanted - 1)
        if not count or not self._stream.ends_line(run.ends[count - 1]):
            return None
        rest = self._columns[count:]
        if all(c.kind in RATIOS for c in rest) and count == len(self._columns) - len(rest) and _alike(run, count):
            return run.cut(count, padded=wanted - count)
        letters = any(self._page.words[at].isalpha() for at in self._stream.at[start:i])
        return run.cut(count, broken=True) if letters else None

    def _repeats_head(self, run: Run) -> bool:
        """True where years stand in place of figures: the head again, on a new page."""
        cells = [cell for cell in run.cells if cell is not None]
        return len(cells) > 1 and all(self._page.plain[cell.first] == "yyyy" for cell in cells)

    def _begins_cell(self, i: int) -> bool:
        return self._stream.cell(i) is not None

    def _of_name(self, i: int) -> bool:
        """ "giá so sánh 1994", "trên 1 ha": a number of the name."""
        return self._page.words[self._stream.at[i - 1]] in {phrase[0] for phrase in listed("named_numbers")}

    def _numbers_row(self, run: Run, wanted: int) -> bool:
        """True where the figure behind a whole row is the number of the next."""
        extra = run.cells[wanted] if len(run.cells) == wanted + 1 else None
        return extra is not None and extra.number.isdecimal() and len(extra.number) <= 2

    def _numbers_name(self, i: int, run: Run, start: int) -> bool:
        """True where the figure on a line of its own is the row's number, behind a head row: "A, Kinh tế, 1, Thu"."""
        stream, first = self._stream, self._stream.at[i]
        word = self._page.words[first]
        alone = stream.opens_line(i) and stream.ends_line(i + 1) and run.ends[0] < len(stream)
        if not alone or not _NUMERAL.match(word) or any(self._page.is_number(at) for at in stream.at[start:i]):
            return False
        return not word.isdecimal() or int(word) in (1, self._number + 1)

    def _is_next_number(self, run: Run) -> bool:
        """True where the last figure is the number of the next row, and the last cell of this one is empty."""
        last = run.cells[-1]
        if last is None or not self._number or last.number != str(self._number + 1):
            return False
        return self._columns[-1].kind in RATIOS and not run.ends[-1] >= len(self._stream)

    # -- names

    def _make(self, start: int, begins: int, stop: int, run: Run) -> Row:
        page = self._page
        begins = self._behind_heading(begins, stop)
        marks = opens_with([page.words[at] for at in self._stream.at[begins:stop]], "parts")
        name, unit = name_and_unit(page.words, self._stream.at[begins:stop], unit_named=self._unit_named)
        said = self._stream.at[begins]  # the evidence of a cell is its row, from the name on
        cells = [None if cell is None else replace(cell, line=(said, cell.line[1])) for cell in run.cells]
        return Row(name, self._stream.at[start:begins], unit, cells, part=marks > 0, broken=run.broken)

    def _behind_heading(self, begins: int, stop: int) -> int:
        """ "Phân theo giới tính: - Nam 43.288": a heading before the first of its parts is not in the part's name."""
        words = [self._page.words[at] for at in self._stream.at[begins:stop]]
        heads = opens_with(words, "parted_by") > 0
        parts = (
            i for i in range(1, len(words) - 1) if (heads or words[i - 1] == ":") and opens_with(words[i:], "parts")
        )
        return begins + next(parts, 0)

    def _numbered(self, start: int, stop: int) -> int:
        """Where the row's own name begins, behind its number and behind head rows."""
        words, begins = self._page.words, start
        for i in range(start, stop - 1):
            word = words[self._stream.at[i]]
            opens = i == start or self._stream.opens_line(i)
            dotted = words[self._stream.at[i + 1]] in ".)"
            numeral = _NUMERAL.match(word) is not None
            roman = word in _ROMANS or (dotted and len(word) == 1 and word.isalpha())
            if (opens and (numeral or roman)) or (dotted and numeral and not self._of_name(max(i, 1))):
                begins = i + 1 + dotted
                if word.isdecimal():
                    self._number = int(word)
        while begins < stop - 1 and words[self._stream.at[begins]] in ".)":
            begins += 1
        return begins if begins < stop else start

    def _ends_sentence(self, i: int) -> bool:
        words, at = self._page.words, self._stream.at[i]
        before = words[self._stream.at[i - 1]]
        if before not in ".;!?" or self._stream.opens_line(i) or i < 2:
            return False
        following = [words[place] for place in self._stream.at[i : i + _LONGEST_UNIT]]
        if any(is_unit(following[:size]) for size in range(len(following), 0, -1)):
            return False  # "hàng hóa, dịch vụ. Tr.đồng 1.185.386"
        said = words[self._stream.at[i - 2]]
        return said.isalpha() and len(said) > 1 and said not in _ROMANS and said not in grammar["abbreviations"] and (
            self._page.text[self._page.tokens.starts[at]].isupper()
        )  # fmt: skip


def _alike(run: Run, count: int) -> bool:
    """True for values that can be of one thing, none of them a percentage that slid into the wrong column."""
    values = [figure.value for cell in run.cells[:count] if cell is not None and (figure := quantity(cell.number, ()))]
    return len(values) == count and max(values) <= FARTHEST * min(values)

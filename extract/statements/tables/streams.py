"""Tables whose cells follow each other without marks: one cell a line, one row a line, rows that run on, years as rows.

Belongs here: heads and rows of such tables. Does not belong here: tables with marks between cells (``delimited.py``).

Line breaks are only hints: a name may be broken over lines, a head too. What holds a row together is the number of its
figures, which is that of the columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.lexicon.grammar import words as grammar
from extract.statements.tables.columns import LONGEST_HEAD, read_head, whole_head
from extract.statements.tables.grid import (
    ASIDES, LEVELS, RATIOS, Cell, Column, Page, Row, Table, cell_of, listed, name_and_unit, opens_with,
)  # fmt: skip

# the longest name of a row, with head rows above it, in tokens and in lines; the fewest rows of a table
LONGEST_NAME, NAME_LINES, FEWEST_ROWS = 45, 8, 2
_NUMERAL = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}$")
_ROMANS = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"})


@dataclass(slots=True)
class _Run:
    cells: list[Cell | None]
    ends: list[int]  # past each cell, as indices of the stream
    broken: bool = False  # they do not fit the columns

    def cut(self, count: int, *, padded: int = 0, broken: bool = False) -> _Run:
        """The first ``count`` cells, and ``padded`` empty ones."""
        return _Run(self.cells[:count] + [None] * padded, self.ends[:count], broken)


class StreamReader:
    """Reads tables that begin at given tokens of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        words = page.words
        self._at = [at for at, word in enumerate(words) if word != "\n"]  # the stream: tokens without line breaks
        self._index = {at: i for i, at in enumerate(self._at)}
        self._line_of = [(0, 0)] * len(words)
        for line in page.lines:
            for at in range(*line):
                self._line_of[at] = line
        self._columns: list[Column] = []
        self._unit_named = False
        self._number = 0  # of the last row

    def read(self, line: tuple[int, int]) -> Table | None:
        """The table whose head begins with ``line``, or None."""
        start = self._index[line[0]]
        if opens_with(self._page.words[line[0] : line[1]], "years"):
            table = self._years(start)
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
        end = i
        while i < len(self._at):
            step = self._row(i)
            if step is None:
                break
            row, i = step
            rows.append(row)
            end = i
        if sum(1 for row in rows if not row.broken) < FEWEST_ROWS:
            return None
        return Table(line[0], self._at[end - 1] + 1, self._columns, rows)

    # -- heads

    def _heads(self, i: int) -> tuple[list[Column], int] | None:
        heads: list[Column] = []
        while i < len(self._at):
            if heads and self._opens_line(i) and not self._line_of_heads(i):
                break
            found = self._head(i)
            if found is None:
                break
            column, i = found
            heads.append(column)
        levels = sum(1 for c in heads if c.kind in LEVELS)
        named = any(c.kind in ("name", "unit", "index") for c in heads)
        figures = sum(1 for c in heads if c.kind not in ASIDES)
        if not levels or figures + named < 2 or (not named and any(c.kind != "time" for c in heads)):
            return None
        return heads, i

    def _line_of_heads(self, i: int) -> bool:
        """True where heads fill the line that begins at ``i``."""
        end = i + self._line_of[self._at[i]][1] - self._at[i]
        while i < end:
            found = self._head(i)
            if found is None:
                return False
            i = found[1]
        return True

    def _head(self, i: int) -> tuple[Column, int] | None:
        """The head at ``i``: of the whole line where that is one, else the longest."""
        first, last = self._line_of[self._at[i]]
        if first == self._at[i]:
            column = whole_head(self._page, list(range(first, last)))
            if column is not None:
                return column, i + last - first
        found = read_head(self._page, self._at[i : i + LONGEST_HEAD])
        return None if found is None else (found[0], i + found[1])

    # -- rows

    def _row(self, i: int) -> tuple[Row, int] | None:
        """The row that begins at ``i`` and where the next one begins; None behind the table."""
        words, wanted, start, lines = self._page.words, len(self._columns), i, 0
        depth = 0
        while i < min(len(self._at), start + LONGEST_NAME):
            at = self._at[i]
            if self._opens_line(i):
                lines += 1
                if lines > NAME_LINES or opens_with(words[at : self._line_of[at][1]], "behind"):
                    return None
            if i > start and self._ends_sentence(i):
                return None
            depth += (words[at] in "([") - (words[at] in ")]")
            if depth <= 0 and i > start and self._begins_cell(i) and not self._of_name(i):
                begins = self._numbered(start, i)
                found = self._cells(i, wanted, start)
                if found is not None:
                    return self._make(start, begins, i, found), found.ends[-1]
            i += 1
        return None

    def _cells(self, i: int, wanted: int, start: int) -> _Run | None:
        """The cells of the row that begins at ``start``; None where the figure at ``i`` belongs to its name."""
        run = self._run(i, wanted + 2)
        count = len(run.cells)
        if count > wanted and not self._ends_line(run.ends[wanted - 1]) and not self._numbers_row(run, wanted):
            return run.cut(count, broken=True)
        if count >= wanted and not (count == wanted > 1 and self._is_next_number(run)):
            return run.cut(wanted)
        count = min(count, wanted - 1)
        if not count or not self._ends_line(run.ends[count - 1]):
            return None
        rest = self._columns[count:]
        if count >= sum(1 for c in self._columns if c.kind in LEVELS) and all(c.kind in RATIOS for c in rest):
            return run.cut(count, padded=wanted - count)
        letters = any(self._page.words[at].isalpha() for at in self._at[start:i])
        return run.cut(count, broken=True) if letters else None

    def _run(self, i: int, most: int) -> _Run:
        """Figures and blanks that follow each other from ``i`` on."""
        run = _Run([], [])
        while i < len(self._at) and len(run.cells) < most:
            found = self._cell(i)
            if found is None:
                break
            cell, i = found
            run.cells.append(cell)
            run.ends.append(i)
        return run

    def _cell(self, i: int) -> tuple[Cell | None, int] | None:
        page, at = self._page, self._at[i]
        line = self._line_of[at]
        if line[0] == at:  # a line of its own is one cell, whatever it holds
            whole = cell_of(page, at, line[1], line)
            if whole is not None:
                return whole, i + line[1] - at
            if tuple(page.words[at : line[1]]) in listed("blanks"):
                return None, i + line[1] - at
        signed = page.words[at] in "-+" and i + 1 < len(self._at) and page.tokens.ends[at] == page.tokens.starts[at + 1]
        if page.words[at] in ("-", "…", "x") and not signed and self._blank(i):
            return None, i + 1
        first = i + signed
        if not page.is_number(self._at[first]) or self._is_ordinal(first):
            return None
        last = first + 1
        if last < len(self._at) and page.words[self._at[last]] == "%" and self._at[last] < line[1]:
            last += 1
        return cell_of(page, at, self._at[last - 1] + 1, line), last

    def _blank(self, i: int) -> bool:
        """A dash among figures, not one in front of a name."""
        after = i + 1
        closed = after == len(self._at) or self._opens_line(after) or self._page.is_number(self._at[after])
        return closed and not self._opens_line(i)

    def _begins_cell(self, i: int) -> bool:
        return self._cell(i) is not None

    def _of_name(self, i: int) -> bool:
        """ "giá so sánh 1994", "trên 1 ha": a number of the name."""
        return self._page.words[self._at[i - 1]] in {phrase[0] for phrase in listed("named_numbers")}

    def _is_ordinal(self, i: int) -> bool:
        """ "2. Tổng giá trị", "1.1. Trồng trọt": the number of a row."""
        word, after = self._page.words[self._at[i]], i + 1
        dotted = after < len(self._at) and self._page.words[self._at[after]] in ".)"
        return dotted and len(word) <= 4 and not self._ends_line(after + 1)

    def _numbers_row(self, run: _Run, wanted: int) -> bool:
        """True where the figure behind a whole row is the number of the next."""
        extra = run.cells[wanted] if len(run.cells) == wanted + 1 else None
        return extra is not None and extra.number.isdecimal() and len(extra.number) <= 2

    def _is_next_number(self, run: _Run) -> bool:
        """True where the last figure is the number of the next row, and the last cell of this one is empty."""
        last = run.cells[-1]
        if last is None or not self._number or last.number != str(self._number + 1):
            return False
        return self._columns[-1].kind in RATIOS and not self._ends_document(run.ends[-1])

    # -- names

    def _make(self, start: int, begins: int, stop: int, run: _Run) -> Row:
        page = self._page
        marks = opens_with([page.words[at] for at in self._at[begins:stop]], "parts")
        name, unit = name_and_unit(page.words, self._at[begins:stop], unit_named=self._unit_named)
        return Row(name, self._at[start:begins], unit, run.cells, part=marks > 0, broken=run.broken)

    def _numbered(self, start: int, stop: int) -> int:
        """Where the row's own name begins, behind its number and behind head rows."""
        words, begins = self._page.words, start
        for i in range(start, stop - 1):
            word = words[self._at[i]]
            opens = i == start or self._opens_line(i)
            dotted = words[self._at[i + 1]] in ".)"
            numeral = _NUMERAL.match(word) is not None
            roman = word in _ROMANS or (dotted and len(word) == 1 and word.isalpha())
            if (opens and (numeral or roman)) or (dotted and numeral and not self._of_name(max(i, 1))):
                begins = i + 1 + dotted
                if word.isdecimal():
                    self._number = int(word)
        while begins < stop - 1 and words[self._at[begins]] in ".)":
            begins += 1
        return begins if begins < stop else start

    # -- where lines end

    def _opens_line(self, i: int) -> bool:
        return self._line_of[self._at[i]][0] == self._at[i]

    def _ends_line(self, i: int) -> bool:
        """True where a line ends before ``i``."""
        return i >= len(self._at) or self._opens_line(i)

    def _ends_document(self, i: int) -> bool:
        return i >= len(self._at)

    def _ends_sentence(self, i: int) -> bool:
        words, at = self._page.words, self._at[i]
        before = words[self._at[i - 1]]
        if before not in ".;!?" or self._opens_line(i) or i < 2:
            return False
        said = words[self._at[i - 2]]
        return said.isalpha() and len(said) > 1 and said not in _ROMANS and said not in grammar("abbreviations") and (
            self._page.text[self._page.tokens.starts[at]].isupper()
        )  # fmt: skip

    # -- years as rows

    def _years(self, start: int) -> Table | None:
        """ "Năm Tốc độ tăng trưởng (%)" above "2011 16,5": turned, so that years are columns."""
        page, words = self._page, self._page.words
        i = start + 1
        while i < len(self._at) and not (self._opens_line(i) and page.plain[self._at[i]] == "yyyy"):
            if i - start > LONGEST_NAME:
                return None
            i += 1
        heads = self._at[start + 1 : i]
        columns: list[Column] = []
        lists: list[list[Cell | None]] = []
        end = i
        while i < len(self._at) and self._opens_line(i):
            at = self._at[i]
            average = opens_with(words[at : self._line_of[at][1]], "averages") if columns else 0
            if page.plain[at] != "yyyy" and not average:
                break
            run = self._run(i + max(1, average), LONGEST_NAME)
            count = len(run.cells)
            if lists and count > len(lists[0]) and self._ends_line(run.ends[len(lists[0]) - 1]):
                count = len(lists[0])  # the next year stands on a line of its own
            elif not lists:
                count = next((n for n in range(1, count + 1) if self._year_follows(run.ends[n - 1])), count)
            if not count or (lists and count != len(lists[0])):
                break
            end = run.ends[count - 1]
            line = (at, self._at[end - 1] + 1)
            span = range(at, at + max(1, average))
            columns.append(
                Column("average" if average else "time", [words[p] for p in span], [page.plain[p] for p in span])
            )
            lists.append([None if cell is None else replace(cell, line=line) for cell in run.cells[:count]])
            i = end
        names = self._metrics(heads, len(lists[0])) if len(columns) >= FEWEST_ROWS else None
        if names is None:
            return None
        rows = [self._turned(name, [cells[at] for cells in lists]) for at, name in enumerate(names)]
        return Table(self._at[start], self._at[end - 1] + 1, columns, rows)

    def _year_follows(self, i: int) -> bool:
        return self._ends_line(i) and (i >= len(self._at) or self._page.plain[self._at[i]] == "yyyy")

    def _turned(self, name: list[int], cells: list[Cell | None]) -> Row:
        own, unit = name_and_unit(self._page.words, name, unit_named=False)
        return Row(own, [], unit, cells)

    def _metrics(self, heads: list[int], count: int) -> list[list[int]] | None:
        """The names of ``count`` figures a year: one each bracket, or one each line."""
        if not any(self._page.words[at].isalpha() for at in heads):
            return None
        if count == 1:
            return [heads]
        closed = [i + 1 for i, at in enumerate(heads) if self._page.words[at] == ")"]
        opened = [i for i, at in enumerate(heads) if self._line_of[at][0] == at]
        for cuts in ([0, *closed], [*opened, len(heads)]):
            if len(cuts) == count + 1 and cuts[0] == 0 and cuts[-1] == len(heads):
                return [heads[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
        return None

"""Tables with years as rows: "Năm Tốc độ tăng trưởng (%)" above "2011 16,5"; turned, so that years are columns.

Belongs here: such tables without marks between cells. Does not belong here: those with bars (``delimited.py``).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from extract.statements.tables.grid import Cell, Column, Row, Table, name_and_unit, opens_with
from extract.statements.tables.stream import Stream

# the longest head in tokens, the most figures a year, and the fewest years of a table
LONGEST_HEAD: Final = 45
MOST_FIGURES: Final = 12
FEWEST_YEARS: Final = 2


class YearReader:
    """Reads tables that begin at given tokens of one page."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def read(self, start: int) -> Table | None:
        """The table whose head begins at ``start``, or None."""
        stream, page = self._stream, self._stream.page
        words = page.words
        i = start + 1
        while i < len(stream) and not (stream.opens_line(i) and page.plain[stream.at[i]] == "yyyy"):
            if i - start > LONGEST_HEAD:
                return None
            i += 1
        heads = stream.at[start + 1 : i]
        columns: list[Column] = []
        lists: list[list[Cell | None]] = []
        end = i
        while i < len(stream) and stream.opens_line(i):
            at = stream.at[i]
            average = opens_with(words[at : stream.line(i)[1]], "averages") if columns else 0
            if page.plain[at] != "yyyy" and not average:
                break
            run = stream.run(i + max(1, average), MOST_FIGURES)
            count = len(run.cells)
            if lists and count > len(lists[0]) and stream.ends_line(run.ends[len(lists[0]) - 1]):
                count = len(lists[0])  # the next year stands on a line of its own
            elif not lists:
                count = next((n for n in range(1, count + 1) if self._year_follows(run.ends[n - 1])), count)
            if not count or (lists and count != len(lists[0])):
                break
            end = run.ends[count - 1]
            line = (at, stream.at[end - 1] + 1)
            span = range(at, at + max(1, average))
            columns.append(
                Column("average" if average else "time", [words[p] for p in span], [page.plain[p] for p in span])
            )
            lists.append([None if cell is None else replace(cell, line=line) for cell in run.cells[:count]])
            i = end
        names = self._metrics(heads, len(lists[0])) if len(columns) >= FEWEST_YEARS else None
        if names is None:
            return None
        rows = [self._turned(name, [cells[at] for cells in lists]) for at, name in enumerate(names)]
        return Table(stream.at[start], stream.at[end - 1] + 1, columns, rows)

    def _year_follows(self, i: int) -> bool:
        stream = self._stream
        return stream.ends_line(i) and (i >= len(stream) or stream.page.plain[stream.at[i]] == "yyyy")

    def _turned(self, name: list[int], cells: list[Cell | None]) -> Row:
        own, unit = name_and_unit(self._stream.page.words, name, unit_named=False)
        return Row(own, [], unit, cells)

    def _metrics(self, heads: list[int], count: int) -> list[list[int]] | None:
        """The names of ``count`` figures a year: one each bracket, or one each line."""
        words = self._stream.page.words
        if not any(words[at].isalpha() for at in heads):
            return None
        if count == 1:
            return [heads]
        closed = [i + 1 for i, at in enumerate(heads) if words[at] == ")"]
        opened = [i for i, at in enumerate(heads) if self._stream.opens_line(self._stream.index(at))]
        for cuts in ([0, *closed], [*opened, len(heads)]):
            if len(cuts) == count + 1 and cuts[0] == 0 and cuts[-1] == len(heads):
                return [heads[a:b] for a, b in pairwise(cuts)]
        return None

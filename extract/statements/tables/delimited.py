"""Tables whose cells are parted by bars or tabs, a row on each line, as our own intake writes tables of pages.

Belongs here: cutting such lines into cells, heads of one or two rows, years as rows. Does not belong here: tables
without marks (``streams.py``).
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import Final

from extract.statements.tables.columns import whole_head
from extract.statements.tables.grid import (
    ASIDES,
    LEVELS,
    UNKNOWN_UNIT,
    Cell,
    Column,
    Page,
    Row,
    Table,
    cell_of,
    is_unit,
    name_and_unit,
    opens_with,
)  # fmt: skip

# a table has at least this many columns; one without heads at least this many rows of one shape
FEWEST_COLUMNS: Final = 2
FEWEST_BARE_ROWS: Final = 3
Cells = list[list[int]]


def is_delimited(page: Page, line: tuple[int, int]) -> bool:
    """True for a line with bars or tabs between its parts."""
    said = page.text[page.tokens.starts[line[0]] : page.tokens.end(line[1] - 1)]
    return "|" in said or "\t" in said


def read_delimited(page: Page, lines: list[tuple[int, int]]) -> Table | None:
    """The table of ``lines``, which all are delimited; None where it has no recognised heads and no one shape."""
    grid = [_cut(page, line) for line in lines]
    years = opens_with([page.words[at] for at in grid[0][0]], "years") == len(grid[0][0]) > 0
    if years and not any(page.plain[at] == "yyyy" for cell in grid[0] for at in cell):
        return _turned(page, lines, grid)
    headed = _heads(page, grid)
    if headed is None:
        return _bare(page, lines, grid)
    heads, skipped = headed
    at = [i for i, head in enumerate(heads) if head is None or head.kind not in ASIDES]
    columns = [heads[i] or Column("unknown", [], []) for i in at]
    unit_at = next((i for i, head in enumerate(heads) if head is not None and head.kind == "unit"), None)
    named = next((i for i, head in enumerate(heads) if head is not None and head.kind == "name"), None)
    if years:
        named = 0
        at = at[1:] if at[:1] == [0] else at
        columns = [heads[i] or Column("unknown", [], []) for i in at]
    if named is None:
        free = (i for i, head in enumerate(heads) if head is None or head.kind == "name")
        named = next(free, None) if not (heads[0] is not None and heads[0].kind in LEVELS) else None
        if named is None or named > 1:
            return None
        at = [i for i in at if i != named]
        columns = [heads[i] or Column("unknown", [], []) for i in at]
    rows: list[Row] = []
    above: list[int] = []
    for line, cells in zip(lines[skipped:], grid[skipped:], strict=True):
        values = [_figure(page, cells[i], line) if i < len(cells) else None for i in at]
        if not any(values):
            above = [p for cell in cells for p in cell]
            continue
        name = cells[named] if named < len(cells) else []
        marks = [page.words[p] for cell in cells[: named + 1] for p in cell]
        own, unit = name_and_unit(page.words, name, unit_named=False)
        if unit_at is not None and unit_at < len(cells) and cells[unit_at]:
            said = [page.words[p] for p in cells[unit_at]]
            own, unit = own or name, said
        broken = len(cells) != len(heads)
        rows.append(Row(own, above, unit, values, part=_is_part(marks), broken=broken))
        above = []
    return Table(lines[0][0], lines[-1][1], columns, rows) if rows else None


def _figure(page: Page, cell: list[int], line: tuple[int, int]) -> Cell | None:
    """The figure of a cell; one that cannot be read keeps its number and has a unit that is none."""
    found = cell_of(page, cell[0], cell[-1] + 1, line) if cell else None
    number = next((at for at in cell if page.is_number(at)), None) if found is None else None
    if number is None:
        return found
    return Cell(number, number + 1, page.words[number], tuple(UNKNOWN_UNIT), line=line)


def _is_part(marks: list[str]) -> bool:
    start = 1 if len(marks) > 1 and marks[0][0].isdecimal() else 0
    return opens_with(marks[start:], "parts") > 0


def _cut(page: Page, line: tuple[int, int]) -> Cells:
    """The cells of a line as token positions; empty cells are kept."""
    tokens, words = page.tokens, page.words
    positions = list(range(*line))
    if "|" in words[line[0] : line[1]]:
        bars = [at for at in positions if words[at] == "|"]
        edges = [line[0] - 1, *bars, line[1]]
        return [list(range(a + 1, b)) for a, b in pairwise(edges)]
    begins, ends = tokens.starts[line[0]], tokens.end(line[1] - 1)
    cuts = [at for at in range(begins, ends) if page.text[at] == "\t"]
    marks = [line[0], *(bisect_left(tokens.starts, at, line[0], line[1]) for at in cuts), line[1]]
    return [list(range(a, b)) for a, b in pairwise(marks)]


# -- heads


def _heads(page: Page, grid: list[Cells]) -> tuple[list[Column | None], int] | None:
    """The columns, and how many rows their heads take; None where too few are recognised."""
    first = [_head(page, cell) for cell in grid[0]]
    if len(grid) > 1 and len(grid[1]) == len(grid[0]) and not grid[1][0] and not _has_figures(page, grid[1]):
        second = [_head(page, cell) for cell in grid[1]]
        if any(second):
            return _joined(page, grid[0], grid[1]), 2
    return (first, 1) if _recognised(first) else None


def _recognised(heads: list[Column | None]) -> bool:
    known = [head.kind for head in heads if head is not None]
    return len(known) >= FEWEST_COLUMNS and any(kind in LEVELS for kind in known) and 2 * len(known) >= len(heads)


def _joined(page: Page, top: Cells, below: Cells) -> list[Column | None]:
    """Heads of two rows: a cell above spans the empty cells behind it."""
    heads: list[Column | None] = []
    spans: list[int] = []
    for upper, lower in zip(top, below, strict=True):
        spans = upper or spans
        heads.append(_head(page, spans + lower) or _head(page, lower + spans) if lower else _head(page, upper))
    return heads


def _has_figures(page: Page, cells: Cells) -> bool:
    return any(_figure(page, cell, (0, 0)) is not None for cell in cells)


def _head(page: Page, cell: list[int]) -> Column | None:
    return whole_head(page, cell) if cell else None


# -- other shapes


def _turned(page: Page, lines: list[tuple[int, int]], grid: list[Cells]) -> Table | None:
    """Years as rows, turned so that they are columns."""
    names = grid[0][1:]
    columns, lists = [], []
    for line, cells in zip(lines[1:], grid[1:], strict=True):
        if len(cells) != len(grid[0]) or len(cells[0]) not in (1, 2) or page.plain[cells[0][-1]] != "yyyy":
            continue
        columns.append(Column("time", [page.words[p] for p in cells[0]], [page.plain[p] for p in cells[0]]))
        lists.append([_figure(page, cell, line) for cell in cells[1:]])
    rows = []
    for at, name in enumerate(names):
        own, unit = name_and_unit(page.words, name, unit_named=False)
        rows.append(Row(own, [], unit, [cells[at] for cells in lists]))
    return Table(lines[0][0], lines[-1][1], columns, rows) if len(columns) >= FEWEST_COLUMNS else None


def _bare(page: Page, lines: list[tuple[int, int]], grid: list[Cells]) -> Table | None:
    """Rows without heads, all of a name and one figure with its unit."""
    rows: list[Row] = []
    for line, cells in zip(lines, grid, strict=True):
        filled = [cell for cell in cells if cell]
        values = [(cell, cell_of(page, cell[0], cell[-1] + 1, line)) for cell in filled]
        figures: list[Cell] = [figure for _, figure in values if figure is not None]
        names = [cell for cell, figure in values if figure is None and not _says_unit(page, cell)]
        units = [[page.words[p] for p in cell] for cell, figure in values if figure is None and _says_unit(page, cell)]
        numbered = len(figures) == 2 and figures[0].number.isdecimal() and filled[0][0] == figures[0].first
        figure = figures[-1] if len(figures) == 1 or numbered else None
        if figure is None or len(names) != 1 or not (figure.unit or units):
            return None
        rows.append(Row(names[0], [], units[0] if units else list(figure.unit), [figure]))
    if len(rows) < FEWEST_BARE_ROWS:
        return None
    return Table(lines[0][0], lines[-1][1], [Column("value", [], [])], rows)


def _says_unit(page: Page, cell: list[int]) -> bool:
    return is_unit([page.words[p] for p in cell])

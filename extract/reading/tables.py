"""Tables of figures as lines that can be read by themselves: ``name: heading value unit; heading value unit``.

Belongs here: which row of a table holds the headings and which column the units, and writing each row out with them.
Does not belong here: taking a table out of a page or a document (``html``, ``office``), or what its figures mean.

A table says a thing once in its head that prose says in each sentence. Only the cells' own words are used, with the
word for year before a year that stands alone. A table without headings or units keeps its rows: ``cell | cell | cell``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.reading.words import phrase_pattern, phrases

Grid = Sequence[Sequence[str]]
"""The rows of a table with the text of their cells; a cell that spans several stands in each of them."""

_MOST_HEADING_ROWS = 4
_FIGURE = re.compile(r"[<>≤≥≈~±+\-–]?\s*\d[\d.,\s]*\s*%?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTHING = re.compile(r"[\s\-–—.…x/]*")
_COLUMN_NUMBER = re.compile(r"\(?(?:[A-Z]|\d{1,2})\)?\s*(?:=.*)?")
_BRACKETED_END = re.compile(r"\s*\(\s*(?P<unit>[^()]+?)\s*\)\s*:?$")


def table_lines(grid: Grid) -> list[str]:
    """The rows of a table, one a line, top to bottom."""
    heads = _heading_rows(grid)
    if not heads:
        return [line for row in grid if (line := _plain(row))]
    headings = [_heading([row[column] for row in grid[:heads] if column < len(row)]) for column in range(_width(grid))]
    unit_column = next((column for column, heading in enumerate(headings) if _is(heading, "unit_headings")), None)
    name_column = next(
        (c for c, heading in enumerate(headings) if c != unit_column and not _is(heading, "ordinal_headings")), None
    )
    if name_column is None:
        return [line for row in grid if (line := _plain(row))]
    values = [column for column in range(name_column + 1, len(headings)) if column != unit_column]
    rows = [row for row in grid[heads:] if not _numbers_columns(row)]
    return [line for row in rows if (line := _row(row, headings, name_column, unit_column, values))]


def _heading_rows(grid: Grid) -> int:
    """How many rows at the top are headings; 0 where the table has none, or rows that say their units nowhere."""
    for number, row in enumerate(grid[:_MOST_HEADING_ROWS]):
        if any(_is(cell, "unit_headings") for cell in row):
            heads = number + 1
            while heads < len(grid) and any(_is(cell, "unit_headings") for cell in grid[heads]):
                heads += 1  # the cell spans rows: a head of two tiers
            return heads
    if len(grid) < 2 or _width(grid) < 2 or any(_is_figure(cell) for cell in grid[0]):
        return 0
    return 1 if any(_own_unit(row) for row in grid[1:]) else 0


def _own_unit(row: Sequence[str]) -> bool:
    """True where a row without a column of units says its unit: behind its name, or behind a figure."""
    if len(row) < 2:
        return False
    return _split_unit(row[0])[1] != "" or any(cell[:1].isdigit() and not _is_figure(cell) for cell in row[1:])


def _row(
    row: Sequence[str], headings: Sequence[str], name_column: int, unit_column: int | None, values: Sequence[int]
) -> str:
    cells = [*row, *[""] * (len(headings) - len(row))]
    name, unit_of_name = _split_unit(cells[name_column])
    unit = cells[unit_column] if unit_column is not None else unit_of_name
    told = [_value(headings[column], cells[column], unit) for column in values if not _is_nothing(cells[column])]
    if not name or not told or all(cells[column] == cells[name_column] for column in values):
        return _plain(row)  # the last is a title over all columns
    return f"{name.rstrip(' :')}: {'; '.join(told)}"


def _value(heading: str, cell: str, unit: str) -> str:
    if _is_figure(cell) and not cell.endswith("%"):
        if "%" in heading or unit == "%":
            cell = f"{cell}%"
        elif not _is_nothing(unit):
            cell = f"{cell} {unit}"
    return f"{heading} {cell}".strip()


def _heading(cells: Sequence[str]) -> str:
    """The words of a column's head, from its tiers."""
    words = " ".join(dict.fromkeys(cell for cell in cells if cell))
    year_words = phrase_pattern("year_words")
    for found in reversed(list(_YEAR.finditer(words))):
        if not year_words.search(words[: found.start()].lower()):
            words = f"{words[: found.start()]}{phrases('year_words')[0]} {words[found.start() :]}"
    return words


def _split_unit(name: str) -> tuple[str, str]:
    """A row's name and the unit in brackets behind it, empty where there is none."""
    found = _BRACKETED_END.search(name)
    if found and found["unit"].lower() in phrases("table_units"):
        return name[: found.start()], found["unit"]
    return name, ""


def _plain(row: Sequence[str]) -> str:
    """A row whose columns nobody named. What spans several columns is said once."""
    cells = [cell for number, cell in enumerate(row) if number == 0 or cell != row[number - 1] or _is_figure(cell)]
    return " | ".join(cells) if any(cells) else ""


def _numbers_columns(row: Sequence[str]) -> bool:
    """True for the row below the headings that numbers the columns: ``A | B | 1 | 2 | 3=2/1``."""
    filled = [cell for cell in row if cell]
    return len(filled) > 2 and all(_COLUMN_NUMBER.fullmatch(cell) for cell in filled) and filled[0] in ("A", "1", "(1)")


def _is(cell: str, kind: str) -> bool:
    return cell.lower().strip(" :.()") in phrases(kind)


def _is_figure(cell: str) -> bool:
    return _FIGURE.fullmatch(cell) is not None and not _YEAR.fullmatch(cell)


def _is_nothing(cell: str) -> bool:
    return _NOTHING.fullmatch(cell) is not None


def _width(grid: Grid) -> int:
    return max((len(row) for row in grid), default=0)

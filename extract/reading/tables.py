"""Tables as lines: a row a line, ``cell | cell | cell``, one line of heads, every figure in its column.

Belongs here: what spans rows and columns, heads of several tiers, captions. Does not belong here: taking a table out of
a page or a document (``html``, ``office``), or what heads, units and figures mean (``statements.tables``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Grid = Sequence[Sequence[str | None]]
"""The rows of a table with the text of their cells. None continues the cell on its left; a cell that spans several rows
stands in each of them."""

_MOST_TIERS = 4
_FIGURE = re.compile(r"[<>≤≥≈~±+\-–]?\s*\d[\d.,\s]*\s*%?")
_YEAR = re.compile(r"(?:19|20)\d\d")


def table_lines(grid: Grid) -> list[str]:
    """The rows of a table, one a line, top to bottom; rows without text are left out."""
    captions = 0
    while captions < len(grid) and len({cell for cell in grid[captions] if cell}) <= 1 < len(grid[captions]):
        captions += 1  # a title over all columns
    body = captions + _tiers(grid[captions:])
    rows: list[Sequence[str | None]] = [*grid[:captions], *_head(grid[captions:body]), *grid[body:]]
    return [line for row in rows if (line := _line(row))]


def _tiers(grid: Grid) -> int:
    """How many rows at the top are heads: those into which a cell of the first row reaches."""
    tiers = 1
    while tiers < min(len(grid), _MOST_TIERS) and not any(_is_figure(cell) for cell in grid[tiers]):
        if not any(cell and cell == above for cell, above in zip(grid[tiers], grid[0], strict=False)):
            break
        tiers += 1
    return tiers


def _head(tiers: Grid) -> list[list[str]]:
    """The rows of heads as one: of each column the words of all tiers, each said once."""
    if not tiers:
        return []
    filled = [_filled(row) for row in tiers]
    width = max(map(len, filled))
    columns = ([row[at] for row in filled if at < len(row) and row[at]] for at in range(width))
    return [[" ".join(dict.fromkeys(column)) for column in columns]] if len(tiers) > 1 else [list(map(_text, tiers[0]))]


def _filled(row: Sequence[str | None]) -> list[str]:
    cells: list[str] = []
    for cell in row:
        cells.append(cell if cell is not None else cells[-1] if cells else "")
    return cells


def _line(row: Sequence[str | None]) -> str:
    cells = [_text(cell) for cell in row]
    told = [cell for cell in cells if cell]
    return told[0] if len(told) == 1 else " | ".join(cells).strip() if told else ""


def _text(cell: str | None) -> str:
    return cell or ""


def _is_figure(cell: str | None) -> bool:
    return cell is not None and _FIGURE.fullmatch(cell) is not None and not _YEAR.fullmatch(cell)

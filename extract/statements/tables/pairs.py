"""Tables of one column, a name on one line and its figure with the unit on the next.

Belongs here: recognising such lines by their turns. Does not belong here: tables with heads (``streams.py``).
"""

from __future__ import annotations

from typing import Final

from extract.indicators.lexicon import concept_matcher
from extract.statements.tables.grid import Column, Page, Row, Table, cell_of, quantity

# fewer turns of name and figure are no table; a longer line is no name
FEWEST_PAIRS: Final = 3
LONGEST_NAME: Final = 20
_ENDS: Final = frozenset(".;!?…")


def read_pairs(page: Page, at: int) -> Table | None:
    """The table whose first name is line ``at`` of the page, or None."""
    rows: list[Row] = []
    lines = page.lines
    while at + 1 < len(lines):
        first, last = lines[at + 1]
        cell = cell_of(page, first, last, (lines[at][0], last))
        figure = quantity(cell.number, cell.unit) if cell is not None else None
        if cell is None or figure is None or figure.family in (None, "count:other") or not _is_name(page, lines[at]):
            break
        rows.append(Row(list(range(*lines[at])), [], list(cell.unit), [cell]))
        at += 2
    if len(rows) < FEWEST_PAIRS:
        return None
    return Table(rows[0].name[0], lines[at - 1][1], [Column("value", [], [])], rows)


def _is_name(page: Page, line: tuple[int, int]) -> bool:
    """A short line without figures that names something of the lexicon."""
    words = page.words[line[0] : line[1]]
    if len(words) > LONGEST_NAME or words[-1] in _ENDS or any(word[0].isdecimal() for word in words):
        return False
    return any(found[0].kind != "pseudo" for _, _, found in concept_matcher().find(words))

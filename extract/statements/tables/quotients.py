"""What a column of percentages compares, where its head does not say: the quotient of two columns tells.

Belongs here: such columns ("Tỷ lệ (%)"). Does not belong here: heads that say it (``columns.py``).
"""

from __future__ import annotations

from extract.language.numbers import parse_number
from extract.statements.tables.grid import Cell, Table

# how far a printed percentage may be from the quotient, and how many rows must agree
TOLERANCE, FEWEST_ROWS = 0.6, 2
_RESULTS = ("done", "expected")
_BASES = {"plan": "of_plan", "done": "against", "earlier": "against", "time": "against"}


def name_references(table: Table) -> None:
    """Give each column of kind ``compared`` the kind that its figures show, where only one fits all rows."""
    kinds = [column.kind for column in table.columns]
    results = [at for at, kind in enumerate(kinds) if kind in _RESULTS]
    if not results:
        return
    for at, column in enumerate(table.columns):
        if column.kind == "compared":
            bases = [base for base, kind in enumerate(kinds) if kind in _BASES and base != results[-1]]
            fitting = [base for base in bases if _fits(table, at, results[-1], base)]
            if len(fitting) == 1:
                column.kind = _BASES[kinds[fitting[0]]]


def _fits(table: Table, ratio: int, result: int, base: int) -> bool:
    rows = [row.cells for row in table.rows if not row.broken]
    asked = [[_value(cells[at]) for at in (ratio, result, base)] for cells in rows]
    whole = [(said, up, down) for said, up, down in asked if said is not None and up is not None and down]
    return len(whole) >= FEWEST_ROWS and all(abs(said - 100 * up / down) < TOLERANCE for said, up, down in whole)


def _value(cell: Cell | None) -> float | None:
    return None if cell is None else parse_number(cell.number)

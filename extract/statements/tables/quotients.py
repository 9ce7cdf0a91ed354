"""Columns of percentages: what they compare, and what one of their figures says.

Belongs here: percent of plan, indices and growth; the quotient that tells what a head leaves open ("Tỷ lệ (%)"). Does
not belong here: heads that say it (``columns.py``).
"""

from __future__ import annotations

from typing import Final

from extract.indicators.lexicon import Indicator
from extract.language.numbers import Figure, parse_number
from extract.statements.measures import Measured
from extract.statements.own_values import PLAN_RATIO_FROM
from extract.statements.tables.grid import Cell, Column, Table

# how far a printed percentage may be from the quotient, and how many rows must agree
TOLERANCE: Final = 0.6
FEWEST_ROWS: Final = 2
_RESULTS: Final = ("done", "expected")
_BASES: Final = {"plan": "of_plan", "done": "against", "earlier": "against", "time": "against"}


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


def compared(column: Column, figure: Figure, cell: Cell, indicator: Indicator) -> Measured:
    """A percentage of plan, or against an earlier time."""
    value = cell.sign * figure.value
    if column.kind == "of_plan":
        if value < 0 or (indicator.is_rate and value < PLAN_RATIO_FROM):
            return Measured(skip="points against a plan have no place in the table")
        return Measured("plan_ratio", value, unit="pct", rule="of_plan")
    if column.kind == "compared" or column.kind not in ("against", "growth", "plan_index"):
        return Measured(skip="a percentage of what the head of its column does not say")
    if indicator.is_rate:
        return Measured(skip="a rate against an earlier one: percent or points")
    if column.kind == "growth" or value < PLAN_RATIO_FROM:
        return Measured("growth", value, unit="pct", rule="growth_against_base")
    return Measured("growth", value - 100, unit="pct", rule="index_growth")

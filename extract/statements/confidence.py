"""How sure a row is: the share of rows like it that were right on annotated articles.

Belongs here: the table from features to probability. It is re-measured, not guessed: see ``benchmarks``.
"""

from __future__ import annotations

from extract.extraction import DocumentPlace
from extract.statements.reading import Statement


def confidence(statement: Statement, place: DocumentPlace, flags: list[str]) -> float:
    """Probability that district, indicator, measure, value, kind and year of the row are all right."""
    score = 0.93
    if statement.gap > 6:
        score -= 0.08
    if flags:
        score -= 0.2
    if statement.topic.weak:
        score -= 0.15
    if statement.measured.rule in ("bare_percent_growth", "bare_percent_of_plan", "growth_against_base"):
        score -= 0.1
    return round(max(0.05, score), 3)

"""Totals that turn out to hold another: "thu ngân sách 1.700 tỷ đồng, trong đó thu trên địa bàn 285 tỷ đồng".

Belongs here: what was said before becomes the larger total, once its part bears the code of both. Does not belong here:
which codes are such (``within`` in ``indicators.yaml``), or parts that stay parts (``carried.py``).
"""

from __future__ import annotations

from extract.indicators.lexicon import indicators
from extract.statements.statement import Statement


def part_told(statements: list[Statement]) -> None:
    """The last of ``statements`` was told under "trong đó": see whether those before it are of a larger total."""
    part = statements[-1]
    indicator = indicators().get(part.topic.code)
    if indicator is None or indicator.within is None or part.measured.measure != "level":
        return
    larger, said = indicator.within
    if said not in f"{part.topic.text} {part.topic.segment or ''}".lower():
        return
    whole = []
    for earlier in reversed(statements[:-1]):
        topic = earlier.topic
        if topic.code != part.topic.code or said in f"{topic.text} {topic.segment or ''}".lower():
            break
        whole.append(earlier)
    unparted = [s for s in whole if s.topic.segment is None]
    of_same = [s for s in unparted if (s.kind, s.year, s.period, s.measured.measure) == _place(part)]
    if any(s.measured.value > part.measured.value for s in of_same):
        for earlier in whole:
            earlier.topic = earlier.topic.copy()
            earlier.topic.code = larger
            earlier.rules.append("holds_another_total")
        if part.topic.segment is not None and said in part.topic.segment:
            part.topic.segment = None


def _place(statement: Statement) -> tuple[str, int, str, str]:
    return statement.kind, statement.year, statement.period, "level"

"""Totals that turn out to hold another: "thu ngân sách 1.700 tỷ đồng, trong đó thu trên địa bàn 285 tỷ đồng".

Belongs here: what was said before becomes the larger total, once its part bears the code of both. Does not belong here:
which codes are such (``within`` in ``indicators.yaml``), or parts that stay parts (``carried.py``).
"""

from __future__ import annotations

from extract.indicators.lexicon import indicators
from extract.statements.statement import Statement
from extract.statements.windows import Topic


def part_told(statements: list[Statement]) -> None:
    """The last of ``statements`` was told under "trong đó": see whether those before it are of a larger total."""
    part = statements[-1]
    indicator = indicators().get(part.topic.code)
    if indicator is None or indicator.within is None or part.measured.measure != "level":
        return
    larger, said = indicator.within
    if not _says(part.topic, said):
        return
    whole = []
    for earlier in reversed(statements[:-1]):
        topic = earlier.topic
        if topic.code != part.topic.code or _says(topic, said):
            break
        whole.append(earlier)
    unparted = [s for s in whole if s.topic.segment is None]
    of_same = [s for s in unparted if (s.kind, s.year, s.period, s.measured.measure) == _place(part)]
    if any(s.measured.value > part.measured.value for s in of_same):
        known = {_said(s) for s in whole}
        for earlier in [s for s in statements[:-1] if _said(s) in known]:  # also where a headline said it
            earlier.topic = earlier.topic.copy()
            earlier.topic.code = larger
            earlier.rules += ",holds_another_total"
        if part.topic.segment is not None and any(word in part.topic.segment for word in said):
            part.topic.segment = None


def _said(statement: Statement) -> tuple[object, ...]:
    """What a statement says, whatever the words."""
    measured = statement.measured
    place = (statement.kind, statement.year, statement.period, statement.topic.segment)
    return statement.topic.code, measured.measure, measured.value, *place


def _says(topic: Topic, said: tuple[str, ...]) -> bool:
    text = f"{topic.text} {topic.segment or ''}".lower()
    return any(word in text for word in said)


def _place(statement: Statement) -> tuple[str, int, str, str]:
    return statement.kind, statement.year, statement.period, "level"

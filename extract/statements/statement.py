"""What reading hands out: statements, and figures that were seen and not taken.

Belongs here: the value objects that text and tables share. Does not belong here: any decision, or rows of the contract
(``assembly.py``).
"""

from __future__ import annotations

from extract.statements.events import Sentence
from extract.statements.measures import Measured
from extract.statements.windows import Topic


class Statement:
    """One decided statement, before it becomes a row. ``start``/``end`` are token positions of the quote; ``rules``
    are ids joined by commas; ``district`` is set where it is of another district than the article's."""

    def __init__(
        self,
        topic: Topic,
        measured: Measured,
        kind: str,
        year: int,
        period: str,
        comparator: str,
        estimated: bool,
        base: str | None,
        plan_ref: str | None,
        start: int,
        end: int,
        sentence: Sentence,
        rules: str,
        price_basis: str | None,
        district: str | None,
    ) -> None:
        self.topic = topic
        self.measured = measured
        self.kind = kind
        self.year = year
        self.period = period
        self.comparator = comparator
        self.estimated = estimated
        self.base = base
        self.plan_ref = plan_ref
        self.start = start
        self.end = end
        self.sentence = sentence
        self.rules = rules
        self.price_basis = price_basis
        self.district = district


class Skipped:
    """A figure that was seen and not taken."""

    def __init__(self, start: int, end: int, reason: str) -> None:
        self.start, self.end, self.reason = start, end, reason


def rules_of(topic: Topic, rules: str) -> str:
    """``rules``, and those that say how the topic was found."""
    if topic.inherited:
        rules += ",inherited"
    return rules + ",weak_name" if topic.weak else rules

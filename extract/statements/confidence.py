"""How sure a row is: the share of rows like it that were right on annotated articles.

Belongs here: which factors of ``lexicon/confidence.yaml`` hold for a statement. Does not belong here: the factors
themselves, which are measured (docs/reading.md says how).
"""

from __future__ import annotations

from typing import Final

from extract.lexicon.load import lexicon_file
from extract.statements.statement import Statement

# the factors that hang on the statement alone, each the bit of its place in a mask of those that hold
_FACTORS: Final = ("weak_name", "flagged", "term", "time_carried", "inherited", "segment", "target", "unknown")
# rules of a statement -> the probability for each mask of its factors: a few dozen sets of rules
_known: Final[dict[str, list[float]]] = {}
_NOT_ASKED: Final = -1.0


def confidence(statement: Statement, *, flagged: bool, year_said: bool) -> float:
    """Probability (0 to 1) that indicator, measure, value, kind, year and period of the row are all right.

    ``year_said``: its sentence says the year.
    """
    topic, rules = statement.topic, statement.rules
    mask = (
        topic.weak
        + (flagged << 1)
        + ((statement.period == "TERM") << 2)
        + ((not year_said) << 3)
        + (topic.inherited << 4)
        + (bool(topic.segment) << 5)
        + ((statement.kind == "target") << 6)
        + ((not topic.code) << 7)
    )
    known = _known.get(rules)
    if known is None:
        known = _known[rules] = [_NOT_ASKED] * (1 << len(_FACTORS))
    found = known[mask]
    if found == _NOT_ASKED:
        found = known[mask] = _probability(mask, rules)
    return found


def _probability(mask: int, rules: str) -> float:
    table = lexicon_file("confidence")
    holds = {factor: bool(mask >> bit & 1) for bit, factor in enumerate(_FACTORS)}
    for factor, named in table["rules"].items():
        holds[factor] = not set(rules.split(",")).isdisjoint(named)
    odds: float = table["base"]
    for factor, value in table["factors"].items():
        if holds[factor]:
            odds *= value
    return round(odds / (1 + odds), 3)

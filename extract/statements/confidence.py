"""How sure a row is: the share of rows like it that were right on annotated articles.

Belongs here: which factors of ``lexicon/confidence.yaml`` hold for a statement. Does not belong here: the factors
themselves, which are measured (docs/reading.md says how).
"""

from __future__ import annotations

from extract.lexicon.load import lexicon_file
from extract.statements.reading import Statement


def confidence(statement: Statement, flags: list[str], sentence: str) -> float:
    """Probability (0 to 1) that indicator, measure, value, kind, year and period of the row are all right."""
    table = lexicon_file("confidence")
    topic, rules = statement.topic, set(statement.rules)
    holds = {
        "weak_name": topic.weak,
        "flagged": bool(flags),
        "term": statement.period == "TERM",
        "time_carried": str(statement.year) not in sentence,
        "inherited": topic.inherited,
        "segment": bool(topic.segment),
        "target": statement.kind == "target",
        "unknown": not topic.code,
        **{factor: not rules.isdisjoint(named) for factor, named in table["rules"].items()},
    }
    odds: float = table["base"]
    for factor, value in table["factors"].items():
        if holds[factor]:
            odds *= value
    return round(odds / (1 + odds), 3)

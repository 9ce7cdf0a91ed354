"""How sure a row is: the share of rows like it that were right on annotated articles.

Belongs here: which factors of ``lexicon/confidence.yaml`` hold for a statement. Does not belong here: the factors
themselves, which are measured (docs/reading.md says how).
"""

from __future__ import annotations

from functools import cache

from extract.lexicon.load import lexicon_file
from extract.statements.statement import Statement


def confidence(statement: Statement, flags: list[str], sentence: str, rules: str) -> float:
    """Probability (0 to 1) that indicator, measure, value, kind, year and period of the row are all right.

    ``rules``: those of the statement, joined by commas.
    """
    topic = statement.topic
    return _probability(
        topic.weak,
        bool(flags),
        statement.period == "TERM",
        str(statement.year) not in sentence,
        topic.inherited,
        bool(topic.segment),
        statement.kind == "target",
        not topic.code,
        rules,
    )


@cache  # a few hundred combinations
def _probability(
    weak: bool,
    flagged: bool,
    term: bool,
    time_carried: bool,
    inherited: bool,
    segment: bool,
    target: bool,
    unknown: bool,
    rules: str,
) -> float:
    table = lexicon_file("confidence")
    holds = {
        "weak_name": weak,
        "flagged": flagged,
        "term": term,
        "time_carried": time_carried,
        "inherited": inherited,
        "segment": segment,
        "target": target,
        "unknown": unknown,
        **{factor: not set(rules.split(",")).isdisjoint(named) for factor, named in table["rules"].items()},
    }
    odds: float = table["base"]
    for factor, value in table["factors"].items():
        if holds[factor]:
            odds *= value
    return round(odds / (1 + odds), 3)

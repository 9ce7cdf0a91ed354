"""Plan figures whose indicator is not in the lexicon: they become rows without an indicator, for whoever keeps it.

Belongs here: which such figures are worth a row, and what stands in for their indicator. Does not belong here: figures
of known indicators (``binding.py``) or lists of missing words (the warehouse's report).
"""

from __future__ import annotations

from typing import Final

from extract.indicators.lexicon import Indicator
from extract.statements.around import Around
from extract.statements.measures import canonical_unit
from extract.statements.segments import SegmentReader
from extract.statements.windows import Topic, Window

# the code of a topic that has none
UNKNOWN: Final = ""
# things that events count more often than plans do
_NOT_PLANNED: Final = frozenset({"times", "count:person", "count:member", "count:other", "day"})


def unknown_topic(
    window: Window, around: Around, kind: str, segments: SegmentReader, last: Topic | None
) -> Topic | None:
    """The words in front of a figure as its topic, where the figure is surely one of a plan, else None.

    Surely: it is set against a plan or an earlier year, is followed by a percentage that is, or stands under what is
    planned. ``last`` is the unknown topic of the figure before it in the sentence.
    """
    family = window.figure.family
    if family is None or family in _NOT_PLANNED:
        return None
    if around.ref is None and kind != "target" and not _compared_next(window):
        return None
    if last is not None and around.ref is not None and not any(e.name is not None for e in window.left):
        topic = last.copy()
        topic.family, topic.inherited = family, True
        return topic
    words = segments.before(window)
    if words is None or not any(character.isalpha() for character in words):
        return None
    return Topic(UNKNOWN, words, family=family)


def _compared_next(window: Window) -> bool:
    """True where the next figure is a percentage of plan or of an earlier year and no other name comes before it."""
    coming = window.following()
    for event in coming:
        if event.is_value:
            if event.figure is None or event.figure.family != "pct":
                return False
            break
        if event.name is not None or event.id == ";":
            return False
    for event in coming:
        if event.is_value or event.kind == "mark":
            return False
        if event.id in ("plan", "base"):
            return True
    return False


def stand_in(window: Window, around: Around) -> Indicator:
    """An indicator without a code that the figure fits: a percentage alone is a rate, all else has its own unit."""
    family = window.figure.family or ""
    unit = "bn_vnd" if family == "pct" and around.ref is not None else canonical_unit(family)
    return Indicator(
        code=UNKNOWN, unit=unit, units=frozenset({family}), low=0, high=0, kind="flow", flow_count=False,
        sums_over_term=False, averaged_over_term=False, named_average=False, growth_is_level=False, few_are_new=False,
        weak_touches=False,
        pct_measure=None, rate_code=None, new_code=None, denominator=None, per=None, needs_words=(),
        total_segment=None, said_by_name=False, falls=(), family_codes=(),
    )  # fmt: skip

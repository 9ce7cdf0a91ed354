"""Companions: codes that share their words, told apart by the figure's unit, denominator or verb.

Belongs here: a count and its rate ("873 hộ, đạt tỷ lệ 2,03%"), villages beside communes, new members beside all.
Does not belong here: which name a figure belongs to (``binding.py``).
"""

from __future__ import annotations

from typing import Final

from extract.indicators.lexicon import code_of_denominator, counts_of_rate, known
from extract.lexicon.grammar import words as grammar
from extract.statements.around import Around
from extract.statements.own_values import PLAN_RATIO_FROM
from extract.statements.windows import Topic, Window

# tokens behind a number of members in which they are said to have been admitted
_ADMITTED_REACH: Final = 6


class CompanionChooser:
    """Answers for each figure of one article; remembers whether a rate was just said."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._rate_said = False
        self._counted: str | None = None  # the count that was just told in place of its rate

    def choose(self, topic: Topic, window: Window, around: Around) -> Topic:
        """``topic``, or its companion where the figure speaks of that."""
        code = self._code(topic, window, around)
        if code is not None:
            topic = topic.copy()
            topic.code, topic.family = code, window.figure.family
        return topic

    def _code(self, topic: Topic, window: Window, around: Around) -> str | None:
        figure = window.figure
        indicator = known[topic.code]
        counted, self._counted = self._counted, None
        of_plan = figure.family == "pct" and (around.ref == "plan" or figure.value > 100)
        if counted is not None and of_plan and topic.inherited and known[counted].rate_code == topic.code:
            return counted  # "271/230 hộ thoát nghèo, đạt 117,8%": of the households
        if topic.inherited and indicator.areas:
            clause = [word for word in self._words[window.since : figure.first] if word not in grammar["before_area"]]
            said = " ".join(clause)
            of_area = next((code for area, code in indicator.areas if said.startswith(area)), None)
            if of_area is not None:
                return of_area
        rate_said, self._rate_said = self._rate_said, False
        for family, of_family in indicator.family_codes:
            if family == figure.family:
                return of_family
        if figure.family == "pct" and indicator.rate_code and around.ref != "plan":
            points = topic.inherited and topic.measure == "change" and around.ref is None and around.verb == "down"
            if around.moves and not rate_said and not points:
                return None
            if points:
                return indicator.rate_code  # "giảm 612 hộ nghèo, giảm 2,3%"
            if self._of_change(topic, window, around):
                return None
            self._rate_said = True
            return indicator.rate_code
        counted_rate = indicator.is_rate and figure.family is not None and figure.family != "pct"
        if counted_rate and (figure.second is None or topic.has_level):
            self._counted = next((c.code for c in counts_of_rate(topic.code) if c.fits(figure.family)), None)
            return self._counted
        if figure.family == "count:criterion" and figure.second is not None:
            return code_of_denominator(figure.second)
        if indicator.new_code is None or around.new:
            return indicator.new_code
        beside = {self._words[figure.first - 1], *self._words[figure.last : figure.last + _ADMITTED_REACH]}
        return None if beside.isdisjoint(grammar["admits"]) else indicator.new_code

    def _of_change(self, topic: Topic, window: Window, around: Around) -> bool:
        """ "giảm 101 hộ nghèo, đạt trên 50%": of what was to be reached, not of all households."""
        changed = topic.inherited and topic.measure == "change"
        stated = around.verb == "equal" and not around.share and not around.bracket
        return changed and stated and window.figure.value >= PLAN_RATIO_FROM

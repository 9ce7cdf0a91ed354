"""The events of an article: names, cues, times, figures and marks; and the sentences that they stand in.

Belongs here: the value objects. Does not belong here: finding them (``matching.py``, ``sentences.py``) or any decision.
"""

from __future__ import annotations

from typing import Final

from extract.indicators.lexicon import Name
from extract.language.numbers import Figure
from extract.language.periods import TimeRef

# cues that say that a figure rises, falls or exceeds
DIRECTIONS: Final = frozenset({"up", "down", "over"})


class Event:
    """Something at tokens ``first`` to ``last`` (exclusive). ``kind``: name, cue, time, figure, mark.

    ``hints``: what there is a hint of where it stands (``hints.py``).
    """

    def __init__(
        self,
        kind: str,
        first: int,
        last: int,
        id: str = "",
        name: Name | None = None,
        figure: Figure | None = None,
        time: TimeRef | None = None,
        used: bool = False,
        inside: bool = False,  # a cue inside a name: "tăng" in "tốc độ tăng trưởng kinh tế"
        hints: int = 0,
    ) -> None:
        self.kind = kind
        self.first = first
        self.last = last
        self.id = id
        self.name = name
        self.figure = figure
        self.time = time
        self.used = used
        self.inside = inside
        self.hints = hints

    def copy(self) -> Event:
        """An event with the same fields."""
        return Event(
            self.kind, self.first, self.last, self.id, self.name, self.figure, self.time, self.used, self.inside,
            self.hints,
        )  # fmt: skip

    @property
    def is_value(self) -> bool:
        """True for a figure that is a value of something (not a date, an ordinal ...)."""
        return self.figure is not None and self.figure.mask is None

    @property
    def names_sector(self) -> bool:
        """True for a name that is, or has in it, one of a sector of the economy."""
        return self.name is not None and self.name.sector is not None


class Sentence:
    """Tokens ``first`` to ``last`` and their events. ``paragraph`` counts lines; ``opens``: it is a line's first.

    ``numbered``: it stands behind the number that opens its line: "II. Mục tiêu năm 2023". ``hints``: see ``hints.py``.
    """

    def __init__(
        self,
        first: int,
        last: int,
        paragraph: int,
        opens: bool,
        events: list[Event] | None = None,
    ) -> None:
        self.first = first
        self.last = last
        self.paragraph = paragraph
        self.opens = opens
        self.events: list[Event] = [] if events is None else events
        self.numbered = False
        self.hints = -1  # of everything, until somebody looks


def hints_of(events: list[Event]) -> int:
    """What there is a hint of in ``events``."""
    hints = 0
    for event in events:
        hints |= event.hints
    return hints

"""Windows: the events around each figure of a sentence, and what a figure is about.

Belongs here: the value objects that binding and measuring share. Does not belong here: any decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from extract.language.numbers import Figure
from extract.statements.events import Event, Sentence
from extract.statements.hints import SEMICOLON

# how many events back a word may govern a figure ("bình quân mỗi năm ... tăng 5%")
GOVERNING_REACH: Final = 60
# tokens between a figure and what it refers to
REFERENCE_REACH: Final = 1


class Topic:
    """What a figure is about: an indicator code, the words that name it, and a part of the whole.

    ``measure``, ``falls`` (a decrease) and ``has_level`` tell what was last said of it; ``inherited`` marks a topic
    carried from an earlier figure; ``growth_named`` and ``rate_named`` that "tốc độ tăng" or "tỷ lệ" stands before the
    name; ``stated``: "là" stands between the figure and its name behind; ``weak`` one that is named by a word that can
    mean other things too.
    """

    def __init__(
        self,
        code: str,
        text: str,
        segment: str | None = None,
        event: Event | None = None,
        growth_named: bool = False,
        rate_named: bool = False,
        family: str | None = None,
        has_level: bool = False,
        weak: bool = False,
        also: Event | None = None,
        measure: str | None = None,
        falls: bool = False,
        inherited: bool = False,
        stated: bool = False,
    ) -> None:
        self.code = code
        self.text = text
        self.segment = segment
        self.event = event
        self.growth_named = growth_named
        self.rate_named = rate_named
        self.family = family
        self.has_level = has_level
        self.weak = weak
        self.also = also
        self.measure = measure
        self.falls = falls
        self.inherited = inherited
        self.stated = stated

    def copy(self) -> Topic:
        """A topic with the same fields."""
        return Topic(
            self.code, self.text, self.segment, self.event, self.growth_named, self.rate_named, self.family,
            self.has_level, self.weak, self.also, self.measure, self.falls, self.inherited, self.stated,
        )  # fmt: skip


class Window:
    """The events of one figure: those since the figure before it, and those up to the figure after it."""

    def __init__(
        self,
        left: list[Event],
        right: list[Event],
        sentence: Sentence,
        event: Event,
        figure: Figure,
        position: int,  # of ``event`` among the sentence's events
        since: int,  # the token behind the value before this one, or the sentence's first
        cues: int = 0,  # the hints of the events that stood in ``left`` at first
        shared_ref: str | None = None,  # plan or base: the reference behind the last of a list is this figure's too
    ) -> None:
        self.left = left
        self.right = right
        self.sentence = sentence
        self.event = event
        self.figure = figure
        self.position = position
        self.since = since
        self.cues = cues
        self.said = cues  # the hints of those that stand there now
        self._after: list[Event] | None = None
        self.shared_ref = shared_ref
        self.shifts = False  # a percentage that is the first end of "từ 23,5% lên 31,7%"

    def about(self, figure: Figure) -> Window:
        """The same window around another figure."""
        other = Window(
            self.left, self.right, self.sentence, self.event, figure, self.position, self.since, self.cues,
            self.shared_ref,
        )  # fmt: skip
        other.shifts, other.said = self.shifts, self.said
        return other

    def take(self, left: list[Event]) -> None:
        """Have ``left`` instead of the events that stood there."""
        self.left, self.said = left, _hints(left)

    def plain(self, first: int, last: int, kind: str | None = None) -> list[int]:
        """The tokens from ``first`` to ``last`` (exclusive) in none of the events of ``left``, or none of that kind."""
        covered = {at for e in self.left if kind in (None, e.kind) for at in range(e.first, e.last)}
        return [at for at in range(first, last) if at not in covered]

    def behind_mark(self) -> int | None:
        """The token behind the last mark since the figure before, or None where there is no mark."""
        return next((event.last for event in reversed(self.left) if event.kind == "mark"), None)

    def has_cue(self, cue: int) -> bool:
        """True where a cue with that hint stands between the figure before and this one."""
        return self.cues & cue != 0

    def after(self) -> list[Event]:
        """The events behind the figure and its unit."""
        if self._after is None:
            edge = self.figure.last
            self._after = [e for e in self.right if e.first >= edge]
        return self._after

    def before(self) -> list[Event]:
        """The sentence's events before the figure, the nearest first, as far back as a word may govern it."""
        return self.sentence.events[max(0, self.position - GOVERNING_REACH + 1) : self.position][::-1]

    def following(self) -> Iterator[Event]:
        """The sentence's events behind the figure, one by one."""
        events = self.sentence.events
        for at in range(self.position + 1, len(events)):
            yield events[at]

    def next_value(self) -> Figure | None:
        """The next value of the sentence."""
        events = self.sentence.events
        for at in range(self.position + 1, len(events)):
            figure = events[at].figure
            if figure is not None and figure.mask is None:
                return figure
        return None

    def governed_by(self, cue: int) -> bool:
        """True where a cue with that hint stands before the figure in its part of the sentence, up to a semicolon."""
        if not self.sentence.hints & cue:
            return False
        for event in self.before():
            if event.hints & SEMICOLON:
                return False
            if event.hints & cue and not event.inside:
                return True
        return False


def windows(sentence: Sentence) -> list[Window]:
    """One window for each value among the figures of a sentence."""
    events = sentence.events
    at = [i for i, e in enumerate(events) if e.figure is not None and e.figure.mask is None]
    found: list[Window] = []
    if not at:
        return found
    start, since = 0, sentence.first
    for number, position in enumerate(at):
        stop = at[number + 1] if number + 1 < len(at) else len(events)
        event = events[position]
        figure = event.figure
        assert figure is not None
        edge = max(figure.unit_first, figure.first)
        left = _up_to(events[start:position], edge)
        # names that begin inside the figure's own unit ("2 xã đạt chuẩn ...") belong to its right
        first = position + 1 if len(left) == position - start else start
        if _opens_share(events, position, stop):
            stop = next((i for i in at if i > stop), len(events))
        right: list[Event] = []
        for i in range(first, stop):
            behind = events[i]
            if behind.last > edge and behind.figure is None:
                right.append(behind)
        found.append(Window(left, right, sentence, event, figure, position, since, _hints(left)))
        start, since = position + 1, event.last
    return found


def _hints(events: list[Event]) -> int:
    """What there is a hint of in ``events``."""
    hints = 0
    for event in events:
        hints |= event.hints
    return hints


def _up_to(events: list[Event], edge: int) -> list[Event]:
    """Those of ``events`` that end by ``edge``: nearly always all of them."""
    for event in events:
        if event.last > edge:
            return [e for e in events if e.last <= edge]
    return events


def _opens_share(events: list[Event], position: int, stop: int) -> bool:
    """ "9/18 xã (đạt 50%) đạt chuẩn": the bracket holds the share of what is counted, and its name comes behind it."""
    if stop + 1 >= len(events) or events[stop + 1].id != ")" or events[position + 1].id != "(":
        return False
    figure, share = events[position].figure, events[stop].figure
    counted = figure is not None and figure.second is not None and events[position + 1].first == figure.last
    return counted and share is not None and share.family == "pct"


def aside_end(window: Window, words: list[str]) -> int:
    """Where a bracket right behind the figure ends, or 0: "02 xã (Cao Bồ, Linh Hồ) đạt chuẩn"."""
    if words[window.figure.last : window.figure.last + 1] != ["("]:
        return 0
    return next((e.last for e in window.right if e.kind == "mark" and e.id == ")"), 0)

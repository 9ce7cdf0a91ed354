"""Segments: the part of an indicator that a figure is about ("khu vực nông thôn", "mức độ 2", a crop, a product).

Belongs here: finding the words of a part. Does not belong here: which indicator it is a part of (``binding.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from extract.indicators.lexicon import Indicator, concepts, segment_matcher
from extract.language.normalise import has_old_letters, readable
from extract.language.tokens import Tokens
from extract.lexicon.grammar import phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.events import Event
from extract.statements.windows import Topic, Window

# a part named in more words than this is no name
LONGEST: Final = 8
# what stands before the first comma in more words than this is a clause, and no part ("Ở khu vực nông thôn,")
_LONGEST_LEAD: Final = 4
# how far (tokens) behind a figure its part may be named
REACH: Final = 12
_CLAUSE_ENDS: Final = frozenset(",;(.")
_VERBS: Final = frozenset(
    {"equal", "up", "down", "over", "gt", "approx", "est", "to", "from", "new", "ge", "lt", "le", "average"}
)
_NO_PART: Final = frozenset({"plan", "base", "so", "year", "until", "months"})


class SegmentReader:
    """Reads parts in one article. ``districts`` tells the names in it of districts, which are no parts, in lower case:
    asked only where a part is named without the lexicon."""

    def __init__(self, tokens: Tokens, text: str, districts: Callable[[], frozenset[str]] = frozenset) -> None:
        self._tokens, self._text, self._districts = tokens, text, districts
        self._readable = tokens.even and not has_old_letters(text)

    def surface(self, first: int, last: int) -> str:
        """The words of tokens ``first`` to ``last`` as they stand, with single spaces."""
        said = self._text[self._tokens.starts[first] : self._tokens.end(last - 1)]
        if self._readable and "\n" not in said:
            return said  # nearly always; tokens stand at both ends, so that no space does
        return readable(said)

    def words(self, event: Event) -> str:
        """The words of an event as they stand."""
        return self.surface(event.first, event.last)

    def of(self, topic: Topic, indicator: Indicator, window: Window, *, part: bool) -> str | None:
        """The part of the indicator that ``topic`` is about; ``part``: under "Trong đó"."""
        if "any" in indicator.units:  # a product: its name is the segment
            return self.before(window) or topic.segment or topic.text.lower()
        if topic.inherited and topic.segment is not None and window.figure.family != "pct":
            # "150 km đường trục xã, 115 km đường trục thôn": each has a part of its own behind it
            return self._named(topic, window, window.figure.last, part=part) or topic.segment
        if topic.segment is not None or topic.inherited:
            return topic.segment
        return self._named(topic, window, window.since, part=part)

    def _named(self, topic: Topic, window: Window, start: int, *, part: bool) -> str | None:
        """The part of the indicator that the figure's clause names from ``start`` on by the lexicon's ``segments``."""
        matcher = segment_matcher(topic.code, part=part)
        if matcher is None:
            return None
        words, figure = self._tokens.words, window.figure
        named = topic.event.first if topic.event is not None else start
        clause = start
        told: list[tuple[int, int]] = []
        for event in window.left:
            if event.kind != "mark" or not (event.id == "," or event.id == ";"):
                continue
            if event.id == ";":
                start = max(start, event.last)
            elif event.last <= named and self._told(clause, event.first):
                told.append((clause, event.first))
            clause = event.last
        end = min(window.sentence.last, figure.last + REACH)
        found = [(first, last) for first, last, part_of in matcher.find(words, start, end) if part_of != ("",)]
        if not found:
            return None  # as in most clauses
        # a part begins in the clause, and may go on behind a comma: "đường trục xã, liên xã"
        stop = self._clause_end(figure.last, end)
        hits = [(at, to) for at, to in found if at < stop and not any(first <= at < last for first, last in told)]
        if not hits:
            return None
        first, last = hits[-1]
        if " ".join(words[last : last + 2]) in phrases["at_least"]:
            last += 2  # "từ 3 sao trở lên"
        return self.surface(first, last).lower()

    def _clause_end(self, stop: int, end: int) -> int:
        """Where the clause behind a figure, from ``stop`` on, ends: at ``end`` or before."""
        words, joined = self._tokens.words, end
        while stop < end and words[stop] not in _CLAUSE_ENDS and not self._next_figure(stop):
            if words[stop] in grammar["lists_parts"]:
                break  # "420 ha rừng gồm rừng sản xuất 350 ha và ..."
            joined = min(joined, stop) if words[stop] in grammar["joins"] else joined
            stop += 1
        if stop < end and self._next_figure(stop):
            stop = min(stop, joined)  # "xây mới 40 căn nhà và sửa chữa 20 căn nhà"
        return stop

    def _told(self, first: int, last: int) -> bool:
        """ "Trường A được công nhận lại mức độ 2, nâng số trường lên 25": a clause of its own before the one named."""
        return last - first > _LONGEST_LEAD and self._tokens.words[first] not in grammar["leads_in"]

    def _next_figure(self, position: int) -> bool:
        words = self._tokens.words
        if not words[position][0].isdecimal() or words[position - 1] in grammar["graded"]:
            return False
        return grammar["grades"].isdisjoint(words[position + 1 : position + 2])

    def before(self, window: Window) -> str | None:
        """The words between the last mark and the figure or its verb: "trong đó, lúa có 10.465 ha"."""
        figure = window.figure
        start, stop = window.since, figure.first
        for event in window.left:
            number = event.figure is not None and event.figure.mask != "year"
            if event.kind == "mark" or number or event.id == "part":
                start = max(start, event.last)
        for event in window.left:
            if event.kind == "cue" and event.first >= start and event.id in _VERBS:
                if event.first > start:
                    stop = min(stop, event.first)
                else:
                    start = max(start, event.last)
        for event in window.left:
            if event.kind == "time" and start <= event.first < stop:
                start, stop = (event.last, stop) if event.first == start else (start, event.first)
        if any(e.id in _NO_PART and start <= e.first < stop for e in window.left):
            return None
        while start < stop and self._tokens.words[start] in grammar["before_part"]:
            start += 1
        words = self._tokens.words[start:stop]
        if not 0 < len(words) <= LONGEST or not grammar["whole"].isdisjoint(words):
            return None
        if len(words) == 1 and words[0] in grammar["no_part"]:
            return None
        named = self.surface(start, stop).lower()
        return None if named in self._districts() or self._names_district(start, stop) else named

    def _names_district(self, start: int, stop: int) -> bool:
        """True for "huyện Lục Ngạn": whose figure it is, no part of what it is about."""
        for types in phrases["district_types"]:
            behind = start + len(types.split())
            if behind < stop and " ".join(self._tokens.words[start:behind]) == types:
                return self._text[self._tokens.starts[behind]].isupper()
        return False


def crop_told(topic: Topic, last: Topic) -> str | None:
    """ "cây ngô 1.000 ha, năng suất bình quân 45 tạ/ha": the yield is of the crop that was told before it."""
    if (
        topic.code != concepts["crop_codes"]["yield"]
        or last.segment is None
        or last.code not in concepts["facet_codes"]
    ):
        return None
    if last.code == concepts["area_of_crops"] and last.segment.split()[0] != concepts["staple"]["crop"]:
        return None
    return last.segment


def season_told(topic: Topic, window: Window, words: list[str]) -> str | None:
    """ "vụ Hè - Thu, toàn huyện gieo cấy 3.300 ha lúa": the segment of rice with the season named before the figure."""
    staple = concepts["staple"]
    if topic.segment != staple["crop"]:
        return topic.segment
    said = f" {' '.join(words[window.sentence.first : window.figure.first])}".replace(" - ", " ")
    opened = (staple["crop"], *phrases["season"])
    season = next((s for s in staple["seasons"] if any(f" {word} {s}" in said for word in opened)), None)
    return topic.segment if season is None else f"{topic.segment} {season}"

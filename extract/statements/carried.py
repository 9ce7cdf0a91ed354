"""Carried: what a text hands on from figure to figure: the topic, the total of its parts, the heading of its line.

Belongs here: how long topics, headings and sectors last, and what a figure without a name of its own takes from them.
Does not belong here: names beside the figure (``names_before.py``, ``names_behind.py``), times (``scope.py``).
"""

from __future__ import annotations

from functools import cache
from itertools import takewhile, zip_longest
from typing import Final

from extract.indicators.lexicon import Concept, Name, concepts, heads, known, sector_segments, total_of_crop
from extract.language.numbers import Figure
from extract.lexicon.grammar import phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.events import Event, Sentence
from extract.statements.fitting import accepts
from extract.statements.hints import PART, SEMICOLON, SHARES
from extract.statements.segments import SegmentReader
from extract.statements.taken_up import takes_up
from extract.statements.windows import Topic, Window

# "tăng trưởng bình quân 15%/năm" without a name
_NO_UNITS: Final[list[str]] = []
_GROWTH: Final = Concept("weak", "economic_growth_rate")
# so many names in front of a colon announce columns
_COLUMNS: Final = 2
# tokens before a figure among which its verb stands
_VERB_REACH: Final = 3
# tokens between a share and the composition that it is of: "chiếm 70,4% tỷ trọng trong cơ cấu kinh tế"
_WHOLE_REACH: Final = 4


class Carried:
    """Follows topics and headings through one article, or one table."""

    def __init__(self, words: list[str], segments: SegmentReader) -> None:
        self._words, self._segments, self._telling = words, segments, _units_telling()
        self._all_added: str = heads()["value_added"]["alone"]  # the code of the whole economy
        self.topic: Topic | None = None
        self.part = False  # under "Trong đó"
        self.total: Topic | None = None  # what was said before this figure
        self.last: Topic | None = None  # of the figure before, with its part, in this sentence
        self.before: Topic | None = None  # of the sentences before
        self._verbs: list[str] = []  # the words right before the last figure that was named
        self._verbs_before: list[str] = []  # the same of the sentences before
        self.head: str | None = None
        self._head_first = 0  # the token where it stands
        self._shares_from = -1  # the token where a composition was last named
        self._grown: Topic | None = None  # the whole economy, where its growth was told
        self._by_unit: dict[str, Topic] = {}  # what was named in this paragraph, by the unit that counts nothing else
        self._by_family: dict[str, Topic] = {}  # what was last told in this line, by unit
        self._listed: Sentence | None = None  # the last sentence that was asked whether it announces columns
        self._columns = False
        self._sector_leads = False
        self._sector: Event | None = None  # named in this line, before any figure of its sentence

    # -- how the text goes on

    def at_sentence(self, *, paragraph: bool, part: bool) -> None:
        """A new sentence: the topic ends (not before "Trong đó"), the heading lasts to the end of the line."""
        if not part:
            self.before = self.last or (self.before if not paragraph else None)
            self._verbs_before = self._verbs if self.last is not None else self._verbs_before
            self.topic = self.last = self._grown = None
        self.part = part
        if paragraph and not part:
            self.head = self._sector = None
        if paragraph:
            self._by_family.clear()
            self._by_unit.clear()

    def see(self, event: Event, *, leads: bool = False) -> None:
        """A name that was passed on the way to a figure: headings last until an indicator is named outright.

        ``leads``: it opens its sentence, so that a sector is what its line is about.
        """
        assert event.name is not None
        if event.name.head is not None:
            self.head, self._head_first = event.name.head, event.first
            if event.name.head == "share":
                self._shares_from = event.first
        if event.name.strong:
            self.head = None
            for concept in event.name.named:
                units = self._telling.get(concept.id)
                for unit in units or _NO_UNITS:
                    text, family = self._segments.words(event), unit.split("/")[0]
                    self._by_unit[unit] = Topic(concept.id, text, event=event, family=family)
        elif event.name.sector is not None:
            self._sector_leads = leads or (self._sector_leads and event is self._sector)
            self._sector = event

    def at_figure(self) -> None:
        """A new figure: what was said until now is the total that it may be a part of."""
        self.total = self.topic

    def take(self, chosen: Topic, window: Window) -> None:
        """The figure was bound to ``chosen``: the text is about that now, or goes on with the parts of a total."""
        total, first = self.total, window.figure.first
        self._verbs = self._words[max(window.since, first - _VERB_REACH) : first]
        self.part = self.part or window.has_cue(PART)
        if self.part and total is not None and _is_part_of(chosen, total, window):
            chosen.code = total.code  # "diện tích gieo trồng ..., trong đó cây lâu năm 97.000 ha"
        if self.part and total is not None and _keeps_code(chosen, total):
            chosen.code, chosen.segment = total.code, chosen.text.lower()
        if known[chosen.code].growth_is_level or chosen.code == self._all_added:
            self._grown = self._grown if chosen.segment else chosen
        # a part of a total does not become the total of what follows
        keeps_total = self.part and chosen.segment and total is not None and total.code == chosen.code
        self.topic = total if keeps_total else chosen

    def told(self, topic: Topic, measure: str, family: str | None, *, falls: bool) -> None:
        """A statement was made of ``topic``: what follows may refer to it."""
        self.last = topic
        if family is not None and measure == "level":
            self._by_family[family] = topic
        current = self.topic
        if current is not None and current.code == topic.code:
            if measure != "plan_ratio":
                current.measure, current.falls = measure, falls
            if measure == "level":
                current.has_level, current.family = True, family

    # -- what a figure takes from it

    def column(self, window: Window) -> Topic | None:
        """What the unit stands for where columns were announced: "Diện tích, năng suất, sản lượng: A 1.239 ha, ..."."""
        family = window.figure.family
        told = self._by_family.get(family) if family and family in concepts["crop_codes"] else None
        if told is None or not self._announces_columns(window.sentence):
            return None
        column = told.copy()
        column.inherited, column.also, column.weak = True, None, False
        return column

    def inherited(self, window: Window) -> Topic | None:
        """The topic of a figure that no name stands beside: what was named last, or a part of it."""
        column = self.column(window)
        if column is not None:
            return column
        part, total = window.has_cue(PART), self.total
        if total is None and self.before is not None and takes_up(window, self.before, self._verbs_before, self._words):
            total = self.before
        if total is not None and window.figure.per == "ha" and total.code in concepts["per_ha"]["of"]:
            # "giá trị sản xuất nông nghiệp đạt 752 tỷ đồng, tăng 7,6%, bình quân 65 triệu đồng/ha"
            return Topic(concepts["per_ha"]["code"], total.text, event=total.event, family=window.figure.family)
        if total is None or not _inherits(total, window.figure):
            total = self._told_by_unit(window)
        if total is None:
            return None
        share = self._share_of_sector(total, window)
        if share is not None:
            return share
        self.part = self.part or part
        topic = total.copy()
        topic.inherited, topic.also, topic.weak = True, None, False
        if self.part:
            words = self._segments.before(window)
            if words:
                topic.segment, topic.has_level = words, False
            elif self._is_of_part(total, window):
                topic.segment = self.last.segment if self.last is not None else None
        if self.topic is None:
            self.topic = total
        return topic

    def _told_by_unit(self, window: Window) -> Topic | None:
        """ "xóa nhà tạm; đến nay đã bàn giao 96 nhà": what the unit tells of, behind a verb of having made it."""
        figure = window.figure
        unit = f"{figure.family}/{figure.per}" if figure.per else figure.family or ""
        told = self._by_unit.get(unit)
        if told is None:
            return None
        before = self._words[max(window.since, figure.first - _VERB_REACH) : figure.first]
        return None if grammar[concepts["telling_units"][unit]["behind"]].isdisjoint(before) else told

    def _share_of_sector(self, total: Topic, window: Window) -> Topic | None:
        """ "dịch vụ tăng trưởng 18% và chiếm 70,4% cơ cấu kinh tế": the growth and then the share of a sector."""
        if window.figure.family != "pct" or not window.sentence.hints & SHARES:
            return None
        name = total.event.name if total.event is not None else None
        if name is None or name.sector is None:
            return None
        takes = any(e.kind == "cue" and self._words[e.first] in grammar["shares"] for e in window.left)
        code = concepts["compositions"]["share"].get(name.sector)
        if not takes or code is None or not _of_composition(window):
            return None
        return Topic(code, total.text, sector_segments()[name.sector], total.event, family="pct")

    def _announces_columns(self, sentence: Sentence) -> bool:
        """ "Diện tích, năng suất, sản lượng theo các huyện như sau: A 1.239 ha, 45,4 tạ/ha, 5.628 tấn; B ...": the unit
        says which of those told before it is."""
        if sentence is not self._listed:
            before = list(takewhile(lambda event: not event.is_value, sentence.events))
            colon = next((at for at, event in enumerate(before) if event.id == ":"), 0)
            self._listed = sentence
            self._columns = sum(event.name is not None for event in before[:colon]) >= _COLUMNS
        return self._columns

    def _is_of_part(self, total: Topic, window: Window) -> bool:
        """ "trong đó, nông nghiệp đạt 895 tỷ đồng, tăng 3,9%": the growth is of the part that was told right before."""
        last = self.last
        relative = window.figure.family in ("pct", "times") and not window.said & SEMICOLON
        return relative and last is not None and last.code == total.code and last.segment is not None

    def heading(self, window: Window, growth: bool, *, bare: bool = False) -> str | None:
        """The heading in force; shares of an earlier sentence head no growth: "Công nghiệp tăng 12,84%"."""
        if growth and self.head == "share" and self._head_first < window.sentence.first:
            return None
        if bare and window.figure.family == "pct" and self._shares_from >= window.sentence.first:
            return "share"  # "cơ cấu: giá trị sản xuất nông nghiệp 42,8%"
        of_added = self._grown is not None and self._grown.code == self._all_added
        if self.head == "growth" and of_added and window.figure.family == "pct":
            return "value_added"  # "GRDP tăng 9,3%. Trong đó tăng trưởng: khu vực dịch vụ 9,8%"
        if self.head is not None or window.figure.family != "pct":
            return self.head
        if self._grown is not None:  # "kinh tế tăng 10%, trong đó nông nghiệp 4%"
            return "value_added" if of_added else "growth"
        return "growth" if self.total is not None and _composed_growth(self.total) else None

    def sector_of(self, head: Event, window: Window) -> Event | None:
        """The line's sector, where a heading without one is its: "Về công nghiệp ..., giá trị sản xuất đạt"."""
        if self._sector is None:
            return None
        words = self._words[head.first : head.last]
        parted = ";" in self._words[self._sector.last : head.first]
        near = self._sector_leads or (self._sector.first >= window.sentence.first and not parted)
        if grammar["all_sectors"] <= set(words):
            return None  # "tổng giá trị sản xuất các ngành"
        own = (near and not grammar["sums_up"] & set(words)) or " ".join(words).endswith(phrases["whole_sector"])
        return self._sector if own else None

    def taken_up(self, name: Name, window: Window) -> Topic | None:
        """ "giá trị sản xuất công nghiệp đạt 5.420 tỷ đồng, tốc độ tăng trưởng 12,6%": what was just told, or None."""
        total = self.total or self.last
        if window.figure.family != "pct" or total is None or total.family != "money":
            return None
        bare = bool(name.named) and (name.head == "growth" or name.named[0] == _GROWTH)
        if not bare:
            return None
        clause = list(takewhile(lambda event: event.id != ";", reversed(window.left)))
        # a time behind "so với" is of the figure before: "tăng 1,3 lần so với năm 2020 và tăng trưởng bình quân 17%"
        own = [e for e, before in zip_longest(clause, clause[1:]) if e is not None and not _compares(before)]
        return total.copy() if all(event.kind != "time" for event in own) else None


def _compares(event: Event | None) -> bool:
    return event is not None and event.id == "so"


def _of_composition(window: Window) -> bool:
    """True where a composition is named right behind the figure: "chiếm 70,4% trong cơ cấu kinh tế"."""
    last = window.figure.last
    return any(
        e.name is not None and e.name.head == "share" and 0 <= e.first - last <= _WHOLE_REACH for e in window.right
    )


def _inherits(total: Topic, figure: Figure) -> bool:
    if figure.family in ("pct", "times"):
        return True
    if figure.family is None:
        return False
    if any(family == figure.family for family, _ in known[total.code].family_codes):
        return True
    if figure.family == "money":
        return accepts(total.code, figure)
    return figure.family == total.family or accepts(total.code, figure)


def _composed_growth(topic: Topic) -> bool:
    """True for the growth of one sector: the next sector's percentage is one too."""
    name = topic.event.name if topic.event is not None else None
    return topic.measure == "growth" and name is not None and name.sector is not None


def _is_part_of(topic: Topic, total: Topic, window: Window) -> bool:
    """True for the area of a crop under a total area of crops."""
    of_crop = window.figure.family == "area" and topic.code == concepts["crop_codes"]["area"] and not topic.inherited
    return of_crop and total_of_crop(total.code, topic.segment or topic.text.lower())


def _keeps_code(topic: Topic, total: Topic) -> bool:
    """True for a branch under a total of two: "công nghiệp - xây dựng ..., trong đó công nghiệp chế biến ..."."""
    return topic.code in concepts["branches"].get(total.code, ()) and not topic.inherited


@cache
def _units_telling() -> dict[str, list[str]]:
    """Code -> the units that tell of it once it was named."""
    units: dict[str, list[str]] = {}
    for unit, told in concepts["telling_units"].items():
        units.setdefault(told["code"], []).append(unit)
    return units

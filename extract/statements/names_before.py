"""Names before a figure: the one that it belongs to, and whether its growth or rate is what is named.

Belongs here: how headings, sectors and indicators between the figure before and this one go together. Does not belong
here: names behind it (``names_behind.py``), or what one name makes of a figure (``names.py``).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from extract.indicators.lexicon import concepts, heads
from extract.lexicon.grammar import phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.carried import Carried
from extract.statements.events import Event
from extract.statements.fitting import accepts
from extract.statements.hints import BRACKET_ENDS, EXCLUDES, GROWTH, RATE, RISES
from extract.statements.names import NameReader
from extract.statements.segments import SegmentReader
from extract.statements.windows import Topic, Window

# tokens of "không bao gồm thu"
_EXCLUDED_REACH: Final = 4
# tokens before a name that may say "tốc độ tăng"
_GROWTH_REACH: Final = 3


class _Aside:
    """A bracket, as a range of tokens."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last


_NO_ASIDES: Final[list[_Aside]] = []


class NamesBefore:
    """Answers for each figure of one article; headings that it passes are carried on."""

    def __init__(self, words: list[str], names: NameReader, segments: SegmentReader, carried: Carried) -> None:
        self._words, self._names, self._segments, self._carried = words, names, segments, carried
        self._rate_ends = _rate_ends()

    def topic(self, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        """What the names before the figure make of it, or None."""
        best: Topic | None = None
        asked: Topic | None = None  # the last whose own growth was asked for
        sector: Event | None = None
        growth_named = False
        carried = self._carried
        excludes = window.sentence.hints & EXCLUDES
        bracketed = window.said & BRACKET_ENDS
        asides, aside = _asides(window) if bracketed else _NO_ASIDES, 0
        for event in window.left:
            name = event.name
            if name is None:
                if event.kind == "mark" and event.id == ";":
                    best, sector, growth_named = None, None, False
                    carried.topic = None
                continue
            if event.used:
                continue
            while aside < len(asides) and asides[aside].last <= event.first:
                aside += 1
            if best is not None and aside < len(asides) and asides[aside].first <= event.first:
                continue
            if excludes and (best is not None or window.figure.family == "pct") and self._excluded(event):
                continue
            carried.see(event)
            is_head = name.head is not None
            if best is not None and name.named and self._growth_of(best, event, window):
                growth_named, best.growth_named = True, True
                continue
            taken_up = carried.taken_up(name, window) if best is None else None
            if taken_up is not None:
                best, growth_named = taken_up, True
                continue
            if is_head and name.strong and not _sector_follows(event, window):
                is_head, carried.head = False, None
            if is_head:
                growth_named = growth_named or name.head == "growth" or self._says_growth(event, window)
                best = self._headed(event, sector, best, window, growth=growth)
            elif name.sector is not None and not name.strong and _continues_name(best, event, window):
                continue  # "tổng mức bán lẻ hàng hóa thương mại, dịch vụ"
            elif name.sector is not None and not name.strong:
                sector = event
                heading = carried.heading(window, growth, bare=not (ratio or growth or growth_named))
                if window.shifts and heading is None and not growth_named and self._shifts_share(event, window):
                    heading = "share"
                topic = self._names.composed(heading, event, window, growth=growth or growth_named or ratio)
                best = topic or best or self._names.plain(event, window, ratio=ratio, growth=growth)
            else:
                topic = self._names.plain(event, window, ratio=ratio, growth=growth)
                if name.facet and best is not None and (best.weak or sector is None):
                    continue  # "thủy sản được sản lượng 6.102 tấn": the window names what is produced
                if topic is not None and best is not None and self._sown(best, event, topic, window):
                    continue
                if name.crop and best is not None and best.code in concepts["over_crops"]:
                    continue  # "diện tích chuyển đổi cơ cấu cây trồng trên đất lúa 1.209 ha"
                if topic is not None and not (topic.weak and best is not None and not best.weak):
                    best = asked = topic
                    growth_named = self._says_growth(event, window)
        if best is not None and best.event is not None:
            produced = carried.head == "growth" and best.event.names_sector
            best.growth_named = (
                growth_named or produced or (best is not asked and self._says_growth(best.event, window))
            )
            best.rate_named = self._says_rate(best.event, window)
        return best

    def _excluded(self, event: Event) -> bool:
        """ "thu nội địa trừ tiền sử dụng đất 78 tỷ đồng": what is named behind "trừ" is not in the figure."""
        before = self._words[max(0, event.first - _EXCLUDED_REACH) : event.first]
        return " ".join(before).endswith(phrases["excluded"])

    def _headed(
        self, event: Event, sector: Event | None, best: Topic | None, window: Window, *, growth: bool
    ) -> Topic | None:
        """A heading: of the sector before it, of a hectare, or an indicator of its own."""
        assert event.name is not None
        assert event.name.head is not None
        head = event.name.head
        if (
            sector is not None
            and head in ("production_value", "value_added")
            # not in "Nhờ nông nghiệp phát triển, tổng giá trị sản xuất các ngành"
            and not grammar["all_sectors"].issubset(self._words[event.first : event.last])
            and not _parted(sector, event, window)
        ):
            return self._names.composed(head, sector, window, growth=growth)
        per_ha = concepts["per_ha"] if window.figure.per == "ha" else None
        if per_ha is not None and head in per_ha["heads"]:
            return Topic(per_ha["code"], self._segments.words(event), event=event)
        told = self._carried.topic
        if head == "growth" and best is None and told is not None and window.figure.family == "pct":
            topic = told.copy()
            topic.growth_named, topic.inherited, topic.weak = True, True, False
            return topic
        opens = head == "production_value" and sector is None and best is None
        line = self._carried.sector_of(event, window) if opens else None
        if line is not None:
            return self._names.composed(head, line, window, growth=growth)
        last = self._carried.last
        raised = opens and event.first > 0 and self._words[event.first - 1] in grammar["raises"]
        if (
            raised
            and last is not None
            and last.family == window.figure.family
            and grammar["of_all_sectors"].isdisjoint(self._words[event.first : event.last])
        ):
            return last.copy()  # "thủy sản đạt 57 tỷ đồng, nâng tổng giá trị sản xuất 10 tháng lên 465 tỷ đồng"
        heading = heads()[head]
        alone = heading["alone"]
        if head == "growth" and (best is not None or sector is not None or window.figure.family != "pct"):
            return best
        if alone is not None and accepts(alone, window.figure):
            return Topic(alone, self._segments.words(event), event=event, family=window.figure.family)
        per_person = heading.get("per_person") if window.figure.per == "person" else None
        if per_person is not None:  # "GRDP bình quân ... triệu đồng/người"
            return Topic(per_person, self._segments.words(event), event=event, family=window.figure.family)
        return best

    def _sown(self, crop: Topic, verb: Event, area: Topic, window: Window) -> bool:
        """ "lạc xuân gieo trồng được 105 ha": the area is the crop's that is named before the verb."""
        named = crop.event
        if area.code != concepts["area_of_crops"] or named is None or named.name is None or not named.name.crop:
            return False
        parted = any(e.kind == "mark" and named.last <= e.first < verb.first for e in window.left)
        if named.first and self._words[named.first - 1] in grammar["harvests"]:
            return False  # "sau khi thu hoạch lúa gieo trồng được 1.500 ha cây vụ đông"
        return self._words[verb.first] in grammar["sows"] and not parted

    # -- growth and rates

    def _shifts_share(self, sector: Event, window: Window) -> bool:
        """ "Công nghiệp tăng từ 23,5% năm 2016 lên 31,7%": the sector opens its clause, and nothing else is shared."""
        if self._says_growth(sector, window):
            return False
        sentence, words = window.sentence, self._words
        marks = [e.last for e in sentence.events if e.kind == "mark" and e.last <= sector.first]
        opens = words[marks[-1] if marks else sentence.first : sector.first]
        end = window.next_value()
        yearly = end is not None and "/" in words[end.first : end.last + 1]  # "từ 10% lên 12%/năm"
        said = " ".join(words[sentence.first : sector.first])
        other = any(phrase in said for phrase in phrases["other_compositions"])
        return not (yearly or other) and grammar["before_sector"].issuperset(opens)

    def _says_growth(self, event: Event, window: Window) -> bool:
        hints = window.sentence.hints
        if not hints & RISES or not hints & (RATE | GROWTH):
            return False
        around, growth = self._words[max(0, event.first - _GROWTH_REACH) : event.last], _growth()
        said = [word for word in around if word in growth]
        return bool(said) and (grammar["rate_of_growth"].issubset(said) or grammar["share_of_growth"].issubset(said))

    def _growth_of(self, topic: Topic, event: Event, window: Window) -> bool:
        """ "Giá trị sản xuất có tốc độ tăng trưởng đạt 11%": growth of what is named before, not of the economy."""
        before = topic.event
        if before is None or event.first - before.last != 1 or self._words[before.last] not in grammar["has"]:
            return False
        return self._says_growth(event, window)

    def _says_rate(self, event: Event, window: Window) -> bool:
        if not window.sentence.hints & RATE or not event.first or self._words[event.first - 1] not in self._rate_ends:
            return False
        return " ".join(self._words[max(0, event.first - _GROWTH_REACH) : event.first]).endswith(phrases["rate"])


@cache
def _growth() -> frozenset[str]:
    """All words that a rate of growth is said with."""
    return grammar["rate_of_growth"] | grammar["share_of_growth"]


@cache
def _rate_ends() -> frozenset[str]:
    """The last word of each phrase for a rate."""
    return frozenset(phrase.split()[-1] for phrase in phrases["rate"])


def _sector_follows(event: Event, window: Window) -> bool:
    """True where a heading names a sector right after it, not only a whole."""
    return any(e.names_sector and event.last <= e.first <= event.last + 3 for e in (*window.left, *window.right))


def _continues_name(best: Topic | None, sector: Event, window: Window) -> bool:
    """True for a sector that goes on with the name of an amount, and heads nothing of its own."""
    named = best.event if best is not None and not best.weak else None
    if named is None or named.name is None or not 0 <= sector.first - named.last <= 1:
        return False
    return named.name.strong and window.figure.family == "money"


def _parted(first: Event, second: Event, window: Window) -> bool:
    return any(e.kind == "mark" and e.id in ";:" and first.last <= e.first < second.first for e in window.left)


def _asides(window: Window) -> list[_Aside]:
    """Brackets before the figure that are closed again: "thu cân đối (trừ thu đất) đạt 347 tỷ"."""
    found: list[_Aside] = []
    opened: int | None = None
    for event in window.left:
        if event.kind == "mark" and event.id == "(":
            opened = event.first
        elif event.kind == "mark" and event.id == ")" and opened is not None:
            found.append(_Aside(opened, event.last))
            opened = None
    return found

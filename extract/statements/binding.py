"""Binding: which indicator (and which part of it) a figure is about.

Belongs here: choosing among names left and right of a figure, headings, carried topics, parts of a total. Does not
belong here: what one name makes of a figure (``names.py``), what it says (``measures.py``) or when (``when.py``).
"""

from __future__ import annotations

from functools import cache

from extract.indicators.lexicon import Name, concepts, heads, indicators
from extract.language.numbers import Figure
from extract.language.tokens import Tokens
from extract.lexicon.grammar import phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.events import Event
from extract.statements.fitting import accepts
from extract.statements.names import NameReader
from extract.statements.segments import SegmentReader
from extract.statements.windows import Topic, Window, aside_end

# how far (tokens) a name may follow its figure: "93 tỷ đồng là số thu ngân sách"; predicates of counted things may
# stand behind a list of names: "2 xã là A, B được công nhận xã nông thôn mới"
RIGHT_REACH, STATED_REACH, PERCENT_REACH, PREDICATE_REACH = 4, 8, 9, 14
_PREDICATE_FAMILIES = frozenset(
    {
        "count:commune", "count:village", "count:school", "count:product", "count:worker", "count:enterprise",
        "count:household", "count:member", "count:person", "count:criterion",
    }
)  # fmt: skip
_PRODUCT_FAMILIES = frozenset({"mass", "liquid", "energy", "volume", "pct", "area"})
_ENDS_RIGHT = frozenset({"up", "down", "over", "base", "so", "part", "plan"})
# words of a plant's name; tokens between the word for plants and the figure
LONGEST_PLANT, _PLANT_REACH = 3, 10
# tokens before a name that may say "tốc độ tăng"
_GROWTH_REACH = 3


@cache
def _growth() -> frozenset[str]:
    """All words that a rate of growth is said with."""
    return grammar("rate_of_growth") | grammar("share_of_growth")


@cache
def _rate_ends() -> frozenset[str]:
    """The last word of each phrase for a rate; all have several words."""
    return frozenset(phrase.split()[-1] for phrase in phrases("rate"))


class Binder:
    """Keeps headings and topics while a text is read, and binds figures one by one in order."""

    def __init__(self, tokens: Tokens, text: str) -> None:
        self._words = tokens.words
        self.segments = SegmentReader(tokens, text)
        self._names = NameReader(tokens, self.segments)
        self.topic: Topic | None = None
        self.part = False
        self.last: Topic | None = None  # of the figure before, with its part, in this sentence
        self._before: Topic | None = None  # of the sentences before
        self._grown: Topic | None = None  # the whole economy, where its growth was told
        self._total: Topic | None = None  # what was said before this figure
        self._head: str | None = None
        self._head_first = 0  # the token where it stands
        self._shares_from = -1  # the token where a composition was last named
        self._sector_leads = False
        self._sector: Event | None = None  # named in this line, before any figure of its sentence

    def at_sentence(self, *, paragraph: bool, part: bool) -> None:
        """A new sentence: the topic ends (not before "Trong đó"), the heading lasts to the end of the line."""
        if not part:
            self._before = self.last or (self._before if not paragraph else None)
            self.topic = self.last = self._grown = None
        self.part = part
        if paragraph and not part:
            self._head = self._sector = None

    def see(self, event: Event, *, leads: bool = False) -> None:
        """A name that was passed on the way to a figure: headings last until an indicator is named outright.

        ``leads``: it opens its sentence, so that a sector is what its line is about.
        """
        assert event.name is not None
        if event.name.head is not None:
            self._head, self._head_first = event.name.head, event.first
            if event.name.head == "share":
                self._shares_from = event.first
        if event.name.strong:
            self._head = None
        elif event.name.sector is not None:
            self._sector, self._sector_leads = event, leads or (self._sector_leads and event is self._sector)

    # -- the choice

    def bind(self, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        """The topic of the figure. ``ratio``: it has a plan or base reference; ``growth``: it rises or falls."""
        total = self._total = self.topic
        part = window.has_cue("part")
        left = self._left(window, ratio=ratio, growth=growth)
        right = self._right(window, ratio=ratio, growth=growth)
        chosen = right if left is None or self._prefers_right(left, right, window.figure) else left
        if chosen is right and right is not None:
            right.stated = self._states_at(window.figure.last)
            right.growth_named = right.growth_named or self._grows_in(right, window)
        if chosen is right and right is not None and total is not None and self._only_counts(right, total, window):
            chosen = None  # "(kế hoạch 115 đảng viên)": of those admitted, as said before
        chosen = self._product(chosen, window) or chosen or self._plant(window)
        if chosen is None and total is None and window.has_cue("same"):  # "con số này là 418 ha"
            total = self._before
        if chosen is None:
            return self._inherited(total, window, part=part)
        self.part = self.part or part
        if self.part and total is not None and total.code == concepts()["area_of_crops"] == _total_of(chosen, window):
            chosen.code = total.code  # "diện tích gieo trồng ..., trong đó cây lâu năm 97.000 ha"
        if indicators()[chosen.code].growth_is_level or chosen.code == heads()["value_added"]["alone"]:
            self._grown = self._grown if chosen.segment else chosen
        # a part of a total does not become the total of what follows
        keeps_total = self.part and chosen.segment and total is not None and total.code == chosen.code
        self.topic = total if keeps_total else chosen
        self._consume(chosen, window, from_left=chosen is left)
        return chosen

    def _only_counts(self, right: Topic, total: Topic, window: Window) -> bool:
        """True where the name behind is the figure's own noun, and the total one of new such things."""
        noun = right.event is not None and right.event.first < window.figure.last
        return noun and indicators()[right.code].new_code == total.code

    def _prefers_right(self, left: Topic, right: Topic | None, figure: Figure) -> bool:
        if right is None or right.event is None:
            return False
        if left.weak:
            return True
        if right.event.first == figure.last and right.event.name is not None and right.event.name.crop:
            return True
        if right.event.first == figure.last + 1 and self._words[figure.last] in grammar("located"):
            return True
        counted = figure.family is not None and figure.family.startswith("count:")
        return counted and not right.weak and right.event.first <= figure.last < right.event.last

    def _product(self, chosen: Topic | None, window: Window) -> Topic | None:
        """Under a heading of products, words that are no strong name are the name of a product."""
        code = heads()[self._head].get("products") if self._head is not None else None
        if code is None or window.figure.family not in _PRODUCT_FAMILIES:
            return None
        crop = (
            chosen is not None and chosen.event is not None and chosen.event.name is not None and chosen.event.name.crop
        )
        if chosen is not None and not chosen.weak and not crop:
            return None
        words = self.segments.before(window)
        if words is None:
            return None
        event = chosen.event if chosen is not None else None
        return Topic(code, words, words, event, family=window.figure.family)

    def _plant(self, window: Window) -> Topic | None:
        """ "cây rau nhút 22,4 ha": a plant that the lexicon does not know, by the word for plants before it."""
        code = concepts()["crop_codes"].get(window.figure.family)
        if code is None:
            return None
        start = max(window.since, window.figure.first - _PLANT_REACH)
        at = next(
            (at for at in range(window.figure.first - 1, start - 1, -1) if self._words[at] in grammar("plant")), -1
        )
        if at < 0 or self._words[at + 1] in grammar("no_plant"):
            return None
        ends = [event.first for event in window.left if event.first > at and not event.inside]
        stop = min([window.figure.first, *ends])
        if not 1 <= stop - at - 1 <= LONGEST_PLANT:
            return None
        name = self.segments.surface(at + 1, stop).lower()
        return Topic(code, self.segments.surface(at, stop), name, weak=True, family=window.figure.family)

    def _inherited(self, total: Topic | None, window: Window, *, part: bool) -> Topic | None:
        if total is None or not self._inherits(total, window.figure):
            return None
        self.part = self.part or part
        topic = total.copy()
        topic.inherited, topic.also, topic.weak = True, None, False
        if part or self.part:
            words = self.segments.before(window)
            if words:
                topic.segment, topic.has_level = words, False
        if self.topic is None:
            self.topic = total
        return topic

    def _inherits(self, total: Topic, figure: Figure) -> bool:
        if figure.family in ("pct", "times"):
            return True
        if figure.family is None:
            return False
        if figure.family in dict(indicators()[total.code].family_codes):
            return True
        if figure.family == "money":
            return accepts(total.code, figure)
        return figure.family == total.family or accepts(total.code, figure)

    def _consume(self, chosen: Topic, window: Window, *, from_left: bool) -> None:
        """Names that this figure has used up are not offered to the next one."""
        figure = window.figure
        for event in (chosen.event, chosen.also):
            if event is not None:
                event.used = True
        for event in window.right:
            if event.kind == "mark" and event.first >= figure.last:
                break
            if event.name is None:
                continue
            if event.first < figure.last:
                event.used = True
            elif from_left and event.first <= figure.last + 1 and figure.family == "money":
                event.used = event.name.head is not None  # "Công nghiệp ước đạt 5.977 tỷ đồng giá trị sản xuất"

    # -- names before the figure

    def _left(self, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        best: Topic | None = None
        sector: Event | None = None
        growth_named = False
        asides = _asides(window)
        for event in window.left:
            if best is not None and event.name is not None and any(a <= event.first < b for a, b in asides):
                continue
            if event.kind == "mark" and event.id == ";":
                best, sector, growth_named = None, None, False
                self.topic = None
            if event.name is None or event.used:
                continue
            self.see(event)
            name = event.name
            is_head = name.head is not None
            if best is not None and name.named and self._growth_of(best, event):
                growth_named, best.growth_named = True, True
                continue
            if best is None and self._takes_up(name, window):
                best, growth_named = self._total.copy() if self._total is not None else None, True
                continue
            if is_head and name.strong and not self._sector_follows(event, window):
                is_head, self._head = False, None
            if is_head:
                growth_named = growth_named or name.head == "growth" or self._says_growth(event)
                best = self._headed(event, sector, best, window, growth=growth)
            elif name.sector is not None and not name.strong and self._continues_name(best, event, window):
                continue  # "tổng mức bán lẻ hàng hóa thương mại, dịch vụ"
            elif name.sector is not None and not name.strong:
                sector = event
                topic = self._names.composed(
                    self._heading(window, growth, bare=not ratio and not growth),
                    event,
                    window,
                    growth=growth or growth_named,
                )
                best = topic or best or self._plain(event, window, ratio=ratio, growth=growth)
            else:
                topic = self._plain(event, window, ratio=ratio, growth=growth)
                if event.name.facet and best is not None and (best.weak or sector is None):
                    continue  # "thủy sản được sản lượng 6.102 tấn": the window names what is produced
                if topic is not None and not (topic.weak and best is not None and not best.weak):
                    best = topic
                    growth_named = self._says_growth(event)
        if best is not None and best.event is not None:
            produced = self._head == "growth" and best.event.name is not None and best.event.name.sector is not None
            best.growth_named = growth_named or produced or self._says_growth(best.event)
            best.rate_named = self._says_rate(best.event)
        return best

    def _heading(self, window: Window, growth: bool, *, bare: bool = False) -> str | None:
        """The heading in force; shares of an earlier sentence head no growth: "Công nghiệp tăng 12,84%"."""
        if growth and self._head == "share" and self._head_first < window.sentence.first:
            return None
        if bare and window.figure.family == "pct" and self._shares_from >= window.sentence.first:
            return "share"  # "cơ cấu: giá trị sản xuất nông nghiệp 42,8%"
        if self._head is not None or window.figure.family != "pct":
            return self._head
        if self._grown is not None:  # "kinh tế tăng 10%, trong đó nông nghiệp 4%"
            return "value_added" if self._grown.code == heads()["value_added"]["alone"] else "growth"
        return "growth" if self._total is not None and _composed_growth(self._total) else None

    def _plain(self, event: Event, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        """An indicator, a facet or a crop named by ``event``."""
        assert event.name is not None
        facet = self._names.facet(event, window.figure, self.last or self._before) if event.name.facet else None
        if facet is not None:
            return facet
        if event.name.named:
            return self._names.indicator(event, window, ratio=ratio, growth=growth)
        if event.name.crop:
            part = self.part or window.has_cue("part")
            return self._names.crop(event, window.figure, self.topic, part=part, relative=ratio or growth)
        return None

    def _headed(
        self, event: Event, sector: Event | None, best: Topic | None, window: Window, *, growth: bool
    ) -> Topic | None:
        """A heading: of the sector before it, of a hectare, or an indicator of its own."""
        assert event.name is not None
        assert event.name.head is not None
        head = event.name.head
        whole = grammar("all_sectors") <= set(self._words[event.first : event.last])
        if (
            sector is not None
            and head in ("production_value", "value_added")
            and not whole  # "Nhờ nông nghiệp phát triển, tổng giá trị sản xuất các ngành"
            and not self._parted(sector, event, window)
        ):
            return self._names.composed(head, sector, window, growth=growth)
        per_ha = concepts()["per_ha"]
        if window.figure.per == "ha" and head in per_ha["heads"]:
            return Topic(per_ha["code"], self.segments.words(event), event=event)
        if head == "growth" and best is None and self.topic is not None and window.figure.family == "pct":
            topic = self.topic.copy()
            topic.growth_named, topic.inherited, topic.weak = True, True, False
            return topic
        line = self._of_line(event, window) if head == "production_value" and sector is None and best is None else None
        if line is not None:
            return self._names.composed(head, line, window, growth=growth)
        alone = heads()[head]["alone"]
        if head == "growth" and (best is not None or sector is not None or window.figure.family != "pct"):
            return best
        if alone is not None and accepts(alone, window.figure):
            return Topic(alone, self.segments.words(event), event=event, family=window.figure.family)
        per_person = heads()[head].get("per_person")
        if per_person is not None and window.figure.per == "person":  # "GRDP bình quân ... triệu đồng/người"
            return Topic(per_person, self.segments.words(event), event=event, family=window.figure.family)
        return best

    def _of_line(self, head: Event, window: Window) -> Event | None:
        """The line's sector, where a heading without one is its: "Về công nghiệp ..., giá trị sản xuất đạt"."""
        words = self._words[head.first : head.last]
        if self._sector is None:
            return None
        near = self._sector_leads or self._sector.first >= window.sentence.first
        own = (near and not grammar("sums_up") & set(words)) or " ".join(words).endswith(phrases("whole_sector"))
        return self._sector if own else None

    def _sector_follows(self, event: Event, window: Window) -> bool:
        """True where a heading names a sector right after it, not only a whole."""
        return any(
            e.name is not None and e.name.sector is not None and event.last <= e.first <= event.last + 3
            for e in (*window.left, *window.right)
        )

    def _says_growth(self, event: Event) -> bool:
        around = self._words[max(0, event.first - _GROWTH_REACH) : event.last]
        said = _growth().intersection(around)
        return grammar("rate_of_growth") <= said or grammar("share_of_growth") <= said

    def _takes_up(self, name: Name, window: Window) -> bool:
        """ "giá trị sản xuất công nghiệp đạt 5.420 tỷ đồng, tốc độ tăng trưởng 12,6%": of what was just told."""
        total = self._total
        bare = name.head == "growth" and bool(name.named)
        told = total is not None and total.family == "money" and window.figure.family == "pct"
        return bare and told and "time" not in {event.kind for event in window.left}

    def _continues_name(self, best: Topic | None, sector: Event, window: Window) -> bool:
        """True for a sector that goes on with the name of an amount, and heads nothing of its own."""
        named = best.event if best is not None and not best.weak else None
        close = named is not None and named.name is not None and 0 <= sector.first - named.last <= 1
        return (
            close
            and named is not None
            and named.name is not None
            and named.name.strong
            and window.figure.family == "money"
        )

    def _growth_of(self, topic: Topic, event: Event) -> bool:
        """ "Giá trị sản xuất có tốc độ tăng trưởng đạt 11%": growth of what is named before, not of the economy."""
        before = topic.event
        if before is None or not self._says_growth(event) or event.first - before.last != 1:
            return False
        return self._words[before.last] in grammar("has")

    def _says_rate(self, event: Event) -> bool:
        before = self._words[max(0, event.first - _GROWTH_REACH) : event.first]
        return bool(before) and before[-1] in _rate_ends() and " ".join(before).endswith(phrases("rate"))

    def _parted(self, first: Event, second: Event, window: Window) -> bool:
        return any(e.kind == "mark" and e.id in ";:" and first.last <= e.first < second.first for e in window.left)

    # -- names after the figure

    def _right(self, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        figure = window.figure
        if figure.family == "pct" and self._belongs_to_reference(window):
            return None
        reach = self._reach(figure, relative=ratio or growth)
        aside = aside_end(window, self._words) if figure.family in _PREDICATE_FAMILIES else 0
        for event in window.right:
            if event.first < aside and event.first >= figure.last:
                continue
            if event.kind == "mark" and (event.id in ";:()" or figure.family not in _PREDICATE_FAMILIES):
                return None
            if event.kind == "cue" and event.id in _ENDS_RIGHT and event.first >= figure.last and not event.inside:
                return None
            if event.name is None:
                continue
            if event.first > max(figure.last, aside) + reach:
                return None
            name = event.name
            if name.sector is not None and not name.strong:
                if figure.family in ("pct", "money"):
                    return self._names.composed(self._heading(window, growth), event, window, growth=growth)
            elif name.head is not None:
                topic = self._head_behind(event, window, growth=growth)
                if topic is not None:
                    return topic
            else:
                topic = self._plain(event, window, ratio=ratio, growth=growth)
                if topic is not None:
                    return topic
        return None

    def _reach(self, figure: Figure, *, relative: bool) -> int:
        reach = PREDICATE_REACH if figure.family in _PREDICATE_FAMILIES else RIGHT_REACH
        if figure.family == "pct" and not relative:
            reach = PERCENT_REACH
        if self._states_at(figure.last):
            reach = max(reach, STATED_REACH)
        return reach

    def _grows_in(self, right: Topic, window: Window) -> bool:
        """ "tăng 13,9% ở công nghiệp và 7,6% ở dịch vụ": the verb is that of the figure before."""
        assert right.event is not None
        at = window.figure.last
        located = right.event.first == at + 1 and self._words[at] in grammar("located")
        return located and self._total is not None and self._total.measure == "growth"

    def _states_at(self, at: int) -> bool:
        return at < len(self._words) and self._words[at] in grammar("states")

    def _belongs_to_reference(self, window: Window) -> bool:
        """ "41% dự toán thu ngân sách": the name behind a percentage is the plan's, where something else was named."""
        figure = window.figure
        after = window.after()
        if not any(e.kind == "cue" and e.id in ("plan", "base") and e.first <= figure.last + 1 for e in after):
            return False
        if any(e.name is not None and not e.used for e in window.left):
            return True
        return self.topic is not None and not any(e.name is not None and e.first <= figure.last + 2 for e in after)

    def _head_behind(self, event: Event, window: Window, *, growth: bool) -> Topic | None:
        """ "28.410 tỷ đồng là giá trị sản xuất công nghiệp"; "Công nghiệp đạt 5.977 tỷ đồng giá trị sản xuất"."""
        assert event.name is not None
        assert event.name.head is not None
        alone = heads()[event.name.head]["alone"]
        if window.figure.family != "money" or alone is None:
            return None
        sector = next((e for e in reversed(window.left) if e.name is not None and e.name.sector is not None), None)
        if sector is None:
            following = (e for e in window.right if e.name is not None and e.name.sector is not None)
            sector = next((e for e in following if 0 <= e.first - event.last <= 2), None)
        if sector is None:
            return Topic(alone, self.segments.words(event), event=event, family=window.figure.family)
        topic = self._names.composed(event.name.head, sector, window, growth=growth)
        if topic is not None:
            topic.also = event
        return topic


def _composed_growth(topic: Topic) -> bool:
    """True for the growth of one sector: the next sector's percentage is one too."""
    name = topic.event.name if topic.event is not None else None
    return topic.measure == "growth" and name is not None and name.sector is not None


def _asides(window: Window) -> list[tuple[int, int]]:
    """Brackets before the figure that are closed again, as token ranges: "thu cân đối (trừ thu đất) đạt 347 tỷ"."""
    found, opened = [], None
    for event in window.left:
        if event.kind == "mark" and event.id == "(":
            opened = event.first
        elif event.kind == "mark" and event.id == ")" and opened is not None:
            found.append((opened, event.last))
            opened = None
    return found


def _total_of(topic: Topic, window: Window) -> str | None:
    """The code of the area that the area of a crop is a part of."""
    shared = concepts()
    of_crop = window.figure.family == "area" and topic.code == shared["crop_codes"]["area"] and not topic.inherited
    return str(shared["area_of_crops"]) if of_crop else None

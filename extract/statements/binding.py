"""Binding: which indicator (and which part of it) a figure is about.

Belongs here: choosing among names left and right of a figure, headings with sectors, carried topics, parts of a total.
Does not belong here: what the figure says about the indicator (``measures.py``) or when (``scope.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.indicators.lexicon import Concept, compositions, heads, indicators, sector_segments, segment_matcher
from extract.language.figures import Figure
from extract.language.tokens import Tokens
from extract.statements.events import Event, Sentence

# how far (tokens) a name may follow its figure: "93 tỷ đồng là số thu ngân sách"; predicates of counted things may
# stand behind a list of names: "2 xã là A, B được công nhận xã nông thôn mới"
RIGHT_REACH, PREDICATE_REACH = 4, 14
_PREDICATE_FAMILIES = frozenset(
    {"count:commune", "count:village", "count:school", "count:product", "count:worker", "count:enterprise", "count:household", "count:member", "count:person", "count:criterion"}
)


@dataclass(slots=True, eq=False)
class Topic:
    """What a figure is about: an indicator code (None: not in the lexicon), the words, and a part of the whole."""

    code: str | None
    text: str
    segment: str | None = None
    event: Event | None = None
    growth_named: bool = False
    family: str | None = None
    has_level: bool = False
    weak: bool = False
    also: tuple[Event, ...] = ()
    measure: str | None = None
    inherited: bool = False


@dataclass(slots=True, eq=False)
class Window:
    """The events of one figure: those since the figure before it, and those up to the figure after it."""

    left: list[Event]
    right: list[Event]
    sentence: Sentence
    event: Event

    @property
    def figure(self) -> Figure:
        """The figure of the window."""
        assert self.event.figure is not None
        return self.event.figure


def windows(sentence: Sentence) -> list[Window]:
    """One window for each unmasked figure of a sentence."""
    found = []
    events = sentence.events
    at = [i for i, e in enumerate(events) if e.figure is not None and e.figure.mask is None]
    for index, position in enumerate(at):
        start = at[index - 1] + 1 if index else 0
        stop = at[index + 1] if index + 1 < len(at) else len(events)
        figure = events[position].figure
        assert figure is not None
        left = [e for e in events[start:position] if e.last <= figure.unit_first or e.last <= figure.first]
        # names that begin inside the figure's own unit ("2 xã đạt chuẩn ...") belong to its right
        right = [e for e in events[start:stop] if e is not events[position] and e.last > figure.first and e.kind != "figure" and e not in left]
        found.append(Window(left, right, sentence, events[position]))
    return found


class Binder:
    """Keeps headings and topics while a text is read, and binds figures one by one in order."""

    def __init__(self, tokens: Tokens, text: str) -> None:
        self._tokens, self._text = tokens, text
        self.head: str | None = None
        self.head_event: Event | None = None
        self.topic: Topic | None = None
        self.part = False

    def at_sentence(self, *, paragraph: bool, part: bool = False) -> None:
        """A new sentence: the topic ends (not before "Trong đó"), the heading lasts to the end of the line."""
        if not part:
            self.topic = None
        self.part = part
        if paragraph and not part:
            self.head = None

    def at_segment(self) -> None:
        """A semicolon: the topic ends, headings and parts last."""
        self.topic = None

    def see(self, event: Event) -> None:
        """A heading that was passed on the way to a figure."""
        for concept in event.concepts:
            if concept.kind == "head":
                self.head, self.head_event = concept.id, event
        if event.kind == "name" and any(c.kind == "indicator" for c in event.concepts):
            self.head = self.head if self.head in ("share", "industrial_products") and False else None

    # -- the choice

    def bind(self, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        """The topic of the window's figure. ``ratio``: it has a plan or base reference; ``growth``: it rises or falls."""
        figure = window.figure
        part = any(e.kind == "cue" and e.id == "part" for e in window.left)
        total = self.topic
        left = self._left(window, ratio=ratio, growth=growth)
        right = self._right(window, ratio=ratio, growth=growth)
        if right is not None and left is not None and right.event is not None:
            overlaps = right.event.first <= figure.last and figure.family is not None and figure.family.startswith("count:")
            adjacent_crop = right.event.first == figure.last and any(c.kind == "crop" for c in right.event.concepts)
            if left.weak or adjacent_crop or (overlaps and right.event.last > figure.last and not right.weak):
                left = None
        chosen = left or right
        if self.head == "industrial_products" and (chosen is None or chosen.weak or (chosen.event is not None and any(c.kind == "crop" for c in chosen.event.concepts))):
            segment = self._segment_words(window)
            if segment and figure.family in ("mass", "liquid", "energy", "volume", "pct", "area") and not (figure.family == "pct" and total is not None and ratio and not segment):
                chosen = Topic("industrial_product_output", segment, segment, chosen.event if chosen else None, family=figure.family)
        if chosen is None and total is not None and self._inherits(total, figure, ratio=ratio or growth):
            chosen = Topic(total.code, total.text, total.segment, total.event, total.growth_named, total.family, total.has_level, measure=total.measure, inherited=True)
            if part or self.part:
                segment = self._segment_words(window)
                if segment:
                    chosen.segment = segment
                    chosen.has_level = False
            if self.topic is None:
                self.topic = total
            return chosen
        if chosen is not None:
            if part:
                self.part = True
            self.topic = chosen if not (self.part and chosen.segment and total is not None) else total
            if chosen.event is not None:
                chosen.event.used = True
            for event in chosen.also:
                event.used = True
            for event in window.right:
                if event.kind == "mark" and event.first >= figure.last:
                    break
                if event.kind == "name" and event.first < figure.last:
                    event.used = True
                if event.kind == "name" and chosen is left and event.first <= figure.last + 1 and figure.family == "money":
                    event.used = any(c.kind == "head" for c in event.concepts)
            if self.topic is not chosen and chosen.code != (self.topic.code if self.topic else None):
                self.topic = chosen
        return chosen

    def _inherits(self, total: Topic, figure: Figure, *, ratio: bool) -> bool:
        if total.code is None:
            return False
        if figure.family in ("pct", "times"):
            return True
        if figure.family is None:
            return False
        indicator = indicators()[total.code]
        if figure.family in dict(indicator.family_codes):
            return True
        return figure.family == total.family or self._accepts(total.code, figure, ratio=ratio, growth=False)

    # -- names before the figure

    def _left(self, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        figure = window.figure
        best: Topic | None = None
        sector: tuple[Event, str] | None = None
        growth_named = False
        for event in window.left:
            if event.kind == "mark" and event.id == ";":
                best, sector, growth_named = None, None, False
                self.at_segment()
                continue
            if event.kind != "name" or event.used:
                continue
            self.see(event)
            kinds = {c.kind for c in event.concepts}
            if "head" in kinds and "indicator" in kinds and not self._sector_follows(event, window):
                kinds = kinds - {"head"}
                self.head = None
            if "head" in kinds:
                head = next(c.id for c in event.concepts if c.kind == "head")
                if head == "growth" or self._says_growth(event):
                    growth_named = True
                if sector is not None and head in ("production_value", "value_added") and not self._between(sector[0], event, window):
                    best = self._composed(head, sector[1], sector[0], window, growth=growth)
                else:
                    alone = heads()[head]
                    if figure.per == "ha" and head in ("production_value", "value"):
                        best = Topic("crop_value_per_ha", self._words(event), None, event)
                        continue
                    candidate = Topic(alone, self._words(event), None, event) if alone else None
                    if candidate is not None or head == "share":
                        best = candidate if self._accepts(alone, figure, ratio=ratio, growth=growth or growth_named) else best
                continue
            if "sector" in kinds and "indicator" not in kinds:
                name = next(c.id for c in event.concepts if c.kind == "sector")
                sector = (event, name)
                composed = self._composed(self.head, name, event, window, growth=growth or growth_named)
                best = composed if composed is not None else best
                continue
            facet = self._facet(event, figure)
            if facet is not None:
                best = facet
                continue
            candidate = self._candidate(event, window, ratio=ratio, growth=growth)
            if candidate is not None:
                if candidate.weak and best is not None and not best.weak:
                    continue
                best = candidate
                growth_named = self._says_growth(event)
        if best is not None:
            best.growth_named = growth_named or self._says_growth(best.event) or (best.event is not None and self.head == "growth" and best.code is not None and best.code.startswith("production_value"))
        return best

    def _sector_follows(self, event: Event, window: Window) -> bool:
        """True where a heading names a sector right after it, not only a whole."""
        return any(
            e.kind == "name" and event.last <= e.first <= event.last + 3 and any(c.kind == "sector" for c in e.concepts)
            for e in (*window.left, *window.right)
        )

    def _says_growth(self, event: Event | None) -> bool:
        if event is None:
            return False
        words = self._tokens.words[max(0, event.first - 3) : event.last]
        return "tốc" in words and "tăng" in words or words[-3:] == ["tỷ", "lệ", "tăng"] or ("tỷ" in words and "tăng" in words and "lệ" in words)

    def _between(self, first: Event, second: Event, window: Window) -> bool:
        """True where a strong mark parts two names."""
        return any(e.kind == "mark" and e.id in ";:" and first.last <= e.first < second.first for e in window.left)

    # -- names after the figure

    def _right(self, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        figure = window.figure
        reach = PREDICATE_REACH if figure.family in _PREDICATE_FAMILIES else RIGHT_REACH
        if figure.family == "pct" and not (ratio or growth):
            reach = 9
        if figure.last < len(self._tokens) and self._tokens.words[figure.last] == "là":
            reach = max(reach, 8)
        if figure.family == "pct" and any(
            e.kind == "cue" and e.id in ("plan", "base") and figure.last <= e.first <= figure.last + 1 for e in window.right
        ):
            named = any(e.kind == "name" and e.first <= figure.last + 2 for e in window.right if e.first >= figure.last)
            if any(e.kind == "name" and not e.used for e in window.left) or (self.topic is not None and not named):
                return None
        for event in window.right:
            if event.kind == "mark" and (event.id in ";:()" or figure.family not in _PREDICATE_FAMILIES):
                return None
            if event.kind == "cue" and event.id in ("up", "down", "over", "plan", "base", "so", "part") and event.first >= figure.last:
                if not event.inside and event.id not in ("plan",):
                    return None
                if event.id == "plan" and not event.inside:
                    return None
            if event.kind != "name":
                continue
            if event.first > figure.last + reach:
                return None
            kinds = {c.kind for c in event.concepts}
            if "sector" in kinds and "indicator" not in kinds:
                if figure.family in ("pct", "money"):
                    name = next(c.id for c in event.concepts if c.kind == "sector")
                    return self._composed(self.head, name, event, window, growth=growth)
                continue
            if "head" in kinds:
                head = next(c.id for c in event.concepts if c.kind == "head")
                alone = heads()[head]
                if figure.family == "money" and alone:
                    left_sector = next((e for e in reversed(window.left) if any(c.kind == "sector" for c in e.concepts)), None)
                    if left_sector is not None:
                        name = next(c.id for c in left_sector.concepts if c.kind == "sector")
                        return self._with(self._composed(head, name, left_sector, window, growth=growth), event)
                    following = next((e for e in window.right if e.first >= event.last and e.first - event.last <= 2 and any(c.kind == "sector" for c in e.concepts)), None)
                    if following is not None:
                        name = next(c.id for c in following.concepts if c.kind == "sector")
                        return self._with(self._composed(head, name, following, window, growth=growth), event)
                    return Topic(alone, self._words(event), None, event)
                continue
            candidate = self._candidate(event, window, ratio=ratio, growth=growth)
            if candidate is not None:
                return candidate
        return None

    def _with(self, topic: Topic | None, event: Event) -> Topic | None:
        if topic is not None:
            topic.also = (event,)
        return topic

    # -- one name

    def _candidate(self, event: Event, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        figure = window.figure
        crop = next((c for c in event.concepts if c.kind == "crop"), None)
        named = [c for c in event.concepts if c.kind in ("indicator", "weak")]
        if crop is not None and not named:
            return self._crop(event, figure, window, ratio=ratio, growth=growth)
        fitting = [c for c in named if self._accepts(c.id, figure, ratio=ratio, growth=growth)]
        if not fitting:
            return None
        choice = self._prefer(fitting, figure, ratio=ratio, growth=growth)
        segment = None
        return Topic(choice.id, self._words(event), segment, event, weak=choice.kind == "weak", family=figure.family)

    def _prefer(self, fitting: list[Concept], figure: Figure, *, ratio: bool, growth: bool) -> Concept:
        """Of several codes with the same name: strong before weak, then the one whose level has this unit."""
        known = indicators()

        def rank(concept: Concept) -> tuple[bool, bool]:
            indicator = known[concept.id]
            level = indicator.fits(figure.family)
            if figure.family == "pct" and ratio and not growth:
                level = not indicator.is_rate
            return (concept.kind == "weak", not level)

        return min(fitting, key=rank)

    def _accepts(self, code: str | None, figure: Figure, *, ratio: bool, growth: bool) -> bool:
        if code is None:
            return False
        indicator = indicators()[code]
        if figure.family == "pct":
            return True
        if figure.family == "times":
            return not indicator.is_rate
        if figure.family is None:
            return "any" in indicator.units or any(u.startswith("count:") for u in indicator.units)
        if indicator.is_rate and figure.second is None and figure.family.startswith("count:"):
            return any(i.rate_code == code and i.fits(figure.family) for i in indicators().values())
        if indicator.is_rate and figure.second is not None and figure.family.startswith("count:"):
            return figure.family in ("count:school", "count:village", "count:commune", "count:household")
        if figure.family == "money" and indicator.low >= 100 and indicator.unit == "bn_vnd" and figure.value < 1:
            return False
        if figure.family == "money" and code == "crop_value_per_ha" and figure.value > 3:
            return False
        if figure.family == "money" and code in ("income_per_capita", "value_added_per_capita") and figure.value > 2:
            return False
        if figure.family == "money" and figure.per == "person":
            return code in ("income_per_capita", "value_added_per_capita")
        if figure.family == "money" and figure.per == "ha":
            return code == "crop_value_per_ha"
        if figure.family == "money" and figure.per == "other":
            return False
        return indicator.fits(figure.family)

    def _facet(self, event: Event, figure: Figure) -> Topic | None:
        """"cây lạc 100 ha, sản lượng 140 tấn": output or yield of the crop whose area was just given."""
        topic = self.topic
        words = self._tokens.words[event.first : event.last]
        if topic is None or words not in (["sản", "lượng"], ["năng", "suất"]) or not any(c.kind == "crop_head" for c in event.concepts):
            return None
        if topic.code == "aquaculture_area" and figure.family == "mass":
            return Topic("aquatic_output", self._words(event), None, event, family="mass")
        if topic.code in ("specific_crop_area", "crop_output", "crop_yield", "sown_area", "fruit_area") and topic.segment:
            code = {"mass": "crop_output", "yield": "crop_yield"}.get(figure.family or "")
            if code is not None:
                return Topic(code, self._words(event), topic.segment, event, family=figure.family)
        return None

    def _crop(self, event: Event, figure: Figure, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        words = self._crop_name(event)
        topic = self.topic
        part = self.part or any(e.kind == "cue" and e.id == "part" for e in window.left)
        if topic is not None and topic.code == "sown_area" and figure.family == "area" and part:
            return Topic("sown_area", self._words(event), words, event, family=figure.family)
        by_family = {"area": "specific_crop_area", "mass": "crop_output", "yield": "crop_yield"}
        text = self._words(event)
        if figure.family in by_family:
            code = by_family[figure.family]
        elif figure.family == "pct" and (ratio or growth) and text.startswith(("sản lượng", "năng suất", "diện tích")):
            code = {"s": "crop_output", "n": "crop_yield", "d": "specific_crop_area"}[text[0]]
        else:
            return None
        if words.startswith("lúa") and code == "crop_output":
            code = "rice_output"
            words = words.removeprefix("lúa").strip() or ""
        if words.startswith("lúa") and code == "specific_crop_area":
            code = "sown_area"
        return Topic(code, text, words or None, event, family=figure.family)

    def _crop_name(self, event: Event) -> str:
        words = self._tokens.words[event.first : event.last]
        skip = {"cây", "vùng", "diện", "tích", "trồng", "mới", "sản", "lượng", "năng", "suất", "chuyên", "canh", "riêng", "gieo", "nguyên", "liệu", "ha"}
        while len(words) > 1 and words[0] in skip:
            words = words[1:]
        name = " ".join(words)
        if name == "lúa":  # "lúa hè thu": the season belongs to the name
            tail = self._tokens.words[event.last : event.last + 3]
            for season in (["hè", "thu"], ["đông", "xuân"], ["chiêm", "xuân"], ["thu", "đông"], ["mùa"], ["xuân"]):
                if tail[: len(season)] == season:
                    return "lúa " + " ".join(season)
        return name

    def _composed(self, head: str | None, sector: str, event: Event, window: Window, *, growth: bool) -> Topic | None:
        figure = window.figure
        if figure.family == "money" and figure.per == "ha" and sector in ("agri", "crops") and head in ("production_value", "value"):
            return Topic("crop_value_per_ha", self._words(event), None, event, family=figure.family)
        if figure.family not in ("pct", "money", "times") or figure.per is not None:
            return None
        chosen = head if head in compositions() else None
        if figure.family == "money" and chosen in (None, "share", "growth"):
            chosen = "production_value"
        if figure.family in ("pct", "times"):
            share_verb = any(e.kind == "cue" and self._tokens.words[e.first] == "chiếm" for e in window.left[-4:])
            if share_verb or (chosen == "share"):
                chosen = "share"
            elif chosen is None:
                chosen = "production_value" if growth else None
        if chosen is None:
            return None
        code = compositions()[chosen].get(sector)
        if code is None:
            return None
        segment = sector_segments()[sector]
        if code == "grdp_district":
            segment = self._surface(event)
        return Topic(code, self._words(event), segment, event, family=figure.family, growth_named=chosen == "growth")

    # -- words

    def named_segment(self, window: Window, code: str) -> str | None:
        """The part of ``code`` that the words of the figure's clause name (segments of the lexicon)."""
        part = self.part or any(e.kind == "cue" and e.id == "part" for e in window.left)
        matcher = segment_matcher(code, part=part)
        if matcher is None:
            return None
        words, figure = self._tokens.words, window.figure
        start = window.sentence.first
        for event in window.sentence.events:
            if event.kind == "figure" and event.last <= figure.first and event.figure is not None and event.figure.mask is None:
                start = max(start, event.last)
            if event.kind == "mark" and event.id == ";" and event.last <= figure.first:
                start = max(start, event.last)
        stop = figure.last
        while stop < min(window.sentence.last, figure.last + 12) and words[stop] not in ",;(." and not (words[stop][0].isdigit() and words[stop + 1 : stop + 2] != ["sao"]):
            stop += 1
        hits = matcher.find(words[start:stop])
        if not hits:
            return None
        first, last = hits[-1][0] + start, hits[-1][1] + start
        return " ".join(self._text[self._tokens.starts[first] : self._tokens.ends[last - 1]].lower().split())

    def product_words(self, window: Window) -> str | None:
        """The name of a product before its figure: "giày da tăng 20%"."""
        return self._segment_words(window)

    def _words(self, event: Event) -> str:
        return " ".join(self._text[self._tokens.starts[event.first] : self._tokens.ends[event.last - 1]].split())

    def _surface(self, event: Event) -> str:
        return self._words(event).lower()

    def _segment_words(self, window: Window) -> str | None:
        """The words right before the figure (or its verb), after the last mark: the name of a part."""
        tokens, figure = self._tokens, window.figure
        stop = figure.first
        start = window.sentence.first
        for event in window.left:
            if event.kind == "mark" or (event.kind == "cue" and event.id == "part"):
                start = max(start, event.last)
        previous = [e.last for e in window.sentence.events if e.kind == "figure" and e.last <= figure.first]
        start = max(start, max(previous, default=start))
        for event in window.left:
            if event.kind == "cue" and event.first >= start and event.id in ("equal", "up", "down", "over", "gt", "approx", "est", "to", "from", "new", "ge", "lt", "le", "average"):
                if event.first > start:
                    stop = min(stop, event.first)
                else:
                    start = max(start, event.last)
        if any(e.kind in ("cue", "time") and e.id in ("plan", "base", "so", "year", "until", "months") and start <= e.first < stop for e in window.left):
            return None
        words = tokens.words[start:stop]
        while words and words[0] in ("và", "còn", "thì", "của", "các", "phần", "-"):
            words = words[1:]
            start += 1
        if not words or len(words) > 7:
            return None
        return " ".join(self._text[tokens.starts[start] : tokens.ends[start + len(words) - 1]].lower().split())

"""Names: what one name of the lexicon makes of a figure: an indicator, a sector under a heading, a crop, a facet.

Belongs here: turning one name and one figure into a topic. Does not belong here: choosing among names
(``names_before.py``, ``names_behind.py``, ``binding.py``).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from extract.indicators.lexicon import Indicator, concepts, known, sector_segments, total_of_crop
from extract.language.numbers import Figure
from extract.lexicon.grammar import phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.carried import Carried
from extract.statements.events import Event
from extract.statements.fitting import prefer
from extract.statements.hints import PART, SHARES
from extract.statements.segments import SegmentReader
from extract.statements.windows import Topic, Window

# how many events before a figure a verb of share may stand
SHARE_VERB_REACH: Final = 4
# tokens before a weak name in which the words stand that tell its meaning: a sentence or two
_NEED_REACH: Final = 60
# tokens of the longest season behind the name of a crop ("vụ đông xuân")
_END_REACH: Final = 3


class NameReader:
    """Reads names in one article."""

    def __init__(self, words: list[str], segments: SegmentReader, carried: Carried) -> None:
        self._words, self._segments, self._carried = words, segments, carried

    def plain(self, event: Event, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        """An indicator, a facet or a crop named by ``event``."""
        assert event.name is not None
        carried = self._carried
        told = carried.last or carried.before
        facet = self.facet(event, window.figure, told) if event.name.facet else None
        if facet is not None:
            return facet
        if event.name.named:
            return self._indicator(event, window, ratio=ratio, growth=growth)
        if event.name.crop:
            part = carried.part or window.has_cue(PART)
            return self._crop(event, window.figure, carried.topic, part=part, relative=ratio or growth)
        return None

    def _indicator(self, event: Event, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        """The indicator that ``event`` names outright, where it fits the figure."""
        assert event.name is not None
        choice = prefer(event.name.named, window.figure, ratio=ratio, growth=growth)
        if choice is None:
            return None
        weak = choice.kind == "weak"
        if weak and not self._weak_stands(event, window, known[choice.id]):
            return None
        text = self._segments.words(event)
        return Topic(choice.id, text, None, event, False, False, window.figure.family, False, weak)

    def _weak_stands(self, event: Event, window: Window, indicator: Indicator) -> bool:
        """True where a name that can mean other things touches its figure, or follows what tells its meaning."""
        if indicator.weak_touches and event.last != window.figure.first:
            return False
        if indicator.weak_units and window.figure.family not in indicator.weak_units:
            return False
        if not indicator.weak_needs:
            return True
        said = " ".join(self._words[max(0, event.first - _NEED_REACH) : event.last])
        return any(phrase in said for phrase in indicator.weak_needs)

    def facet(self, event: Event | None, figure: Figure, topic: Topic | None) -> Topic | None:
        """ "cây lạc 100 ha, sản lượng 140 tấn": output or yield of what was told before; ``event`` names it."""
        if topic is None:
            return None
        code = concepts["facet_codes"].get(topic.code, {}).get(figure.family)
        if code is None or (topic.code == concepts["area_of_crops"] and not topic.segment):
            return None
        segment = topic.segment if figure.family != "money" else None  # guests who stay are no part of what is earned
        staple = concepts["staple"]
        if code == concepts["crop_codes"]["mass"] and segment and segment.split()[0] == staple["crop"]:
            code, segment = staple["codes"][code], segment.removeprefix(staple["crop"]).strip() or None
        food = concepts["food"]
        if code in food["codes"] and segment and food["said"] in segment:
            code, segment = food["codes"][code], None
        text = self._segments.words(event) if event is not None else topic.text
        return Topic(code, text, segment, event, family=figure.family)

    def _crop(self, event: Event, figure: Figure, topic: Topic | None, *, part: bool, relative: bool) -> Topic | None:
        """Area, output or yield of a crop; ``relative``: the figure is a percentage against a plan or a base."""
        if event.first and self._words[event.first - 1] in phrases["price"]:
            return None  # "giá lúa tăng 25%"
        name, text = self._crop_name(event), self._segments.words(event)
        if topic is not None and total_of_crop(topic.code, name) and figure.family == "area" and part:
            return Topic(topic.code, text, name, event, family=figure.family)
        code = concepts["crop_codes"].get(figure.family)
        if code is None and figure.family == "pct" and relative:
            said = " ".join(self._words[event.first : event.last])
            code = next((c for words, c in concepts["crop_measures"].items() if said.startswith(words)), None)
        if code is None:
            return None
        staple = concepts["staple"]
        segment: str | None = name
        if name.split()[0] == staple["crop"] and code in staple["codes"]:
            code = staple["codes"][code]
            if figure.family == "mass":
                segment = name.removeprefix(staple["crop"]).strip() or None
        return Topic(code, text, segment, event, family=figure.family)

    def _crop_name(self, event: Event) -> str:
        first, last = event.first, event.last
        while first < last - 1 and self._words[first] in grammar["before_crop"]:
            first += 1
        if self._words[last - 1] in grammar["tells_area"]:
            while last > first + 1 and self._words[last - 1] in grammar["behind_crop"]:
                last -= 1
        name = " ".join(self._words[first:last]).replace(" ,", ",").replace(" - ", "-")
        end = self._end_of_name(event.last)
        return f"{name} {end}" if end else name

    def _end_of_name(self, at: int) -> str | None:
        """The season or "all kinds" that belongs to the name of a crop: "ngô vụ xuân", "rau màu các loại".

        Of several seasons ("lúa vụ xuân và vụ hè thu") none does.
        """
        following = " ".join(self._words[at : at + _END_REACH]) + " "
        found = next((words for words in _ends_of_crops() if following.startswith(words + " ")), None)
        if found is None:
            return None
        behind = self._words[at + len(found.split()) :][:2]
        listed = len(behind) == 2 and behind[0] in grammar["joins"] and behind[1] in phrases["season"]
        return None if listed else found

    def composed(self, head: str | None, sector: Event, window: Window, *, growth: bool) -> Topic | None:
        """A sector under a heading: production value, value added or share of that sector."""
        figure = window.figure
        assert sector.name is not None
        which = sector.name.sector
        if figure.family == "money" and figure.per == "ha":
            per_ha = concepts["per_ha"]
            if which in per_ha["sectors"] and head in per_ha["heads"]:
                return Topic(per_ha["code"], self._segments.words(sector), event=sector, family=figure.family)
        if figure.per is not None or figure.family not in ("pct", "money", "times"):
            return None
        chosen = self._heading(head, window, growth=growth)
        if chosen is None:
            return None
        code = concepts["compositions"][chosen].get(which)
        if code is None:
            return None
        text = self._segments.words(sector)
        segment = text.lower() if chosen == "value_added" else sector_segments()[which or ""]
        return Topic(code, text, segment, sector, growth_named=chosen == "growth", family=figure.family)

    def _heading(self, head: str | None, window: Window, *, growth: bool) -> str | None:
        chosen = head if head is not None and head in concepts["compositions"] else None
        if window.figure.family == "money":
            return "production_value" if chosen in (None, "share", "growth") else chosen
        if chosen == "share":
            return chosen
        if window.sentence.hints & SHARES and any(
            e.kind == "cue" and self._words[e.first] in grammar["shares"] for e in window.left[-SHARE_VERB_REACH:]
        ):
            return "share"
        return chosen or ("production_value" if growth else None)


@cache
def _ends_of_crops() -> tuple[str, ...]:
    seasons = concepts["staple"]["seasons"]
    return (*seasons, *(f"{word} {season}" for word in phrases["season"] for season in seasons), *phrases["all_kinds"])

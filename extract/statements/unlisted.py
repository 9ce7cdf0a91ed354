"""Unlisted names: products and plants that no name of the lexicon stands for, by the words before their figure.

Belongs here: what makes such words a name. Does not belong here: names of the lexicon (``names.py``), or figures of
plans whose indicator is not known at all (``unknown.py``).
"""

from __future__ import annotations

from typing import Final

from extract.indicators.lexicon import concepts, heads
from extract.lexicon.grammar import words as grammar
from extract.statements.hints import PLANT
from extract.statements.segments import SegmentReader
from extract.statements.windows import Topic, Window

_PRODUCT_FAMILIES: Final = frozenset({"mass", "liquid", "energy", "volume", "pct", "area"})
# words of a plant's name; tokens between the word for plants and the figure
LONGEST_PLANT: Final = 3
_PLANT_REACH: Final = 10


def product(chosen: Topic | None, head: str | None, window: Window, segments: SegmentReader) -> Topic | None:
    """Under a heading of products, words that are no strong name are the name of a product."""
    if head is None or window.figure.family not in _PRODUCT_FAMILIES:
        return None
    code = heads()[head].get("products")
    if code is None:
        return None
    crop = chosen is not None and chosen.event is not None and chosen.event.name is not None and chosen.event.name.crop
    if chosen is not None and not chosen.weak and not crop:
        return None
    words = segments.before(window)
    if words is None:
        return None
    event = chosen.event if chosen is not None else None
    return Topic(code, words, words, event, family=window.figure.family)


def next_plant(told: Topic | None, window: Window, words: list[str], segments: SegmentReader) -> Topic | None:
    """ "lúa nước 3.125 ha, mỳ 1.755 ha": in a list of crops, a word alone between a comma and an area is a crop."""
    if told is None or told.segment is None or window.figure.family != "area":
        return None
    mark, stop = window.left[-1] if window.left else None, window.figure.first
    if mark is None or mark.kind != "mark" or mark.id != ",":
        return None
    area = concepts["crop_codes"]["area"]
    if told.code not in (area, concepts["area_of_crops"]):
        return None
    named = words[mark.last : stop]
    if len(named) != 1 or not named[0].isalpha() or named[0] in grammar["no_plant"]:
        return None
    text = segments.surface(mark.last, stop)
    return Topic(area, text, text.lower(), weak=True, family=window.figure.family)


def plant(window: Window, words: list[str], segments: SegmentReader) -> Topic | None:
    """ "cây rau nhút 22,4 ha": a plant that the lexicon does not know, by the word for plants before it."""
    if not window.sentence.hints & PLANT:
        return None
    code = concepts["crop_codes"].get(window.figure.family)
    if code is None:
        return None
    start = max(window.since, window.figure.first - _PLANT_REACH)
    at = next((at for at in range(window.figure.first - 1, start - 1, -1) if words[at] in grammar["plant"]), -1)
    if at < 0 or words[at + 1] in grammar["no_plant"]:
        return None
    ends = [event.first for event in window.left if event.first > at and not event.inside]
    stop = min([window.figure.first, *ends])
    if not 1 <= stop - at - 1 <= LONGEST_PLANT:
        return None
    name = segments.surface(at + 1, stop).lower()
    return Topic(code, segments.surface(at, stop), name, weak=True, family=window.figure.family)

"""The scanned article, and how often it speaks of each level: district by type, commune, province.

Belongs here: counting, with and without names. Does not belong here: which district (``evidence``), or what follows
from the counts (``resolver``).
"""

from __future__ import annotations

from typing import Final

from extract.places.cues import DISTRICT_TYPES
from extract.places.gazetteer import District, gazetteer
from extract.places.origin import Origin
from extract.places.readings import Readings
from extract.places.scanner import Scan

_TYPES: Final = tuple(sorted(DISTRICT_TYPES))
_NO_WORDS: Final = dict.fromkeys((*_TYPES, "xa", "tinh"), 0)


class ScannedArticle:
    """The scanned title and text of one article and their readings; ``late``: there were no districts any more."""

    def __init__(
        self, title: Scan, text: Scan, in_title: Readings, in_text: Readings, origin: Origin, dateline: str | None,
        day: str | None, *, late: bool, marked: bool,
    ) -> None:  # fmt: skip
        self.title, self.text, self.in_title, self.in_text = title, text, in_title, in_text
        self.origin, self.dateline, self.day, self.late, self.marked = origin, dateline, day, late, marked


class Levels:
    """How often an article speaks of each level; ``named`` counts the districts' types beside a name.

    ``unit_type``: the type of district that it speaks of (huyen, quan, thi_xa, thanh_pho), if one prevails.
    """

    def __init__(self, words: dict[str, int], named: dict[str, int], commune: int) -> None:
        self.words, self.named, self.commune = words, named, commune
        self.unit_type = _prevailing(words)

    @property
    def province(self) -> int:
        """How often it speaks of a province: "toàn tỉnh", "của tỉnh"."""
        return self.words["tinh"]

    def unnamed(self, unit: District) -> int:
        """How often the type of ``unit`` stands without a name: "toàn huyện", "UBND huyện"."""
        unit_type = general_type(unit)
        return max(0, self.words[unit_type] - self.named.get(unit_type, 0))


def _prevailing(words: dict[str, int]) -> str | None:
    most, found = 1, None
    for unit_type in _TYPES:
        count = words[unit_type]
        if count > most:
            most, found = count, unit_type
        elif count == most:
            found = None
    return found


def levels_of(article: ScannedArticle) -> Levels:
    """Count over title and text."""
    named: dict[str, int] = {}
    communes: dict[str, int] = {}
    words = _NO_WORDS.copy()
    for found in (article.in_text, article.in_title):
        for reading in found.districts:
            if (cue := reading.hit.cue) is not None:
                named[cue.unit_type] = named.get(cue.unit_type, 0) + 1
        for reading in found.communes:
            name = reading.hit.text.lower()
            communes[name] = communes.get(name, 0) + 1
    for scanned in (article.text, article.title):
        for _, level in scanned.levels:
            words[level] += 1
    return Levels(words, named, (max(communes.values()) if communes else 0) + words["xa"])


def general_type(unit: District) -> str:
    """The type that a text calls ``unit``: a city inside a city is a thành phố like others."""
    return unit.unit_type.removesuffix("_thuoc_tp")


def of_whole_province(levels: Levels, province: str | None, unit: District | None) -> int:
    """How often the text speaks of the province, where it is about ``unit``.

    In a centrally run city "thành phố" alone is the city, if the unit is not itself a thành phố.
    """
    count = levels.province
    if province and gazetteer().provinces[province].is_city and not (unit and general_type(unit) == "thanh_pho"):
        count += max(0, levels.words["thanh_pho"] - levels.named.get("thanh_pho", 0))
    return count

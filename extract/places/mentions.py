"""The units that a piece of text names, with their places in the stored text.

Belongs here: telling, sentence by sentence, whose figures these are: another district's, a commune's, the province's.
Does not belong here: the article as a whole (``resolver``).
"""

from __future__ import annotations

from typing import Final

from extract.extraction import DocumentPlace
from extract.language.normalise import joined
from extract.places.days import day_of
from extract.places.gazetteer import gazetteer
from extract.places.readings import Reading, readings
from extract.places.scanner import is_marked, scan

# characters: a shorter piece without marks ("Ba Tri: 42%") need not come from a page without marks
_SENTENCE: Final = 200


class PlaceMention:
    """A named unit at ``[char_start, char_end)`` of the text (code points). ``kind`` is district, commune or province.

    ``code`` is None where it is open which unit of that name is meant. ``typed``: huyện, xã, tỉnh ... stands beside it;
    ``beside``: it is only compared, visited or bordered ("so với", "giáp").
    "toàn tỉnh" and "toàn xã" are mentions too, of the article's own province and of a commune that is not named.
    """

    def __init__(
        self, char_start: int, char_end: int, kind: str, code: str | None, name: str, typed: bool, beside: bool = False
    ) -> None:
        self.char_start, self.char_end = char_start, char_end
        self.kind, self.code, self.name = kind, code, name
        self.typed, self.beside = typed, beside


def find_district_mentions(
    text: str, place: DocumentPlace, published_on: str | None = None, page: str | None = None
) -> list[PlaceMention]:
    """The districts, communes and provinces named in ``text``, in order.

    ``place`` (the article's) settles names that several units share; ``published_on`` is the article's, ``page``
    the text with its lines joined, for those who have it. Names of people, streets, schools and hospitals are left out.
    """
    found = scan(joined(text) if page is None else page, len(text) < _SENTENCE or is_marked(text))
    read = readings(found, day_of(published_on))
    mentions = []
    for reading in read.all:
        if reading.thing:
            continue
        start, end = found.folded.span(reading.hit.start, reading.hit.end)
        kind, code = _meant(reading, place, read.province_after.get(reading.hit.start))
        mentions.append(PlaceMention(start, end, kind, code, reading.hit.text, reading.typed, reading.beside))
    for start, end, level in found.whole:
        begin, stop = found.folded.span(start, end)
        code = place.province_code if level == "province" else None
        mentions.append(PlaceMention(begin, stop, level, code, text[begin:stop], True))
    if found.whole:
        mentions.sort(key=lambda mention: mention.char_start)
    return mentions


def _meant(reading: Reading, place: DocumentPlace, province: str | None) -> tuple[str, str | None]:
    """The kind and code that a name stands for; a bare one that a district shares with a province is told by the page.

    In Quảng Bình "Quảng Ninh" is the district; on a page of the province Trà Vinh "Trà Vinh" is the province.
    """
    name = reading.hit.name
    if not reading.typed and name.provinces and name.districts and place.province_code is not None:
        of_page = any(unit.code == place.province_code for unit in name.provinces)
        if reading.kind == "province" and not of_page:
            code = next((unit.code for unit in name.districts if unit.province_code == place.province_code), None)
            if code is not None:
                return "district", code
        if reading.kind == "district" and of_page and place.unit_level != "district":
            return "province", place.province_code
    return reading.kind, _code(reading, place, province)


def _code(reading: Reading, place: DocumentPlace, province: str | None) -> str | None:
    """The unit that is meant; ``province`` is the one that is named after a district."""
    if reading.kind == "province":
        return reading.provinces[0].code
    if reading.kind == "commune":
        return _commune_code(reading, place)
    codes = {unit.code for unit in reading.districts if province in (None, unit.province_code)}
    if place.district_code in codes:
        return place.district_code
    near = {unit.code for unit in reading.districts if unit.province_code == place.province_code}
    if not near and not reading.typed and gazetteer().is_commune_name(reading.hit.text):
        return None  # "Thống Nhất" alone: a mine, a village, hardly the huyện at the other end of the country
    codes = codes & near if len(codes) > 1 else codes
    return codes.pop() if len(codes) == 1 else None


def _commune_code(reading: Reading, place: DocumentPlace) -> str | None:
    """The commune of that name in the article's district, or the only one in its province, or in the country."""
    here = {commune.code for commune in reading.communes if commune.district_code == place.district_code}
    here = here or {commune.code for commune in reading.communes if commune.province_code == place.province_code}
    here = here or {commune.code for commune in reading.communes}
    return here.pop() if len(here) == 1 else None

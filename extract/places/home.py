"""The province that an article comes from or is about.

Belongs here: weighing outlet, dateline and the provinces that are named. Does not belong here: districts
(``evidence``), or the addresses of outlets (``origin``).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from extract.places.levels import ScannedArticle
from extract.places.origin import province_in_address, province_of_city_in, site_said

# What one piece of evidence weighs.
OUTLET_SURE: Final = 6.0
OUTLET: Final = 2.0
DATELINE: Final = 5.0
PROVINCE_TITLE: Final = 4.0
PROVINCE_TEXT: Final = 1.0
PROVINCE_BARE: Final = 0.4
PROVINCE_MOST: Final = 4
OF_DISTRICT: Final = 0.7
AFTER_DISTRICT: Final = 1.5
SOURCE: Final = 3.0  # a paper, station or portal that the text names: "(Theo Báo ...)"
BESIDE: Final = 0.2  # of that for a unit that is only compared or visited


class Home:
    """The province (code of the 63) that an article comes from or is about: ``sure``, or only ``likely``.

    A likely one chooses between districts of one name; it rules nothing out.
    """

    def __init__(self, sure: str | None, likely: str | None) -> None:
        self.sure, self.likely = sure, likely


def _sources(article: ScannedArticle) -> set[str]:
    """The provinces whose paper, station, portal or site the article says that it comes from; each counts once."""
    named = {site} if (site := site_said(article.text.folded.text)) else set()
    for found in (article.in_title, article.in_text):
        for reading in found.provinces:
            if reading.thing:
                named.update(province.code for province in reading.provinces)
    return named


def province_of(article: ScannedArticle) -> Home:
    """Weigh outlet, dateline and the provinces that are named; a local outlet is not doubted without need."""
    local = article.origin.province_code if article.origin.sure else article.dateline
    if local and not article.in_title.provinces:
        return Home(local, local)
    votes: dict[str, float] = defaultdict(float)
    if article.origin.province_code:
        votes[article.origin.province_code] += OUTLET_SURE if article.origin.sure else OUTLET
    if article.dateline:
        votes[article.dateline] += DATELINE
    for code in _sources(article):
        votes[code] += SOURCE
    seen: defaultdict[str, int] = defaultdict(int)
    for found in (article.in_title, article.in_text):
        for reading in found.all:
            if reading.thing and reading.provinces:
                continue  # a source: it spoke above
            for province in reading.provinces:
                seen[province.code] += 1
                if found is article.in_title:
                    weight = PROVINCE_TITLE
                elif seen[province.code] > PROVINCE_MOST:
                    continue
                else:
                    weight = PROVINCE_TEXT if reading.typed else PROVINCE_BARE
                votes[province.code] += weight * (BESIDE if reading.beside else 1.0)
            if reading.kind == "district" and reading.typed:
                inside = {unit.province_code for unit in reading.districts}
                if len(inside) == 1:
                    votes[inside.pop()] += OF_DISTRICT
        for code in found.province_after.values():
            votes[code] += AFTER_DISTRICT
    if not votes:
        return Home(None, province_in_address(article.origin.path) or province_of_city_in(article.origin.host))
    best, second = [*sorted(votes.items(), key=lambda item: (-item[1], item[0])), ("", 0.0)][:2]
    return Home(best[0] if best[1] > second[1] + 0.5 else None, best[0] if best[1] > second[1] else None)

"""Which unit an article is about: its level, its district on that day, its province, and how that was decided.

Belongs here: the decision, and leaving open what the evidence does not decide. Does not belong here: finding names
(``scanner``), reading one of them (``readings``), addresses (``origin``) or weights (``evidence``).
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Final

from extract.article import Article
from extract.extraction import DocumentPlace
from extract.places.cues import DISTRICT_TYPES, forms, topics, words
from extract.places.days import after_districts
from extract.places.days import day_of as day_of  # readers ask by the same day
from extract.places.evidence import Evidence, Standing, weigh
from extract.places.gazetteer import District, gazetteer
from extract.places.home import province_of
from extract.places.levels import Levels, ScannedArticle, levels_of, of_whole_province
from extract.places.origin import dateline_province, in_section_of_commune, origin, slugged
from extract.places.readings import Reading, readings
from extract.places.scanner import is_marked, scan
from extract.places.subjects import in_one_title, in_turn, is_locative

# a district needs this score, and this much more than the next (or 1.5 times as much)
ENOUGH: Final = 3.0
MARGIN: Final = 2.0
_NAMES_ALONE: Final = {"title", "title besides", "name in text"}
ENOUGH_ALONE: Final = 2.0  # where nothing speaks for any other
FIRST_OF_SEVERAL: Final = 0.5
PREVAILS: Final = 2
OFTEN: Final = 2
VERY_OFTEN: Final = 3
MOST: Final = 0.7
# matters of plans and bodies that an article of more than so many characters speaks of
TOPICS: Final = 3
SHORT: Final = 600
_LONGEST_NUMBER: Final = 2  # digits of a hamlet that has a number for its name


def prepare() -> None:
    """Load what every article needs: processes that are forked afterwards share it and start at once."""
    scan("", True)
    resolve(Article("", "", "", None, None, None))


def resolve(article: Article) -> DocumentPlace:
    """Decide which unit ``article`` is about. Cheap (well under a millisecond); never raises on any text."""
    marked = is_marked(article.title) or is_marked(article.text)
    title, text = scan(article.title, marked), scan(article.text, marked)
    day = day_of(article.published_on)
    source = origin(article.url, article.publisher)
    dateline = None if source.sure else dateline_province(article.text)
    served = source.province_code if source.sure else dateline
    in_title, in_text = readings(title, day, served), readings(text, day, served)
    late = after_districts(day)
    read = ScannedArticle(title, text, in_title, in_text, source, dateline, day, late=late, marked=marked)
    home, levels = province_of(read), levels_of(read)
    return _decide(read, home.sure, levels, weigh(read, home, levels))


def _decide(read: ScannedArticle, province: str | None, levels: Levels, evidence: Evidence) -> DocumentPlace:
    ranked = evidence.ranked()
    first, several = _first_of_several(read, evidence, ranked)
    if first:
        ranked.sort(key=lambda item: item[0] != first)
    top, score = ranked[0] if ranked else ("", 0.0)
    why = _not_a_district(read, province, levels, evidence, top, score)
    if why is None and not (first or _is_ahead(ranked)):
        why = ("district", "several possible: " + "/".join(code for code, _ in ranked[:3]))
    candidates = tuple([(code, round(value, 2)) for code, value in ranked[:5]])
    if why is not None:
        return DocumentPlace(why[0], None, None, _province_on(province, read.day), why[1], candidates, 0.0)
    unit = gazetteer().unit_on(top, read.day)
    sure = FIRST_OF_SEVERAL if first else 1.0 - math.exp(-_lead(ranked) / 4.0)
    by = "first of " + "/".join(several) if first else "+".join(sorted(evidence.of(top).reasons))
    values = ("district", top, unit.unit_id, unit.province_code, by, candidates, round(sure, 3))
    return tuple.__new__(DocumentPlace, values)  # the constructor would take four times as long


def _is_ahead(ranked: list[tuple[str, float]]) -> bool:
    """Whether the best score is clearly above the next."""
    return _lead(ranked) >= MARGIN or len(ranked) < 2 or ranked[0][1] >= 1.5 * ranked[1][1]


def _lead(ranked: list[tuple[str, float]]) -> float:
    return ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0.0)


def _first_of_several(
    read: ScannedArticle, evidence: Evidence, ranked: list[tuple[str, float]]
) -> tuple[str, tuple[str, ...]]:
    """The first of several districts that the title names in one run, and all of them; nothing where one prevails."""
    several = in_one_title(read.title, evidence.in_title) if len(evidence.in_title) > 1 else ()
    if not several:
        return "", ()
    counts = sorted((evidence.of(code).count for code in several), reverse=True)
    # one that the text names most often must be ahead in all: "huyện" alone may speak of each of them in its turn
    prevails = counts[0] > PREVAILS and counts[0] > PREVAILS * sum(counts[1:]) and _is_ahead(ranked)
    return ("", ()) if prevails else (several[0], several)


def _in_turn(read: ScannedArticle, evidence: Evidence, whole: int, *, titled: bool) -> tuple[str, ...]:
    """The districts that a page without one in its title reports on in turn; nothing where one prevails."""
    if titled or whole > 1 or any("portal" in standing.reasons for standing in evidence.standings.values()):
        return ()
    several = in_turn(read.text, evidence.in_text)
    return several if several and max(evidence.of(code).count for code in several) < MOST * evidence.total() else ()


def _not_a_district(
    read: ScannedArticle, province: str | None, levels: Levels, evidence: Evidence, top: str, score: float
) -> tuple[str, str] | None:
    """(level, reason) where the article is about something else than one district, or None."""
    districts = [r for r in read.in_title.districts if not (r.beside or r.thing)]
    unit = gazetteer().unit_on(top, read.day) if top else None
    standing, unnamed = (evidence.of(top), levels.unnamed(unit)) if unit else (Standing(), 0)
    district = standing.count + unnamed
    if levels.commune and (reason := _about_commune(read, levels.commune, district, districts)):
        return "commune", reason
    if _titled_by_a_cell(read.title.folded.text):
        return "commune", "title names a hamlet's party cell"
    if not (districts or district) and in_section_of_commune(read.origin.path):
        return "commune", "address names a commune"
    if unit is None:
        whole = of_whole_province(levels, province, None)
        return _broader(read, _title_names_province(read, top), whole, province), "no district named"
    if read.late and not _any_typed(districts):
        return "other", "published after districts were abolished"
    if districts and not district and _says_province(read):
        return _broader(read, True, 0, None), "title is a province's, text names no district"
    if not districts:
        whole, titled = of_whole_province(levels, unit.province_code, unit), _title_names_province(read, top)
        titled = titled or (not standing.count and _text_types_province(read, unit.province_code))
        if several := _in_turn(read, evidence, whole, titled=titled):
            return "district", "several in turn: " + "/".join(several)
        if reason := _only_mentioned(titled, whole, evidence, standing, district, unnamed):
            return _broader(read, titled, whole - unnamed, None), reason
    bare = not unnamed and standing.reasons <= _NAMES_ALONE and not _any_typed(districts)
    if bare and not _name_stands_for_all(read, evidence, top):
        return "other", "only the name, nothing of its bodies"
    if not (_is_subject(read, districts) or _speaks_of_plans(read)):
        return "other", "no matter of plans or results"
    if score < ENOUGH and not (score >= ENOUGH_ALONE and _nothing_else(evidence, unnamed, unit, province)):
        return "district", "too little evidence"
    return None


def _any_typed(districts: list[Reading]) -> bool:
    return any(reading.typed for reading in districts)


def _is_subject(read: ScannedArticle, districts: list[Reading]) -> bool:
    """Whether the title is about a district, and not about what happened in it: "Tai nạn ở Mộ Đức"."""
    title = read.title.folded.text
    return any(not is_locative(title, reading.hit.start) for reading in districts)


def _name_stands_for_all(read: ScannedArticle, evidence: Evidence, top: str) -> bool:
    """Whether the bare name is the subject of headline and text, and the text speaks of plans: "Krông Năng có 8 xã"."""
    title = read.title.folded.text
    subject = any(name.code == top and not is_locative(title, name.start) for name in evidence.in_title)
    headed = any(name.code == top and title[name.end : name.end + 1] == ":" for name in evidence.in_title)
    often = evidence.of(top).count >= (1 if headed else OFTEN if subject else VERY_OFTEN)
    return often and _speaks_of_plans(read, TOPICS)


def _nothing_else(evidence: Evidence, unnamed: int, unit: District, province: str | None) -> bool:
    """Whether nothing speaks for any other district, and the outlet and "huyện" without a name agree with ``unit``."""
    named = evidence.of(unit.code).reasons & {"name in text", "address"}
    return len(evidence.standings) == 1 and bool(named) and unnamed >= OFTEN and unit.province_code == province


def _broader(read: ScannedArticle, titled: bool, whole: int, province: str | None) -> str:
    """The level of an article about no district: its province, or neither."""
    return "province" if (titled or whole > 0 or province) and _speaks_of_plans(read) else "other"


def _title_names_province(read: ScannedArticle, top: str) -> bool:
    """Whether the title is the province's: by name ("tỉnh Hà Giang", "Hà Giang:") or body ("HĐND tỉnh")."""
    for reading in read.in_title.provinces:
        if not (reading.beside or reading.thing):
            namesake = not reading.typed and any(unit.code == top for unit in reading.hit.name.districts)
            if not namesake:
                return True
    if any(level in DISTRICT_TYPES for _, level in read.title.levels):
        return False
    return _says_province(read)


def _text_types_province(read: ScannedArticle, province: str) -> bool:
    """Whether the text says "tỉnh Trà Vinh", so that "Trà Vinh" alone in the title is the province, not its city."""
    return any(r.typed and not r.beside and r.provinces[0].code == province for r in read.in_text.provinces)


def _says_province(read: ScannedArticle) -> bool:
    """Whether the title speaks of a province's bodies: "HĐND tỉnh", "Bí thư Tỉnh ủy"."""
    return not set(words("province")).isdisjoint(read.title.folded.text.lower().split())


def _about_commune(read: ScannedArticle, commune: int, district: int, districts: list[Reading]) -> str | None:
    communes = read.in_title.communes
    first = communes and (not districts or communes[0].hit.start < districts[0].hit.start)
    if first and not (commune < 3 and district >= 5):
        return "title names a commune"
    if communes and commune >= district:
        return "title names a commune"
    if not districts and commune and 2 * commune >= district and slugged(read.origin.path)[1]:
        return "address names a commune"
    if read.late:
        return "text is about a commune" if commune and commune >= district else None
    return "text is about a commune" if commune >= 3 and commune > district else None


def _titled_by_a_cell(title: str) -> bool:
    """Whether the headline is about the party cell of one hamlet: "đại hội chi bộ thôn Tân Lộc"."""
    said = title.lower()
    if not any(word in said for word in words("in_cells")):
        return False  # most headlines: the pattern would take longer than all other questions to the headline
    found = _cell().search(title)
    if found is None:
        return False
    behind = found.group(1)
    if behind.isdecimal():
        return len(behind) <= _LONGEST_NUMBER  # "chi bộ thôn 3", no year
    return behind[0].isupper() and behind.lower() not in words("not_behind_cells")


@cache
def _cell() -> re.Pattern[str]:
    """The cell of a hamlet with the word behind it, which may be its name."""
    cells = "|".join(sorted((form for word in words("cells") for form in forms(word, True)), key=len, reverse=True))
    return re.compile(rf"(?i:\b(?:{cells})) (\w+)(?![%/\w])")


def _only_mentioned(
    titled: bool, whole: int, evidence: Evidence, standing: Standing, district: int, unnamed: int
) -> str | None:
    """Why a district that the title does not name is not what the article is about, or None."""
    total = evidence.total()
    share = standing.count / total if total else 1.0
    own_page = "portal" in standing.reasons
    if titled and (share < 0.6 or whole > district or not standing.count):
        return "title names a province"
    if own_page:
        return None
    if share < 0.4:
        return "several districts named, none above the others"
    if whole > district:
        return "text is about a province"
    subject = "address" in standing.reasons or (unnamed and "opens the text" in standing.reasons)
    if unnamed < 2 and standing.count < 3 and not subject:
        return "district only mentioned"
    return None


def _speaks_of_plans(read: ScannedArticle, wanted: int = 0) -> bool:
    title, text = read.title.folded.text.lower(), read.text.folded.text
    wanted = wanted or (TOPICS if len(text) > SHORT else 1)
    if len(text) <= SHORT:
        text = text.lower()
    for topic in topics(read.marked):
        if topic in text or topic in title:
            wanted -= 1
            if not wanted:
                return True
    return False


def _province_on(code: str | None, day: str | None) -> str | None:
    """The province's code on ``day``: of the 34 provinces from July 2025."""
    if code is None or not after_districts(day):
        return code
    return gazetteer().provinces[code].code_2025

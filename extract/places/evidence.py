"""What speaks for each district: weights of title, text, address, portal and communes.

Belongs here: turning readings into scores. Does not belong here: the province (``home``), the decision, or the level of
the article (``resolver``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from extract.places.gazetteer import District, gazetteer
from extract.places.home import BESIDE, Home
from extract.places.levels import Levels, ScannedArticle
from extract.places.origin import slugged
from extract.places.readings import Reading, Readings
from extract.places.slips import nearest
from extract.places.subjects import Placed, opening, types_left_alone

# What one piece of evidence weighs.
TITLE_TYPED: Final = 6.0
TITLE_BARE: Final = 4.0
PORTAL: Final = 8.0
SLUG_TYPED: Final = 3.0
SLUG_BARE: Final = 2.0
TEXT_TYPED: Final = 3.0
TEXT_TYPED_MORE: Final = 0.8
TEXT_BARE: Final = 1.0
TEXT_BARE_MORE: Final = 0.5
TEXT_MOST: Final = 12
LEAD: Final = 1.5
LEAD_LENGTH: Final = 800
COMMUNE: Final = 1.2
MEET: Final = 1.0
COMMUNES_MOST: Final = 4.0
THING: Final = 0.4
NAMESAKE: Final = 1.0
OPENING: Final = 1.5
DECIDED: Final = 5.0
SUBJECT: Final = 1.0
SUBJECT_MOST: Final = 4
NAMESAKE_IN_TITLE: Final = "province of the name in title"
_THING: Final = "name of a thing"


class Standing:
    """The score of one district, what spoke for it, and how often the text names it."""

    def __init__(self) -> None:
        self.score = 0.0
        self.count = 0
        self.reasons: set[str] = set()


class Evidence:
    """Each district, by code, that anything speaks for; and the names that stand for one, none only compared."""

    def __init__(self) -> None:
        self.standings: dict[str, Standing] = {}
        self.in_title: list[Placed] = []
        # filled only where the title names no district
        self.in_text: list[Placed] = []

    def of(self, code: str) -> Standing:
        """Where ``code`` stands so far."""
        standing = self.standings.get(code)
        if standing is None:
            standing = self.standings[code] = Standing()
        return standing

    def add(self, units: Iterable[District], weight: float, reason: str) -> None:
        """Let ``reason`` speak for each of ``units``."""
        for unit in units:
            standing = self.of(unit.code)
            standing.score += weight
            standing.reasons.add(reason)

    def decided(self) -> bool:
        """Whether title and text name one district so clearly that nothing else need be asked."""
        best = second = _NOTHING
        for standing in self.standings.values():
            if standing.score > best.score:
                best, second = standing, best
            elif standing.score > second.score:
                second = standing
        return best.score - second.score >= DECIDED and "title" in best.reasons

    def tied(self) -> set[str]:
        """The districts of the best score, where there are several: units of one name."""
        best = max((standing.score for standing in self.standings.values()), default=0.0)
        codes = {code for code, standing in self.standings.items() if standing.score == best}
        return codes if len(codes) > 1 else set()

    def ranked(self) -> list[tuple[str, float]]:
        """(code, score), best first; ties by code."""
        found = [(code, standing.score) for code, standing in self.standings.items()]
        if len(found) > 1:
            found.sort(key=lambda item: (-item[1], item[0]))
        return found

    def total(self) -> int:
        """How often the text names a district."""
        return sum(standing.count for standing in self.standings.values())


_NOTHING: Final = Standing()


def _namesake(reading: Reading) -> list[District]:
    """The city or town that is named like its province: "Kon Tum" alone in a headline may be the city."""
    codes = {province.code for province in reading.provinces}
    return [unit for unit in reading.hit.name.districts if unit.province_code in codes]


def weigh(article: ScannedArticle, home: Home, levels: Levels) -> Evidence:
    """Score every district that anything speaks for.

    The province and the type that the text speaks of choose between units of one name.
    """
    evidence = Evidence()
    unit_type = levels.unit_type
    for reading in article.in_title.provinces:
        if not (reading.typed or reading.thing):
            evidence.add(gazetteer().possible(_namesake(reading), article.day), NAMESAKE, NAMESAKE_IN_TITLE)
    _add_title(evidence, article.in_title, home, unit_type)
    titled = bool(evidence.in_title)
    _add_text(evidence, article.in_text, home, unit_type, titled=titled)
    if titled or article.in_title.provinces:
        _add_subject(evidence, article.day, levels)
    if not titled:
        _add_unnamed(evidence, article)
    if not article.late:
        if article.origin.portal:
            evidence.add(gazetteer().possible(article.origin.portal, article.day), PORTAL, "portal")
        if not evidence.decided():
            _add_address(evidence, article, home.sure)
            _add_communes(evidence, article, home.sure, unit_type)
        if not evidence.standings and unit_type and home.sure:
            _add_misspelt(evidence, article, home.sure)
    return evidence


def _add_title(evidence: Evidence, found: Readings, home: Home, unit_type: str | None) -> None:
    for named in _spoken_of(evidence, found, home, unit_type):
        weight = TITLE_TYPED if named.typed else TITLE_BARE
        if named.beside:
            evidence.add(named.units, weight * BESIDE, "title besides")
        else:
            evidence.add(named.units, weight, "title")
            evidence.in_title.append(named)


def _add_text(evidence: Evidence, found: Readings, home: Home, unit_type: str | None, *, titled: bool) -> None:
    for named in _spoken_of(evidence, found, home, unit_type):
        typed, beside = named.typed, named.beside
        for unit in named.units:
            standing = evidence.of(unit.code)
            standing.count += 1
            count, reasons = standing.count, standing.reasons
            if count > TEXT_MOST:
                continue
            if typed:
                weight = TEXT_TYPED_MORE if "text" in reasons else TEXT_TYPED
                reasons.add("text")
            else:
                weight = TEXT_BARE if count == 1 else TEXT_BARE_MORE
                reasons.add("name in text")
            if count == 1 and not titled and named.start < LEAD_LENGTH:
                weight += LEAD
            standing.score += weight * BESIDE if beside else weight
        if not (titled or beside):
            evidence.in_text.append(named)


def _spoken_of(evidence: Evidence, found: Readings, home: Home, unit_type: str | None) -> list[Placed]:
    """The names that speak of a district itself, with what is meant. Names of things called so are only added."""
    spoken = []
    for reading in found.districts:
        if reading.former:
            continue
        hit, units, typed, beside = reading.hit, reading.districts, reading.typed, reading.beside
        if len(units) > 1:
            units = _in_province(units, found.province_after.get(hit.start) or home.likely)
        if not typed:
            units = _of_type(units, unit_type)
            beside = beside or _rather_a_commune(hit.text, units, home.sure)
        if reading.thing:
            evidence.add(units, THING, _THING)
        else:
            spoken.append(Placed(hit.start, hit.end, units, typed=typed, beside=beside))
    return spoken


def _add_subject(evidence: Evidence, day: str | None, levels: Levels) -> None:
    """What the title names is what "huyện" alone means further down, more than a neighbour that is named there."""
    for code, standing in evidence.standings.items():
        if "title" in standing.reasons or NAMESAKE_IN_TITLE in standing.reasons:
            standing.score += SUBJECT * min(levels.unnamed(gazetteer().unit_on(code, day)), SUBJECT_MOST)


def _add_misspelt(evidence: Evidence, article: ScannedArticle, province: str) -> None:
    """Where no unit is known, a name with a slip of the pen."""
    for scanned, weight, reason in ((article.title, TITLE_TYPED, "title"), (article.text, TEXT_TYPED, "text")):
        units = nearest(scanned.folded.text, province, article.day)
        evidence.add(units, weight, reason)
        for unit in units:
            evidence.of(unit.code).reasons.add("nearest name")


def _add_unnamed(evidence: Evidence, article: ScannedArticle) -> None:
    """Without a district in the title: who opens the text, and what "huyện" alone goes back to."""
    evidence.add(opening(article.text, evidence.in_text), OPENING, "opens the text")
    for code, count in types_left_alone(article.text, evidence.in_text).items():
        standing = evidence.of(code)
        standing.score += SUBJECT * min(count, SUBJECT_MOST)
        standing.count += min(count, SUBJECT_MOST)


def _rather_a_commune(name: str, units: tuple[District, ...], province: str | None) -> bool:
    """Whether ``name``, without a type, is that of a commune of ``province`` and of districts elsewhere only."""
    if province is None:
        return False
    for unit in units:
        if unit.province_code == province:
            return False
    return gazetteer().is_commune_name(name, province)


def _add_address(evidence: Evidence, article: ScannedArticle, province: str | None) -> None:
    """Names in the address; these have no accents, so several may share one."""
    done: set[str] = set()
    for units, typed in slugged(article.origin.path)[0]:
        dated = _in_province(gazetteer().possible(units, article.day, old_names=typed), province)
        if len({unit.code for unit in dated}) > 3:
            continue
        for unit in dated:
            if unit.code not in done and (typed or unit.name not in _province_names()):
                done.add(unit.code)
                evidence.add((unit,), (SLUG_TYPED if typed else SLUG_BARE) / len(dated), "address")


@cache
def _province_names() -> frozenset[str]:
    return frozenset(province.name for province in gazetteer().provinces.values())


def _add_communes(evidence: Evidence, article: ScannedArticle, province: str | None, unit_type: str | None) -> None:
    """Communes named together speak for the district that has them all."""
    found = article.in_title.communes + article.in_text.communes
    named = {(r.hit.text.lower(), r.communes) for r in found if r.communes}
    if not named:
        return
    tied = evidence.tied()
    shares: dict[str, float] = defaultdict(float)
    several: Counter[str] = Counter()
    for _, communes in named:
        inside = [c for c in communes if c.province_code == province] if province else list(communes)
        codes = {code for district in {c.district_code for c in inside} for code in _today(district, article.day)}
        if unit_type:
            codes = {c for c in codes if gazetteer().unit_on(c, article.day).unit_type.startswith(unit_type)} or codes
        if len(codes & tied) == 1:
            shares[min(codes & tied)] += MEET  # of all units of one name, only this one has such a commune
        codes = codes & tied or codes
        several.update(codes)
        for code in codes:
            shares[code] += 1.0 if len(codes) == 1 else 0.75 if len(named) > 1 else 1 / len(codes)
    most = max(several.values(), default=0)
    if most >= 2 and sum(count == most for count in several.values()) == 1:
        shares[several.most_common(1)[0][0]] += MEET
    for code, share in shares.items():
        if share >= 0.5:
            evidence.add((gazetteer().unit_on(code, article.day),), min(COMMUNES_MOST, COMMUNE * share), "communes")


def _today(district_code: str, day: str | None) -> tuple[str, ...]:
    """The district that a commune's district of 2023 is on ``day``."""
    known = _todays(gazetteer().era(day))
    if (codes := known.get(district_code)) is None:
        codes = known[district_code] = _on_day(district_code, day)
    return codes


@lru_cache(maxsize=256)
def _todays(era: int) -> dict[str, tuple[str, ...]]:
    """Districts of 2023 -> what they are in an era: it is asked for each commune of a name in the country."""
    return {}


def _on_day(district_code: str, day: str | None) -> tuple[str, ...]:
    if district_code not in gazetteer().by_code:
        return ()
    unit = gazetteer().unit_on(district_code, "2023-12-31")
    return (district_code,) if day is None else tuple(new.code for new in gazetteer().successors_on(unit, day))


def _in_province(units: tuple[District, ...], province: str | None) -> tuple[District, ...]:
    """Those of ``units`` that lie in ``province``; all of them where none does."""
    if len(units) < 2 or province is None:
        return units
    return tuple(unit for unit in units if unit.province_code == province) or units


def _of_type(units: tuple[District, ...], unit_type: str | None) -> tuple[District, ...]:
    """Those of ``units`` that are of the type that the text speaks of; all of them where none is."""
    if len(units) < 2 or unit_type is None:
        return units
    return tuple(unit for unit in units if unit.unit_type.startswith(unit_type)) or units

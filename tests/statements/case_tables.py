"""The case tables of ``cases/*.yaml``: short texts of our own wording with the rows that each must give.

Belongs here: reading the tables, and comparing what was read with what is expected. Does not belong here: cases (data),
or what a phenomenon means (the ``about`` of its table).

A table has one phenomenon: ``published_on``, ``district`` (without it the place is resolved from the text), ``row``
(fields that its expected rows share), ``cases``, and ``gaps``: cases that the reader is known to get wrong, with the
reason. A case names in ``rows`` all facts that its text gives and in ``may`` facts that it may give (two readings).
Fields that a row does not name have the values of ``UNSAID``; ``any`` accepts every value.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from extract.article import Article
from extract.extraction import DocumentPlace, Extraction, Row
from extract.places.gazetteer import gazetteer
from extract.reader import read_article

FOLDER = Path(__file__).parent / "cases"
UNSAID = {"segment": None, "value_max": None, "of": None, "comparator": "eq", "estimated": False}
TITLE = "Tình hình kinh tế - xã hội huyện"  # says what the page is about, and nothing of plans or years
SHOWN = (
    "kind", "indicator", "segment", "measure", "value", "value_max", "of", "unit", "comparator", "estimated", "year",
    "period", "district_code",
)  # fmt: skip
_TABLE_KEYS = {"phenomenon", "about", "published_on", "district", "row", "cases", "gaps"}
_CASE_KEYS = {"id", "text", "title", "publisher", "published_on", "form", "rows", "may", "district", "row"}


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """One case with the defaults of its table. ``gap`` says why it is known to fail, or is None."""

    table: str
    id: str
    article: Article
    place: DocumentPlace | None
    rows: tuple[dict[str, Any], ...]
    may: tuple[dict[str, Any], ...]
    gap: str | None

    def read(self) -> Extraction:
        """The extraction of the case's article."""
        return read_article(self.article, self.place)


@cache
def tables() -> dict[str, tuple[Case, ...]]:
    """All tables by name. Raises ValueError where a table has a key, field or gap that does not exist."""
    return {path.stem: tuple(_cases(path)) for path in sorted(FOLDER.glob("*.yaml"))}


def district_place(code: str, day: str) -> DocumentPlace:
    """The place of an article that is known to be about district ``code``."""
    unit = gazetteer().unit_on(code, day)
    return DocumentPlace("district", code, unit.unit_id, unit.province_code, "given", ((code, 9.0),), 1.0)


def facts(extraction: Extraction) -> list[Row]:
    """The rows that become facts: indicator and district are known."""
    return [row for row in extraction.rows if row.indicator is not None and row.district_code is not None]


def differences(case: Case) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Expected rows that were not read, and facts that were read and are not expected."""
    left = [{name: getattr(row, name) for name in SHOWN} for row in facts(case.read())]
    missing = []
    for expected in case.rows:
        found = next((row for row in left if _agrees(expected, row)), None)
        if found is None:
            missing.append(expected)
        else:
            left.remove(found)
    return missing, [row for row in left if not any(_agrees(allowed, row) for allowed in case.may)]


def shown(row: dict[str, Any]) -> str:
    """A row on one line, without the fields that say nothing."""
    return " ".join(f"{name}={row[name]}" for name in SHOWN if row.get(name) not in (None, False, "eq"))


def _agrees(expected: dict[str, Any], row: dict[str, Any]) -> bool:
    return all(value == "any" or _same(value, row[name]) for name, value in expected.items())


def _same(expected: Any, actual: Any) -> bool:
    numbers = all(isinstance(x, int | float) and not isinstance(x, bool) for x in (expected, actual))
    return f"{expected:.6g}" == f"{actual:.6g}" if numbers else bool(expected == actual)


def _cases(path: Path) -> list[Case]:
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    _no_other_keys(table, _TABLE_KEYS, path.name)
    gaps = table.get("gaps") or {}
    if unknown := set(gaps) - {case["id"] for case in table["cases"]}:
        raise ValueError(f"{path.name}: gaps name cases that do not exist: {sorted(unknown)}. Correct or remove them.")
    return [_case(path.stem, table, case, gaps.get(case["id"])) for case in table["cases"]]


def _case(name: str, table: dict[str, Any], case: dict[str, Any], gap: str | None) -> Case:
    where = f"{name}.yaml, {case['id']}"
    _no_other_keys(case, _CASE_KEYS, where)
    day = str(case.get("published_on", table["published_on"]))
    district = case.get("district", table.get("district"))
    form = case.get("form", "NFC")
    title, text = (unicodedata.normalize(form, words) for words in (case.get("title", TITLE), case["text"]))
    shared = {**UNSAID, **table["row"], **case.get("row", {})}
    rows, may = (tuple({**shared, **row} for row in case.get(key, ())) for key in ("rows", "may"))
    for row in rows + may:
        _no_other_keys(row, set(SHOWN), where)
    article = Article(f"{name}/{case['id']}", title, text, None, case.get("publisher"), day)
    return Case(name, case["id"], article, district_place(district, day) if district else None, rows, may, gap)


def _no_other_keys(mapping: dict[str, Any], known: set[str], where: str) -> None:
    if other := set(mapping) - known:
        raise ValueError(f"{where}: unknown keys {sorted(other)}. Known are {sorted(known)}.")

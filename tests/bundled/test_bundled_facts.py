"""The bundled articles give the facts that the demo shows: district, rows, and nothing where nothing is."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from extract.article import Article
from extract.extraction import Extraction, Row
from extract.reader import read_article
from extract.reading import read_any

ARTICLES = Path(__file__).parents[2] / "data" / "articles"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("expected.yaml").read_text("utf-8"))
SLUGS = sorted(EXPECTED)

_FACT = re.compile(
    r"(?P<kind>target|outcome) (?P<indicator>\w+)(?:/(?P<segment>.+?))? (?P<measure>level|change|growth|plan_ratio) "
    r"(?P<value>-?[\d.]+?)(?:\.\.(?P<value_max>-?[\d.]+))?(?: of (?P<of>\d+))? (?P<unit>\w+) "
    r"(?P<year>\d{4}) (?P<period>\w+)(?: (?P<comparator>gt|ge|lt|le|approx))?(?P<estimated> estimated)?"
)


class Fact(NamedTuple):
    """The fields of a row that ``expected.yaml`` names."""

    kind: str
    indicator: str | None
    segment: str | None
    measure: str
    value: float
    value_max: float | None
    of: float | None
    unit: str
    year: int
    period: str
    comparator: str
    estimated: bool

    @classmethod
    def written(cls, text: str) -> Fact:
        found = _FACT.fullmatch(text)
        assert found, f"expected.yaml: cannot read {text!r}"
        number = {name: float(found[name]) if found[name] else None for name in ("value", "value_max", "of")}
        assert number["value"] is not None
        return cls(
            found["kind"], found["indicator"], found["segment"], found["measure"], number["value"], number["value_max"],
            number["of"], found["unit"], int(found["year"]), found["period"], found["comparator"] or "eq",
            found["estimated"] is not None,
        )  # fmt: skip

    @classmethod
    def read(cls, row: Row) -> Fact:
        numbers = [None if value is None else round(value, 6) for value in (row.value, row.value_max, row.of)]
        return cls(
            row.kind, row.indicator, row.segment, row.measure, numbers[0] or 0.0, numbers[1], numbers[2], row.unit,
            row.year, row.period, row.comparator, row.estimated,
        )  # fmt: skip


@cache
def reading(slug: str) -> tuple[Article, Extraction]:
    [article] = read_any(ARTICLES / f"{slug}.md")
    return article, read_article(article)


def holds(line: str, slug: str) -> bool:
    """Whether a line of ``expected.yaml`` is true of what was read: its fact is there, or (``not ...``) is not."""
    rows = {Fact.read(row) for row in reading(slug)[1].rows}
    return (Fact.written(line.removeprefix("not ")) in rows) != line.startswith("not ")


def test_every_bundled_article_is_expected() -> None:
    assert sorted(file.stem for file in ARTICLES.glob("*.md")) == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_the_article_is_about_its_district(slug: str) -> None:
    place = reading(slug)[1].place
    assert place.unit_level == EXPECTED[slug].get("level", "district")
    assert place.district_code == EXPECTED[slug]["district"]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_facts_of_the_demo_are_read(slug: str) -> None:
    assert [line for line in EXPECTED[slug]["facts"] if not holds(line, slug)] == []


@pytest.mark.xfail(strict=True, reason="a known gap; once it holds, move its line from gaps to facts in expected.yaml")
@pytest.mark.parametrize(("slug", "line"), [(slug, line) for slug in SLUGS for line in EXPECTED[slug].get("gaps", ())])
def test_known_gaps(slug: str, line: str) -> None:
    assert holds(line, slug)


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if not EXPECTED[slug]["facts"]])
def test_where_nothing_is_nothing_becomes_a_fact(slug: str) -> None:
    assert [row for row in reading(slug)[1].rows if row.indicator and row.district_code] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_every_quote_stands_at_its_offsets(slug: str) -> None:
    article, extraction = reading(slug)
    for row in extraction.rows:
        assert article.text[row.char_start : row.char_end] == row.quote
        assert row.quote in row.sentence


def test_one_report_on_two_sites_gives_the_same_rows() -> None:
    def rows(slug: str) -> list[Fact]:
        return [Fact.read(row) for row in reading(slug)[1].rows]

    assert rows("pac-nam-2023-07") == rows("pac-nam-2023-07-baomoi") != []

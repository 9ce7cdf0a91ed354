"""Articles and readings made by hand, so that the page is tested on exactly the marks that it must cope with."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from extract.article import Article
from extract.extraction import DocumentPlace, Extraction, Row, SkippedFigure

PLACE = DocumentPlace(
    unit_level="district",
    district_code="066",
    unit_id="066-2015",
    province_code="06",
    resolved_by="title: huyện Na Rì; host: nari.backan.gov.vn",
    candidates=(("066", 0.97), ("060", 0.12)),
    score=0.97,
)

MakeRow = Callable[..., Row]


@pytest.fixture
def make_row() -> MakeRow:
    """``make_row(text, quote, **fields)``: a row on the first (or ``nth``) place where ``quote`` stands in ``text``."""
    numbers = itertools.count(1)

    def make(text: str, quote: str, nth: int = 0, **fields: Any) -> Row:
        start = -1
        for _ in range(nth + 1):
            start = text.index(quote, start + 1)
        values: dict[str, Any] = {
            "statement_id": f"s{next(numbers)}", "article_id": "a1", "kind": "outcome", "indicator": "budget_revenue",
            "indicator_text": "thu ngân sách", "segment": None, "measure": "level", "value": 1.0, "value_max": None,
            "of": None, "unit": "bn_vnd", "comparator": "eq", "estimated": False, "year": 2024, "period": "FY",
            "base": None, "plan_ref": None, "price_basis": None, "district_code": "066", "unit_id": "066-2015",
            "quote": quote, "sentence": text, "char_start": start, "char_end": start + len(quote), "confidence": 0.91,
            "flags": None, "rules": "kind.cue,indicator.term", "extractor_version": "v-test",
        }  # fmt: skip
        return Row(**{**values, **fields})

    return make


@pytest.fixture
def article_of() -> Callable[..., Article]:
    def article(text: str, **fields: Any) -> Article:
        return Article(**{"article_id": "a1", "title": "Na Rì", "text": text, "published_on": "2024-01-10", **fields})

    return article


@pytest.fixture
def skip() -> Callable[[str, str, str], SkippedFigure]:
    def skipped(text: str, quote: str, reason: str) -> SkippedFigure:
        start = text.index(quote)
        return SkippedFigure(start, start + len(quote), quote, reason)

    return skipped


@pytest.fixture
def read_as() -> Callable[..., Extraction]:
    def extraction(rows: list[Row], skipped: list[SkippedFigure] | None = None) -> Extraction:
        return Extraction(place=PLACE, rows=rows, skipped=skipped or [], figures_seen=len(rows) + len(skipped or []))

    return extraction

"""The result of reading one article: rows, the article's place, and figures that were seen and not taken.

Belongs here: the value objects that ``statements/`` fills and the command line, the preview and the batch reader use.
Does not belong here: any reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Row(NamedTuple):
    """One statement, with the fields of ``contract/statement.yaml`` in the same order and meaning."""

    statement_id: str
    article_id: str
    kind: str
    indicator: str | None
    indicator_text: str
    segment: str | None
    measure: str
    value: float
    value_max: float | None
    of: float | None
    unit: str
    comparator: str
    estimated: bool
    year: int
    period: str
    base: str | None
    plan_ref: str | None
    price_basis: str | None
    district_code: str | None
    unit_id: str | None
    quote: str
    sentence: str
    char_start: int
    char_end: int
    confidence: float
    flags: str | None
    rules: str
    extractor_version: str


class DocumentPlace(NamedTuple):
    """Which unit an article is about. ``unit_level`` is district, province, commune or other.

    ``district_code`` (GSO, 3 digits) and ``unit_id`` (dated unit) are None unless the level is district and it is clear
    which. ``candidates`` holds (district_code, score) best first. ``score`` is 0-1.
    """

    unit_level: str
    district_code: str | None
    unit_id: str | None
    province_code: str | None
    resolved_by: str
    candidates: tuple[tuple[str, float], ...] = ()
    score: float = 0.0


class SkippedFigure(NamedTuple):
    """A figure that was seen and not taken, with the reason (for the preview and for audits)."""

    char_start: int
    char_end: int
    quote: str
    reason: str


@dataclass(slots=True)
class Extraction:
    """All that was read from one article."""

    place: DocumentPlace
    rows: list[Row] = field(default_factory=list)
    skipped: list[SkippedFigure] = field(default_factory=list)
    figures_seen: int = 0

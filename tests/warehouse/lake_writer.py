"""Writes a lake by hand: articles whose text is said once, rows that only say what is not usual.

Belongs here: turning a short note of an article into the rows that the reader would write. Does not belong here: what a
test expects.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from extract.schemas import polars_schema

CONTRACTS = {
    "articles": "article", "documents": "document", "statements": "statement", "rejected": "statement",
    "same_reports": "same_report",
}  # fmt: skip


@dataclass
class Lake:
    """The datasets as lists of rows."""

    articles: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    statements: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    same_reports: list[dict[str, Any]] = field(default_factory=list)

    def article(self, article_id: str, published_on: str, text: str, rows: list[dict[str, Any]], **about: Any) -> None:
        """Add an article and its rows; a row names its ``quote`` and what differs from a plain level of the year.

        Rows with ``failed_checks`` go to the rejected ones.
        """
        day = dt.date.fromisoformat(published_on)
        place = {"district_code": "066", "unit_id": None} | {
            k: about[k] for k in ("district_code", "unit_id") if k in about
        }
        self.articles.append({
            "article_id": article_id, "url": about.get("url", f"https://example.org/{article_id}"),
            "publisher": about.get("publisher", "example.org"), "title": f"Bài {article_id}", "published_on": day,
            "date_precision": "day", "date_source": "declared", "date_certainty": "sure", "text": text,
            "origin": "test",
        })  # fmt: skip
        self.documents.append({
            "article_id": article_id, "unit_level": about.get("unit_level", "district"), **place, "resolved_by": "test",
            "place_score": 0.9, "figures_seen": len(rows), "statements": len(rows), "rejected": 0,
            "extractor_version": "test",
        })  # fmt: skip
        for row in rows:
            self._add(article_id, text, place, day.year, dict(row))

    def _add(self, article_id: str, text: str, place: dict[str, Any], year: int, said: dict[str, Any]) -> None:
        start = text.index(said["quote"], text.index(said.pop("after")) if "after" in said else 0)
        end = start + len(said["quote"])
        first = max(text.rfind(mark, 0, start) for mark in (". ", "\n")) + 1
        last = min((at for at in (text.find(". ", end), text.find("\n", end)) if at >= 0), default=len(text))
        row = {
            "article_id": article_id, "kind": "outcome", "indicator": "budget_revenue", "measure": "level",
            "unit": "bn_vnd", "comparator": "eq", "estimated": False, "year": year, "period": "FY", **place,
            "sentence": text[first:last].strip(), "char_start": start, "char_end": end, "confidence": 0.9,
            "rules": "by_hand", "extractor_version": "test",
        } | said  # fmt: skip
        row.setdefault("indicator_text", row["indicator"] or "chỉ tiêu lạ")
        row.setdefault(
            "statement_id",
            hashlib.sha256(f"{article_id}{start}{row['measure']}{row['kind']}".encode()).hexdigest()[:16],
        )
        (self.rejected if "failed_checks" in row else self.statements).append(row)

    def write(self, home: Path, shuffled: int | None = None) -> None:
        """Replace the lake below ``home``: one file a year, or rows in random order over other files."""
        shutil.rmtree(home / "lake", ignore_errors=True)
        for name, contract in CONTRACTS.items():
            types = polars_schema(contract) | ({"failed_checks": pl.String} if name == "rejected" else {})
            frame = pl.DataFrame(getattr(self, name), schema=types)
            folder = home / "lake" / name
            folder.mkdir(parents=True)
            frame.clear().write_parquet(folder / "schema.parquet")
            if frame.is_empty():
                continue
            if shuffled is None:
                frame.write_parquet(folder / "2023-12.parquet")
                continue
            order = list(range(frame.height))
            random.Random(shuffled).shuffle(order)
            for part in range(3):
                frame[order[part::3]].write_parquet(folder / f"2023-{part + 1:02d}.parquet")

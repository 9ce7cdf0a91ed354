"""Reading many articles: frames in, frames out, over one process or several.

Belongs here: the loop over articles, the hand-over to worker processes, and the pandera split of what comes out. Does
not belong here: reading one article (``reader.py``) or storing anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

import polars as pl

from extract.article import Article
from extract.extraction import Extraction, Row
from extract.places.resolver import prepare
from extract.reader import read_article
from extract.schemas import polars_schema, split_valid
from extract.version import extractor_version

# Articles handed to a worker at a time: enough to hide the hand-over, few enough to keep memory flat.
CHUNK = 64


@dataclass(frozen=True, slots=True)
class Batch:
    """``statements`` that passed, ``rejected`` ones with ``failed_checks``, and one ``documents`` row an article."""

    statements: pl.DataFrame
    rejected: pl.DataFrame
    documents: pl.DataFrame


def read_batch(articles: pl.DataFrame, jobs: int = 1) -> Batch:
    """Read a frame of articles (contract/article.yaml) with ``jobs`` processes. Row order is that of ``articles``."""
    rows: list[Row] = []
    documents: list[dict[str, Any]] = []
    for article, extraction in read_many(_articles(articles), jobs):
        rows += extraction.rows
        documents.append(document_row(article, extraction))
    frame = pl.DataFrame(rows, schema=polars_schema("statement"), orient="row")
    accepted, rejected = split_valid("statement", frame)
    counted = pl.DataFrame(documents, schema=polars_schema("document"))
    counted = _with_count(counted, accepted, "statements")
    counted = _with_count(counted, rejected, "rejected")
    return Batch(accepted, rejected, counted.select(list(polars_schema("document"))))


def read_many(articles: Iterable[Article], jobs: int = 1) -> Iterator[tuple[Article, Extraction]]:
    """Each article with its extraction, in order; memory stays flat however many there are."""
    if jobs <= 1:
        for article in articles:
            yield article, read_article(article)
        return
    prepare()  # the gazetteer and its automaton, once for all workers
    with ProcessPoolExecutor(jobs) as pool:
        pending = iter(articles)
        while group := list(islice(pending, CHUNK * jobs)):
            yield from zip(
                group, pool.map(read_article, group, chunksize=max(1, len(group) // (jobs * 4))), strict=True
            )


def document_row(article: Article, extraction: Extraction) -> dict[str, Any]:
    """The document row (contract/document.yaml) of one article."""
    place = extraction.place
    return {
        "article_id": article.article_id,
        "unit_level": place.unit_level,
        "district_code": place.district_code,
        "unit_id": place.unit_id,
        "province_code": place.province_code,
        "resolved_by": place.resolved_by,
        "place_candidates": ",".join(f"{code}:{score:.2f}" for code, score in place.candidates) or None,
        "place_score": min(1.0, max(0.0, place.score)),
        "figures_seen": extraction.figures_seen,
        "statements": len(extraction.rows),
        "rejected": 0,
        "extractor_version": extractor_version(),
    }


def _articles(frame: pl.DataFrame) -> Iterator[Article]:
    for row in frame.iter_rows(named=True):
        day = row["published_on"].isoformat() if row["published_on"] is not None else None
        if day is not None and row.get("date_precision") == "month":
            day = day[:7]
        yield Article(row["article_id"], row["title"], row["text"], row["url"], row["publisher"], day)


def _with_count(documents: pl.DataFrame, rows: pl.DataFrame, column: str) -> pl.DataFrame:
    counts = rows.group_by("article_id").agg(pl.len().cast(pl.Int64).alias("_count"))
    joined = documents.join(counts, on="article_id", how="left", maintain_order="left")
    return joined.with_columns(pl.col("_count").fill_null(0).alias(column)).drop("_count")

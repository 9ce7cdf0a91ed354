"""Collected articles on disk: Parquet pieces by month of publication, in the columns of the article contract.

Belongs here: writing a stream of articles in bounded memory, each piece whole or not at all. Does not belong here: the
lake's own files, which are written by orchestration, one a month; it reads these pieces as it reads any folder.
"""

from __future__ import annotations

import os
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import polars as pl

from extract.reading.records import ArticleRecord, Quarantined
from extract.schemas import polars_schema

_CHARACTERS_HELD = 32 * 2**20  # of text in memory before pieces are written


def store_articles(items: Iterable[ArticleRecord | Quarantined], folder: Path) -> Iterator[Quarantined]:
    """Writes articles below ``folder`` as ``<YYYY-MM>/<unique name>.parquet``; yields the refusals among the items.

    When the iterator is exhausted, everything is on disk: commit the collection then. What is handed over twice because
    a run was cut off before that makes two rows of one ``article_id``.
    """
    waiting: dict[str, list[ArticleRecord]] = defaultdict(list)
    held = 0
    for item in items:
        if isinstance(item, Quarantined):
            yield item
            continue
        waiting[item.published_on.strftime("%Y-%m")].append(item)
        held += len(item.text)
        if held > _CHARACTERS_HELD:
            _write(waiting, folder)
            held = 0
    _write(waiting, folder)


def _write(waiting: dict[str, list[ArticleRecord]], folder: Path) -> None:
    for month, records in waiting.items():
        frame = pl.DataFrame([asdict(record) for record in records], schema=polars_schema("article"))
        target = folder / month / f"{uuid.uuid4().hex}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(".part")
        frame.write_parquet(unfinished)
        os.replace(unfinished, target)
    waiting.clear()

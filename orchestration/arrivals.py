"""One look through the source folders: what arrives for each month, and what cannot be taken.

Belongs here: scanning once a run and keeping what was read within bounded memory. Does not belong here: opening or
judging files (``extract.reading``) or what is stored already (``merging``).
"""

import dataclasses
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from extract.reading import ArticleRecord, Quarantined, read_folder
from extract.schemas import polars_schema
from orchestration.lake import QUARANTINE_COLUMNS
from orchestration.partitions import month_of

_SPOOL_CHARACTERS = 64 * 2**20  # texts that are held in memory before they are put down on disk


class Arrivals:
    """Articles by month of publication, spooled to a temporary folder. Use it as a context manager."""

    def __init__(self) -> None:
        self._spool = tempfile.TemporaryDirectory(prefix="sohuyen-arrivals-")
        self._waiting: list[ArticleRecord] = []
        self._characters = 0
        self._put = 0
        self._months_by_id: dict[str, str] = {}
        self._refused: list[Quarantined] = []

    def __enter__(self) -> "Arrivals":
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.cleanup()

    def scan(self, folders: Iterable[Path]) -> "Arrivals":
        """Read every folder that exists; ``origin`` gets the folder's name in front. Returns self."""
        for folder in folders:
            if folder.is_dir():
                for item in _named(folder):
                    self._add(item)
        self._put_down()
        return self

    @property
    def months(self) -> dict[str, int]:
        """Number of articles for each month, oldest first."""
        counts = Counter(self._months_by_id.values())
        return dict(sorted(counts.items()))

    @property
    def index(self) -> pl.DataFrame:
        """article_id, origin, url, title and month of everything that arrived, one row an id."""
        columns = ["article_id", "origin", "url", "title"]
        types = {name: kind for name, kind in polars_schema("article").items() if name in columns}
        pieces = [pl.read_parquet(piece, columns=columns) for piece in self._pieces("*")]
        met = pl.concat([pl.DataFrame(schema=types).select(columns), *pieces]).unique("article_id", keep="last")
        return met.with_columns(
            pl.col("article_id").replace_strict(self._months_by_id, return_dtype=pl.String).alias("month")
        )

    def articles(self, month: str) -> pl.DataFrame:
        """Articles of one month, one row an id: where an article was met twice, as it was met last."""
        met = pl.concat([pl.DataFrame(schema=polars_schema("article")), *map(pl.read_parquet, self._pieces(month))])
        here = [article_id for article_id in met["article_id"] if self._months_by_id[article_id] == month]
        return met.filter(pl.col("article_id").is_in(here)).unique("article_id", keep="last", maintain_order=True)

    @property
    def quarantined(self) -> pl.DataFrame:
        """What could not be taken, with file, field, reason and remedy, by file."""
        rows: list[dict[str, Any]] = [dataclasses.asdict(refused) for refused in self._refused]
        return pl.DataFrame(rows, schema=QUARANTINE_COLUMNS).sort("file", "field")

    def _add(self, item: ArticleRecord | Quarantined) -> None:
        if isinstance(item, Quarantined):
            self._refused.append(item)
            return
        self._months_by_id[item.article_id] = month_of(item.published_on)
        self._waiting.append(item)
        self._characters += len(item.text)
        if self._characters > _SPOOL_CHARACTERS:
            self._put_down()

    def _pieces(self, month: str) -> list[Path]:
        return sorted(Path(self._spool.name).glob(f"*.{month}.parquet"))

    def _put_down(self) -> None:
        if not self._waiting:
            return
        frame = pl.DataFrame([dataclasses.asdict(record) for record in self._waiting], schema=polars_schema("article"))
        by_month = frame.with_columns(pl.col("published_on").dt.strftime("%Y-%m").alias("month"))
        for (month,), part in by_month.partition_by("month", as_dict=True, include_key=False).items():
            part.write_parquet(Path(self._spool.name) / f"{self._put:06d}.{month}.parquet")
        self._put += 1
        self._waiting, self._characters = [], 0


def _named(folder: Path) -> Iterator[ArticleRecord | Quarantined]:
    for item in read_folder(folder):
        if isinstance(item, Quarantined):
            yield dataclasses.replace(item, file=f"{folder.name}/{item.file}")
        else:
            yield dataclasses.replace(item, origin=f"{folder.name}/{item.origin}")

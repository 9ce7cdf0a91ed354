"""The lake: Parquet files by dataset and month, each written whole and swapped in.

Belongs here: reading and replacing month files, their types, the zero-row file that lets a glob always match. Does not
belong here: what goes into a month (``arrivals``, ``merging``, the assets).
"""

import fcntl
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from extract.schemas import polars_schema

QUARANTINE_COLUMNS: dict[str, Any] = dict.fromkeys(("file", "field", "reason", "remedy"), pl.String)
DATASETS = ("articles", "documents", "statements", "rejected", "same_reports")
CONTRACTS = {
    "articles": "article", "documents": "document", "statements": "statement", "rejected": "statement",
    "same_reports": "same_report",
}  # fmt: skip
_KEYS = {
    "articles": "article_id", "documents": "article_id", "statements": "statement_id", "rejected": "statement_id",
    "same_reports": "article_id",
}  # fmt: skip


class Lake:
    """The month files below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self) -> None:
        """Make the folders, and in each ``schema.parquet`` without rows, for readers that use a glob."""
        for dataset in DATASETS:
            empty = pl.DataFrame(schema=self.types(dataset))
            replace_parquet(empty, self.folder / dataset / "schema.parquet")

    @staticmethod
    def types(dataset: str) -> dict[str, Any]:
        """Column name to polars type of one dataset. ``rejected`` has the failed checks beside the row's columns."""
        types = polars_schema(CONTRACTS[dataset])
        return {**types, "failed_checks": pl.String} if dataset == "rejected" else types

    def months(self, dataset: str) -> list[str]:
        """Months that hold at least one row, oldest first."""
        return sorted(path.stem for path in (self.folder / dataset).glob("[0-9]*-[0-9]*.parquet"))

    def read(
        self, dataset: str, months: Iterable[str] | None = None, columns: Sequence[str] | None = None
    ) -> pl.DataFrame:
        """Rows of some months (default: all) in order of month and key, with some columns (default: all).

        No rows where there is no file. A file that was written by an earlier version may lack a column or have one
        more: the contract decides.
        """
        types = {name: kind for name, kind in self.types(dataset).items() if columns is None or name in columns}
        wanted = self.months(dataset) if months is None else months
        paths = [path for month in wanted if (path := self.path(dataset, month)).exists()]
        frames = [pl.DataFrame(schema=types)]
        for path in paths:
            stored = pl.scan_parquet(path)
            there = stored.collect_schema()
            frames.append(
                stored.select(
                    (pl.col(name) if name in there else pl.lit(None)).cast(kind).alias(name)
                    for name, kind in types.items()
                ).collect()
            )
        return pl.concat(frames)

    def count(self, dataset: str, month: str) -> int:
        """Number of rows of one month, from the file's footer alone."""
        path = self.path(dataset, month)
        return int(pl.scan_parquet(path).select(pl.len()).collect().item()) if path.exists() else 0

    def write(self, dataset: str, month: str, frame: pl.DataFrame) -> None:
        """Replace a month with ``frame``, sorted by its key. A month without rows has no file."""
        path = self.path(dataset, month)
        if frame.is_empty():
            path.unlink(missing_ok=True)
        else:
            replace_parquet(frame.select(list(self.types(dataset))).sort(_KEYS[dataset]), path)

    def article_index(self) -> pl.DataFrame:
        """article_id, origin, url, title and month of every stored article, without their texts."""
        columns = ("article_id", "origin", "url", "title")
        months = [pl.DataFrame(schema=dict.fromkeys((*columns, "month"), pl.String))]
        for month in self.months("articles"):
            stored = self.read("articles", [month], columns).select(columns)
            months.append(stored.with_columns(pl.lit(month).alias("month")))
        return pl.concat(months)

    def remove(self, month: str, article_ids: list[str]) -> None:
        """Take articles, and all that was read from them, out of a month."""
        for dataset in DATASETS:
            stored = self.read(dataset, [month])
            kept = stored.filter(~pl.col("article_id").is_in(article_ids))
            if kept.height < stored.height:
                self.write(dataset, month, kept)

    @contextmanager
    def locked(self, what: str = "") -> Iterator[None]:
        """Wait until no other process changes months, or ``what`` else; the system frees the lock of a process that
        dies."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f".{what}lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @property
    def collected(self) -> Path:
        """Pieces that a collection left: ``<month>/<name>.parquet``, until their month is run."""
        return self.folder / "collected"

    @property
    def quarantine(self) -> Path:
        """Articles that could not be taken: one file a road on which they came."""
        return self.folder / "quarantine"

    def read_quarantine(self) -> pl.DataFrame:
        """Everything that could not be taken: file, field, reason, remedy."""
        roads = map(pl.read_parquet, sorted(self.quarantine.glob("*.parquet")))
        return pl.concat([pl.DataFrame(schema=QUARANTINE_COLUMNS), *roads])

    @property
    def links(self) -> Path:
        """Which articles are alike, by month: what the groups of ``same_reports`` are made of."""
        return self.folder / "links"

    def path(self, dataset: str, month: str) -> Path:
        """The file of one month; it is not there where the month has no rows."""
        return self.folder / dataset / f"{month}.parquet"


def replace_parquet(frame: pl.DataFrame, path: Path) -> None:
    """Write ``frame`` beside ``path`` and swap it in: a reader sees the old file or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    frame.write_parquet(beside)
    os.replace(beside, path)

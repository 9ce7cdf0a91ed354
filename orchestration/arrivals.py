"""What arrives for each month: the inbox, looked through once a run, and what was collected from sources meanwhile.

Belongs here: bringing both together, within bounded memory. Does not belong here: opening or judging files, crawling
(``extract.reading``), or what is stored already (``merging``). Large dumps and archives of the inbox are collected like
those of declared sources, once and not in every run (``assets.collected``).
"""

import dataclasses
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from extract.reading import ArticleRecord, Quarantined, read_folder
from extract.reading.folder import is_large
from extract.reading.store import store_articles
from extract.schemas import polars_schema
from orchestration.lake import QUARANTINE_COLUMNS

_INDEX = ("article_id", "origin", "url", "title", "month")


class Arrivals:
    """Articles by month of publication. A context manager: what was read waits in a temporary folder.

    ``collected`` is the folder of pieces that a collection has left (``<month>/<name>.parquet``). Where an article was
    met more than once, the last of these wins: collected pieces by age, then the folders in their order.
    """

    def __init__(self, collected: Path) -> None:
        self._spool = tempfile.TemporaryDirectory(prefix="sohuyen-arrivals-")
        self._refused: list[Quarantined] = []
        self._spools: list[Path] = []
        self.pieces = sorted(collected.glob("*/*.parquet"), key=lambda path: (path.stat().st_mtime_ns, path.name))

    def __enter__(self) -> "Arrivals":
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.cleanup()

    def scan(self, folders: Iterable[Path]) -> "Arrivals":
        """Read every folder that exists; ``origin`` gets the folder's name in front. Returns self."""
        for folder in folders:
            if folder.is_dir():
                spool = Path(self._spool.name) / folder.name
                self._refused.extend(store_articles(_named(folder), spool))
                self._spools.append(spool)
        return self

    def index(self) -> pl.DataFrame:
        """article_id, origin, url, title and month of everything that arrived, one row an id, by month and id."""
        met = [pl.DataFrame(schema=dict.fromkeys(_INDEX, pl.String))]
        for piece in self._pieces("*"):
            columns = pl.read_parquet(piece, columns=list(_INDEX[:-1]))
            met.append(columns.with_columns(pl.lit(piece.parent.name).alias("month")).select(_INDEX))
        last = pl.concat(met).unique("article_id", keep="last", maintain_order=True)
        return last.sort("month", "article_id")

    def articles(self, month: str) -> pl.DataFrame:
        """Articles of the pieces of one month, one row an id; among them such that the index has in another month."""
        met = [pl.DataFrame(schema=polars_schema("article")), *map(pl.read_parquet, self._pieces(month))]
        together = pl.concat(met, how="diagonal")  # a piece of an earlier version may lack a column
        return together.unique("article_id", keep="last", maintain_order=True)

    @property
    def quarantined(self) -> pl.DataFrame:
        """What the scanned folders held and could not be taken: file, field, reason, remedy, by file."""
        rows: list[dict[str, Any]] = [dataclasses.asdict(refused) for refused in self._refused]
        return pl.DataFrame(rows, schema=QUARANTINE_COLUMNS).sort("file", "field")

    def _pieces(self, month: str) -> Iterator[Path]:
        """Pieces in the order in which they win over earlier ones."""
        yield from (piece for piece in self.pieces if month in ("*", piece.parent.name))
        for spool in self._spools:
            yield from sorted(spool.glob(f"{month}/*.parquet"), key=lambda path: (path.stat().st_mtime_ns, path.name))


def _named(folder: Path) -> Iterator[ArticleRecord | Quarantined]:
    for item in read_folder(folder, leave_out=is_large):
        if isinstance(item, Quarantined):
            yield dataclasses.replace(item, file=f"{folder.name}/{item.file}")
        else:
            yield dataclasses.replace(item, origin=f"{folder.name}/{item.origin}")

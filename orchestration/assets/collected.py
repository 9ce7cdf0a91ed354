"""Articles from declared sources: sites, feeds, dumps, archives.

Belongs here: running a collection and remembering what it could not take. Does not belong here: how a site is asked
(``extract.reading.web``), or putting what was collected into its months (``assets.articles``).
"""

import dataclasses
import os
import re
from dataclasses import replace

import polars as pl
from dagster import AssetExecutionContext, Config, Failure, MaterializeResult, MetadataValue, ResourceParam, asset
from pydantic import Field

from extract.reading import Quarantined
from extract.reading.collect import Collection, collect, refusals
from extract.reading.folder import files_of, is_large
from extract.reading.sources import FolderSource, Sources, SourcesError, load_sources
from extract.reading.store import store_articles
from orchestration.folders import DataFolders
from orchestration.lake import QUARANTINE_COLUMNS, Lake, replace_parquet
from orchestration.presenting import bars, table
from orchestration.progress import CrawlProgress
from orchestration.retries import PASSING_FAULTS

_DROPPED = "inbox.large"
_LINE = re.compile(r":\d+$")


class CollectingConfig(Config):
    """How a run collects."""

    jobs: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, description="Processes that read pages.")


@asset(group_name="reading", kinds={"web", "parquet"}, retry_policy=PASSING_FAULTS)
def collected_articles(
    context: AssetExecutionContext,
    config: CollectingConfig,
    folders: DataFolders,
    crawl_progress: ResourceParam[CrawlProgress],
) -> MaterializeResult[None]:
    """What is new in the sources that ``sources.yaml`` declares, and in large files of the inbox; it waits until its
    months are run.

    Cut off at any point, nothing is lost: what was not stored is handed on again the next time.
    """
    try:
        sources = all_sources(folders)
    except SourcesError as error:
        raise Failure(str(error), allow_retries=False) from error
    if not sources.enabled and not sources.switched_off:
        return MaterializeResult(metadata={"sources": 0, "declare them in": MetadataValue.path(folders.sources_file)})
    lake = Lake(folders.lake)
    collection = collect(sources, folders.sources, config.jobs, crawl_progress.teller(context.log))
    refused = list(store_articles(collection, lake.collected))
    quarantined = _quarantine(lake, refused, folders)
    collection.commit()
    return MaterializeResult(
        metadata={
            "sources": len(sources.enabled),
            "sources switched off": sources.switched_off,
            "new articles": sum(collection.months.values()),
            "by month": bars(dict(sorted(collection.months.items()))),
            "crawls": table(_crawls(collection), 100),
            "quarantined": quarantined.height,
            "quarantine": table(quarantined, 20),
        }
    )


def all_sources(folders: DataFolders) -> Sources:
    """The declared sources, and the large dumps and archives of the inbox as one more. Raises SourcesError."""
    declared = load_sources(folders.sources_file) if folders.sources_file.exists() else Sources((), 0)
    if not (folders.inbox.is_dir() and any(map(is_large, files_of(folders.inbox)))):
        return declared
    return replace(declared, enabled=(FolderSource(_DROPPED, folders.inbox, only_large=True), *declared.enabled))


def _quarantine(lake: Lake, refused: list[Quarantined], folders: DataFolders) -> pl.DataFrame:
    """Write what could not be taken: of the web all that its memory holds, of files what this and earlier runs met.

    Files are read only when they change, so an earlier refusal stays until its file is read again.
    """
    path = lake.quarantine / "collected.parquet"
    before = pl.read_parquet(path) if path.exists() else pl.DataFrame(schema=QUARANTINE_COLUMNS)
    now = _frame([*refusals(folders.sources), *refused])
    read_again = {_LINE.sub("", file) for file in (*now["file"], *_origins(lake))}
    kept = before.filter(
        ~pl.col("file").str.starts_with("http") & ~pl.col("file").str.replace(_LINE.pattern, "").is_in(list(read_again))
    )
    together = pl.concat([kept, now]).unique(["file", "field"], keep="last").sort("file", "field")
    replace_parquet(together, path)
    return together


def _origins(lake: Lake) -> list[str]:
    """Origins of what waits for its month."""
    pieces = sorted(lake.collected.glob("*/*.parquet"))
    return [origin for piece in pieces for origin in pl.read_parquet(piece, columns=["origin"])["origin"]]


def _frame(refused: list[Quarantined]) -> pl.DataFrame:
    return pl.DataFrame([dataclasses.asdict(item) for item in refused], schema=QUARANTINE_COLUMNS)


def _crawls(collection: Collection) -> pl.DataFrame:
    """One row a crawled site."""
    columns = ("source", "found", "asked", "kept", "unchanged", "refused", "failed", "requests", "bytes_received")
    rows = [[getattr(report, column) for column in columns] for report in collection.crawls.values()]
    return pl.DataFrame(rows, schema=columns, orient="row")

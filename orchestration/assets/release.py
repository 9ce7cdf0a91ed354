"""The release: the published tables as files, and what changed since the last one.

Belongs here: the asset and when a release is a new one. Does not belong here: how files are written (``releasing``) or
compared (``differences``).
"""

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import polars as pl
from dagster import AssetExecutionContext, Config, Failure, MaterializeResult, MetadataValue, asset
from pydantic import Field

from orchestration.differences import TableChange, compare, report
from orchestration.folders import DataFolders
from orchestration.presenting import table
from orchestration.releasing import content_hash, earlier_releases, finish_release, read_package, write_release


class ReleaseConfig(Config):
    """How a release is written."""

    byte_order_mark: bool = Field(default=True, description="Start each CSV with a byte order mark: Excel needs it.")


@asset(deps=["published_warehouse"], group_name="release", kinds={"parquet", "csv"})
def release(context: AssetExecutionContext, config: ReleaseConfig, folders: DataFolders) -> MaterializeResult[None]:
    """Parquet, CSV (UTF-8, no cell that a spreadsheet would run), a data package with hashes, licence and sources, and
    a report of what changed since the last release. Started by a person; the same rows never make a second release.
    """
    if not folders.published.exists():
        raise Failure(f"{folders.published} does not exist; materialise published_warehouse first", allow_retries=False)
    name = _built_at(folders.published).strftime("%Y-%m-%d-%H%M%S")
    earlier = earlier_releases(folders.releases)
    if earlier and read_package(earlier[-1])["sohuyen"]["content_hash"] == content_hash(folders.published):
        last = earlier[-1]
        return MaterializeResult(metadata={"release": last.name, "new": False, "folder": MetadataValue.path(last)})
    unfinished = folders.releases / f".{name}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    package = write_release(folders.published, unfinished, config.byte_order_mark)
    changes = compare(earlier[-1], unfinished) if earlier else []
    before = earlier[-1].name if earlier else "nothing"
    page = report(changes, before, name) if earlier else f"# {name}\n\nThe first release.\n"
    (unfinished / "CHANGES.md").write_text(page, encoding="utf-8")
    finish_release(unfinished, folders.releases / name)
    context.log.info("released %s to %s", name, folders.releases / name)
    return MaterializeResult(
        metadata={
            "release": name,
            "new": True,
            "compared with": before,
            "files": len(package["resources"]),
            "changes": table(_counts(changes), 50),
            "report": MetadataValue.md(page[:4000]),
            "folder": MetadataValue.path(folders.releases / name),
        }
    )


def _built_at(published: Path) -> dt.datetime:
    with duckdb.connect(str(published), read_only=True) as connection:
        [(built_at,)] = connection.sql("select value from meta where name = 'built_at'").fetchall()
    return dt.datetime.fromisoformat(built_at)


def _counts(changes: list[TableChange]) -> pl.DataFrame:
    columns = ("table", "before", "after", "added", "gone", "changed")
    rows = [[getattr(change, column) for column in columns] for change in changes if change.any]
    return pl.DataFrame(rows, schema=columns, orient="row")

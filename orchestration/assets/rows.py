"""Rows, rejected rows and documents by month: what was read from the articles.

Belongs here: feeding months of articles to the reader and storing what it gives. Does not belong here: any reading
(``extract``), or judging whether the result is plausible (``checks``).
"""

import os
from collections.abc import Iterator, Sequence

import polars as pl
from dagster import AssetExecutionContext, AssetSpec, Config, MaterializeResult, MetadataValue, multi_asset
from pydantic import Field

from extract.batch import read_batch
from extract.version import extractor_version
from orchestration.folders import DataFolders
from orchestration.lake import Lake
from orchestration.partitions import MONTHS, ONE_RUN
from orchestration.presenting import bars, table

_BATCH = 20_000  # articles that are read at once: about 100 MB of text
_PER_JOB = 250  # articles that make a further process worth its start
_TOLD = {  # columns that the metadata of a month shows
    "indicator_rows": ["district_code", "year", "period", "kind", "indicator", "measure", "value", "unit", "quote"],
    "rejected_rows": ["failed_checks", "indicator", "measure", "value", "unit", "quote"],
    "documents": ["unit_level", "district_code", "resolved_by", "figures_seen", "statements", "rejected"],
}
DATASET_OF = {"indicator_rows": "statements", "rejected_rows": "rejected", "documents": "documents"}


class ReadingConfig(Config):
    """How a run reads."""

    jobs: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, description="Processes that read articles.")


@multi_asset(
    specs=[
        AssetSpec(
            "indicator_rows", deps=["articles"], group_name="reading", kinds={"polars", "pandera", "parquet"},
            code_version=extractor_version(),
            description="Statements that passed the row contract: one figure about one indicator in one article.",
        ),
        AssetSpec(
            "rejected_rows", deps=["articles"], group_name="reading", kinds={"polars", "pandera", "parquet"},
            code_version=extractor_version(),
            description="Statements that failed the row contract, each with the checks that it failed.",
        ),
        AssetSpec(
            "documents", deps=["articles"], group_name="reading", kinds={"polars", "parquet"},
            code_version=extractor_version(),
            description="What was decided about each article: which unit it is about, how many figures it holds.",
        ),
    ],
    partitions_def=MONTHS, backfill_policy=ONE_RUN,
)  # fmt: skip
def rows(
    context: AssetExecutionContext, config: ReadingConfig, folders: DataFolders
) -> Iterator[MaterializeResult[None]]:
    """Read the articles of every month of the run; each month's files are written whole."""
    lake = Lake(folders.lake)
    lake.prepare()
    totals = {name: dict.fromkeys(context.partition_keys, 0) for name in DATASET_OF}
    rejected_parts: list[pl.DataFrame] = []
    for months in _batches(lake, context.partition_keys):
        articles = {month: lake.read("articles", [month]) for month in months}
        together = pl.concat(articles.values())
        batch = read_batch(together, jobs=max(1, min(config.jobs, together.height // _PER_JOB)))
        rejected_parts.append(batch.rejected)
        for name, dataset in DATASET_OF.items():
            frame: pl.DataFrame = getattr(batch, dataset)
            for month, of_month in articles.items():
                part = frame.filter(pl.col("article_id").is_in(of_month["article_id"].to_list()))
                with lake.locked():
                    lake.write(dataset, month, part)
                totals[name][month] = part.height
                context.add_asset_metadata(
                    {"dagster/partition_row_count": part.height, "rows of the month": table(part.select(_TOLD[name]))},
                    asset_key=name,
                    partition_key=month,
                )
    rejected = pl.concat(rejected_parts)
    rejected_by_check = dict(
        rejected.select(pl.col("failed_checks").str.split("; ")).explode("failed_checks").to_series()
        .value_counts(sort=True).iter_rows()
    )  # fmt: skip
    details = {
        "rejected_rows": {
            "by failed check": bars(rejected_by_check),
            "examples": table(rejected.select("failed_checks", "indicator_text", "value", "unit", "quote")),
        }
    }
    for name, dataset in DATASET_OF.items():
        yield MaterializeResult(
            asset_key=name,
            metadata={
                f"{dataset} in the run": sum(totals[name].values()),
                "by month": bars({month: count for month, count in totals[name].items() if count}),
                "extractor version": extractor_version(),
                "folder": MetadataValue.path(lake.folder / dataset),
                **details.get(name, {}),
            },
        )


def _batches(lake: Lake, months: Sequence[str]) -> Iterator[list[str]]:
    """Group months so that one batch is large enough for several processes and small enough for memory."""
    batch: list[str] = []
    articles = 0
    for month in months:
        batch.append(month)
        articles += lake.count("articles", month)
        if articles >= _BATCH:
            yield batch
            batch, articles = [], 0
    if batch:
        yield batch

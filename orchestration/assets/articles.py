"""Articles by month of publication, and what could not be taken.

Belongs here: taking articles into the lake. Does not belong here: opening files (``extract.reading``), collecting from
declared sources (``assets.collected``), or the rule by which old and new articles become one month (``merging``).
"""

import polars as pl
from dagster import AssetExecutionContext, MaterializeResult, MetadataValue, asset

from orchestration.arrivals import Arrivals
from orchestration.folders import DataFolders
from orchestration.lake import Lake, replace_parquet
from orchestration.merging import departures, merge
from orchestration.partitions import MONTHS, ONE_RUN
from orchestration.presenting import bars, table
from orchestration.retries import PASSING_FAULTS


@asset(
    deps=["collected_articles"], partitions_def=MONTHS, backfill_policy=ONE_RUN, retry_policy=PASSING_FAULTS,
    group_name="reading", kinds={"polars", "parquet"},
)  # fmt: skip
def articles(context: AssetExecutionContext, folders: DataFolders) -> MaterializeResult[None]:
    """Every published page that was taken, one row an article, by month of publication.

    The inbox is looked through once a run; each month is written whole: what is stored and what arrives.
    """
    lake = Lake(folders.lake)
    lake.prepare()
    with lake.locked(), Arrivals(lake.collected).scan(folders.dropped) as arrivals:
        replace_parquet(arrivals.quarantined, lake.quarantine / "dropped.parquet")
        index = arrivals.index()
        ours = index.filter(pl.col("month").is_in(context.partition_keys))
        stored = lake.article_index()
        leaving = departures(stored, ours)
        for month in leaving.months:
            lake.remove(month, leaving.of(month))
        counts = {}
        for month in context.partition_keys:
            ids = ours.filter(pl.col("month") == month)["article_id"]
            arriving = arrivals.articles(month).filter(pl.col("article_id").is_in(ids.to_list()))
            merged = merge(lake.read("articles", [month]), arriving)
            lake.write("articles", month, merged)
            counts[month] = merged.height
            context.add_asset_metadata(
                {
                    "dagster/partition_row_count": merged.height,
                    "articles of the month": table(merged.select("published_on", "title", "publisher", "origin")),
                },
                partition_key=month,
            )
        for piece in arrivals.pieces:
            if piece.parent.name in counts:
                piece.unlink()
        quarantined = arrivals.quarantined
    new = ours.join(stored, on="article_id", how="anti").height
    return MaterializeResult(
        metadata={
            "articles in the run": sum(counts.values()),
            "new": new - leaving.edited.height,
            "edited": leaving.edited.height,
            "moved here from another month": leaving.moved.height,
            "by month": bars({month: count for month, count in counts.items() if count}),
            "arrived for months that are not of this run": index.height - ours.height,
            "quarantined": quarantined.height,
            "quarantine": table(quarantined, 20),
        }
    )


@asset(deps=[articles], group_name="curation", kinds={"parquet"})
def quarantined_articles(folders: DataFolders) -> MaterializeResult[None]:
    """What could not be taken: file, field, reason, remedy. Expected to be empty."""
    quarantined = Lake(folders.lake).read_quarantine()
    return MaterializeResult(
        metadata={
            "dagster/row_count": quarantined.height,
            "by reason": bars(dict(quarantined["reason"].value_counts(sort=True).iter_rows())),
            "articles": table(quarantined, 50),
            "folder": MetadataValue.path(Lake(folders.lake).quarantine),
        }
    )

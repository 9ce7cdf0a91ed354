"""Articles by month of publication, and what could not be taken.

Belongs here: taking articles into the lake. Does not belong here: opening files (``extract.reading``) or the rule by
which old and new articles become one month (``merging``).
"""

from dagster import AssetExecutionContext, MaterializeResult, MetadataValue, asset

from orchestration.arrivals import Arrivals
from orchestration.automation import ON_CHANGE
from orchestration.folders import DataFolders
from orchestration.lake import Lake, replace_parquet
from orchestration.merging import merge
from orchestration.partitions import MONTHS, ONE_RUN
from orchestration.presenting import bars, table
from orchestration.retries import PASSING_FAULTS


@asset(
    partitions_def=MONTHS, backfill_policy=ONE_RUN, retry_policy=PASSING_FAULTS,
    group_name="reading", kinds={"polars", "parquet"},
)  # fmt: skip
def articles(context: AssetExecutionContext, folders: DataFolders) -> MaterializeResult[None]:
    """Every published page that was read, one row an article, by month of publication.

    The source folders are looked through once a run; each month is written whole: what is stored and what arrives.
    """
    lake = Lake(folders.lake)
    lake.prepare()
    counts: dict[str, int] = {}
    new = edited = moved = 0
    with Arrivals().scan(folders.sources) as arrivals:
        replace_parquet(arrivals.quarantined, lake.quarantine)
        index = arrivals.index
        for month in context.partition_keys:
            merged = merge(lake.read("articles", [month]), arrivals.articles(month), index)
            lake.write("articles", month, merged.articles)
            new, edited, moved = new + merged.new, edited + merged.edited, moved + merged.moved
            counts[month] = merged.articles.height
            context.add_asset_metadata({"dagster/partition_row_count": merged.articles.height}, partition_key=month)
        waiting = {month: count for month, count in arrivals.months.items() if month not in counts}
        quarantined = arrivals.quarantined
    months_with_articles = {month: count for month, count in counts.items() if count}
    return MaterializeResult(
        metadata={
            "articles": sum(counts.values()),
            "new": new,
            "edited": edited,
            "moved to another month": moved,
            "by month": bars(months_with_articles),
            "in the sources for other months": MetadataValue.int(sum(waiting.values())),
            "quarantined": quarantined.height,
            "quarantine": table(quarantined, 20),
        }
    )


@asset(
    deps=[articles], group_name="curation", kinds={"parquet"},
    automation_condition=ON_CHANGE,
)  # fmt: skip
def quarantined_articles(folders: DataFolders) -> MaterializeResult[None]:
    """What the last look through the sources could not take: file, field, reason, remedy. Expected to be empty."""
    quarantined = Lake(folders.lake).read_quarantine()
    by_reason = dict(quarantined["reason"].value_counts(sort=True).iter_rows())
    return MaterializeResult(
        metadata={
            "dagster/row_count": quarantined.height,
            "by reason": bars(by_reason),
            "articles": table(quarantined, 50),
            "file": MetadataValue.path(Lake(folders.lake).quarantine),
        }
    )

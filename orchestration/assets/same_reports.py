"""Which articles are one report: the same text on the portal, in the paper and at aggregators, across all months.

Belongs here: the asset and what it reports. Does not belong here: comparing (``extract.reading.sameness``), which
months are compared again (``linking``), or what a report counts (dbt: ``int_reports``).
"""

import polars as pl
from dagster import AssetExecutionContext, MaterializeResult, MetadataValue, asset

from extract.reading.sameness import comparison_version, group
from orchestration.folders import DataFolders
from orchestration.lake import Lake
from orchestration.linking import Linked, up_to_date_links
from orchestration.presenting import bars, table
from orchestration.retries import PASSING_FAULTS

_DATASET = "same_reports"


@asset(
    deps=["articles"], group_name="reading", kinds={"polars", "parquet"}, code_version=comparison_version(),
    retry_policy=PASSING_FAULTS,
)  # fmt: skip
def same_reports(context: AssetExecutionContext, folders: DataFolders) -> MaterializeResult[None]:
    """Articles that are one report, exact and near duplicates and versions with other figures. Nothing is dropped.

    Only months whose articles changed, and those that reach back to them, are compared again.
    """
    lake = Lake(folders.lake)
    lake.prepare()
    linked = up_to_date_links(lake)
    groups = group(linked.links)
    written = _store(lake, groups, linked)
    context.log.info("compared %s of %s months", len(linked.compared), linked.months)
    sizes = groups.group_by("report_id").agg(places=pl.len(), versions=pl.col("version_id").n_unique())
    return MaterializeResult(
        metadata={
            "dagster/row_count": groups.height,
            "reports in several places": sizes.height,
            "with another version": sizes.filter(pl.col("versions") > 1).height,
            "months compared": len(linked.compared),
            "months that had not changed": linked.months - len(linked.compared),
            "months written": len(written),
            "articles by relation": bars(dict(groups["relation"].value_counts().sort("relation").iter_rows())),
            "reports in the most places": table(_with_titles(lake, _largest(sizes))),
            "folder": MetadataValue.path(lake.folder / _DATASET),
        }
    )


def _store(lake: Lake, groups: pl.DataFrame, linked: Linked) -> list[str]:
    """Write the months of which the groups changed; returns them."""
    likes = linked.links.select(article_id="like_article_id", published_on="like_published_on")
    days = pl.concat([linked.links.select("article_id", "published_on"), likes])
    months = days.group_by("article_id").agg(month=pl.col("published_on").max().dt.strftime("%Y-%m"))
    placed = groups.join(months, on="article_id")
    written = []
    with lake.locked():
        for month in sorted({*placed["month"].unique(), *lake.months(_DATASET)}):
            rows = placed.filter(pl.col("month") == month).select(groups.columns).sort("article_id")
            if not rows.equals(lake.read(_DATASET, [month])):
                lake.write(_DATASET, month, rows)
                written.append(month)
    return written


def _largest(sizes: pl.DataFrame) -> pl.DataFrame:
    return sizes.sort("places", "report_id", descending=[True, False]).head(10)


def _with_titles(lake: Lake, sizes: pl.DataFrame) -> pl.DataFrame:
    columns = ("article_id", "title", "publisher", "published_on")
    wanted = sizes["report_id"].to_list()
    titles = [pl.DataFrame(schema={name: lake.types("articles")[name] for name in columns})]
    for month in lake.months("articles") if wanted else ():
        known = lake.read("articles", [month], columns).select(columns)
        titles.append(known.filter(pl.col("article_id").is_in(wanted)))
    return sizes.join(pl.concat(titles), left_on="report_id", right_on="article_id", how="left", maintain_order="left")

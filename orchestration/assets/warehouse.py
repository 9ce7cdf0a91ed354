"""The published warehouse: what readers open.

Belongs here: the asset and what it reports. Does not belong here: how a file is replaced (``publishing``).
"""

from collections.abc import Sequence

import duckdb
from dagster import AssetExecutionContext, AssetsDefinition, Failure, MaterializeResult, MetadataValue, asset

from orchestration.dbt import WAREHOUSE_POOL, published_references
from orchestration.folders import DataFolders
from orchestration.presenting import bars
from orchestration.publishing import STORAGE_VERSION, NothingToPublishError, publish
from orchestration.retries import PASSING_FAULTS


def published_warehouse(tables: Sequence[str]) -> AssetsDefinition:
    """The asset that publishes once all ``tables`` (dbt models of schema ``main``) are built."""

    @asset(
        name="published_warehouse", deps=list(tables), group_name="publishing", kinds={"duckdb"}, pool=WAREHOUSE_POOL,
        retry_policy=PASSING_FAULTS,
    )  # fmt: skip
    def published(context: AssetExecutionContext, folders: DataFolders) -> MaterializeResult[None]:
        """The warehouse to read: one DuckDB file, replaced as a whole, in a storage format that old drivers read."""
        try:
            counts = publish(folders.warehouse, folders.published, published_references())
        except NothingToPublishError as error:
            raise Failure(str(error), allow_retries=False) from error
        context.log.info("published %s tables to %s", len(counts), folders.published)
        return MaterializeResult(
            metadata={
                "path": MetadataValue.path(folders.published),
                "rows by table": bars(counts),
                "facts by year": bars(_facts_by_year(folders)),
                "megabytes": round(folders.published.stat().st_size / 2**20, 2),
                "storage format": f"DuckDB {STORAGE_VERSION} (opens in DuckDB 1.1 to 2.0)",
                "open it": MetadataValue.md(f"`duckdb -readonly {folders.published}`; a reader that is open keeps the "
                                            "old data until it closes and opens again"),
            }
        )  # fmt: skip

    return published


def _facts_by_year(folders: DataFolders) -> dict[str, int]:
    with duckdb.connect(str(folders.published), read_only=True) as connection:
        rows = connection.sql(
            "select year, count(*) from (select year from fct_targets union all by name select year from fct_outcomes) "
            "group by year order by year"
        ).fetchall()
    return {str(year): count for year, count in rows}

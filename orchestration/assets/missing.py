"""What the lexicon and the gazetteer did not know, most frequent first: work for a curator. Expected to be empty.

Belongs here: handing the two reports of the warehouse to a curator as CSV. Does not belong here: what counts as missing
(dbt: ``rpt_missing_indicators``, ``rpt_missing_districts``).
"""

import duckdb
import polars as pl
from dagster import AssetsDefinition, MaterializeResult, MetadataValue, asset

from orchestration.dbt import WAREHOUSE_POOL
from orchestration.folders import DataFolders
from orchestration.presenting import table


def missing_asset(what: str, description: str) -> AssetsDefinition:
    """The asset ``missing_<what>``: the report ``rpt_missing_<what>`` as a file ``missing/<what>.csv``."""
    report = f"rpt_missing_{what}"

    @asset(
        name=f"missing_{what}", deps=[report], description=description, group_name="curation", kinds={"duckdb", "csv"},
        pool=WAREHOUSE_POOL,
    )  # fmt: skip
    def missing(folders: DataFolders) -> MaterializeResult[None]:
        with duckdb.connect(str(folders.warehouse), read_only=True) as connection:
            listed: pl.DataFrame = connection.sql(f"from {report}").pl()
        path = folders.missing / f"{what}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        listed.write_csv(path)
        return MaterializeResult(
            metadata={
                "dagster/row_count": listed.height,
                "most frequent": table(listed, 25),
                "file": MetadataValue.path(path),
            }
        )

    return missing


missing_indicators = missing_asset("indicators", "Words of figures whose indicator is not in the lexicon yet.")
missing_districts = missing_asset("districts", "Articles with figures whose district stayed open, and why.")

"""Everything that Dagster loads, assembled by one function.

Belongs here: putting the parts together. Does not belong here: any part. Tests and other deployments call
``build_defs`` with other resources and get the same graph.
"""

from collections.abc import Mapping

from dagster import Definitions, definitions, in_process_executor

from orchestration.assets.articles import articles, quarantined_articles
from orchestration.assets.collected import collected_articles
from orchestration.assets.missing import missing_districts, missing_indicators
from orchestration.assets.release import release
from orchestration.assets.rows import rows
from orchestration.assets.same_reports import same_reports
from orchestration.assets.warehouse import published_warehouse
from orchestration.checks import all_checks
from orchestration.dbt import dbt_resource, published_tables, warehouse_models
from orchestration.folders import DataFolders
from orchestration.jobs import JOBS
from orchestration.progress import CrawlProgress
from orchestration.schedules import SCHEDULES
from orchestration.sensors import SENSORS


def build_defs(resource_overrides: Mapping[str, object] | None = None) -> Definitions:
    """The definitions; ``resource_overrides`` replaces ``folders`` (where data lives), ``dbt``, ``crawl_progress``."""
    models = warehouse_models()
    tables = published_tables()
    return Definitions(
        assets=[
            collected_articles, articles, quarantined_articles, rows, same_reports, models, missing_indicators,
            missing_districts, published_warehouse(tables), release,
        ],
        asset_checks=all_checks(tables),
        jobs=JOBS,
        schedules=list(SCHEDULES),
        sensors=list(SENSORS),
        # A process a step (Dagster's default) loads dbt and all of this twenty times a run: 113 s instead of 20.
        executor=in_process_executor,
        resources={
            "folders": DataFolders.from_environment(), "dbt": dbt_resource(), "crawl_progress": CrawlProgress(),
            **(resource_overrides or {}),
        },
    )  # fmt: skip


@definitions
def defs() -> Definitions:
    """What ``dagster`` loads: see workspace.yaml."""
    return build_defs()

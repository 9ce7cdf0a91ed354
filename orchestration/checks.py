"""Is the result good? Checks beside the assets, with the cases that failed in their metadata.

Belongs here: what must hold and how much it matters. Does not belong here: the bounds (``bounds.yaml``), the row
contract (``extract.schemas``), tests of the warehouse's tables (dbt tests: they become checks by themselves).

A blocking check that fails keeps everything behind it from running, so the published warehouse stays as it was.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb
import polars as pl
import yaml
from dagster import (
    AssetCheckExecutionContext,
    AssetCheckResult,
    AssetChecksDefinition,
    AssetCheckSeverity,
    AssetKey,
    MetadataValue,
    asset_check,
)  # fmt: skip
from dagster._core.storage.partition_status_cache import AssetPartitionStatus

from extract.schemas import pandera_schema
from orchestration.assets.rows import DATASET_OF
from orchestration.dbt import WAREHOUSE_POOL
from orchestration.folders import DataFolders
from orchestration.lake import CONTRACTS, Lake
from orchestration.partitions import MONTHS, months_of_run, stretches
from orchestration.presenting import table
from orchestration.publishing import contents

_FAILURES_SHOWN = 20
_PARTITIONED = ("articles", *DATASET_OF)


@cache
def bounds() -> dict[str, float]:
    """The bounds by name."""
    loaded: dict[str, float] = yaml.safe_load(Path(__file__).with_name("bounds.yaml").read_text(encoding="utf-8"))
    return loaded


def contract_check(asset_name: str, dataset: str) -> AssetChecksDefinition:
    """A blocking check: the stored months of ``asset_name`` follow the contract, column by column, value by value."""

    @asset_check(
        asset=asset_name, name=f"{asset_name}_follow_contract", blocking=True,
        description=f"Every stored row follows contract/{CONTRACTS[dataset]}.yaml (pandera).",
    )  # fmt: skip
    def check(context: AssetCheckExecutionContext, folders: DataFolders) -> AssetCheckResult:
        lake, rows, failures = Lake(folders.lake), 0, []
        wanted = months_of_run(context.run.tags)
        for month in lake.months(dataset):  # one in memory at a time
            if wanted is not None and month not in wanted:
                continue
            frame = lake.read(dataset, [month])
            rows += frame.height
            failures += _failure_cases(dataset, month, frame)
        if not failures:
            return AssetCheckResult(passed=True, metadata={"rows": rows})
        return AssetCheckResult(
            passed=False,
            description=f"{sum(map(len, failures))} failure cases in {dataset}: read these months again (materialise "
            "them); if it stays, the reader and the contract disagree",
            metadata={
                "rows": rows,
                "failure cases": table(pl.concat(failures), _FAILURES_SHOWN),
                "expected": table(_types(Lake.types(dataset))),
            },
        )

    return check


def _failure_cases(dataset: str, month: str, frame: pl.DataFrame) -> list[pl.DataFrame]:
    """What breaks the contract in a month: one frame, or none."""
    import pandera.errors

    try:
        pandera_schema(CONTRACTS[dataset]).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases.select("column", "check", "failure_case", "index").cast(pl.String)
        return [cases.with_columns(month=pl.lit(month))]
    return []


@asset_check(asset="rejected_rows", description="Few rows fail the row contract; each keeps the checks that it failed.")
def few_rows_rejected(context: AssetCheckExecutionContext, folders: DataFolders) -> AssetCheckResult:
    """Warns where the share of rejected rows leaves its bound."""
    lake, months = Lake(folders.lake), months_of_run(context.run.tags)
    rejected = lake.read("rejected", months)
    accepted = sum(lake.count("statements", month) for month in months or lake.months("statements"))
    share = rejected.height / max(1, rejected.height + accepted)
    return AssetCheckResult(
        passed=share <= bounds()["rejected_share_max"],
        severity=AssetCheckSeverity.WARN,
        description=f"{rejected.height:,} of {rejected.height + accepted:,} rows were rejected",
        metadata={
            "share": share,
            "allowed": bounds()["rejected_share_max"],
            "failure cases": table(
                rejected.select("failed_checks", "indicator_text", "value", "unit", "quote", "article_id"),
                _FAILURES_SHOWN,
            ),
        },
    )


@asset_check(asset="indicator_rows", description="Articles about a district give neither too few rows nor too many.")
def extraction_rate_in_bounds(context: AssetCheckExecutionContext, folders: DataFolders) -> AssetCheckResult:
    """Warns where rows per article leave their bounds: a reader that went blind, or one that reads everything."""
    documents = Lake(folders.lake).read("documents", months_of_run(context.run.tags))
    telling = documents.filter(pl.col("district_code").is_not_null() & (pl.col("figures_seen") > 0))
    rate = float(telling["statements"].sum()) / max(1, telling.height)
    low, high = bounds()["rows_per_district_article_min"], bounds()["rows_per_district_article_max"]
    enough = telling.height >= bounds()["rows_per_district_article_least_articles"]
    return AssetCheckResult(
        passed=not enough or low <= rate <= high,
        severity=AssetCheckSeverity.WARN,
        description=f"{rate:.1f} rows an article over {telling.height:,} articles about a district with figures",
        metadata={
            "rows an article": rate, "allowed": f"{low:g} to {high:g}",
            "articles without a row": table(telling.filter(pl.col("statements") == 0), _FAILURES_SHOWN),
        },
    )  # fmt: skip


@asset_check(asset="quarantined_articles", description="Every article of the sources could be taken.")
def nothing_quarantined(folders: DataFolders) -> AssetCheckResult:
    """Warns with file, field, reason and remedy."""
    quarantined = Lake(folders.lake).read_quarantine()
    files = ", ".join(quarantined["file"].head(3))
    return AssetCheckResult(
        passed=quarantined.is_empty(),
        severity=AssetCheckSeverity.WARN,
        description=f"{quarantined.height:,} could not be taken: {files} ..." if files else None,
        metadata={"articles": table(quarantined, 50)},
    )


@asset_check(asset="articles", description="No article stands in two months.")
def each_article_in_one_month(folders: DataFolders) -> AssetCheckResult:
    """Fails where an article got another date and only its new month was run."""
    ids = Lake(folders.lake).read("articles", columns=["article_id", "published_on", "title"])
    twice = ids.filter(pl.col("article_id").is_duplicated()).sort("article_id")
    months = twice["published_on"].dt.strftime("%Y-%m").unique().sort().to_list()
    return AssetCheckResult(
        passed=twice.is_empty(),
        description=f"run these months again: {', '.join(months)}" if months else None,
        metadata={"articles": table(twice, _FAILURES_SHOWN)},
    )


@asset_check(asset="indicator_rows", description="No month of articles or rows is left failed.")
def no_month_left_failed(context: AssetCheckExecutionContext) -> AssetCheckResult:
    """Warns with the months to start again: tries are bounded, so a failed month stays failed until somebody looks."""
    left: dict[str, list[str]] = {}
    for name in _PARTITIONED:
        status = context.instance.get_status_by_partition(AssetKey(name), MONTHS.get_partition_keys(), MONTHS) or {}
        failed = [month for month, state in status.items() if state == AssetPartitionStatus.FAILED]
        if failed:
            left[name] = [first if first == last else f"{first} to {last}" for first, last in stretches(failed)]
    lines = [f"- {name}: {', '.join(ranges)}" for name, ranges in left.items()]
    return AssetCheckResult(
        passed=not left,
        severity=AssetCheckSeverity.WARN,
        description="start these months again: see metadata" if left else None,
        metadata={"failed": MetadataValue.md("\n".join(lines) or "*none*")},
    )


def coverage_check(tables: Sequence[str]) -> AssetChecksDefinition:
    """A blocking check between the build and the publishing of ``tables``: what was covered is still covered."""

    @asset_check(
        asset="district_year", name="coverage_did_not_shrink", blocking=True, pool=WAREHOUSE_POOL,
        additional_deps=[name for name in tables if name != "district_year"],
        description="The build covers what the published warehouse covers: districts, years, facts.",
    )  # fmt: skip
    def check(folders: DataFolders) -> AssetCheckResult:
        if not folders.published.exists():
            return AssetCheckResult(passed=True, description="nothing is published yet")
        before, after = _coverage(folders.published), _coverage(folders.warehouse)
        loss = {name: 1 - after[name] / count if count else 0.0 for name, count in before.items()}
        shrunk = any(share > 0 for share in loss.values())
        too_much = any(share > bounds()["coverage_loss_max"] for share in loss.values())
        rows = [(name, before[name], after[name]) for name in before]
        return AssetCheckResult(
            passed=not shrunk,
            severity=AssetCheckSeverity.ERROR if too_much else AssetCheckSeverity.WARN,
            description=(
                "the published warehouse was kept; if the loss is meant, materialise published_warehouse on its own"
                if too_much else "a little less than before" if shrunk else None
            ),
            metadata={
                "coverage": table(pl.DataFrame(rows, schema=["what", "published", "built"], orient="row")),
                "allowed loss": bounds()["coverage_loss_max"],
            },
        )  # fmt: skip

    return check


@asset_check(asset="published_warehouse", pool=WAREHOUSE_POOL, description="What readers open is what was built.")
def published_equals_built(folders: DataFolders) -> AssetCheckResult:
    """Fails where a table has another row than the build."""
    built, published = contents(folders.warehouse), contents(folders.published)
    differing = sorted({name for name, _ in built.items() ^ published.items()})
    return AssetCheckResult(
        passed=not differing,
        description=f"not what was built: {', '.join(differing)}" if differing else None,
        metadata={"tables": len(published), "differing": ", ".join(differing)},
    )


def _coverage(path: Path) -> dict[str, int]:
    with duckdb.connect(str(path), read_only=True) as connection:
        row = connection.sql(
            "with facts as (select district_code, year from fct_targets union all "
            "               select district_code, year from fct_outcomes) "
            "select count(distinct district_code), count(distinct (district_code, year)), count(*) from facts"
        ).fetchall()[0]
    return dict(zip(("districts", "districts by year", "facts"), row, strict=True))


def _types(types: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame([(name, str(kind)) for name, kind in types.items()], schema=["column", "type"], orient="row")


def all_checks(tables: Sequence[str]) -> list[AssetChecksDefinition]:
    """Every check of ours; ``tables`` are the dbt models that get published."""
    return [
        contract_check("articles", "articles"),
        contract_check("indicator_rows", "statements"),
        contract_check("documents", "documents"),
        contract_check("same_reports", "same_reports"),
        each_article_in_one_month,
        few_rows_rejected,
        extraction_rate_in_bounds,
        no_month_left_failed,
        nothing_quarantined,
        coverage_check(tables),
        published_equals_built,
    ]

"""Running the assets in this process, for the command line: the same definitions, the same history as the interface.

Belongs here: starting a run over a range of months and telling what failed. Does not belong here: printing (``cli``).
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dagster import AssetKey, DagsterInstance, ExecuteInProcessResult, JobDefinition

from extract.reading.sources import load_sources
from orchestration.definitions import build_defs
from orchestration.folders import DataFolders
from orchestration.instance import end_orphans, set_up
from orchestration.jobs import build_warehouse, collect_sources, read_months
from orchestration.lake import Lake
from orchestration.partitions import months_between, range_tags, stretches
from orchestration.progress import CrawlProgress

COLLECTED = AssetKey("collected_articles")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run: checks that failed (blocking ones stop it), and steps that failed with their reason."""

    success: bool
    run_id: str
    failed_steps: list[tuple[str, str]]
    failed_checks: list[tuple[str, str]]
    log: Path


def run_months(folders: DataFolders, first: str, last: str, job: str = "whole_line") -> Outcome:
    """Run ``job`` over the months from ``first`` to ``last`` in one run. Raises ValueError for months that are none."""
    months_between(first, last)
    return run_job(folders, job, range_tags(first, last))


def collect_and_publish(folders: DataFolders, progress: CrawlProgress) -> Iterator[Outcome]:
    """What the schedule and the sensors do, in this process: look into the sources, read exactly the months that have
    new articles, publish. Yields what became of each run, and ends at the first that failed."""
    outcome = run_job(folders, collect_sources.name, progress=progress)
    yield outcome
    months = stretches(piece.parent.name for piece in Lake(folders.lake).collected.glob("*/*.parquet"))
    tags = [(read_months.name, range_tags(first, last)) for first, last in months]
    for job, of_run in [*tags, (build_warehouse.name, {})] if months else []:
        if not outcome.success:
            return
        outcome = run_job(folders, job, of_run)
        yield outcome


def run_job(
    folders: DataFolders,
    job: str,
    tags: dict[str, str] | None = None,
    config: dict[str, Any] | None = None,
    progress: CrawlProgress | None = None,
) -> Outcome:
    """Run a job with run tags and run configuration; what it says goes to a log file. The sources are only looked into
    where somebody waits for it, that is with ``progress``."""
    log = set_up(folders) / "last-run.log"
    defs = build_defs({"folders": folders, **({"crawl_progress": progress} if progress else {})})
    with (
        DagsterInstance.get() as instance,
        log.open("w", encoding="utf-8") as lines,
        contextlib.redirect_stdout(lines),
        contextlib.redirect_stderr(lines),
    ):
        end_orphans(instance)
        chosen = defs.resolve_job_def(job)
        result = chosen.execute_in_process(
            instance=instance,
            tags=tags,
            run_config=config,
            raise_on_error=False,
            asset_selection=None if progress else _without_network(chosen, folders),
        )
    return Outcome(result.success, result.run_id, _failed_steps(result), _failed_checks(result), log)


def _without_network(job: JobDefinition, folders: DataFolders) -> list[AssetKey]:
    """The job's assets; without collecting where a source is switched on, since nobody expects a crawl here."""
    keys = job.asset_layer.selected_asset_keys
    crawls = folders.sources_file.exists() and load_sources(folders.sources_file).enabled
    return [key for key in keys if not (crawls and key == COLLECTED)]


def _failed_steps(result: ExecuteInProcessResult) -> list[tuple[str, str]]:
    found = []
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            cause = error.cause or error if error else None
            found.append((event.step_key or "", cause.message.strip() if cause else "no reason was recorded"))
    return found


def _failed_checks(result: ExecuteInProcessResult) -> list[tuple[str, str]]:
    return [
        (f"{evaluation.asset_key.to_user_string()}: {evaluation.check_name}", evaluation.description or "")
        for evaluation in result.get_asset_check_evaluations()
        if not evaluation.passed
    ]

"""What happens by itself when articles arrive.

Belongs here: noticing what is new and asking for what it changes. Does not belong here: taking it in (``assets``).
"""

import time
from collections.abc import Iterator
from pathlib import Path

from dagster import (
    AssetKey,
    DagsterInstance,
    DagsterRun,
    DagsterRunStatus,
    DefaultSensorStatus,
    RunRequest,
    RunsFilter,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    sensor,
)

from extract.reading import Page, Quarantined, admit
from extract.reading.folder import files_of, is_large, open_file
from extract.reading.response import read_pages
from orchestration.assets.rows import DATASET_OF
from orchestration.folders import DataFolders
from orchestration.jobs import build_warehouse, collect_sources, read_months, whole_line
from orchestration.lake import Lake
from orchestration.partitions import MONTHS, month_of, range_tags, stretches

_UNFINISHED = [
    DagsterRunStatus.QUEUED,
    DagsterRunStatus.NOT_STARTED,
    DagsterRunStatus.STARTING,
    DagsterRunStatus.STARTED,
    DagsterRunStatus.CANCELING,
]
_SETTLED_SECONDS = 2  # a file that changed just now may still be on its way


@sensor(
    jobs=[read_months, collect_sources], minimum_interval_seconds=30, default_status=DefaultSensorStatus.RUNNING
)  # fmt: skip
def inbox(context: SensorEvaluationContext, folders: DataFolders) -> SensorResult | SkipReason:
    """Ask for exactly the months that files which are new or changed in the inbox are about. A large dump or archive is
    collected first: that takes longer than a sensor may, and the sensor ``collected`` then asks for its months.

    The cursor is the time up to which files were seen (nanoseconds of the change time, which a copy that keeps the old
    time of writing sets as well). A file that cannot be taken asks for the current month, so that its reason gets into
    the quarantine.
    """
    seen_to = int(context.cursor or 0)
    until = time.time_ns() - _SETTLED_SECONDS * 10**9
    files = [path for path in _files(folders.inbox) if seen_to < path.stat().st_ctime_ns <= until]
    if not files:
        return SkipReason(f"nothing new in {folders.inbox}")
    tags = {"sohuyen/new_files": str(len(files))}
    small = [path for path in files if not is_large(path)]
    requests = [
        RunRequest(
            run_key=f"inbox {until} {first}", job_name=read_months.name, tags={**range_tags(first, last), **tags}
        )
        for first, last in stretches(_months(small))
    ]
    if len(small) < len(files):
        requests.append(RunRequest(run_key=f"inbox {until} large", job_name=collect_sources.name, tags=tags))
    return SensorResult(run_requests=requests, cursor=str(until))


@sensor(job=read_months, minimum_interval_seconds=30, default_status=DefaultSensorStatus.RUNNING)
def collected(context: SensorEvaluationContext, folders: DataFolders) -> SensorResult | SkipReason:
    """Ask for the months for which collected articles wait. What a failed run left waiting is not asked for again."""
    folder = Lake(folders.lake).collected
    waiting: dict[str, str] = {}  # month -> its newest piece
    for piece in sorted(folder.glob("*/*.parquet"), key=lambda path: (path.stat().st_mtime_ns, path.name)):
        waiting[piece.parent.name] = piece.stem
    if not waiting:
        return SkipReason(f"no collected article waits in {folder}")
    requests = []
    for first, last in stretches(waiting):
        newest = " ".join(stem for month, stem in sorted(waiting.items()) if first <= month <= last)
        requests.append(RunRequest(run_key=f"collected {first} {newest}", tags=range_tags(first, last)))
    return SensorResult(run_requests=requests)


@sensor(job=build_warehouse, minimum_interval_seconds=30, default_status=DefaultSensorStatus.RUNNING)
def new_rows(context: SensorEvaluationContext) -> RunRequest | SkipReason:
    """Ask for one build of the warehouse once rows are newer than what is published and no run changes them any more.

    Asked for once for each state of the rows: a build that fails is not started again until rows change. (Automation
    conditions on the models were tried: they build only the models behind what changed, and the build is one piece.)
    """
    changed = max((_last_written(context.instance, name) for name in DATASET_OF), default=0.0)
    if changed <= _last_written(context.instance, "published_warehouse"):
        return SkipReason("the published warehouse holds all rows")
    unfinished = context.instance.get_runs(RunsFilter(statuses=_UNFINISHED))
    if any(_changes_rows(run) for run in unfinished):
        return SkipReason("rows are still being read")
    return RunRequest(run_key=f"rows of {changed}")


def _last_written(instance: DagsterInstance, asset: str) -> float:
    """Unix time of the last materialisation, 0 where there is none."""
    records = instance.fetch_materializations(AssetKey(asset), limit=1).records
    return records[0].timestamp if records else 0.0


def _changes_rows(run: DagsterRun) -> bool:
    selected = {key.to_user_string() for key in run.asset_selection or ()}
    return bool(selected & DATASET_OF.keys()) or (not selected and run.job_name in (read_months.name, whole_line.name))


def _files(folder: Path) -> list[Path]:
    return list(files_of(folder)) if folder.is_dir() else []


def _months(files: list[Path]) -> set[str]:
    """Months of the articles in files; the current one for what cannot be taken."""
    months: set[str] = set()
    pages: Iterator[Page | Quarantined] = read_pages(page for path in files for page in open_file(path, path.name))
    for page in pages:
        article = page if isinstance(page, Quarantined) else admit(page)
        if isinstance(article, Quarantined):
            months.add(MONTHS.get_partition_keys()[-1])
        else:
            months.add(month_of(article.published_on))
    return months


SENSORS = (inbox, collected, new_rows)

"""What happens by itself when articles arrive.

Belongs here: noticing them and asking for their months. Does not belong here: taking them in (``assets``).
"""

import time
from collections.abc import Iterator
from pathlib import Path

from dagster import DefaultSensorStatus, RunRequest, SensorEvaluationContext, SensorResult, SkipReason, sensor

from extract.reading import Page, Quarantined, admit
from extract.reading.folder import files_of, open_file
from extract.reading.response import read_pages
from orchestration.folders import DataFolders
from orchestration.jobs import read_months
from orchestration.lake import Lake
from orchestration.partitions import MONTHS, month_of, range_tags, stretches

_SETTLED_SECONDS = 2  # a file that changed just now may still be on its way


@sensor(job=read_months, minimum_interval_seconds=30, default_status=DefaultSensorStatus.RUNNING)
def inbox(context: SensorEvaluationContext, folders: DataFolders) -> SensorResult | SkipReason:
    """Ask for exactly the months that files which are new or changed in the inbox are about.

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
    requests = [
        RunRequest(run_key=f"inbox {until} {first}", tags={**range_tags(first, last), **tags})
        for first, last in stretches(_months(files))
    ]
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

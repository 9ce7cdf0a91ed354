"""What happens by itself when files arrive.

Belongs here: noticing new files and asking for their months. Does not belong here: taking them in (``assets``).
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
    time of writing sets as well). An article that stands in another month so far makes that month run too. A file that
    cannot be taken asks for the current month, so that its reason gets into the quarantine.
    """
    seen_to = int(context.cursor or 0)
    until = time.time_ns() - _SETTLED_SECONDS * 10**9
    files = [path for path in _files(folders.inbox) if seen_to < path.stat().st_ctime_ns <= until]
    if not files:
        return SkipReason(f"nothing new in {folders.inbox}")
    months = _months(files, folders)
    requests = [
        RunRequest(run_key=f"inbox {until} {first}", tags={**range_tags(first, last), "sohuyen/files": str(len(files))})
        for first, last in stretches(months)
    ]
    return SensorResult(run_requests=requests, cursor=str(until))


def _files(folder: Path) -> Iterator[Path]:
    return files_of(folder) if folder.is_dir() else iter(())


def _months(files: list[Path], folders: DataFolders) -> set[str]:
    months: set[str] = set()
    ids: dict[str, str] = {}
    pages: Iterator[Page | Quarantined] = read_pages(page for path in files for page in open_file(path, path.name))
    for page in pages:
        article = page if isinstance(page, Quarantined) else admit(page)
        if isinstance(article, Quarantined):
            months.add(MONTHS.get_partition_keys()[-1])
        else:
            ids[article.article_id] = month_of(article.published_on)
    return months | set(ids.values()) | _earlier_months(ids, Lake(folders.lake))


def _earlier_months(ids: dict[str, str], lake: Lake) -> set[str]:
    """Months in which articles of these ids stand so far."""
    stored = lake.read("articles", columns=["article_id", "published_on"])
    return {month_of(day) for key, day in stored.iter_rows() if key in ids}

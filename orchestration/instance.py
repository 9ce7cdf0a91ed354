"""The Dagster instance that belongs to a data root.

Belongs here: where run history is kept, and tidying it after a crash. Does not belong here: its settings
(``dagster.yaml`` beside this module).
"""

import os
import shutil
from pathlib import Path

from dagster import DagsterEventType, DagsterInstance, DagsterRunStatus, RunsFilter

from orchestration.folders import HOME_VARIABLE, DataFolders

_SETTINGS = Path(__file__).with_name("dagster.yaml")


def set_up(folders: DataFolders) -> Path:
    """Point this process, and those that it starts, to the data root and its run history; returns DAGSTER_HOME.

    A DAGSTER_HOME of the user's own stays as it is, settings included.
    """
    os.environ[HOME_VARIABLE] = folders.home
    own = os.environ.get("DAGSTER_HOME")
    if own:
        return Path(own)
    folders.dagster.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_SETTINGS, folders.dagster / "dagster.yaml")
    os.environ["DAGSTER_HOME"] = str(folders.dagster)
    return folders.dagster


def end_orphans(instance: DagsterInstance) -> list[str]:
    """Mark runs as failed whose process died without a word (kill -9, power cut); returns their ids.

    Dagster cannot tell on one machine: such a run stays "started", holds the slot of its pool and keeps every later
    build waiting.
    """
    ended = []
    for run in instance.get_runs(RunsFilter(statuses=[DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING])):
        pid = _process_of(instance, run.run_id)
        if pid is not None and not _alive(pid):
            instance.report_run_failed(run, f"process {pid} died; what it had not finished was not published")
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
            ended.append(run.run_id)
    return ended


def _process_of(instance: DagsterInstance, run_id: str) -> int | None:
    for entry in instance.all_logs(run_id, of_type=DagsterEventType.ENGINE_EVENT):
        pid = entry.get_dagster_event().engine_event_data.metadata.get("pid")
        if pid is not None:
            return int(str(pid.value))
    return None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

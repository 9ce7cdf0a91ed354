"""A data root of its own for each test, with the bundled articles where it asks for them; Dagster in this process."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from article_files import Run
from dagster import DagsterInstance, ExecuteInProcessResult

from orchestration.definitions import build_defs
from orchestration.folders import HOME_VARIABLE, DataFolders
from orchestration.partitions import range_tags

BUNDLED = Path(__file__).parents[2] / "data" / "articles"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolders:
    """An empty data root."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    made = DataFolders.from_environment()
    made.inbox.mkdir(parents=True)
    return made


@pytest.fixture
def bundled(folders: DataFolders) -> DataFolders:
    """A data root with the bundled articles."""
    shutil.copytree(BUNDLED, folders.bundled)
    return folders


@pytest.fixture
def run(folders: DataFolders) -> Run:
    """Run a job over a range of months against the data root, with a history that lasts as long as the test."""
    instance = DagsterInstance.ephemeral()
    defs = build_defs({"folders": folders})

    def start(job: str, first: str = "2015-11", last: str = "2025-12", **options: object) -> ExecuteInProcessResult:
        chosen = defs.resolve_job_def(job)
        return chosen.execute_in_process(
            instance=instance, tags=range_tags(first, last), raise_on_error=False, **options
        )

    start.instance = instance  # type: ignore[attr-defined]
    return start

"""The whole line on the bundled articles, run by the command line in a data root of its own.

One scenario for all tests of this module: run; kill -9 in the middle of a second run; run again while another process
keeps reading what is published.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from article_files import ran_last
from click.testing import CliRunner, Result
from dagster import AssetKey, DagsterInstance, DagsterRunStatus

from orchestration.cli import main
from orchestration.folders import HOME_VARIABLE, DataFolders
from orchestration.instance import end_orphans
from orchestration.lake import Lake
from orchestration.running import run_months

BUNDLED = Path(__file__).parents[2] / "data" / "articles"
SOHUYEN = Path(sys.executable).with_name("sohuyen")
MONTHS = ("2022-12", "2024-01")
# a reader ends with the run of tests that started it, also where that was killed
READER = """
import os, sys
from pathlib import Path
import duckdb
reads, failed, parent = 0, 0, os.getppid()
print("start", flush=True)
while os.getppid() == parent and not Path(sys.argv[2]).exists():
    reads += 1
    try:
        with duckdb.connect(sys.argv[1], read_only=True) as connection:
            failed += not connection.sql("select count(*) from fct_outcomes").fetchall()[0][0]
    except duckdb.Error as error:
        failed += 1
        print(error, file=sys.stderr)
print(reads, failed)
"""


@dataclass(frozen=True)
class Story:
    """What happened."""

    folders: DataFolders
    first_said: str
    first: dict[str, list[tuple[object, ...]]]
    ran: set[str]
    killed_status: DagsterRunStatus
    file_kept: bool
    second: dict[str, list[tuple[object, ...]]]
    reads: int
    failed_reads: int
    reader_errors: str


def command(home: Path) -> list[str]:
    return [str(SOHUYEN), "--home", str(home), "backfill", "--from", MONTHS[0], "--to", MONTHS[1]]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every published row, but the time of the build."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [name for (name,) in connection.sql("select table_name from duckdb_tables() order by 1").fetchall()]
        rows = {name: connection.sql(f'from "{name}"').fetchall() for name in names}
    rows["meta"] = [row for row in rows["meta"] if "built_at" not in row]
    return rows


def kill_in_the_middle(home: Path, environment: dict[str, str]) -> None:
    """Start a run and kill it, with all that it started, once dbt writes the private warehouse."""
    known = set((home / "dbt").glob("run-*"))
    run = subprocess.Popen(command(home), env=environment, start_new_session=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    warehouse = home / "warehouse" / "sohuyen.duckdb"
    written = warehouse.stat().st_mtime_ns
    deadline = time.monotonic() + 240
    while set((home / "dbt").glob("run-*")) == known or warehouse.stat().st_mtime_ns == written:
        assert run.poll() is None, "the run ended before it could be killed"
        assert time.monotonic() < deadline, "dbt did not start to write"
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    home = tmp_path_factory.mktemp("line")
    shutil.copytree(BUNDLED, home / "articles")
    folders = DataFolders(home=str(home))
    environment = {name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"}
    done = subprocess.run(command(home), env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    first, before, ran = tables(folders.published), digest(folders.published), ran_last(folders)

    kill_in_the_middle(home, environment)
    kept = digest(folders.published) == before
    with DagsterInstance.from_config(str(folders.dagster)) as instance:
        [orphan] = end_orphans(instance)
        killed = instance.get_run_by_id(orphan)
    assert killed is not None

    stop = home / "stop"
    reader = subprocess.Popen([sys.executable, "-c", READER, str(folders.published), str(stop)],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip
    assert reader.stdout is not None
    assert reader.stdout.readline() == "start\n"
    again = subprocess.run(command(home), env=environment, capture_output=True, text=True, check=False)
    stop.touch()
    said, errors = reader.communicate(timeout=60)
    assert again.returncode == 0, again.stdout + again.stderr
    reads, failed = map(int, said.split())
    return Story(
        folders, done.stdout, first, ran, killed.status, kept, tables(folders.published), reads, failed, errors
    )  # fmt: skip


def test_it_says_where_the_warehouse_is(story: Story) -> None:
    assert str(story.folders.published) in story.first_said


def test_facts_are_published(story: Story) -> None:
    assert len(story.first["fct_outcomes"]) > 20
    assert len(story.first["fct_targets"]) > 20
    assert story.first["dim_district"]


def test_a_full_build_runs_all_tests(story: Story) -> None:
    assert {"nothing_is_lost", "corrections_still_apply", "fct_outcomes", "districts"} <= story.ran


def test_two_runs_give_the_same_rows(story: Story) -> None:
    assert story.second == story.first


def test_a_killed_build_leaves_the_published_file(story: Story) -> None:
    assert story.file_kept
    assert story.killed_status == DagsterRunStatus.FAILURE


def test_readers_do_not_notice_a_build(story: Story) -> None:
    assert story.failed_reads == 0, story.reader_errors
    assert story.reads > 10


def test_every_quote_stands_at_its_place(story: Story) -> None:
    texts = dict(Lake(story.folders.lake).read("articles").select("article_id", "text").iter_rows())
    with duckdb.connect(str(story.folders.published), read_only=True) as connection:
        rows = connection.sql("select article_id, char_start, char_end, quote from fct_statements").fetchall()
    assert len(rows) > 50
    assert [row for row in rows if texts[row[0]][row[1] : row[2]] != row[3]] == []


def test_curators_get_their_lists(story: Story) -> None:
    for name in ("indicators", "districts"):
        header = (story.folders.missing / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert "statements" in header


def test_every_step_reports_and_every_check_was_made(story: Story) -> None:
    with DagsterInstance.from_config(str(story.folders.dagster)) as instance:
        [published] = instance.fetch_materializations(AssetKey("published_warehouse"), limit=1).records
        metadata = published.asset_materialization.metadata
        assert metadata["path"].value == str(story.folders.published)
        assert "fct_outcomes" in metadata["rows by table"].value
        assert "2023" in metadata["facts by year"].value
        [outcomes] = instance.fetch_materializations(AssetKey("fct_outcomes"), limit=1).records
        assert outcomes.asset_materialization.metadata["dagster/row_count"].value == len(story.second["fct_outcomes"])


def ask(story: Story, *options: str) -> Result:
    return CliRunner().invoke(main, ["--home", story.folders.home, "facts", *options])


def test_facts_on_the_terminal(story: Story) -> None:
    said = ask(story, "--district", "Pác Nặm", "--year", "2023", "--kind", "target").output
    assert "Huyện Pác Nặm" in said
    assert "700 tỷ đồng" in said
    assert "giảm ≥ 4 điểm %" in said, "the bound of a decrease is one of its size"
    assert "outcome" not in said
    assert ask(story, "--district", "060", "--year", "2023", "--kind", "target").output == said
    assert ask(story, "--district", "pac nam", "--year", "2023", "--kind", "target").output == said


def test_facts_in_english(story: Story) -> None:
    said = ask(story, "--district", "Pác Nặm", "--year", "2023", "--language", "en").output
    assert "down ≥ 4 pct points" in said
    assert "Poverty rate" in said
    assert "18.162 tấn" in said, "quotes stay as they are"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--district", "Pắc Nặm"], "did you mean Pác Nặm"),
        (["--district", "xyzxyz"], "give its name with accents, or its three-digit GSO code"),
        (["--district", "Pác Nặm", "--year", "1999"], "there are facts for 2022, 2023, 2024"),
        (["--district", "Côn Đảo"], "drop articles about it into the inbox"),
    ],
)
def test_facts_that_are_not_there_say_why(story: Story, options: list[str], told: str) -> None:
    result = ask(story, *options)
    assert result.exit_code == 1
    assert told in result.output


def test_a_build_that_lost_its_rows_is_not_published(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "copy"
    shutil.copytree(story.folders.root, home)
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    folders = DataFolders.from_environment()
    before = digest(folders.published)
    shutil.rmtree(folders.bundled)
    for dataset in ("articles", "documents", "statements"):
        for path in (folders.lake / dataset).glob("2023-*.parquet"):
            path.unlink()
    outcome = run_months(folders, "2023-01", "2023-01")
    assert not outcome.success
    [why] = [why for name, why in outcome.failed_checks if name == "district_year: coverage_did_not_shrink"]
    assert "the published warehouse was kept" in why
    assert digest(folders.published) == before

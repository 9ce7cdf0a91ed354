"""Sensors and schedules: one tick at a time, asking for exactly what changed."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import pytest
from article_files import Run, article, drop
from dagster import DagsterInstance, RunRequest, SensorResult, SkipReason, build_schedule_context, build_sensor_context

from extract.reading import ArticleRecord
from extract.reading.store import store_articles
from orchestration import sensors
from orchestration.folders import DataFolders
from orchestration.lake import Lake
from orchestration.partitions import MONTHS, months_of_run
from orchestration.schedules import daily_new_articles, weekly_reread


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as complete at once."""
    monkeypatch.setattr(sensors, "_SETTLED_SECONDS", 0)


def tick(folders: DataFolders, cursor: str | None = None) -> SensorResult | SkipReason:
    time.sleep(0.02)  # the clock of file systems moves in steps of some milliseconds
    context = build_sensor_context(cursor=cursor, resources={"folders": folders})
    result = sensors.inbox(context)
    assert isinstance(result, SensorResult | SkipReason)
    return result


def months(requests: list[RunRequest]) -> list[list[str] | None]:
    return [months_of_run(request.tags) for request in requests]


@pytest.mark.usefixtures("settled")
def test_the_inbox_asks_for_exactly_the_months_of_new_files(folders: DataFolders) -> None:
    assert isinstance(tick(folders), SkipReason)
    drop(folders, "a.md", article("Huyện Na Rì họp", "2023-12-18"))
    drop(folders, "b.md", article("Huyện Na Rì tổng kết", "2024-01-03"))
    drop(folders, "c.md", article("Huyện Ba Bể họp", "2022-07-01"))
    first = tick(folders)
    assert isinstance(first, SensorResult)
    assert months(first.run_requests) == [["2022-07"], ["2023-12", "2024-01"]]
    assert isinstance(tick(folders, first.cursor), SkipReason), "the same files are not asked for again"
    drop(folders, "c.md", article("Huyện Ba Bể họp", "2022-08-01"))
    second = tick(folders, first.cursor)
    assert isinstance(second, SensorResult)
    assert months(second.run_requests) == [["2022-08"]]
    assert not {r.run_key for r in first.run_requests} & {r.run_key for r in second.run_requests}


@pytest.mark.usefixtures("settled")
def test_a_file_that_keeps_its_old_time_is_new_all_the_same(folders: DataFolders, tmp_path: Path) -> None:
    first = tick(folders, "0")
    outside = tmp_path / "old.md"
    outside.write_text(article("Huyện Na Rì họp", "2023-12-18"), encoding="utf-8")
    old = dt.datetime(2020, 1, 1).timestamp()
    cursor = str(time.time_ns())
    time.sleep(0.02)
    import os

    os.utime(outside, (old, old))
    outside.rename(folders.inbox / "old.md")
    second = tick(folders, cursor)
    assert isinstance(first, SkipReason)
    assert isinstance(second, SensorResult)
    assert months(second.run_requests) == [["2023-12"]]


@pytest.mark.usefixtures("settled")
def test_a_file_that_cannot_be_taken_asks_for_the_current_month(folders: DataFolders) -> None:
    drop(folders, "empty.txt", "")
    result = tick(folders)
    assert isinstance(result, SensorResult)
    assert months(result.run_requests) == [[MONTHS.get_partition_keys()[-1]]]


def test_a_file_that_is_still_being_written_waits(folders: DataFolders) -> None:
    drop(folders, "a.md", article("Huyện Na Rì họp", "2023-12-18"))
    assert isinstance(tick(folders), SkipReason)


def record(article_id: str, day: dt.date) -> ArticleRecord:
    return ArticleRecord(
        article_id, None, None, "Huyện Na Rì họp", day, "day", "declared", "sure", "Văn bản.", "site/1"
    )


def test_collected_months_are_asked_for_once(folders: DataFolders) -> None:
    folder = Lake(folders.lake).collected
    context = build_sensor_context(resources={"folders": folders})
    assert isinstance(sensors.collected(context), SkipReason)
    list(store_articles([record("a", dt.date(2023, 7, 1)), record("b", dt.date(2023, 8, 1))], folder))
    first = sensors.collected(context).run_requests
    again = sensors.collected(context).run_requests
    assert months(first) == [["2023-07", "2023-08"]]
    assert [request.run_key for request in first] == [request.run_key for request in again]
    list(store_articles([record("c", dt.date(2023, 8, 2))], folder))
    more = sensors.collected(context).run_requests
    assert months(more) == [["2023-07", "2023-08"]]
    assert more[0].run_key != first[0].run_key


def test_new_rows_ask_for_one_build(folders: DataFolders, run: Run) -> None:
    instance: DagsterInstance = run.instance  # type: ignore[attr-defined]
    context = build_sensor_context(instance=instance)
    assert isinstance(sensors.new_rows(context), SkipReason)
    drop(folders, "a.md", article("Huyện Na Rì họp", "2023-07-18"))
    assert run("read_months", "2023-07", "2023-07").success
    first, again = sensors.new_rows(context), sensors.new_rows(context)
    assert isinstance(first, RunRequest)
    assert isinstance(again, RunRequest)
    assert first.run_key == again.run_key, "a build that fails is not started again until rows change"
    assert run("read_months", "2023-07", "2023-07").success
    assert sensors.new_rows(context).run_key != first.run_key


def test_the_week_reads_half_a_year_again(folders: DataFolders) -> None:
    sunday = dt.datetime(2024, 3, 3, 3, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    context = build_schedule_context(scheduled_execution_time=sunday, resources={"folders": folders})
    request = weekly_reread(context)
    assert months_of_run(request.tags) == ["2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03"]


def test_the_day_looks_into_the_sources() -> None:
    assert daily_new_articles.cron_schedule == "30 5 * * *"
    assert daily_new_articles.execution_timezone == "Asia/Ho_Chi_Minh"
    assert daily_new_articles.job_name == "collect_sources"


@pytest.mark.usefixtures("settled")
def test_a_large_dump_is_collected_once_and_not_read_by_the_sensor(
    folders: DataFolders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.reading.folder._LARGE", 200)
    lines = [
        json.dumps(
            {"title": f"Huyện Na Rì họp {n}", "text": "Thu ngân sách 9 tỷ đồng.", "published_on": f"2023-0{n}-01"}
        )
        for n in (4, 5, 7)
    ]
    drop(folders, "large.jsonl", "\n".join([*lines, "{broken"]))
    drop(folders, "a.md", article("Huyện Ba Bể họp", "2022-07-01"))
    ticked = tick(folders)
    assert isinstance(ticked, SensorResult)
    asked = [(request.job_name, months_of_run(request.tags)) for request in ticked.run_requests or ()]
    assert asked == [("read_months", ["2022-07"]), ("collect_sources", None)]
    assert run("collect_sources").success
    context = build_sensor_context(resources={"folders": folders})
    requests = sensors.collected(context).run_requests
    assert months(requests) == [["2023-04", "2023-05"], ["2023-07"]]
    assert run("read_months", "2022-07", "2023-07").success
    lake = Lake(folders.lake)
    assert lake.months("articles") == ["2022-07", "2023-04", "2023-05", "2023-07"]
    assert lake.read_quarantine()["file"].to_list() == ["inbox.large/large.jsonl:4"]
    again = run("collect_sources")
    [done] = again.asset_materializations_for_node("collected_articles")
    assert done.metadata["new articles"].value == 0

"""A news site with all its quirks, crawled as the schedule does it: into the lake, a second time, and after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest
import yaml
from article_files import Run
from click.testing import CliRunner
from dagster import (
    AssetKey,
    DagsterInstance,
    ExecuteInProcessResult,
    SkipReason,
    build_schedule_context,
    build_sensor_context,
)  # fmt: skip
from news_site import BAD, Site

from orchestration import sensors
from orchestration.cli import main
from orchestration.definitions import build_defs
from orchestration.folders import DataFolders
from orchestration.instance import end_orphans, set_up
from orchestration.lake import Lake
from orchestration.partitions import months_of_run
from orchestration.schedules import daily_new_articles

SOURCES = """contact: test@example.org
web: {{delay_seconds: 0, at_once: 2, retry_seconds: 0.01, recheck_pause_hours: 0, timeout_seconds: 3}}
sources:
  - name: map
    kind: sitemap
    url: '{url}/'
    articles: '/tin/|/noi-bo/'
    private_addresses: true
  - {{name: rss, kind: feed, url: '{url}/rss', private_addresses: true}}
  - name: index
    kind: pages
    index: ['{url}/tin-tuc']
    next_pages: 'page='
    articles: '/tin/'
    private_addresses: true
"""


@pytest.fixture
def site(folders: DataFolders) -> Iterator[Site]:
    """The site, declared in the sources of the data root by sitemap, feed and index pages."""
    with Site(slow_seconds=20.0) as served:
        folders.sources_file.write_text(SOURCES.format(url=served.url), encoding="utf-8")
        yield served


def crawl(folders: DataFolders, instance: DagsterInstance) -> ExecuteInProcessResult:
    """One tick of the daily schedule, and the run that it asks for."""
    tick = daily_new_articles.evaluate_tick(build_schedule_context(instance=instance))
    assert tick.run_requests is not None
    [request] = tick.run_requests
    job = build_defs({"folders": folders}).resolve_job_def(daily_new_articles.job_name)
    result = job.execute_in_process(instance=instance, tags=request.tags, raise_on_error=False)
    assert result.success
    return result


def told(result: ExecuteInProcessResult, what: str) -> object:
    """A piece of the run's metadata."""
    [done] = result.asset_materializations_for_node("collected_articles")
    return done.metadata[what].value


def take_in(folders: DataFolders, run: Run) -> list[str]:
    """One tick of the sensor of collected articles, and the runs that it asks for; returns their months."""
    asked = sensors.collected(build_sensor_context(resources={"folders": folders}))
    if isinstance(asked, SkipReason):
        return []
    months = [months_of_run(request.tags) for request in asked.run_requests]
    for of_run in months:
        assert of_run
        assert run("read_months", of_run[0], of_run[-1]).success
    return [month for of_run in months for month in of_run or ()]


def articles(folders: DataFolders) -> pl.DataFrame:
    return Lake(folders.lake).read("articles").with_columns(page=pl.col("url").str.split("/").list.last())


def test_a_site_is_crawled_by_the_schedule_and_a_second_time_for_almost_nothing(
    folders: DataFolders, site: Site, run: Run
) -> None:
    instance: DagsterInstance = run.instance  # type: ignore[attr-defined]
    first = crawl(folders, instance)
    months = take_in(folders, run)
    stored = articles(folders)
    assert set(stored["page"]) == site.articles.keys() - {"khong-ngay.html"}
    assert sorted(months) == stored["published_on"].dt.strftime("%Y-%m").unique().sort().to_list()
    assert told(first, "new articles") == stored.height
    refused = {file.split("/")[-1]: (field, reason) for file, field, reason, _ in quarantine(folders).iter_rows()}
    assert refused.keys() == {*BAD, "bi-mat.html", "khong-ngay.html"}
    assert {name: field for name, (field, _) in refused.items()} == {
        "cham.html": "time", "vong.html": "redirect", "mat.html": "answer", "to.html": "size", "bom.html": "size",
        "to-bao-truoc.html": "size", "ra-ngoai.html": "redirect", "anh.html": "content type",
        "bi-mat.html": "robots.txt", "khong-ngay.html": "published_on",
    }  # fmt: skip
    crawled = site.bytes_sent()

    site.requests.clear()
    second = crawl(folders, instance)
    assert told(second, "new articles") == 0
    assert take_in(folders, run) == []
    again = dict(site.asked())
    assert not again.keys() & {f"/tin/{name}" for name in BAD if name != "cham.html"}, "refused for good"
    assert site.bytes_sent() < crawled / 1000, "what did not change is answered with 304"
    assert "| map | 0 |" in str(told(second, "crawls"))

    site.changed = True
    crawl(folders, instance)
    assert take_in(folders, run) == ["2024-05"], "exactly the month that changed"
    both = articles(folders).filter(pl.col("page") == "doi.html")
    assert sorted("59 tỷ" in text for text in both["text"]) == [False, True], "both versions are kept"
    assert run("whole_line", asset_selection=[AssetKey("same_reports")]).success
    pages = dict(articles(folders).select("article_id", "page").iter_rows())
    groups = Lake(folders.lake).read("same_reports").select("article_id", "report_id", "relation").iter_rows()
    linked = {(pages[one], pages[first_of]): relation for one, first_of, relation in groups if relation != "original"}
    assert linked == {("doi.html", "doi.html"): "revised", ("trung-lap.html", "a3.html"): "near"}


def quarantine(folders: DataFolders) -> pl.DataFrame:
    return Lake(folders.lake).read_quarantine()


def test_the_command_collects_with_a_bar_and_publishes(folders: DataFolders, site: Site) -> None:
    declared = SOURCES.format(url=site.url)
    sources = yaml.safe_load(declared)
    sources["sources"] = [source for source in sources["sources"] if source["name"] == "rss"]
    folders.sources_file.write_text(yaml.safe_dump(sources), encoding="utf-8")
    call = ["--home", folders.home, "collect"]
    done = CliRunner().invoke(main, call)
    assert done.exit_code == 0, done.output
    assert f"published: {folders.published}" in done.output
    assert "rss" in done.stderr
    assert "6/6" in done.stderr
    assert "6 new or changed" in " ".join(done.stderr.split())
    with duckdb.connect(str(folders.published), read_only=True) as connection:
        assert connection.sql("select count(*) from dim_article").fetchall() == [(6,)]
    again = CliRunner().invoke(main, call)
    assert "nothing new in the sources" in again.output
    folders.sources_file.write_text("sources: []\n", encoding="utf-8")
    off = CliRunner().invoke(main, call)
    assert off.exit_code == 1
    assert "no source is switched on" in off.output


SCHEDULED = """
from dagster import DagsterInstance, build_schedule_context
from orchestration.definitions import build_defs
from orchestration.folders import DataFolders
from orchestration.instance import set_up
from orchestration.schedules import daily_new_articles

folders = DataFolders.from_environment()
set_up(folders)
with DagsterInstance.get() as instance:
    [request] = daily_new_articles.evaluate_tick(build_schedule_context(instance=instance)).run_requests
    build_defs().resolve_job_def(daily_new_articles.job_name).execute_in_process(instance=instance, tags=request.tags)
"""


def test_a_crawl_that_is_killed_goes_on_where_it_was(
    folders: DataFolders, site: Site, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pause = 0.05
    process = subprocess.Popen(
        [sys.executable, "-c", SCHEDULED], cwd=Path(__file__).parents[2], start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while sum(path.startswith("/tin/a") for path in site.asked()) < 9:
        assert process.poll() is None, "the crawl ended before it could be killed"
        assert time.monotonic() < deadline, "the crawl did not begin"
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    site.pause = 0
    monkeypatch.setenv("DAGSTER_HOME", str(set_up(folders)))
    with DagsterInstance.get() as instance:
        assert len(end_orphans(instance)) == 1, "the killed run is known as failed"
        crawl(folders, instance)
    take_in(folders, run)
    assert set(articles(folders)["page"]) == site.articles.keys() - {"khong-ngay.html"}, "nothing is lost"
    assert articles(folders)["article_id"].is_unique().all()
    whole = Counter(request.path for request in site.requests if request.status == 200)
    twice = {path for path, times in whole.items() if times > 1}
    pages = {
        path for path in twice if path.startswith("/tin/a") and path != "/tin/a5.html"
    }  # a5: by a redirect as well
    assert len(pages) <= 2, "only what was under way when it was killed is transferred again"
    assert not {path for path in twice if path.startswith("/sitemap-")}, "nor are the sitemaps"

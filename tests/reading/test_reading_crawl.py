"""Crawls of the news site: what is taken, what is refused and why, what is not asked twice, going on after a kill."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from news_site import BAD, MEGABYTE, Site

from extract.reading import ArticleRecord, Quarantined
from extract.reading.collect import Collection, collect, refusals
from extract.reading.sources import Sources
from extract.reading.store import store_articles

Declare = Callable[..., Sources]


def run(
    sources: Sources, state: Path, commit: bool = True
) -> tuple[Collection, dict[str, ArticleRecord], dict[str, Quarantined]]:
    """One collection: the articles by path of their page, the refusals by path or name."""
    collection = collect(sources, state)
    taken, refused = {}, {}
    for item in collection:
        if isinstance(item, Quarantined):
            refused["/" + item.file.split("/", 3)[-1] if "//" in item.file else item.file] = item
        else:
            taken["/" + str(item.url).split("/", 3)[-1]] = item
    if commit:
        collection.commit()
    return collection, taken, refused


def sitemap(site: Site, leave_out: str = "cham") -> str:
    """A source of all pages of the site but those left out: by default the one that would take its time."""
    return f"name: map, kind: sitemap, url: '{site.url}/', articles: '/tin/|/noi-bo/', not_articles: '{leave_out}'"


def test_every_article_of_the_sitemaps_is_taken_and_the_rest_refused_with_reasons(
    site: Site, declare: Declare, tmp_path: Path
) -> None:
    everything = sitemap(site, leave_out="nothing") + ", timeout_seconds: 4"
    collection, taken, refused = run(declare(everything), tmp_path / "state")
    expected = {f"/tin/{slug}" for slug in site.articles} - {"/tin/khong-ngay.html", "/tin/moi-tren-rss.html"}
    assert taken.keys() == expected
    reasons = {
        "/noi-bo/bi-mat.html": ("robots.txt", "does not allow"), "/tin/cham.html": ("time", "not done after 4 s"),
        "/tin/vong.html": ("redirect", "circle"), "/tin/mat.html": ("answer", "404"), "/tin/to.html": ("size", "limit"),
        "/tin/to-bao-truoc.html": ("size", "100 MB"), "/tin/bom.html": ("size", "gzip bomb"),
        "/tin/ra-ngoai.html": ("redirect", "example.org"), "/tin/anh.html": ("content type", "image/jpeg"),
        "/tin/khong-ngay.html": ("published_on", "no date"),
    }  # fmt: skip
    assert refused.keys() == reasons.keys()
    for path, (field, words) in reasons.items():
        assert refused[path].field == field
        assert words in refused[path].reason
        assert refused[path].remedy
    assert {item.file for item in refusals(tmp_path / "state")} == {item.file for item in refused.values()}
    assert site.asked()["/noi-bo/bi-mat.html"] == 0
    assert site.asked()["/tin/loi-tam.html"] == 2, "500, then 200"
    assert site.asked()["/tin/a5.html"] == 2, "once as itself and once as the target of chuyen.html"
    assert all("test@example.org" in request.agent for request in site.requests)
    assert sum(collection.months.values()) == len(expected)


def test_large_bodies_and_bombs_are_not_transferred_or_unpacked(site: Site, declare: Declare, tmp_path: Path) -> None:
    names = ", ".join(f"'{site.url}/tin/{slug}'" for slug in ("to.html", "to-bao-truoc.html", "bom.html"))
    entry = f"name: big, kind: pages, urls: [{names}], max_megabytes: 1"
    collection, taken, refused = run(declare(entry), tmp_path / "state")
    assert not taken
    assert {item.field for item in refused.values()} == {"size"}
    assert collection.crawls["big"].bytes_received < 2 * MEGABYTE


def test_articles_are_whole_and_clean(site: Site, declare: Declare, tmp_path: Path) -> None:
    taken = run(declare(sitemap(site)), tmp_path / "state")[1]
    for path, article in taken.items():
        lines = article.text.splitlines()
        assert lines[0].startswith("Sáng "), path
        assert lines[-2].startswith("Kết luận hội nghị"), path
        assert lines[-1] == "Hoàng Văn", path
        for noise in ("Trang chủ", "cỡ chữ", "lượt xem", "99 tỷ", "5592676", "Giấy phép", "Tin liên quan", "08:30"):
            assert noise not in article.text, (path, noise)
        assert article.title.startswith("Mẫu Sơn"), path
        assert article.publisher == "127.0.0.1", path
        assert article.published_on.isoformat() == site.articles[path.removeprefix("/tin/")].day
    assert "Thu ngân sách | tỷ đồng | 22,4\nLương thực có hạt | tấn | 18.250" in taken["/tin/bang.html"].text
    assert taken["/tin/chi-co-dong-ngay.html"].date_source == "dateline"
    assert {taken[f"/tin/{slug}"].date_source for slug in ("a1.html", "1258.html", "sai-bang-ma.html")} == {"meta"}


def test_the_second_crawl_transfers_almost_nothing_and_brings_only_what_changed(
    site: Site, declare: Declare, tmp_path: Path
) -> None:
    sources = declare(sitemap(site), f"name: rss, kind: feed, url: '{site.url}/rss'")
    first, taken, _ = run(sources, tmp_path / "state")
    site.requests.clear()
    second, again, refused = run(sources, tmp_path / "state")
    assert again == {}
    assert refused == {}
    assert site.bytes_sent() == 0, "all is answered with 304"
    assert second.crawls["map"].unchanged == len(taken) + 1, "the undated page as well"
    assert not {f"/tin/{slug}" for slug in BAD} & site.asked().keys(), "refused for good"
    site.changed = True
    third, changed, _ = run(sources, tmp_path / "state")
    assert changed.keys() == {"/tin/doi.html"}
    assert "59 tỷ đồng" in changed["/tin/doi.html"].text
    assert changed["/tin/doi.html"].article_id != taken["/tin/doi.html"].article_id, "both versions are articles"
    assert dict(third.months) == {"2024-05": 1}, "exactly the month that changed"
    assert first.crawls["map"].bytes_received > 20 * third.crawls["map"].bytes_received


def test_sources_of_one_site_share_its_pages(site: Site, declare: Declare, tmp_path: Path) -> None:
    sources = declare(
        sitemap(site), f"name: rss, kind: feed, url: '{site.url}/rss'",
        f"name: index, kind: pages, index: ['{site.url}/tin-tuc'], next_pages: 'page=', articles: '/tin/'",
    )  # fmt: skip
    taken = run(sources, tmp_path / "state")[1]
    asked = site.asked()
    assert asked["/robots.txt"] == 1
    assert max(asked[f"/tin/{slug}"] for slug in site.articles if slug not in ("a5.html", "loi-tam.html")) == 1
    assert {path for path in asked if path.startswith("/tin-tuc")} == {
        "/tin-tuc", "/tin-tuc?page=2", "/tin-tuc?page=3", "/tin-tuc?page=4",
    }  # fmt: skip
    only_in_feed = taken["/tin/moi-tren-rss.html"]
    assert (only_in_feed.published_on.isoformat(), only_in_feed.date_source) == ("2024-09-10", "feed")


def test_what_was_not_committed_comes_again_without_the_network(site: Site, declare: Declare, tmp_path: Path) -> None:
    sources = declare(f"name: rss, kind: feed, url: '{site.url}/rss', recheck_days: 0")
    first = run(sources, tmp_path / "state", commit=False)[1]
    site.requests.clear()
    second = run(sources, tmp_path / "state")[1]
    assert second == first
    assert len(first) == 6
    assert not [path for path in site.asked() if path.startswith("/tin/")]
    assert run(sources, tmp_path / "state")[1] == {}


def test_an_undated_page_waits_until_a_date_is_given(site: Site, declare: Declare, tmp_path: Path) -> None:
    url = f"{site.url}/tin/khong-ngay.html"
    entry = f"name: one, kind: pages, urls: ['{url}'], recheck_days: 0"
    assert run(declare(entry), tmp_path / "state")[2]["/tin/khong-ngay.html"].field == "published_on"
    assert run(declare(entry), tmp_path / "state")[2] == {}, "told once"
    assert [item.field for item in refusals(tmp_path / "state")] == ["published_on"], "and listed until it is dated"
    (tmp_path / "dates.csv").write_text(f"origin,published_on\n{url},2024-02-02\n", encoding="utf-8")
    taken = run(declare(entry), tmp_path / "state")[1]["/tin/khong-ngay.html"]
    assert (taken.published_on.isoformat(), taken.date_source) == ("2024-02-02", "declared")
    assert list(refusals(tmp_path / "state")) == []
    assert site.asked()["/tin/khong-ngay.html"] == 1


def test_pages_are_read_again_from_the_archive_alone(site: Site, declare: Declare, tmp_path: Path) -> None:
    taken = run(declare(sitemap(site)), tmp_path / "state")[1]
    site.requests.clear()
    folder = next((tmp_path / "state").glob("site-*")) / "warc"
    again = run(declare(f"name: old, kind: warc, path: '{folder}', articles: '/tin/a'"), tmp_path / "other")[1]
    assert not site.requests
    assert {path: (a.article_id, a.text, a.published_on) for path, a in again.items()} == {
        path: (a.article_id, a.text, a.published_on) for path, a in taken.items() if path.startswith("/tin/a")
    }


def test_robots_in_trouble_stops_the_site_and_nothing_is_lost(site: Site, declare: Declare, tmp_path: Path) -> None:
    site.robots_down = True
    sources = declare(sitemap(site))
    _, taken, refused = run(sources, tmp_path / "state")
    assert not taken
    assert [item.field for item in refused.values()] == ["robots.txt"]
    assert {request.path for request in site.requests} == {"/robots.txt"}
    site.robots_down = False
    assert len(run(sources, tmp_path / "state")[1]) == 25


def test_private_addresses_are_not_asked_unless_the_source_says_so(
    site: Site, declare: Declare, tmp_path: Path
) -> None:
    by_name = site.url.replace("127.0.0.1", "localhost")
    for number, url in enumerate((site.url, by_name)):
        entry = f"name: inner, kind: feed, url: '{url}/rss', private_addresses: false"
        _, taken, refused = run(declare(entry), tmp_path / str(number))
        assert not taken
        assert "not a public address" in next(iter(refused.values())).reason
    assert not site.requests


def test_a_host_that_is_down_is_left_alone_and_asked_in_the_next_run(declare: Declare, tmp_path: Path) -> None:
    with Site() as site:
        port = site.port
        sources = declare(f"name: rss, kind: feed, url: '{site.url}/rss', recheck_days: 0, max_pages: 2")
        assert len(run(sources, tmp_path / "state")[1]) == 2
    _, taken, refused = run(sources, tmp_path / "state")
    assert not taken
    assert {item.field for item in refused.values()} == {"answer"}
    with Site(port=port):
        assert len(run(sources, tmp_path / "state")[1]) == 2
        assert len(run(sources, tmp_path / "state")[1]) == 2


KILLED = """
import os, signal, sys
from pathlib import Path
from extract.reading.collect import collect
from extract.reading.sources import load_sources

def progress(report):
    if report.asked >= 9:
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    list(collect(load_sources(Path(sys.argv[1])), Path(sys.argv[2]), progress=progress))
"""


@pytest.mark.parametrize("at_once", [1, 3])
def test_a_killed_crawl_goes_on_where_it_was(site: Site, declare: Declare, tmp_path: Path, at_once: int) -> None:
    site.pause = 0.01
    sources = declare(sitemap(site, "(cham|to|bom).*html") + f", at_once: {at_once}, recheck_days: 0")
    program = tmp_path / "killed.py"
    program.write_text(KILLED, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, str(program), str(tmp_path / "sources.yaml"), str(tmp_path / "state")],
        cwd=Path(__file__).parents[2], env={"PYTHONPATH": str(Path(__file__).parents[2])}, check=False,
    )  # fmt: skip
    assert ended.returncode == -9
    before = site.asked()
    assert 0 < sum(before[f"/tin/{slug}"] for slug in site.articles) < len(site.articles)
    _, taken, _ = run(sources, tmp_path / "state")
    assert taken.keys() == {f"/tin/{slug}" for slug in site.articles} - {
        "/tin/khong-ngay.html",
        "/tin/moi-tren-rss.html",
    }
    twice = {
        path
        for path, times in site.asked().items()
        if times > 1 and path.startswith("/tin/a") and path != "/tin/a5.html"
    }
    assert len(twice) <= at_once, "only what was under way when the crawl was killed is asked again"
    assert site.asked()["/sitemap-2023.xml"] == 1


def test_collected_articles_are_stored_and_read_back_as_they_were(site: Site, declare: Declare, tmp_path: Path) -> None:
    from extract.reading import read_folder

    collection = collect(declare(sitemap(site)), tmp_path / "state")
    seen: list[ArticleRecord] = []

    def watched() -> object:
        for item in collection:
            if isinstance(item, ArticleRecord):
                seen.append(item)
            yield item

    refused = list(store_articles(watched(), tmp_path / "collected"))  # type: ignore[arg-type]
    collection.commit()
    assert len(refused) == 9
    back = list(read_folder(tmp_path / "collected"))
    assert {item.origin: item for item in back if isinstance(item, ArticleRecord)} == {a.origin: a for a in seen}
    assert len(back) == len(seen)
    assert {path.parent.name for path in (tmp_path / "collected").rglob("*.parquet")} == set(collection.months)


def test_the_command_collects_with_a_bar_and_tells_what_it_did(site: Site, declare: Declare, tmp_path: Path) -> None:
    declare(f"name: rss, kind: feed, url: '{site.url}/rss'", sitemap(site, leave_out="cham|to"))
    command = [sys.executable, "-m", "extract.reading", str(tmp_path / "sources.yaml")]
    folders = ["--state", str(tmp_path / "state"), "--into", str(tmp_path / "out")]
    done = subprocess.run(command + folders, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert "rss: 6 found, 6 asked, 6 new or changed, 0 unchanged, 0 refused, 0 failed" in done.stdout
    assert "26 articles in" in done.stdout
    assert "bom.html: size: larger than the limit" in " ".join(done.stderr.split())
    again = subprocess.run(command + folders, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert "0 articles in" in again.stdout
    (tmp_path / "sources.yaml").write_text("sources: 5\n", encoding="utf-8")
    wrong = subprocess.run(
        command + folders, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False
    )
    assert wrong.returncode == 1
    assert "sources.yaml:1: sources: 5 is not of type array" in wrong.stderr

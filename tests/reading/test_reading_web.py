"""Pieces of the crawler: addresses that may be asked, listings in odd shapes, the pace."""

import gzip
import re
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from extract.reading.web.client import NotFetchedError, Unpacker, normal_address
from extract.reading.web.connect import is_public
from extract.reading.web.ledger import Ledger
from extract.reading.web.listings import Link, read_feed, read_index, read_sitemap
from extract.reading.web.pace import Pace, StoppedError


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.20.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("::ffff:8.8.8.8", True),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        ("https://A.vn:443/x?utm_source=rss&p=1#top", "", "https://a.vn/x?p=1"),
        ("../tin/b.html", "https://a.vn/muc/trang.html", "https://a.vn/tin/b.html"),
        ("//b.vn/x", "https://a.vn/", "https://b.vn/x"), ("http://[broken", "", ""),
    ],
)  # fmt: skip
def test_normal_addresses(url: str, base: str, expected: str) -> None:
    assert normal_address(url, base) == expected


def test_atom_feed_with_dates_of_publication_and_change() -> None:
    feed = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry>
    <link href="/tin/1.html"/><published>2024-01-09T18:30:00Z</published><updated>2024-01-12T01:00:00+07:00</updated>
    </entry></feed>"""
    assert read_feed(feed.encode(), "https://a.vn/atom").links == [
        Link("https://a.vn/tin/1.html", "2024-01-10", "2024-01-11T18:00:00Z")
    ]


def test_a_page_that_names_its_feeds_leads_to_them() -> None:
    page = (
        '<html><head><link rel="alternate" type="application/rss+xml" href="/rss/tin.rss"></head><body>x</body></html>'
    )
    assert read_feed(page.encode(), "https://a.vn/").listings == [Link("https://a.vn/rss/tin.rss")]
    with pytest.raises(NotFetchedError, match="no RSS or Atom feed"):
        read_feed(b"<html><body>x</body></html>", "https://a.vn/")


def test_sitemaps_of_news_packed_as_text_and_torn() -> None:
    news = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://a.vn/1 </loc><news:news>
    <news:publication_date>2024-01-10T08:30:00+07:00</news:publication_date></news:news><lastmod>2024-02-01</lastmod></url>
    <url><loc>https://a.vn/2</loc><lastmod>soon</lastmod></url></urlset>"""
    expected = [Link("https://a.vn/1", "2024-01-10", "2024-02-01T00:00:00Z"), Link("https://a.vn/2")]
    assert read_sitemap(news.encode(), "https://a.vn/s.xml").links == expected
    assert read_sitemap(gzip.compress(news.encode()), "https://a.vn/s.xml.gz").links == expected
    assert read_sitemap(news[:-20].encode(), "https://a.vn/s.xml").links[0] == expected[0]
    assert read_sitemap(b"https://a.vn/1\nhttps://a.vn/2\n", "https://a.vn/s.txt").links == [
        Link("https://a.vn/1"), Link("https://a.vn/2"),
    ]  # fmt: skip
    with pytest.raises(NotFetchedError, match="no sitemap"):
        read_sitemap(b"<html><body>404</body></html>", "https://a.vn/s.xml")


def test_a_sitemap_cannot_read_files_of_this_machine() -> None:
    attack = """<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>
    <urlset><url><loc>https://a.vn/&f;</loc></url></urlset>"""
    assert read_sitemap(attack.encode(), "https://a.vn/s.xml").links == [Link("https://a.vn/")]


def test_index_pages_know_articles_and_further_pages() -> None:
    links = '<a href="t1.html">1</a><a href="?page=2">2</a><a href="mailto:a@b">m</a>'
    page = f'<html><head><base href="/x/"></head><body>{links}'
    found = read_index(page.encode(), "https://a.vn/tin", re.compile("page="))
    assert found.links == [Link("https://a.vn/x/t1.html")]
    assert found.listings == [Link("https://a.vn/x/?page=2")]


def test_nothing_is_unpacked_beyond_the_limit() -> None:
    bomb = gzip.compress(b"0" * 10_000_000)
    with pytest.raises(NotFetchedError, match="gzip bomb"):
        Unpacker(1000)(bomb)
    unpack = Unpacker(20_000_000)
    assert len(unpack(bomb[:-10])) <= 10_000_000
    with pytest.raises(NotFetchedError, match="breaks off"):
        unpack.finish()


def test_the_pace_of_a_host_is_kept_by_all_who_ask_it() -> None:
    pace, running, most, begun = Pace(), 0, 0, []
    lock = threading.Lock()

    def ask() -> None:
        nonlocal running, most
        with pace.turn("a.vn", 0.02, 2, lambda: False):
            with lock:
                running += 1
                most = max(most, running)
                begun.append(time.monotonic())
            time.sleep(0.05)
            with lock:
                running -= 1

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most <= 2
    begun.sort()
    assert min(later - earlier for earlier, later in pairwise(begun)) >= 0.019


def test_a_stop_ends_the_waiting() -> None:
    pace = Pace()
    pace.hold("a.vn", 3600)
    with pytest.raises(StoppedError), pace.turn("a.vn", 0, 1, lambda: True):
        pass


def test_a_ledger_keeps_all_of_a_transaction_or_nothing(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        with pytest.raises(ZeroDivisionError), ledger.together():
            ledger.moved("https://a.vn/0", "https://a.vn/1", "s", 1 / 0 if ledger.find("https://a.vn/1", "s") else 0)
        assert ledger.page("https://a.vn/1") is None
        with ledger.together():
            assert ledger.find("https://a.vn/1", "s")
            assert not ledger.find("https://a.vn/1", "s", "2024-01-02"), "known, and dated now"
    with Ledger(tmp_path) as ledger:
        known = ledger.page("https://a.vn/1")
        assert known is not None
        assert known.listed_on == "2024-01-02"

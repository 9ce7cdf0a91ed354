"""Manners that need a server of a certain mood: rests that it asks for, names that lead elsewhere, what is kept."""

import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from news_site import WITHOUT_TAG, Site

from extract.reading import ArticleRecord, Quarantined
from extract.reading.collect import Collection, collect
from extract.reading.sources import Sources
from extract.reading.web import connect

Declare = Callable[..., Sources]


def run(sources: Sources, state: Path) -> tuple[Collection, list[ArticleRecord], list[Quarantined]]:
    collection = collect(sources, state)
    items = list(collection)
    collection.commit()
    return (
        collection,
        [item for item in items if isinstance(item, ArticleRecord)],
        [item for item in items if isinstance(item, Quarantined)],
    )


def answers(site: Site, monkeypatch: pytest.MonkeyPatch, page: str, *first: tuple[int, dict[str, str], bytes]) -> None:
    """Lets the site give these answers for a page before its own."""
    waiting, usual = list(first), site.answer

    def answer(path: str) -> tuple[int, dict[str, str], bytes]:
        return waiting.pop(0) if path.endswith(page) and waiting else usual(path)

    monkeypatch.setattr(site, "answer", answer)


def times(site: Site, page: str) -> list[float]:
    return [request.at for request in site.requests if request.path.endswith(page)]


def test_a_rest_that_the_server_asks_for_is_kept(
    site: Site, declare: Declare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(site, monkeypatch, "a1.html", (429, {"Retry-After": "1"}, b""))
    _, taken, _ = run(declare(f"name: one, kind: pages, urls: ['{site.url}/tin/a1.html']"), tmp_path / "state")
    assert len(taken) == 1
    first, second = times(site, "a1.html")
    assert second - first >= 0.95


def test_pauses_grow_and_tries_end(
    site: Site, declare: Declare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(site, monkeypatch, "a1.html", *[(503, {}, b"")] * 3)
    entry = f"name: one, kind: pages, urls: ['{site.url}/tin/a1.html'], retry_seconds: 0.3"
    _, taken, refused = run(declare(entry), tmp_path / "state")
    assert not taken
    assert "503, 3 times" in refused[0].reason
    first, second, third = times(site, "a1.html")
    assert 0.2 < second - first < third - second
    assert len(run(declare(entry), tmp_path / "state")[1]) == 1, "asked again in the next run"


def test_a_page_without_a_tag_is_asked_by_its_day(site: Site, declare: Declare, tmp_path: Path) -> None:
    entry = f"name: one, kind: pages, urls: ['{site.url}/tin/{WITHOUT_TAG}']"
    assert len(run(declare(entry), tmp_path / "state")[1]) == 1
    site.requests.clear()
    collection, taken, _ = run(declare(entry), tmp_path / "state")
    assert not taken
    assert [(request.status, request.bytes_sent) for request in site.requests] == [(304, 0)]
    assert collection.crawls["one"].unchanged == 1


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Names and what they resolve to, one answer after the other; loopback counts as public but for 127.0.0.2."""
    known: dict[str, list[str]] = {"127.0.0.1": ["127.0.0.1"]}
    usual = socket.getaddrinfo

    def resolve(host: str, *rest: Any, **options: Any) -> Any:
        found = known.get(host)
        if found is None:
            return usual(host, *rest, **options)
        return usual(found.pop(0) if len(found) > 1 else found[0], *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(connect, "is_public", lambda address: address != "127.0.0.2")
    return known


def public_pages(site: Site, page: str, hosts: str) -> str:
    return f"name: one, kind: pages, urls: ['{site.url}/tin/{page}'], hosts: [{hosts}], private_addresses: false"


def test_a_redirect_to_a_name_that_leads_inside_is_not_followed(
    site: Site, declare: Declare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]
) -> None:
    names["inner.example.vn"] = ["127.0.0.2"]
    answers(site, monkeypatch, "a1.html", (302, {"Location": "http://inner.example.vn/tin/a2.html"}, b""))
    _, taken, refused = run(declare(public_pages(site, "a1.html", "inner.example.vn")), tmp_path / "state")
    assert not taken
    assert [item.field for item in refused] == ["address"]
    assert "inner.example.vn leads to 127.0.0.2, which is not a public address" in refused[0].reason


def test_a_name_is_checked_at_each_connection_and_not_looked_up_twice(
    site: Site, declare: Declare, tmp_path: Path, names: dict[str, list[str]]
) -> None:
    names["a.example.vn"] = ["127.0.0.1", "127.0.0.2"]
    by_name = site.url.replace("127.0.0.1", "a.example.vn")
    pages = f"'{by_name}/tin/a1.html', '{by_name}/tin/a3.html'"
    entry = f"name: one, kind: pages, urls: [{pages}], private_addresses: false, at_once: 1"
    _, taken, refused = run(declare(entry), tmp_path / "state")
    assert len(taken) == 2, "one connection, to the address that was checked"
    assert not refused
    _, _, refused = run(declare(entry.replace("name: one", "name: two")), tmp_path / "other")
    assert {item.field for item in refused} <= {"address", "robots.txt"}
    assert "127.0.0.2" in refused[0].reason


def test_another_host_in_trouble_closes_only_the_pages_that_lead_there(
    site: Site, declare: Declare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]
) -> None:
    names["gone.example.vn"] = ["127.0.0.1"]  # and nobody listens on its port
    answers(site, monkeypatch, "a1.html", (302, {"Location": "http://gone.example.vn:9/tin/a1.html"}, b""))
    pages = ", ".join(f"'{site.url}/tin/a{number}.html'" for number in (1, 3, 4))
    entry = f"name: one, kind: pages, urls: [{pages}], hosts: ['gone.example.vn'], at_once: 1"
    sources = declare(entry)
    [source] = sources.enabled
    hosts = (*source.hosts, "gone.example.vn:9")  # type: ignore[union-attr]
    sources = replace(sources, enabled=(replace(source, hosts=hosts),))  # type: ignore[type-var]
    collection, taken, refused = run(sources, tmp_path / "state")
    assert len(taken) == 2
    assert [item.field for item in refused] == ["robots.txt"]
    assert "that of gone.example.vn:9 could not be read" in refused[0].reason
    assert collection.crawls["one"].failed == 1, "it is tried again"


def test_pages_on_a_private_address_stay_due_until_the_source_allows_it(
    site: Site, declare: Declare, tmp_path: Path
) -> None:
    entry = f"name: one, kind: pages, urls: ['{site.url}/tin/a1.html'], private_addresses: "
    _, taken, refused = run(declare(entry + "false"), tmp_path / "state")
    assert not taken
    assert "set private_addresses: true" in refused[0].remedy
    assert len(run(declare(entry + "true"), tmp_path / "state")[1]) == 1

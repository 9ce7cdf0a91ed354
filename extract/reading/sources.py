"""The sources file: where articles are to be had, and how politely.

Belongs here: what a source is, with its defaults. Does not belong here: checking the YAML (``sources_file``), fetching
(``web/``) or opening files (``folder``, ``dump``, ``archive``).
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from extract.reading.dates import read_declared
from extract.reading.sources_file import SourcesError, load_checked

__all__ = ["DumpSource", "FolderSource", "Source", "Sources", "SourcesError", "WarcSource", "WebSource", "load_sources"]


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder of article files of any kind that we read; with ``only_large``, its large dumps and archives alone."""

    name: str
    path: Path
    only_large: bool = False
    kind: str = "folder"


@dataclass(frozen=True, slots=True)
class DumpSource:
    """One JSON Lines, CSV or Parquet file, or all of them in a folder. ``columns`` maps our fields to the dump's."""

    name: str
    path: Path
    columns: dict[str, str] | None = None
    kind: str = "dump"


@dataclass(frozen=True, slots=True)
class WarcSource:
    """One web archive, or all of them in a folder. ``hosts`` are host names or their ends (``vn``); empty takes all."""

    name: str
    path: Path
    hosts: tuple[str, ...] = ()
    articles: re.Pattern[str] | None = None
    not_articles: re.Pattern[str] | None = None
    kind: str = "warc"


@dataclass(frozen=True, slots=True)
class WebSource:
    """A site that is crawled: by ``feed``, ``sitemap`` or ``pages``. Times in seconds, sizes in megabytes (2**20)."""

    name: str
    kind: str
    urls: tuple[str, ...]
    hosts: tuple[str, ...]
    user_agent: str
    index: tuple[str, ...] = ()
    next_pages: re.Pattern[str] | None = None
    max_index_pages: int = 50
    publisher: str | None = None
    articles: re.Pattern[str] | None = None
    not_articles: re.Pattern[str] | None = None
    since: dt.date | None = None
    delay_seconds: float = 2.0
    at_once: int = 1
    max_pages: int = 2000
    max_megabytes: float = 8.0
    timeout_seconds: float = 60.0
    recheck_days: float = 3.0
    recheck_pause_hours: float = 6.0
    retry_seconds: float = 2.0
    private_addresses: bool = False

    def is_article(self, url: str) -> bool:
        """True where the address belongs to an allowed host and fits the patterns."""
        if host_and_port(url) not in self.hosts:
            return False
        if self.not_articles and self.not_articles.search(url):
            return False
        return self.articles is None or self.articles.search(url) is not None


Source = FolderSource | DumpSource | WarcSource | WebSource


@dataclass(frozen=True, slots=True)
class Sources:
    """All enabled sources in file order. ``dates`` gives the day of articles that do not tell it, by origin or url."""

    enabled: tuple[Source, ...]
    switched_off: int
    dates: dict[str, str] = field(default_factory=dict)


def load_sources(path: Path) -> Sources:
    """The sources declared in a YAML file; relative paths in it start at the file's folder. Raises SourcesError."""
    loaded = load_checked(path)
    entries = [entry for entry in loaded["sources"] if entry.get("enabled", True)]
    return Sources(
        enabled=tuple(_build(entry, loaded, path.parent) for entry in entries),
        switched_off=len(loaded["sources"]) - len(entries),
        dates=_read_dates(path.parent / loaded["dates"]) if "dates" in loaded else {},
    )


def host_and_port(url: str) -> str:
    """``host`` or ``host:port`` (a port other than 80 and 443) of an address, lower case; empty where it is broken."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".")
    return host if port in (None, 80, 443) else f"{host}:{port}"


def _build(entry: dict[str, Any], document: dict[str, Any], base: Path) -> Source:
    kind, name = entry["kind"], entry["name"]
    patterns: dict[str, Any] = {
        key: re.compile(entry[key]) for key in ("articles", "not_articles", "next_pages") if key in entry
    }
    if kind == "folder":
        return FolderSource(name, base / entry["path"])
    if kind == "dump":
        return DumpSource(name, base / entry["path"], entry.get("columns"))
    if kind == "warc":
        return WarcSource(name, base / entry["path"], tuple(entry.get("hosts", ())), **patterns)
    urls = tuple(entry.get("urls", ())) or ((entry["url"],) if "url" in entry else ())
    index = tuple(entry.get("index", ()))
    settings = {**document.get("web", {}), **entry}
    plain = {item.name for item in fields(WebSource)} - {"name", "kind", "urls", "hosts", "index", "since", *patterns}
    return WebSource(
        name=name, kind=kind, urls=urls, index=index,
        hosts=_with_www([host_and_port(url) for url in (*urls, *index)] + entry.get("hosts", [])),
        user_agent=f"sohuyen/0.1 (+{document['contact']})",
        since=dt.date.fromisoformat(entry["since"]) if "since" in entry else None,
        **patterns, **{key: value for key, value in settings.items() if key in plain},
    )  # fmt: skip


def _with_www(hosts: list[str]) -> tuple[str, ...]:
    """Each host with and without ``www.``."""
    both: dict[str, None] = {}
    for host in hosts:
        bare = host.removeprefix("www.")
        both.update({host: None, bare: None})
        if not bare.replace(".", "").replace(":", "").isdigit():  # an IP address has no other name
            both[f"www.{bare}"] = None
    return tuple(both)


def _read_dates(path: Path) -> dict[str, str]:
    """``origin,published_on`` rows of the dates file; a file that is not there yet is empty. Raises SourcesError."""
    if not path.exists():
        return {}
    dates: dict[str, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not {"origin", "published_on"} <= set(reader.fieldnames or ()):
            raise SourcesError(f"{path}:1: columns: the first line must be 'origin,published_on'")
        for row in reader:
            try:
                read_declared(row["published_on"])
            except ValueError as error:
                raise SourcesError(f"{path}:{reader.line_num}: published_on: {error}; write YYYY-MM-DD") from error
            dates[row["origin"]] = row["published_on"]
    return dates

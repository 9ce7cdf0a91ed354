"""Which articles a source announces: its feeds, sitemaps or index pages, as far as they changed.

Belongs here: walking listings and noting the addresses in the ledger, in one transaction with the listing's own state.
Does not belong here: reading one listing (``listings``) or fetching articles (``crawl``).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from extract.reading.records import Quarantined
from extract.reading.sources import WebSource
from extract.reading.web.asking import Asking, closes_the_source
from extract.reading.web.client import NotFetchedError, normal_address
from extract.reading.web.ledger import Ledger
from extract.reading.web.listings import Link, Listing, read_feed, read_index, read_sitemap

_MOST_LISTINGS = 5000

_Reader = Callable[[bytes, str], Listing]


class Discovery:
    """One look at the listings of a source. ``found`` counts new addresses, ``problems`` are those of the listings."""

    def __init__(self, source: WebSource, ledger: Ledger, asking: Asking, stopped: Callable[[], bool]) -> None:
        self.found = 0
        self.problems: list[Quarantined] = []
        self._source, self._ledger, self._asking, self._stopped = source, ledger, asking, stopped

    def run(self) -> None:
        """Looks at all listings. Raises NotFetchedError where robots.txt cannot be had: nothing may be asked then."""
        source = self._source
        if source.kind == "feed":
            self._walk_tree(list(source.urls), read_feed)
        elif source.kind == "sitemap":
            self._walk_tree(self._sitemaps(), read_sitemap)
        else:
            self._note([Link(normal_address(url)) for url in source.urls], by_hand=True)
            self._walk_index([normal_address(url) for url in source.index])

    def _sitemaps(self) -> list[str]:
        """The sitemaps of the source; a front page stands for those that robots.txt names, or else /sitemap.xml."""
        found: list[str] = []
        for url in self._source.urls:
            if url.rstrip("/").count("/") > 2:
                found.append(url)
            else:
                found += self._asking.robots.sitemaps(url) or [normal_address("/sitemap.xml", url)]
        return found

    def _walk_tree(self, tops: list[str], read: _Reader) -> None:
        """Reads listings and the listings in them. A child that says it did not change is not asked for."""
        waiting = [Link(url) for url in reversed(tops)]
        seen: set[str] = set()
        while waiting and len(seen) < _MOST_LISTINGS and not self._stopped():
            link = waiting.pop()
            if link.url in seen:
                continue
            seen.add(link.url)
            asked_at = self._ledger.listing(link.url)[2]
            if asked_at is not None and link.changed_on is not None and link.changed_on < _iso(asked_at):
                continue
            listing = self._read(link.url, read)
            if listing is None:  # unchanged or broken: its children may have changed all the same
                waiting += [Link(url, changed_on=day) for url, day in reversed(self._ledger.children(link.url))]
            else:
                waiting += reversed(listing.listings)

    def _walk_index(self, waiting: list[str]) -> None:
        """Reads index pages until one brings nothing new; the first walk, and one after a torn one, goes to the end."""
        walk = f"walk of {self._source.name}"
        to_the_end = self._ledger.note(walk) != "finished"
        self._ledger.take_note(walk, "begun")
        seen: set[str] = set()
        while waiting and len(seen) < self._source.max_index_pages and not self._stopped():
            url = waiting.pop(0)
            if url in seen:
                continue
            seen.add(url)
            before = self.found
            listing = self._read(url, lambda data, here: read_index(data, here, self._source.next_pages))
            if listing is not None and (to_the_end or self.found > before):
                waiting += [link.url for link in listing.listings]
            elif listing is None and to_the_end:
                waiting += [child for child, _ in self._ledger.children(url)]
        if not self._stopped():
            self._ledger.take_note(walk, "finished")

    def _read(self, url: str, read: _Reader) -> Listing | None:
        """A listing, its links noted; None where it did not change or could not be read (that is noted as well)."""
        etag, last_modified, _ = self._ledger.listing(url)
        try:
            answer = self._asking.listing(url, etag, last_modified)
            if answer.unchanged:
                self._ledger.read_listing(url, etag, last_modified, time.time())
                return None
            listing = read(answer.body, answer.url)
        except NotFetchedError as problem:
            if closes_the_source(problem, self._source):
                raise
            self.problems.append(Quarantined(url, problem.field, problem.reason, problem.remedy))
            return None
        with self._ledger.together():
            self._note(listing.links)
            for child in listing.listings:
                self._ledger.find_listing(child.url, url, child.changed_on)
            self._ledger.read_listing(url, answer.headers.get("etag"), answer.headers.get("last-modified"), time.time())
        return listing

    def _note(self, links: list[Link], by_hand: bool = False) -> None:
        since = self._source.since.isoformat() if self._source.since else ""
        with self._ledger.together():
            for link in links:
                day = (link.listed_on or link.changed_on or "")[:10]
                if day and day < since[: len(day)]:
                    continue
                if by_hand or self._source.is_article(link.url):
                    self.found += self._ledger.find(link.url, self._source.name, link.listed_on, link.changed_on)


def _iso(unix_seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(unix_seconds))

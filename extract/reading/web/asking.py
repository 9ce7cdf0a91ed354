"""Asking for a page of a source with all its manners: robots.txt, its pace, and only if something changed.

Belongs here: putting ``client`` and ``robots`` together. Does not belong here: what to ask for.
"""

from __future__ import annotations

from collections.abc import Callable

from extract.reading.sources import WebSource, host_and_port
from extract.reading.web.client import LISTINGS, PAGES, Client, Fetched, NotFetchedError, Wish
from extract.reading.web.ledger import Ledger
from extract.reading.web.robots import Robots, RobotsUnknownError

_LARGEST_LISTING = 64.0  # megabytes; a sitemap may have 50


class Asking:
    """The open connections to the hosts of one source, and their rules."""

    def __init__(self, source: WebSource, ledger: Ledger, stopped: Callable[[], bool]) -> None:
        self.client = Client(source, stopped)
        self.robots = Robots(self.client, ledger, source.delay_seconds)
        self._source = source

    def page(self, url: str, etag: str | None, last_modified: str | None) -> Fetched:
        """An article's page, or an answer that is ``unchanged``. Raises NotFetchedError, StoppedError after a stop."""
        return self._ask(url, PAGES, self._source.max_megabytes, etag, last_modified)

    def listing(self, url: str, etag: str | None, last_modified: str | None) -> Fetched:
        """A feed, sitemap or index page, or an answer that is ``unchanged``. Raises like ``page``."""
        return self._ask(url, LISTINGS, _LARGEST_LISTING, etag, last_modified)

    def _ask(
        self, url: str, accept: tuple[str, ...], megabytes: float, etag: str | None, last_modified: str | None
    ) -> Fetched:
        conditions = {}
        if etag:
            conditions["If-None-Match"] = etag
        if last_modified:
            conditions["If-Modified-Since"] = last_modified
        delay = self._source.delay_seconds
        if host_and_port(url) in self._source.hosts:  # else the client refuses it, with the reason
            delay = max(delay, self.robots.delay(url))
        answer = self.client.get(url, Wish(accept, delay, megabytes, conditions), self.robots.check)
        if answer.status not in (200, 304):
            raise NotFetchedError("answer", f"the server answered {answer.status}", "it is tried again in a later run")
        return answer


def closes_the_source(problem: NotFetchedError, source: WebSource) -> bool:
    """True where robots.txt of the source's own host could not be had, so that nothing may be asked in this run. That
    of another host, to which a page redirects, closes only that page."""
    own = {host_and_port(url) for url in (*source.urls, *source.index)}
    return isinstance(problem, RobotsUnknownError) and problem.host in own

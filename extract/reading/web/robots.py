"""robots.txt: what a site allows, and how slowly.

Belongs here: fetching it, remembering it for a day, and the answers (RFC 9309). Does not belong here: waiting
(``pace``).
"""

from __future__ import annotations

import threading
import time
from urllib.parse import urlsplit

from protego import Protego

from extract.reading.sources import host_and_port
from extract.reading.web.client import Client, NotFetchedError, Wish
from extract.reading.web.ledger import Ledger

_REMEMBERED_SECONDS = 24 * 3600.0
_LONGEST_DELAY = 60.0  # a crawl-delay beyond a minute is cut: with it a site of 5,000 pages takes three days and a half
_LARGEST_MEGABYTES = 4.0
_AGENT = "sohuyen"


class RobotsUnknownError(NotFetchedError):
    """robots.txt of ``host`` could not be had, so nothing of that host may be asked in this run."""

    def __init__(self, host: str, problem: NotFetchedError) -> None:
        if problem.field == "address":  # a private network, and not a server in trouble
            super().__init__(problem.field, problem.reason, problem.remedy, problem.lasting)
        else:
            super().__init__(
                "robots.txt", f"that of {host} could not be read ({problem.reason}), so nothing may be asked",
                "it is tried again in the next run",
            )  # fmt: skip
        self.host = host


class Robots:
    """The rules of the hosts of one source."""

    def __init__(self, client: Client, ledger: Ledger, delay_seconds: float) -> None:
        self._client = client
        self._wish = Wish((), delay_seconds, _LARGEST_MEGABYTES)
        self._ledger = ledger
        self._rules: dict[str, Protego] = {}
        self._lock = threading.Lock()

    def check(self, url: str) -> None:
        """Raises NotFetchedError where the site does not allow us to ask for ``url``."""
        if not self._of(url).can_fetch(url, _AGENT):
            raise NotFetchedError(
                "robots.txt", "the site does not allow this page to be fetched by programs",
                "ask the site's owner, or leave it out with not_articles:", lasting=True,
            )  # fmt: skip

    def delay(self, url: str) -> float:
        """The pause that the site asks for, in seconds; 0 where it does not."""
        asked = self._of(url).crawl_delay(_AGENT)
        return min(float(asked), _LONGEST_DELAY) if asked else 0.0

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the site names."""
        return list(self._of(url).sitemaps)

    def _of(self, url: str) -> Protego:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:  # one request for it, however many threads ask
            if origin not in self._rules:
                self._rules[origin] = Protego.parse(self._text(origin))
            return self._rules[origin]

    def _text(self, origin: str) -> str:
        """Missing rules allow all, a server in trouble forbids all for this run (RFC 9309, 2.3.1)."""
        remembered = self._ledger.robots(origin)
        if remembered and time.time() - remembered[1] < _REMEMBERED_SECONDS:
            return remembered[0]
        try:
            text = self._client.get(f"{origin}/robots.txt", self._wish).body.decode("utf-8", "replace")
        except NotFetchedError as problem:
            if not (problem.lasting and problem.field == "answer"):
                raise RobotsUnknownError(host_and_port(origin), problem) from problem
            text = ""
        self._ledger.remember_robots(origin, text, time.time())
        return text

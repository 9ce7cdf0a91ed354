"""One crawl of one source: its listings first, then the articles that are new or may have changed.

Belongs here: the order of things, and what is remembered when. Every answer is kept in the archive and then noted in
the ledger before the next one counts, so a crawl that is killed goes on where it was. Does not belong here: a single
request (``client``), the listings (``discover``) or what becomes of a kept page (``collect``).
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from extract.reading.archive import ArchiveWriter
from extract.reading.records import Quarantined
from extract.reading.sources import WebSource
from extract.reading.web.asking import Asking, closes_the_source
from extract.reading.web.client import NotFetchedError
from extract.reading.web.discover import Discovery
from extract.reading.web.ledger import Ledger
from extract.reading.web.pace import StoppedError

_MOST_TRIES = 5  # runs in which a page that fails is asked for
_FAILURES_IN_A_ROW = 5  # then the host is taken to be down and left alone until the next run


@dataclass(slots=True)
class CrawlReport:
    """What a crawl did: pages by outcome, requests and bytes over the wire, and what is wrong with the source.

    ``found`` new addresses, ``to_ask`` pages due in this run, ``asked`` so far; of these ``kept`` (new or changed),
    ``unchanged``, ``refused`` (for good), ``failed`` (tried again).
    """

    source: str
    found: int = 0
    to_ask: int = 0
    asked: int = 0
    kept: int = 0
    unchanged: int = 0
    refused: int = 0
    failed: int = 0
    requests: int = 0
    bytes_received: int = 0
    problems: list[Quarantined] = field(default_factory=list)


Progress = Callable[[CrawlReport], None]


def crawl(
    source: WebSource,
    ledger: Ledger,
    archive_folder: Path,
    begun: float,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
) -> CrawlReport:
    """Crawls one source within its limits. Pages asked for since ``begun`` (unix seconds) are not asked again;
    ``progress`` is told after each page; a set ``stop`` ends it early."""
    run = _Crawl(source, ledger, archive_folder, begun, progress or (lambda report: None), stop or threading.Event())
    try:
        run.discover()
        run.fetch()
    finally:
        run.close()
    return run.report


class _Crawl:
    def __init__(
        self,
        source: WebSource,
        ledger: Ledger,
        archive_folder: Path,
        begun: float,
        progress: Progress,
        stop: threading.Event,
    ) -> None:
        self.report = CrawlReport(source.name)
        self._source, self._ledger, self._progress, self._stop = source, ledger, progress, stop
        self._begun = begun
        self._over = threading.Event()  # this source is done for now, whatever the others do
        self._asking = Asking(source, ledger, self._stopped)
        self._archive = ArchiveWriter(archive_folder, source.name)
        self._lock = threading.Lock()
        self._failures = 0

    def close(self) -> None:
        """Closes archive and connections, and completes the report."""
        self._over.set()
        self._archive.close()
        self._asking.client.close()
        self._count_traffic()

    def discover(self) -> None:
        """Notes the addresses of articles that the source announces."""
        discovery = Discovery(self._source, self._ledger, self._asking, self._stopped)
        try:
            discovery.run()
        except StoppedError:
            return
        except NotFetchedError as problem:
            self._give_up(problem)
        finally:
            self.report.found += discovery.found
            self.report.problems += discovery.problems

    def fetch(self) -> None:
        """Asks for all pages that are due, ``at_once`` of them at a time."""
        source = self._source
        if self._stopped():
            return
        urls = self._ledger.pages_to_ask(
            kept_after=self._begun - source.recheck_days * 86400,
            asked_before=min(self._begun, time.time() - source.recheck_pause_hours * 3600),
            failed_before=self._begun,
            most_tries=_MOST_TRIES,
            limit=source.max_pages,
        )
        self.report.to_ask = len(urls)
        with ThreadPoolExecutor(source.at_once, thread_name_prefix=source.name) as pool:
            try:
                for done in as_completed([pool.submit(self._fetch_one, url) for url in urls]):
                    done.result()
                    self._count_traffic()
                    self._progress(self.report)
            finally:
                self._over.set()  # an interrupted crawl does not work off its queue

    def _fetch_one(self, url: str) -> None:
        known = self._ledger.page(url)
        if self._stopped() or known is None:
            return
        try:
            answer = self._asking.page(url, known.etag, known.last_modified)
        except StoppedError:
            return  # it stays due
        except NotFetchedError as problem:
            with self._lock:
                self._not_kept(url, problem)
            return
        digest = hashlib.sha256(answer.body).hexdigest()
        with self._lock:  # one writer of archive, ledger and report
            self._failures = 0
            self.report.asked += 1
            if answer.url != url:
                self._ledger.moved(url, answer.url, self._source.name, time.time())
                url, known = answer.url, self._ledger.page(answer.url) or known
            if answer.unchanged or known.digest == digest:
                self._ledger.unchanged(url, time.time())
                self.report.unchanged += 1
                return
            file_name, position = self._archive.write(
                answer.url, answer.status, answer.headers.multi_items(), answer.raw, known.listed_on
            )
            etag, last_modified = answer.headers.get("etag"), answer.headers.get("last-modified")
            self._ledger.kept(url, time.time(), etag, last_modified, digest, file_name, position)
            self.report.kept += 1

    def _not_kept(self, url: str, problem: NotFetchedError) -> None:
        if closes_the_source(problem, self._source):
            self._give_up(problem)
            return
        self.report.asked += 1
        self._ledger.not_kept(url, time.time(), problem.field, problem.reason, problem.remedy, problem.lasting)
        if problem.lasting:
            self.report.refused += 1
            self._failures = 0
            return
        self.report.failed += 1
        self._failures += 1
        if self._failures >= _FAILURES_IN_A_ROW:
            reason = f"{_FAILURES_IN_A_ROW} pages failed in a row, the last because {problem.reason}"
            self._give_up(NotFetchedError("host", reason, "the rest is asked for in the next run"))

    def _give_up(self, problem: NotFetchedError) -> None:
        """Ends the crawl of this source for now; what was not asked for stays due."""
        if not self._over.is_set():
            first = (*self._source.urls, *self._source.index)[0]
            self.report.problems.append(Quarantined(first, problem.field, problem.reason, problem.remedy))
            self._over.set()

    def _stopped(self) -> bool:
        return self._stop.is_set() or self._over.is_set()

    def _count_traffic(self) -> None:
        self.report.requests = self._asking.client.requests
        self.report.bytes_received = self._asking.client.bytes_received

"""How far a crawl is, while it runs: in the log of the run, and to whoever started it.

Belongs here: telling. Does not belong here: counting (``extract.reading.web.crawl``), or the bar of the terminal
(``extract.reading.progress``).
"""

import logging
import threading
import time

from extract.reading.web.crawl import CrawlReport, Progress

_EVERY_SECONDS = 30.0


class CrawlProgress:
    """Tells a log every half minute, and ``also`` after every page (the command line's bar)."""

    def __init__(self, also: Progress | None = None) -> None:
        self._also = also

    def teller(self, log: logging.Logger) -> Progress:
        """What a collection calls after each page, from any of its threads."""
        lock = threading.Lock()
        last: dict[str, float] = {}

        def tell(report: CrawlReport) -> None:
            now = time.monotonic()
            with lock:
                due = now - last.setdefault(report.source, now) >= _EVERY_SECONDS or report.asked == report.to_ask
                if due:
                    last[report.source] = now
            if due:
                log.info(
                    "%s: %s of %s pages asked, %s new or changed, %s refused, %s failed", report.source, report.asked,
                    report.to_ask, report.kept, report.refused, report.failed,
                )  # fmt: skip
            if self._also:
                self._also(report)

        return tell

"""Progress of crawls on a terminal: a bar for each site.

Belongs here: showing. Does not belong here: counting (``web.crawl``).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from extract.reading.web.crawl import CrawlReport
from extract.reading.web.crawl import Progress as Told


@contextmanager
def bars(console: Console | None = None) -> Iterator[Told]:
    """Yields a callback for ``collect(progress=...)`` that draws a bar for each source while the context is open."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("{task.fields[outcome]}"),
    )  # fmt: skip
    tasks: dict[str, TaskID] = {}
    lock = threading.Lock()  # several sites tell at once
    with Progress(*columns, console=console or Console(stderr=True)) as shown:

        def told(report: CrawlReport) -> None:
            with lock:
                if report.source not in tasks:
                    tasks[report.source] = shown.add_task(report.source, total=report.to_ask, outcome="")
            outcome = (
                f"{report.kept} new or changed, {report.unchanged} unchanged, {report.refused} refused,"
                f" {report.failed} failed, {report.bytes_received / 2**20:.1f} MB"
            )
            shown.update(tasks[report.source], completed=report.asked, total=report.to_ask, outcome=outcome)

        yield told

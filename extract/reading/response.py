"""A page as it came over the wire, out of an archive or out of a file: bytes, and what is known of them from outside.

Belongs here: choosing the reader by media type, and doing many pages on several processors in their order. Does not
belong here: what the readers do (``html``, ``office``).
"""

from __future__ import annotations

import multiprocessing
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from extract.reading.dates import FoundDate
from extract.reading.encoding import NotTextError, decode
from extract.reading.records import Page, Quarantined

HTML_TYPES = ("text/html", "application/xhtml+xml")
OFFICE_TYPES = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w\-]+)", re.IGNORECASE)
_ALONE = 64  # raw pages that are read before other processes are started: a start costs as much as a hundred pages
_CHUNK = 16  # pages handed to a process at once
_CHUNKS_AHEAD = 3  # for each process, so that memory stays flat
_CHUNKS_A_LIFE = 250  # then a process is replaced: the caches of the HTML libraries grow


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page before it was read. ``media_type`` is without parameters, empty where nobody said; ``charset`` that of the
    HTTP header; ``known`` holds fields (id, title, publisher, published_on) that win over the page's own; ``listed`` is
    the date under which a feed or sitemap announced it."""

    origin: str
    data: bytes
    url: str | None = None
    media_type: str = "text/html"
    charset: str | None = None
    known: Mapping[str, Any] = field(default_factory=dict)
    listed: FoundDate | None = None


def read_raw_page(raw: RawPage) -> Page | Quarantined:
    """The article of one page."""
    kind = OFFICE_TYPES.get(raw.media_type)
    if kind is None and not raw.media_type and raw.data.startswith(b"%PDF"):
        kind = "pdf"
    if kind:
        from extract.reading.office import read_office

        return read_office(raw.origin, raw.data, kind, url=raw.url, known=raw.known, listed=raw.listed)
    from extract.reading.html import read_html  # heavy: only when HTML is met

    declared = raw.charset
    if declared is None and (found := _META_CHARSET.search(raw.data[:4096])):
        declared = found[1].decode("ascii", "replace")
    try:
        html = decode(raw.data, declared)
    except NotTextError as error:
        return Quarantined(raw.origin, "file", str(error), "save the article as UTF-8 text or HTML")
    return read_html(raw.origin, html, url=raw.url, known=raw.known, listed=raw.listed)


Item = TypeVar("Item")


def read_pages(items: Iterable[RawPage | Item], jobs: int = 1) -> Iterator[Page | Quarantined | Item]:
    """Raw pages read, by ``jobs`` processes at once, and all other items as they are, in their order. Memory does not
    grow with the number of items."""
    rest, raw = iter(items), 0
    for item in rest:
        yield read_raw_page(item) if isinstance(item, RawPage) else item
        raw += isinstance(item, RawPage)
        if jobs > 1 and raw >= _ALONE:
            break
    else:
        return
    # spawned, not forked: a crawl's threads may be running
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, max_tasks_per_child=_CHUNKS_A_LIFE) as pool:
        waiting: deque[Future[list[Page | Quarantined | Item]]] = deque()
        try:
            for chunk in _chunks(rest):
                waiting.append(pool.submit(_read_chunk, chunk))
                if len(waiting) >= jobs * _CHUNKS_AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _chunks(items: Iterator[Item]) -> Iterator[list[Item]]:
    while chunk := list(islice(items, _CHUNK)):
        yield chunk


def _read_chunk(chunk: list[RawPage | Item]) -> list[Page | Quarantined | Item]:
    return [read_raw_page(item) if isinstance(item, RawPage) else item for item in chunk]

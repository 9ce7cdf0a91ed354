"""The kept pages of a site as articles: each version once.

Belongs here: which pages are due, and reading them out of the archive. Does not belong here: the network (``crawl``).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from extract.reading.archive import read_at
from extract.reading.dates import read_declared
from extract.reading.records import ArticleRecord, Page, Quarantined, admit
from extract.reading.response import RawPage, read_pages
from extract.reading.sources import WebSource
from extract.reading.web.ledger import KnownPage, Ledger

Handed = tuple[str, str, ArticleRecord | Quarantined | None]
"""(url, version to remember once stored, what to hand on: None where only the frame around the article changed)."""


def hand_on(
    sources: Sequence[WebSource], ledger: Ledger, archive_folder: Path, dates: Mapping[str, str], jobs: int
) -> Iterator[Handed]:
    """Articles and refusals of a site that were not stored yet, in the order in which the pages were found.

    ``dates`` gives the day of pages that do not tell it, by url; a page that was refused for want of a date comes again
    as soon as it is given there.
    """
    by_name = {source.name: source for source in sources}
    under_way: deque[KnownPage] = deque()  # a few, in the order in which they come back

    def due() -> Iterator[RawPage | Quarantined]:
        for page in ledger.decided():
            if (page.handed_on or "").split(" ")[0] != _version(page, dates) and (page.archive or page.problem):
                under_way.append(page)
                yield _raw(page, by_name.get(page.source, sources[0]), archive_folder, dates)

    read: Iterator[Page | Quarantined] = read_pages(due(), jobs)
    for found in read:
        known = under_way.popleft()
        item = found if isinstance(found, Quarantined) else admit(_with_source(found, known.source))
        if isinstance(item, Quarantined):
            name, item = item.field, replace(item, file=known.url)
            ledger.doubt(known.url, item.field, item.reason, item.remedy)
        else:
            name = item.article_id
            ledger.doubt(known.url, None, None, None)
        same_article = isinstance(item, ArticleRecord) and (known.handed_on or "").split(" ")[-1] == name
        yield known.url, f"{_version(known, dates)} {name}", None if same_article else item


def _with_source(page: Page, source: str) -> Page:
    return replace(page, origin=f"{source}/{page.origin}")


def _version(page: KnownPage, dates: Mapping[str, str]) -> str:
    """What would be handed on of a page: its kept version and the date given for it, or its problem."""
    if page.archive is None:
        return f"{page.state}:{page.field}".replace(" ", "-")
    return f"{page.digest}:{dates.get(page.url, '')}"


def _raw(page: KnownPage, source: WebSource, archive_folder: Path, dates: Mapping[str, str]) -> RawPage | Quarantined:
    if page.archive is None:
        return Quarantined(
            page.url, page.field or "page", page.problem or "refused", page.remedy or "ask the site's owner"
        )
    raw = read_at(archive_folder / page.archive, page.position or 0)
    if isinstance(raw, Quarantined):
        return raw
    known = {"publisher": source.publisher, "published_on": dates.get(page.url)}
    listed = read_declared(page.listed_on, "feed") if page.listed_on else raw.listed
    return replace(raw, known=known, listed=listed)

"""The kept pages of a site as articles: each version once.

Belongs here: which pages are due, and reading them out of the archive. Does not belong here: the network (``crawl``).
"""

from __future__ import annotations

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
    due = [page for page in ledger.decided() if _is_due(page, dates)]
    for page in due:
        if page.archive is None and page.problem is not None:
            yield (
                page.url,
                _version(page, dates),
                Quarantined(page.url, page.field or "page", page.problem, page.remedy or "ask the site's owner"),
            )
    kept = [page for page in due if page.archive is not None]
    read: Iterator[Page | Quarantined] = read_pages(
        (_raw(page, by_name.get(page.source, sources[0]), archive_folder, dates) for page in kept), jobs
    )
    for known, found in zip(kept, read, strict=True):
        item = found if isinstance(found, Quarantined) else admit(_with_source(found, known.source))
        name = item.article_id if isinstance(item, ArticleRecord) else item.field
        same_article = (known.handed_on or "").split(" ")[-1] == name and isinstance(item, ArticleRecord)
        if isinstance(item, Quarantined):
            item = replace(item, file=known.url)
            ledger.doubt(known.url, item.field, item.reason, item.remedy)
        else:
            ledger.doubt(known.url, None, None, None)
        yield known.url, f"{_version(known, dates)} {name}", None if same_article else item


def _with_source(page: Page, source: str) -> Page:
    return replace(page, origin=f"{source}/{page.origin}")


def _is_due(page: KnownPage, dates: Mapping[str, str]) -> bool:
    return (page.handed_on or "").split(" ")[0] != _version(page, dates)


def _version(page: KnownPage, dates: Mapping[str, str]) -> str:
    """What would be handed on of a page: its kept version and the date given for it, or its problem."""
    if page.archive is None:
        return f"{page.state}:{page.field}".replace(" ", "-")
    return f"{page.digest}:{dates.get(page.url, '')}"


def _raw(page: KnownPage, source: WebSource, archive_folder: Path, dates: Mapping[str, str]) -> RawPage | Quarantined:
    raw = read_at(archive_folder / (page.archive or ""), page.position or 0)
    if isinstance(raw, Quarantined):
        return raw
    known = {"publisher": source.publisher, "published_on": dates.get(page.url)}
    listed = read_declared(page.listed_on, "feed") if page.listed_on else raw.listed
    return replace(raw, known=known, listed=listed)

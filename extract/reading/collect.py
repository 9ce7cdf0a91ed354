"""All sources together: what is new in them, as one stream of articles and refusals.

Belongs here: going through the sources, and handing each article on once. Crawls of several sites run at the same time;
their pages come out of the archive, so what a consumer lost is handed on again without the network. Does not belong
here: storing articles, or deciding when to collect.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from extract.reading.archive import read_archive, read_at
from extract.reading.dates import read_declared
from extract.reading.dump import dump_format, read_dump
from extract.reading.folder import files_of, open_file
from extract.reading.records import ArticleRecord, Page, Quarantined, admit
from extract.reading.response import RawPage, read_pages
from extract.reading.sources import DumpSource, FolderSource, Source, Sources, WarcSource, WebSource
from extract.reading.web.crawl import CrawlReport, Progress, crawl
from extract.reading.web.ledger import KnownPage, Ledger

_SITES_AT_ONCE = 8


@dataclass(slots=True)
class Collection:
    """New articles and refusals of all sources, to be iterated once.

    After (or while) iterating, ``months`` counts new articles by month of publication, ``refused`` refusals by field,
    ``crawls`` holds the report of each crawled site. Call ``commit`` when what came out is stored: until then it is
    handed on again the next time.
    """

    sources: Sources
    state_folder: Path
    jobs: int = 1
    progress: Progress | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    months: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    crawls: dict[str, CrawlReport] = field(default_factory=dict)
    _pages: list[tuple[str, str, str]] = field(default_factory=list)  # (source, url, version handed on)
    _files: list[tuple[str, str, int, int]] = field(default_factory=list)  # (source, name, size, modified)

    def __iter__(self) -> Iterator[ArticleRecord | Quarantined]:
        for item in self._items():
            if isinstance(item, Quarantined):
                self.refused[item.field] += 1
            else:
                self.months[item.published_on.strftime("%Y-%m")] += 1
            yield item

    def commit(self) -> None:
        """Remembers that everything that came out so far is stored. Raises LedgerInUseError."""
        for source in self.sources.enabled:
            pages = [(url, version) for name, url, version in self._pages if name == source.name]
            files = [entry[1:] for entry in self._files if entry[0] == source.name]
            if pages or files:
                with self._ledger(source) as ledger, ledger.together():
                    ledger.handed_on(pages)
                    for name, size, modified in files:
                        ledger.read_file(name, size, modified)
        self._pages.clear()
        self._files.clear()

    def _items(self) -> Iterator[ArticleRecord | Quarantined]:
        sites = [source for source in self.sources.enabled if isinstance(source, WebSource)]
        with ThreadPoolExecutor(_SITES_AT_ONCE, thread_name_prefix="crawl") as pool:
            crawls = {site.name: pool.submit(self._crawl, site) for site in sites}
            try:
                for source in self.sources.enabled:
                    if isinstance(source, WebSource):
                        yield from self._crawled(source, crawls[source.name])
                    else:
                        yield from self._local(source)
            finally:
                self.stop.set()  # a consumer that goes away, or an error, ends the crawls as well
                pool.shutdown(cancel_futures=True)

    def _ledger(self, source: Source) -> Ledger:
        return Ledger(self.state_folder / source.name)

    def _archive_folder(self, source: Source) -> Path:
        return self.state_folder / source.name / "warc"

    # -- sites

    def _crawl(self, source: WebSource) -> CrawlReport:
        with self._ledger(source) as ledger:
            return crawl(source, ledger, self._archive_folder(source), self.progress, self.stop)

    def _crawled(self, source: WebSource, crawled: Future[CrawlReport]) -> Iterator[ArticleRecord | Quarantined]:
        report = self.crawls[source.name] = crawled.result()
        yield from report.problems
        with self._ledger(source) as ledger:
            due = [page for page in ledger.decided() if self._is_due(page)]
        yield from self._refusals(source, due)
        kept = [page for page in due if page.archive is not None]
        pages = read_pages((self._raw(source, page) for page in kept), self.jobs)
        for known, page in zip(kept, pages, strict=True):
            item = (
                page if isinstance(page, Quarantined) else admit(replace(page, origin=f"{source.name}/{page.origin}"))
            )
            article_id = item.article_id if isinstance(item, ArticleRecord) else item.field
            self._pages.append((source.name, known.url, f"{self._version(known)} {article_id}"))
            if isinstance(item, Quarantined):
                yield replace(item, file=known.url)
            elif (known.handed_on or "").split(" ")[-1] != article_id:  # else only the frame around the article changed
                yield item

    def _refusals(self, source: WebSource, due: list[KnownPage]) -> Iterator[Quarantined]:
        for page in due:
            if page.archive is None and page.problem is not None:
                self._pages.append((source.name, page.url, self._version(page)))
                yield Quarantined(page.url, page.field or "page", page.problem, page.remedy or "")

    def _is_due(self, page: KnownPage) -> bool:
        before = page.handed_on or ""
        return not (before == self._version(page) or before.startswith(self._version(page) + " "))

    def _version(self, page: KnownPage) -> str:
        """What would be handed on of a page: its kept version and the date that a curator gave, or its problem."""
        if page.archive is None:
            return f"{page.state}:{page.field}"
        return f"{page.digest}:{self.sources.dates.get(page.url, '')}"

    def _raw(self, source: WebSource, page: KnownPage) -> RawPage | Quarantined:
        raw = read_at(self._archive_folder(source) / (page.archive or ""), page.position or 0)
        if isinstance(raw, Quarantined):
            return raw
        known = {"publisher": source.publisher, "published_on": self.sources.dates.get(page.url)}
        listed = read_declared(page.listed_on, "feed") if page.listed_on else raw.listed
        return replace(raw, known=known, listed=listed)

    # -- files

    def _local(self, source: FolderSource | DumpSource | WarcSource) -> Iterator[ArticleRecord | Quarantined]:
        if not source.path.exists():
            yield Quarantined(
                source.name, "path", f"{source.path} does not exist", "create it, or correct path: of the source"
            )
            return
        with self._ledger(source) as ledger:
            before = ledger.files()
        items: Iterator[Page | Quarantined | _FileEnd] = read_pages(_changed_files(source, before), self.jobs)
        for item in items:
            if isinstance(item, _FileEnd):
                self._files.append((source.name, item.name, item.size, item.modified))
            elif isinstance(item, Quarantined):
                yield item
            else:
                yield admit(self._dated(item, source))

    def _dated(self, page: Page, source: Source) -> Page:
        """The page with the date that a curator gave for it, if there is one, and with its source in the origin."""
        given = self.sources.dates.get(page.origin) or (self.sources.dates.get(page.url) if page.url else None)
        if given:
            page = replace(page, date=read_declared(given), date_problem=None)
        return replace(page, origin=f"{source.name}/{page.origin}")


def collect(sources: Sources, state_folder: Path, jobs: int = 1, progress: Progress | None = None) -> Collection:
    """What is new in all enabled sources. Crawls, archives and memory live below ``state_folder``, one folder a source;
    ``jobs`` processes read HTML. Iterate the result, store what comes, then call its ``commit``."""
    return Collection(sources, state_folder, jobs, progress)


@dataclass(frozen=True, slots=True)
class _FileEnd:
    """Comes behind the last article of a file."""

    name: str
    size: int
    modified: int


def _changed_files(
    source: FolderSource | DumpSource | WarcSource, before: dict[str, tuple[int, int]]
) -> Iterator[Page | RawPage | Quarantined | _FileEnd]:
    """The articles of the files that are new or changed, and a mark behind each file."""
    for path, name in _files(source.path):
        status = path.stat()
        if before.get(name) != (status.st_size, status.st_mtime_ns):
            yield from _open(source, path, name)
            yield _FileEnd(name, status.st_size, status.st_mtime_ns)


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    """(file, its name in messages) of a file or of all files in a folder."""
    if path.is_file():
        yield path, path.name
    else:
        for file in files_of(path):
            yield file, file.relative_to(path).as_posix()


def _open(
    source: FolderSource | DumpSource | WarcSource, path: Path, name: str
) -> Iterator[Page | RawPage | Quarantined]:
    if isinstance(source, WarcSource):
        return read_archive(path, name, source)
    if isinstance(source, DumpSource) and dump_format(path):
        return read_dump(path, source.columns, name)
    return open_file(path, name)

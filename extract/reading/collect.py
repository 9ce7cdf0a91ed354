"""All sources together: what is new in them, as one stream of articles and refusals.

Belongs here: going through the sources, and handing each article on once. Crawls of several sites run at the same time;
their pages come out of the archive, so what a consumer lost is handed on again without the network. Does not belong
here: storing articles, or deciding when to collect.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from extract.reading.archive import read_archive
from extract.reading.dates import read_declared
from extract.reading.dump import dump_format, read_dump
from extract.reading.folder import files_of, is_large, open_file
from extract.reading.records import ArticleRecord, Page, Quarantined, admit
from extract.reading.response import RawPage, read_pages
from extract.reading.sources import DumpSource, FolderSource, Sources, WarcSource, WebSource, host_and_port
from extract.reading.web.crawl import CrawlReport, Progress, crawl
from extract.reading.web.handing import hand_on
from extract.reading.web.ledger import FileState, Ledger

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
    _pages: list[tuple[str, str, str]] = field(default_factory=list)  # (ledger, url, version)
    _files: list[tuple[str, FileState]] = field(default_factory=list)  # (ledger, file)

    def __iter__(self) -> Iterator[ArticleRecord | Quarantined]:
        for item in self._items():
            if isinstance(item, Quarantined):
                self.refused[item.field] += 1
            else:
                self.months[item.published_on.strftime("%Y-%m")] += 1
            yield item

    def commit(self) -> None:
        """Remembers that everything that came out so far is stored. Raises LedgerInUseError."""
        for name in dict.fromkeys([page[0] for page in self._pages] + [file[0] for file in self._files]):
            with self._ledger(name) as ledger, ledger.together():
                ledger.handed_on([(url, version) for folder, url, version in self._pages if folder == name])
                for folder, file in self._files:
                    if folder == name:
                        ledger.read_file(file)
        self._pages.clear()
        self._files.clear()

    def _items(self) -> Iterator[ArticleRecord | Quarantined]:
        sites = _sites(self.sources)
        with ThreadPoolExecutor(_SITES_AT_ONCE, thread_name_prefix="crawl") as pool:
            try:
                crawls = {name: pool.submit(self._crawl, name, sources) for name, sources in sites.items()}
                for source in self.sources.enabled:
                    if not isinstance(source, WebSource):
                        yield from self._local(source)
                for name, sources in sites.items():
                    yield from self._crawled(name, sources, crawls[name])
            finally:
                self.stop.set()  # a consumer that goes away, or an error, ends the crawls as well
                pool.shutdown(cancel_futures=True)

    def _ledger(self, name: str) -> Ledger:
        return Ledger(self.state_folder / name)

    # -- sites

    def _crawl(self, name: str, sources: list[WebSource]) -> list[CrawlReport]:
        """Crawls the sources of one site one after the other, with one memory: a page is asked for once."""
        begun = time.time()
        with self._ledger(name) as ledger:
            folder = self.state_folder / name / "warc"
            return [crawl(source, ledger, folder, begun, self.progress, self.stop) for source in sources]

    def _crawled(
        self, name: str, sources: list[WebSource], crawled: Future[list[CrawlReport]]
    ) -> Iterator[ArticleRecord | Quarantined]:
        for report in crawled.result():
            self.crawls[report.source] = report
            yield from report.problems
        with self._ledger(name) as ledger:
            folder = self.state_folder / name / "warc"
            for url, version, item in hand_on(sources, ledger, folder, self.sources.dates, self.jobs):
                self._pages.append((name, url, version))
                if item is not None:
                    yield item

    # -- files

    def _local(self, source: FolderSource | DumpSource | WarcSource) -> Iterator[ArticleRecord | Quarantined]:
        if not source.path.exists():
            yield Quarantined(
                source.name, "path", f"{source.path} does not exist", "create it, or correct path: of the source"
            )
            return
        with self._ledger(source.name) as ledger:
            before = ledger.files()
        dates = hashlib.sha256(repr(sorted(self.sources.dates.items())).encode()).hexdigest()
        undated = False
        items: Iterator[Page | Quarantined | FileState] = read_pages(_changed_files(source, before, dates), self.jobs)
        for item in items:
            if isinstance(item, FileState):  # comes behind the last article of a file
                self._files.append((source.name, replace(item, undated_with=dates if undated else None)))
                undated = False
            elif isinstance(item, Quarantined):
                yield replace(item, file=f"{source.name}/{item.file}")
            else:
                admitted = admit(self._dated(replace(item, origin=f"{source.name}/{item.origin}")))
                undated |= isinstance(admitted, Quarantined) and admitted.field == "published_on"
                yield admitted

    def _dated(self, page: Page) -> Page:
        """The page with the date that a curator gave for it, if there is one."""
        given = self.sources.dates.get(page.origin) or self.sources.dates.get(page.url or "")
        return replace(page, date=read_declared(given), date_problem=None) if given else page


def collect(sources: Sources, state_folder: Path, jobs: int = 1, progress: Progress | None = None) -> Collection:
    """What is new in all enabled sources.

    Archives and memory live below ``state_folder``, in one folder for each site and each source of files; ``jobs``
    processes read HTML. Iterate the result, store what comes, then call its ``commit``.
    """
    return Collection(sources, state_folder, jobs, progress)


def refusals(state_folder: Path) -> Iterator[Quarantined]:
    """Every page of the web that gave no article so far, with the reason: undated articles stand here until a date is
    given for them in the dates file. Raises LedgerInUseError while a collection runs."""
    for file in sorted(state_folder.glob("site-*/ledger.sqlite")):
        with Ledger(file.parent) as ledger:
            for url, field_name, reason, remedy in ledger.refusals():
                yield Quarantined(url, field_name, reason, remedy)


def _changed_files(
    source: FolderSource | DumpSource | WarcSource, before: dict[str, FileState], dates: str
) -> Iterator[Page | RawPage | Quarantined | FileState]:
    """The articles of the files that are new or changed, or held undated ones before ``dates`` were given; behind each
    file its state."""
    only_large = isinstance(source, FolderSource) and source.only_large
    for path, name in _files(source.path):
        if only_large and not is_large(path):
            continue
        status, known = path.stat(), before.get(name)
        same = known and (known.size, known.modified) == (status.st_size, status.st_mtime_ns)
        if not (same and known and known.undated_with in (None, dates)):
            yield from _open(source, path, name)
            yield FileState(name, status.st_size, status.st_mtime_ns, None)


def _sites(sources: Sources) -> dict[str, list[WebSource]]:
    """Web sources by site: those whose first address is on the same host share a ledger and an archive."""
    sites: dict[str, list[WebSource]] = {}
    for source in sources.enabled:
        if isinstance(source, WebSource):
            host = host_and_port((*source.urls, *source.index)[0]).removeprefix("www.").replace(":", "_")
            sites.setdefault(f"site-{host}", []).append(source)
    return sites


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

"""The memory of a source: which addresses and files are known, what became of them, and what was handed on.

Belongs here: one small SQLite file for each source, written by one process at a time. Does not belong here: the pages
themselves (``archive``).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

_TABLES = """
create table if not exists page (
    url text primary key,
    source text not null,               -- that found it
    found_order integer not null,       -- pages are asked in the order in which they were found
    listed_on text,                     -- date under which a feed or sitemap announced it
    changed_on text,                    -- last change that the listing announces
    state text not null default 'new',  -- new, kept, refused (for good), failed (tried again), moved
    problem text, field text, remedy text,
    tries integer not null default 0,
    asked_at real,                      -- unix seconds of the last answer
    kept_at real,                       -- unix seconds of the kept version
    etag text, last_modified text,
    digest text,                        -- of the kept body
    archive text, position integer,     -- where the kept version is
    handed_on text                      -- what was stored of it: article id or the problem
);
create table if not exists listing (
    url text primary key, etag text, last_modified text, asked_at real, parent text, changed_on text
);
create table if not exists file (
    name text primary key, size integer not null, modified integer not null,
    undated_with text                   -- dates known when articles in it were without one; null where all had theirs
);
create table if not exists robots (origin text primary key, text text, asked_at real);
create table if not exists note (name text primary key, value text);
"""


class LedgerInUseError(RuntimeError):
    """Another process is collecting the same source."""


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A row of the page table."""

    url: str
    source: str
    listed_on: str | None
    changed_on: str | None
    state: str
    problem: str | None
    field: str | None
    remedy: str | None
    tries: int
    asked_at: float | None
    kept_at: float | None
    etag: str | None
    last_modified: str | None
    digest: str | None
    archive: str | None
    position: int | None
    handed_on: str | None


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was read: size in bytes, modification time in ns, and, where articles in it were without a date,
    which dates were known by hand then."""

    name: str
    size: int
    modified: int
    undated_with: str | None


_COLUMNS = ", ".join(KnownPage.__slots__)


class Ledger:
    """The ledger of one source, below ``folder``. A context manager; usable from several threads of one process.

    Raises LedgerInUseError on entry where another process holds it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._guard = threading.RLock()
        self._file_lock = FileLock(folder / "ledger.lock")

    def __enter__(self) -> Ledger:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            self._file_lock.acquire(timeout=0)
        except Timeout as error:
            raise LedgerInUseError(
                f"{self.folder} is in use by another process; wait for it to end or stop it"
            ) from error
        self._database = sqlite3.connect(self.folder / "ledger.sqlite", check_same_thread=False, isolation_level=None)
        self._database.execute("pragma journal_mode = wal")
        self._database.execute("pragma synchronous = normal")
        self._database.executescript(_TABLES)
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()
        self._file_lock.release()

    @contextmanager
    def together(self) -> Iterator[None]:
        """All changes inside are kept, or none."""
        with self._guard:
            if self._database.in_transaction:  # inside another one already
                yield
                return
            with self._database:  # commits, or rolls back where an error gets out
                self._database.execute("begin immediate")
                yield

    def _run(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with self._guard:
            return self._database.execute(statement, values).fetchall()

    # -- pages

    def find(self, url: str, source: str, listed_on: str | None = None, changed_on: str | None = None) -> bool:
        """Adds an address, or brings the listing's dates up to date; true where it was not known."""
        with self.together():
            new = not self._run("select 1 from page where url = ?", url)
            self._run(
                "insert into page (url, source, found_order, listed_on, changed_on)"
                " values (?, ?, (select coalesce(max(found_order), 0) + 1 from page), ?, ?)"
                " on conflict (url) do update set listed_on = coalesce(page.listed_on, excluded.listed_on),"
                " changed_on = coalesce(excluded.changed_on, page.changed_on)",
                url, source, listed_on, changed_on,
            )  # fmt: skip
            return new

    def page(self, url: str) -> KnownPage | None:
        """What is known of an address."""
        rows = self._run(f"select {_COLUMNS} from page where url = ?", url)
        return KnownPage(*rows[0]) if rows else None  # type: ignore[arg-type]

    def pages_to_ask(
        self, kept_after: float, asked_before: float, failed_before: float, most_tries: int, limit: int
    ) -> list[str]:
        """Addresses to ask now (times in unix seconds): new ones, failed ones that may be tried again, kept ones that
        a listing says have changed, and kept ones that are young and can be asked conditionally."""
        rows = self._run(
            "select url from page where state = 'new' or (state = 'failed' and tries < ? and asked_at < ?)"
            " or (state = 'kept' and (changed_on > strftime('%Y-%m-%dT%H:%M:%SZ', asked_at, 'unixepoch')"
            " or (kept_at > ? and asked_at <= ? and (etag is not null or last_modified is not null))))"
            " order by state = 'kept', found_order limit ?",
            most_tries, failed_before, kept_after, asked_before, limit,
        )  # fmt: skip
        return [str(row[0]) for row in rows]

    def kept(
        self, url: str, at: float, etag: str | None, last_modified: str | None, digest: str, archive: str, position: int
    ) -> None:
        """A version of the page is in the archive."""
        self._run(
            "update page set state = 'kept', problem = null, field = null, remedy = null, tries = 0, asked_at = ?,"
            " kept_at = ?, etag = ?, last_modified = ?, digest = ?, archive = ?, position = ? where url = ?",
            at, at, etag, last_modified, digest, archive, position, url,
        )  # fmt: skip

    def moved(self, url: str, target: str, source: str, at: float) -> None:
        """The address leads to another one, which is a page of its own from now on."""
        with self.together():
            self.find(target, source)
            self._run("update page set state = 'moved', asked_at = ? where url = ?", at, url)

    def unchanged(self, url: str, at: float) -> None:
        """The page was asked for again and is the same."""
        self._run("update page set asked_at = ?, tries = 0 where url = ?", at, url)

    def not_kept(self, url: str, at: float, field: str, problem: str, remedy: str, lasting: bool) -> None:
        """The page could not be had. A version that is kept stays."""
        self._run(
            "update page set tries = tries + 1, asked_at = ?, problem = ?, field = ?, remedy = ?, state = ?"
            " where url = ? and state <> 'kept'",
            at, problem, field, remedy, "refused" if lasting else "failed", url,
        )  # fmt: skip
        self._run("update page set asked_at = ? where url = ? and state = 'kept'", at, url)

    def doubt(self, url: str, field: str | None, problem: str | None, remedy: str | None) -> None:
        """What is wrong with the article of a kept page; all None where nothing is."""
        self._run("update page set field = ?, problem = ?, remedy = ? where url = ?", field, problem, remedy, url)

    def refusals(self) -> list[tuple[str, str, str, str]]:
        """(url, field, problem, remedy) of every page that gave no article, in the order in which they were found."""
        rows = self._run("select url, field, problem, remedy from page where problem is not null order by found_order")
        return [tuple(map(str, row)) for row in rows]  # type: ignore[misc]

    def decided(self) -> Iterator[KnownPage]:
        """All pages that were asked for, in the order in which they were found; flat in memory."""
        last = -1
        while rows := self._run(
            f"select found_order, {_COLUMNS} from page where state <> 'new' and found_order > ?"
            " order by found_order limit 500",
            last,
        ):
            last = int(rows[-1][0])  # type: ignore[call-overload]
            yield from (KnownPage(*row[1:]) for row in rows)  # type: ignore[arg-type]

    def counts(self) -> dict[str, int]:
        """Number of pages by state."""
        return {str(state): int(n) for state, n in self._run("select state, count(*) from page group by 1 order by 1")}  # type: ignore[call-overload]

    def handed_on(self, items: Iterable[tuple[str, str]]) -> None:
        """(url, what was stored of it): not handed on again."""
        with self.together():
            for url, version in items:
                self._run("update page set handed_on = ? where url = ?", version, url)

    # -- listings

    def listing(self, url: str) -> tuple[str | None, str | None, float | None]:
        """(ETag, Last-Modified, unix seconds) of a feed, sitemap or index page."""
        rows = self._run("select etag, last_modified, asked_at from listing where url = ?", url)
        return rows[0] if rows else (None, None, None)  # type: ignore[return-value]

    def find_listing(self, url: str, parent: str, changed_on: str | None) -> None:
        """Adds a listing that another one names, or brings its date of change up to date."""
        self._run(
            "insert into listing (url, parent, changed_on) values (?, ?, ?)"
            " on conflict (url) do update set parent = excluded.parent, changed_on = excluded.changed_on",
            url, parent, changed_on,
        )  # fmt: skip

    def read_listing(self, url: str, etag: str | None, last_modified: str | None, at: float) -> None:
        """A listing was read; call it in one ``together`` with what was found in it."""
        self._run(
            "insert into listing (url, etag, last_modified, asked_at) values (?, ?, ?, ?) on conflict (url) do update"
            " set etag = excluded.etag, last_modified = excluded.last_modified, asked_at = excluded.asked_at",
            url, etag, last_modified, at,
        )  # fmt: skip

    def children(self, parent: str) -> list[tuple[str, str | None]]:
        """(address, date of change) of the listings that another one names."""
        rows = self._run("select url, changed_on from listing where parent = ? order by url", parent)
        return [(str(url), None if changed is None else str(changed)) for url, changed in rows]

    # -- files, robots.txt, notes

    def files(self) -> dict[str, FileState]:
        """The files that were handed on in full, as they were then, by name."""
        return {str(row[0]): FileState(*row) for row in self._run("select * from file")}  # type: ignore[arg-type]

    def read_file(self, file: FileState) -> None:
        """A file was handed on in full."""
        row = (file.name, file.size, file.modified, file.undated_with)
        self._run("insert or replace into file values (?, ?, ?, ?)", *row)

    def robots(self, origin: str) -> tuple[str, float] | None:
        """(text, unix seconds) of robots.txt."""
        rows = self._run("select text, asked_at from robots where origin = ?", origin)
        return rows[0] if rows else None  # type: ignore[return-value]

    def remember_robots(self, origin: str, text: str, at: float) -> None:
        """Keeps robots.txt."""
        self._run("insert or replace into robots values (?, ?, ?)", origin, text, at)

    def note(self, name: str) -> str | None:
        """A remembered word."""
        rows = self._run("select value from note where name = ?", name)
        return str(rows[0][0]) if rows else None

    def take_note(self, name: str, value: str) -> None:
        """Remembers a word."""
        self._run("insert or replace into note values (?, ?)", name, value)

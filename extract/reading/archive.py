"""Web archives (WARC): what was fetched is kept as it came, and any archive can be read again.

Belongs here: writing responses, reading one by its position, and reading all of a file of any origin. Does not belong
here: fetching (``web/``) or what a page says (``html``).
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from extract.reading.dates import FoundDate, read_declared
from extract.reading.records import MAX_PAGE_BYTES, Quarantined, host_of
from extract.reading.response import HTML_TYPES, OFFICE_TYPES, RawPage
from extract.reading.sources import WarcSource

_LISTED_ON = "X-Listed-On"  # our header: the day under which a feed or sitemap announced the page
_LARGEST_FILE = 2**30


class ArchiveWriter:
    """Appends responses to ``<folder>/<name>-<time>.warc.gz``: a new file for each run, so a torn end hurts nobody."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._file: IO[bytes] | None = None
        self._path = folder / "none"

    def write(
        self, url: str, status: int, headers: Iterable[tuple[str, str]], raw: bytes, listed_on: str | None = None
    ) -> tuple[str, int]:
        """Keeps one response; returns (file name, position). It is on disk when this returns."""
        from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
        from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

        file = self._open()
        writer = WARCWriter(file, gzip=True)
        position = file.tell()
        kept = [(k, v) for k, v in headers if k.lower() not in ("transfer-encoding", "content-length", "set-cookie")]
        kept.append(("Content-Length", str(len(raw))))
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(raw),
            http_headers=StatusAndHeaders(f"{status} OK", kept, protocol="HTTP/1.1"),
            warc_headers_dict={_LISTED_ON: listed_on} if listed_on else {},
        )  # fmt: skip
        writer.write_record(record)
        file.flush()
        os.fsync(file.fileno())
        return self._path.name, position

    def close(self) -> None:
        """Closes the file."""
        if self._file:
            self._file.close()
            self._file = None

    def _open(self) -> IO[bytes]:
        from warcio.warcwriter import WARCWriter

        if self._file and self._file.tell() > _LARGEST_FILE:
            self.close()
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            stem = f"{self._name}-{time.strftime('%Y%m%d%H%M%S', time.gmtime())}"
            number = 0
            while (path := self._folder / f"{stem}-{number:03d}.warc.gz").exists():
                number += 1
            self._path, self._file = path, path.open("xb")
            info = {"software": "sohuyen", "format": "WARC File Format 1.0", "isPartOf": self._name}
            WARCWriter(self._file, gzip=True).write_record(
                WARCWriter(io.BytesIO(), gzip=True).create_warcinfo_record(path.name, info)
            )
        return self._file


def read_at(path: Path, position: int) -> RawPage | Quarantined:
    """The response that was kept at ``position`` of an archive of ours."""
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

    origin = f"{path.name}@{position}"
    try:
        with path.open("rb") as file:
            file.seek(position)
            record = next(iter(ArchiveIterator(file)), None)
            raw = _raw_page(record, origin) if record else None
    except (OSError, EOFError, ArchiveLoadFailed) as error:
        return Quarantined(origin, "archive", f"cannot be read: {error}", "restore the file from a backup")
    return raw or Quarantined(origin, "archive", "no response is kept there", "restore the file from a backup")


def read_archive(path: Path, name: str, source: WarcSource | None = None) -> Iterator[RawPage | Quarantined]:
    """The HTML responses of any archive in file order; with ``source``, only those of its hosts and patterns."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                number += 1
                if record.rec_type != "response" or not _wanted(record, source):
                    continue
                origin = f"{name}:{number}"
                raw = _raw_page(record, origin)
                if raw is not None:
                    yield raw
    except (OSError, EOFError, ArchiveLoadFailed) as error:
        yield Quarantined(
            f"{name}:{number + 1}", "archive", f"the archive breaks off: {error}",
            "copy or download it again; the records before it were read",
        )  # fmt: skip


def _raw_page(record: Any, origin: str) -> RawPage | Quarantined | None:
    """The body of a response record, unpacked as far as a page may be long; None where it is no page of text."""
    headers = record.http_headers
    if headers is None or not headers.get_statuscode().startswith("2"):
        return None
    kind, _, parameters = (headers.get_header("Content-Type") or "").partition(";")
    media_type = kind.strip().lower()
    if media_type not in (*HTML_TYPES, *OFFICE_TYPES, ""):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI")
    data = _bounded(record.content_stream())
    if data is not None and getattr(record.raw_stream, "limit", 0) > 0:
        return Quarantined(origin, "archive", f"{url} breaks off", "copy or download the archive again")
    if data is None:
        return Quarantined(
            origin, "file", f"{url} is larger than {MAX_PAGE_BYTES // 2**20} MB", "leave it out with not_articles:"
        )
    charset = parameters.lower().partition("charset=")[2].strip().strip("\"'") or None
    return RawPage(origin, data, url=url, media_type=media_type, charset=charset, listed=_listed(record))


def _bounded(stream: Any) -> bytes | None:
    """All of a stream, or None where it is longer than a page may be (a gzip bomb never gets further)."""
    pieces, size = [], 0
    while piece := stream.read(65536):
        size += len(piece)
        if size > MAX_PAGE_BYTES:
            return None
        pieces.append(piece)
    return b"".join(pieces)


def _listed(record: Any) -> FoundDate | None:
    value = record.rec_headers.get_header(_LISTED_ON)
    return read_declared(value, "feed") if value else None


def _wanted(record: Any, source: WarcSource | None) -> bool:
    if source is None:
        return True
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    host = host_of(url) or ""
    if source.hosts and not any(host == end or host.endswith("." + end) for end in source.hosts):
        return False
    if source.not_articles and source.not_articles.search(url):
        return False
    return source.articles is None or source.articles.search(url) is not None

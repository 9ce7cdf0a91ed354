"""A folder of files, of any of the kinds that we read, as one stream of articles.

Belongs here: walking in a fixed order, choosing the reader by file name, and the strict (``read_folder``) and lenient
(``read_any``, ``read_jsonl``) fronts. Does not belong here: any file format.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from extract.article import Article
from extract.reading.archive import read_archive
from extract.reading.dump import DUMP_SUFFIXES, dump_format, read_dump
from extract.reading.encoding import NotTextError, decode
from extract.reading.plain import FrontMatterError, read_plain
from extract.reading.records import MAX_PAGE_BYTES, ArticleRecord, Page, Quarantined, admit, as_article
from extract.reading.response import RawPage, read_pages

_log = logging.getLogger(__name__)

_PLAIN = (".txt", ".md", ".markdown", ".text")
_RAW = {
    ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
_WARC = (".warc", ".warc.gz")
_LARGE = 16 * 2**20  # bytes
_PACKING = 8  # by which packed text grows, about
_IGNORED_ENDS = (".part", ".tmp", ".crdownload", ".swp", "~")
SUFFIXES = (*_PLAIN, *_RAW, *DUMP_SUFFIXES, *_WARC)


def read_folder(
    folder: Path, jobs: int = 1, leave_out: Callable[[Path], bool] | None = None
) -> Iterator[ArticleRecord | Quarantined]:
    """Every article below ``folder`` in the order of their paths, and a reason for each that cannot be taken.
    HTML and documents are read by ``jobs`` processes; files to ``leave_out`` are passed over.

    Raises NotADirectoryError where ``folder`` is none: that is a slip of the caller, not of an article.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is not a folder; name the folder that holds the articles")
    files = (path for path in files_of(folder) if not (leave_out and leave_out(path)))
    raw = (page for path in files for page in open_file(path, path.relative_to(folder).as_posix()))
    pages: Iterator[Page | Quarantined] = read_pages(raw, jobs)
    for page in pages:
        yield page if isinstance(page, Quarantined) else admit(page)


def read_any(path: Path, refused: Callable[[Quarantined], None] | None = None) -> Iterator[Article]:
    """The articles of one file or folder for reading figures: title and date may be missing.

    What cannot be read at all goes to ``refused`` (default: a warning in the log), and the rest goes on.
    Raises FileNotFoundError where there is no such path.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path} does not exist; name a file or folder of articles")
    base = path if path.is_dir() else path.parent
    files = files_of(path) if path.is_dir() else iter([path])
    yield from _articles((page for f in files for page in open_file(f, f.relative_to(base).as_posix())), refused)


def read_jsonl(path: Path, refused: Callable[[Quarantined], None] | None = None) -> Iterator[Article]:
    """The articles of a JSON Lines file for reading figures: like ``read_any``, whatever the file's name."""
    yield from _articles(read_dump(path), refused)


def _articles(
    raw: Iterable[Page | RawPage | Quarantined], refused: Callable[[Quarantined], None] | None
) -> Iterator[Article]:
    pages: Iterator[Page | Quarantined] = read_pages(raw)
    for page in pages:
        article = page if isinstance(page, Quarantined) else as_article(page)
        if isinstance(article, Quarantined):
            (refused or _warn)(article)
        else:
            yield article


def open_file(path: Path, name: str) -> Iterator[Page | RawPage | Quarantined]:
    """The articles of one file, HTML and documents still raw. ``name`` stands for the file in ``origin``."""
    suffix = path.suffix.lower()
    if dump_format(path):
        yield from read_dump(path, name=name)
    elif path.name.lower().endswith(_WARC):
        yield from read_archive(path, name)
    elif suffix in (*_PLAIN, *_RAW):
        yield _read_single(path, name)
    else:
        yield Quarantined(
            name, "file", f"unknown kind of file ({suffix or 'no ending'})", f"use one of {', '.join(SUFFIXES)}"
        )


def _read_single(path: Path, name: str) -> Page | RawPage | Quarantined:
    try:
        size = path.stat().st_size
        if size == 0:
            return Quarantined(name, "file", "the file is empty", "remove it, or save the article again")
        if size > MAX_PAGE_BYTES:
            return Quarantined(
                name, "file", f"{size / 2**20:.0f} MB are more than the {MAX_PAGE_BYTES // 2**20} MB of one article",
                "save only the article, without pictures, or hand over a dump (.jsonl, .csv, .parquet)",
            )  # fmt: skip
        data = path.read_bytes()
    except OSError as error:
        return Quarantined(name, "file", f"cannot be read: {error.strerror}", "check the file's permissions")
    if media_type := _RAW.get(path.suffix.lower()):
        return RawPage(name, data, media_type=media_type)
    try:
        return read_plain(name, decode(data), path.name)
    except NotTextError as error:
        return Quarantined(name, "file", str(error), "save the article as UTF-8 text or HTML")
    except FrontMatterError as error:
        return Quarantined(
            name,
            "front matter",
            str(error),
            "write 'field: value' lines between two --- lines; quote values with a colon",
        )


def is_large(path: Path) -> bool:
    """True for a dump or archive that takes more than moments to read: about 10,000 articles of text, or 700 pages."""
    name = path.name.lower()
    if not (dump_format(path) or name.endswith(_WARC)):
        return False
    packed = name.endswith((".gz", ".zst", ".parquet"))
    return path.stat().st_size * (_PACKING if packed else 1) > _LARGE


def files_of(folder: Path) -> Iterator[Path]:
    """Files below ``folder``, sorted by path; hidden files, half-written ones and READMEs are left out."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith((".", "~$")) for part in parts) or path.name.endswith(_IGNORED_ENDS):
            continue
        if path.stem.upper() != "README" and path.is_file():
            yield path


def _warn(quarantined: Quarantined) -> None:
    _log.warning("%s: %s: %s; %s", quarantined.file, quarantined.field, quarantined.reason, quarantined.remedy)

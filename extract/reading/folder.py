"""A folder of files, of any of the kinds that we read, as one stream of articles.

Belongs here: walking in a fixed order, choosing the reader by file name, and the strict (``read_folder``) and lenient
(``read_any``, ``read_jsonl``) fronts. Does not belong here: any file format.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from extract.article import Article
from extract.reading.dump import DUMP_SUFFIXES, dump_format, read_dump
from extract.reading.encoding import NotTextError, decode
from extract.reading.plain import FrontMatterError, read_plain
from extract.reading.records import MAX_PAGE_BYTES, ArticleRecord, Page, Quarantined, admit, as_article

_log = logging.getLogger(__name__)

_PLAIN = (".txt", ".md", ".markdown", ".text")
_HTML = (".html", ".htm", ".xhtml")
_IGNORED_ENDS = (".part", ".tmp", ".crdownload", ".swp", "~")
SUFFIXES = (*_PLAIN, *_HTML, *DUMP_SUFFIXES)


def read_folder(folder: Path) -> Iterator[ArticleRecord | Quarantined]:
    """Every article below ``folder`` in the order of their paths, and a reason for each that cannot be taken.

    Raises NotADirectoryError where ``folder`` is none: that is a slip of the caller, not of an article.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is not a folder; name the folder that holds the articles")
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        for page in read_file(path, name):
            yield page if isinstance(page, Quarantined) else admit(page)


def read_any(path: Path, refused: Callable[[Quarantined], None] | None = None) -> Iterator[Article]:
    """The articles of one file or folder for reading figures: title and date may be missing.

    What cannot be read at all goes to ``refused`` (default: a warning in the log), and the rest goes on.
    Raises FileNotFoundError where there is no such path.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path} does not exist; name a file or folder of articles")
    for file in _files(path) if path.is_dir() else [path]:
        name = file.relative_to(path).as_posix() if path.is_dir() else file.name
        for page in read_file(file, name):
            article = page if isinstance(page, Quarantined) else as_article(page)
            if isinstance(article, Quarantined):
                (refused or _warn)(article)
            else:
                yield article


def read_jsonl(path: Path, refused: Callable[[Quarantined], None] | None = None) -> Iterator[Article]:
    """The articles of a JSON Lines file for reading figures: like ``read_any``, whatever the file's name."""
    for page in read_dump(path):
        article = page if isinstance(page, Quarantined) else as_article(page)
        if isinstance(article, Quarantined):
            (refused or _warn)(article)
        else:
            yield article


def read_file(path: Path, name: str | None = None) -> Iterator[Page | Quarantined]:
    """The articles of one file. ``name`` stands for it in ``origin`` and in messages (default: its file name)."""
    name = name or path.name
    suffix = path.suffix.lower()
    if dump_format(path):
        yield from read_dump(path, name=name)
    elif suffix in (*_PLAIN, *_HTML):
        yield _read_single(path, name)
    else:
        yield Quarantined(
            name, "file", f"unknown kind of file ({suffix or 'no ending'})", f"use one of {', '.join(SUFFIXES)}"
        )


def _read_single(path: Path, name: str) -> Page | Quarantined:
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
    try:
        if path.suffix.lower() in _HTML:
            from extract.reading.html import read_html

            return read_html(name, decode(data))
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


def _files(folder: Path) -> Iterator[Path]:
    """Files below ``folder``, sorted by path; hidden files, half-written ones and READMEs are left out."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith((".", "~$")) for part in parts) or path.name.endswith(_IGNORED_ENDS):
            continue
        if path.stem.upper() != "README" and path.is_file():
            yield path


def _warn(quarantined: Quarantined) -> None:
    _log.warning("%s: %s: %s; %s", quarantined.file, quarantined.field, quarantined.reason, quarantined.remedy)

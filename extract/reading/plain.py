"""Plain text and Markdown files: one article a file.

Belongs here: YAML front matter, and finding title and date in a bare text file. Does not belong here: decoding
(``encoding``), judging (``records``), walking folders (``folder``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast, get_args

import yaml

from extract.reading.dates import (
    Certainty,
    FoundDate,
    Precision,
    Source,
    confirmed,
    corpus_header,
    find_in_text,
    find_in_url,
    is_date_line,
    read_declared,
)
from extract.reading.furniture import is_furniture
from extract.reading.records import Page

FIELDS = ("id", "title", "text", "url", "publisher", "published_on")
"""Names of an article's fields in front matter, JSON lines, CSV and Parquet."""

STORED_FIELDS = ("article_id", "date_precision", "date_source", "date_certainty", "origin")
"""Further fields of articles that were read before and stored by the article contract."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<fields>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FILE_NAME_DATE = re.compile(r"(?P<date>(?:19|20)\d{2}-\d{2}(?:-\d{2})?)(?!\d)")
_LONGEST_TITLE = 220


class FrontMatterError(ValueError):
    """The block between the two ``---`` lines cannot be read."""


def read_plain(origin: str, text: str, file_name: str = "") -> Page:
    """An article from the text of one ``.txt`` or ``.md`` file: by its front matter, else by title line and date line.

    A file name that begins with a date (``2024-01-10-ngan-son.txt``) declares it. Raises FrontMatterError.
    """
    fields, body = split_front_matter(text)
    if fields:
        return page_from_fields(origin, {"text": body, **fields}, file_name)
    title = first_title(text)
    return Page(origin=origin, text=text.strip("\n"), title=title, date=_from_name(file_name) or find_in_text(text))


def page_from_fields(origin: str, fields: Mapping[str, Any], file_name: str = "") -> Page:
    """An article from named fields (front matter, a JSON line, a table row). A declared date wins; else the text, the
    address and the file name are searched. The text is kept as it is, letter for letter."""
    text = _text_of(fields.get("text")) or ""
    url = _text_of(fields.get("url"))
    problem: str | None = None
    date: FoundDate | None = None
    try:
        date = _as_stored(fields) or read_declared(fields.get("published_on"))
    except ValueError:
        problem = str(fields["published_on"])
    if date is None and problem is None:
        date = confirmed(_from_name(file_name), find_in_text(text), find_in_url(url))
    return Page(
        origin=_text_of(fields.get("origin")) or origin, text=text, title=_text_of(fields.get("title")), url=url,
        publisher=_text_of(fields.get("publisher")),
        article_id=_text_of(fields.get("id")) or _text_of(fields.get("article_id")),
        date=date, date_problem=problem,
    )  # fmt: skip


def _as_stored(fields: Mapping[str, Any]) -> FoundDate | None:
    """The date of an article that was read before, with how it was found then; None for any other."""
    precision, source = fields.get("date_precision"), fields.get("date_source")
    if precision not in get_args(Precision) or source not in get_args(Source):
        return None
    declared = read_declared(fields.get("published_on"))
    if declared is None:
        return None
    certainty = fields.get("date_certainty")
    found = FoundDate(declared.day, cast(Precision, precision), cast(Source, source))
    return replace(found, certainty=cast(Certainty, certainty)) if certainty in get_args(Certainty) else found


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The fields of the YAML block that opens a file, and the text behind it. Raises FrontMatterError."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, text
    try:
        loaded = yaml.safe_load(found["fields"])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" at line {mark.line + 2}" if mark else ""
        raise FrontMatterError(f"{getattr(error, 'problem', None) or error}{line}") from error
    except ValueError as error:  # YAML takes 2023-13-45 for a date
        raise FrontMatterError(f"a date in it is none ({error})") from error
    if not isinstance(loaded, dict):
        raise FrontMatterError("it holds no 'field: value' lines")
    return loaded, text[found.end() :].strip("\n")


def first_title(text: str) -> str | None:
    """The first line that is neither a date nor a part of the page around the article; of a paragraph its beginning."""
    _, rest = corpus_header(text)
    for line in rest.splitlines():
        stripped = " ".join(line.split())
        if stripped and not is_date_line(stripped) and not is_furniture(stripped):
            return stripped if len(stripped) <= _LONGEST_TITLE else _beginning(stripped)
    return None


def _beginning(paragraph: str) -> str:
    sentence_end = paragraph.find(". ", 40, _LONGEST_TITLE)
    if sentence_end > 0:
        return paragraph[: sentence_end + 1]
    return paragraph[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def _from_name(file_name: str) -> FoundDate | None:
    found = _FILE_NAME_DATE.match(file_name)
    if not found:
        return None
    try:
        return read_declared(found["date"])
    except ValueError:
        return None


def _text_of(value: Any) -> str | None:
    """A field as text; None for a missing, empty or not-a-number field (as empty cells come from tables)."""
    if value is None or (isinstance(value, float) and value != value):
        return None
    text = str(value)
    return text if text.strip() else None

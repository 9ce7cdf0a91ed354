"""What reading hands on: an article that is fit for the lake, or the reason why a page was not taken.

Belongs here: the value objects and the test of admission that every road (file, dump, archive, web) shares. Does not
belong here: how a page is opened (``plain``, ``html``, ``dump`` ...) or how a date is found (``dates``).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from extract.article import Article, article_id_for
from extract.reading.dates import FoundDate, earliest_known, today_in_vietnam

MAX_PAGE_BYTES = 8 * 1024 * 1024
"""A single article that is larger on disk is refused unread: news pages are 10-500 kB, office files below 5 MB."""

MAX_TEXT_CHARACTERS = 1_000_000
"""A text that is longer is refused: the longest yearly reports of a district stay below 200,000 characters."""


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article with exactly the columns of ``contract/article.yaml``, in that order."""

    article_id: str
    url: str | None
    publisher: str | None
    title: str
    published_on: dt.date
    date_precision: str
    date_source: str
    date_certainty: str
    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A page that was not taken: where it is, which field is at fault, why, and what to do about it."""

    file: str
    field: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Page:
    """What one reader took from one file, line or response, before anything was judged.

    ``origin`` says where it came from (path inside the source folder, with ``:line`` in a dump, or a crawl record).
    ``date`` is the best date that the road itself knows. ``date_problem`` holds the words of a declared date that could
    not be read, which is an error and never a reason to guess.
    """

    origin: str
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    article_id: str | None = None
    date: FoundDate | None = None
    date_problem: str | None = field(default=None)


def admit(page: Page, today: dt.date | None = None) -> ArticleRecord | Quarantined:
    """The page as an article for the lake, or the first reason against it. ``today`` is for tests."""
    if refused := _unusable_text(page):
        return refused
    if not page.title:
        return Quarantined(
            page.origin, "title", "no title", "give the article a title (front matter, column or <title>)"
        )
    if page.date_problem is not None:
        return Quarantined(
            page.origin, "published_on", f"cannot read the date {page.date_problem!r}",
            "write the date as YYYY-MM-DD, YYYY-MM or DD/MM/YYYY",
        )  # fmt: skip
    if page.date is None:
        return Quarantined(
            page.origin, "published_on", "no date of publication was found in the page, its address or its text",
            "add published_on: YYYY-MM-DD (or YYYY-MM), or a line such as 'Cập nhật ngày: 18/07/2023' below the title",
        )  # fmt: skip
    horizon = (today or today_in_vietnam()) + dt.timedelta(days=1)  # one day of slack for clocks in other time zones
    if page.date.day > horizon:
        return Quarantined(
            page.origin, "published_on", f"published in the future ({page.date.iso()})",
            "correct the date; day and month may be swapped",
        )  # fmt: skip
    if page.date.day < earliest_known():
        return Quarantined(
            page.origin, "published_on", f"published before {earliest_known()} ({page.date.iso()})",
            "correct the year of the date",
        )  # fmt: skip
    return ArticleRecord(
        article_id=page.article_id or article_id_for(page.url, page.title, page.text),
        url=page.url, publisher=page.publisher or host_of(page.url), title=page.title,
        published_on=page.date.day, date_precision=page.date.precision, date_source=page.date.source,
        date_certainty=page.date.certainty, text=page.text, origin=page.origin,
    )  # fmt: skip


def as_article(page: Page) -> Article | Quarantined:
    """The page as an article for reading figures only: title and date may be missing, the text may not be unusable."""
    if refused := _unusable_text(page):
        return refused
    if page.date is None and page.date_problem:
        return Quarantined(
            page.origin,
            "published_on",
            f"cannot read the date {page.date_problem!r}",
            "write the date as 2024-01-10 or 2024-01, or leave it out",
        )
    title = page.title or ""
    return Article(
        article_id=page.article_id or article_id_for(page.url, title, page.text),
        title=title, text=page.text, url=page.url, publisher=page.publisher or host_of(page.url),
        published_on=page.date.iso() if page.date else None,
    )  # fmt: skip


def host_of(url: str | None) -> str | None:
    """Host name of an address, without ``www.``; None where there is none."""
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:  # an address such as http://[broken
        return None
    return host.removeprefix("www.") if host else None


def _unusable_text(page: Page) -> Quarantined | None:
    if not page.text.strip():
        return Quarantined(
            page.origin, "text", "the article has no text", "remove it, or put the text of the article in"
        )
    if len(page.text) > MAX_TEXT_CHARACTERS:
        return Quarantined(
            page.origin, "text", f"the text has {len(page.text):,} characters, more than {MAX_TEXT_CHARACTERS:,}",
            "split it into one file (or line) an article",
        )  # fmt: skip
    if "\x00" in page.text:
        return Quarantined(
            page.origin, "text", "the text holds NUL characters: binary data", "export the article as UTF-8 text"
        )
    return None

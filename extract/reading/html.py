"""HTML pages: main text, title and date of publication.

Belongs here: the use of trafilatura and htmldate, and the order in which dates are believed. Does not belong here:
fetching pages (``web/``), or what a bare text looks like (``plain``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extract.reading.dates import FoundDate, find_in_text, find_in_url, read_declared
from extract.reading.records import Page


def read_html(origin: str, html: str, url: str | None = None, known: Mapping[str, Any] | None = None) -> Page:
    """The article of one page. Fields in ``known`` (id, title, publisher, published_on) win over those of the page."""
    import trafilatura  # heavy: half a second, only when HTML is met

    known = known or {}
    document: Any = trafilatura.bare_extraction(
        html,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        deduplicate=False,
    )
    text = document.text if document and document.text else ""
    meta_url = document.url if document else None
    title = document.title if document else None
    problem, date = None, None
    try:
        date = read_declared(known.get("published_on"))
    except ValueError:
        problem = str(known["published_on"])
    if date is None and problem is None:
        date = _date_of(document.date if document else None, text, url or meta_url)
    return Page(
        origin=origin, text=text, title=known.get("title") or title, url=url or meta_url,
        publisher=known.get("publisher"), article_id=known.get("id"), date=date, date_problem=problem,
    )  # fmt: skip


def _date_of(meta: str | None, text: str, url: str | None) -> FoundDate | None:
    return (read_declared(meta, "meta") if meta else None) or find_in_text(text) or find_in_url(url)

"""HTML pages: main text, title and date of publication.

Belongs here: the use of trafilatura and htmldate, what is cleaned from their text, and the order in which dates are
believed. Does not belong here: fetching pages (``web/``), bytes (``response``), or what a bare text
looks like (``plain``).
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from extract.reading.dates import (
    FoundDate,
    confirmed,
    find_in_text,
    find_in_url,
    find_printed,
    read_declared,
    today_in_vietnam,
)
from extract.reading.furniture import without_furniture
from extract.reading.legacy import repair
from extract.reading.records import Page
from extract.reading.tables import table_lines
from extract.reading.words import phrases

_LONGEST_CELL = 400  # characters; a longer one holds an article and not a figure
_MOST_CELLS = 20_000  # of a table; spans are not followed beyond
_CELL_END = re.compile(r"(?<!\\)\|")
_TABLE_RULE = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+\s*$")


def read_html(
    origin: str,
    html: str,
    url: str | None = None,
    known: Mapping[str, Any] | None = None,
    listed: FoundDate | None = None,
) -> Page:
    """The article of one decoded page; the arguments are those of ``response.RawPage``."""
    known = known or {}
    tree = _parse(html)
    extracted = _extract(tree, url)
    text = repair(_with_lead(tree, _readable(extracted.text))) if extracted else ""
    title = known.get("title") or (repair(extracted.title) if extracted and extracted.title else None)
    problem, date = None, None
    try:
        date = read_declared(known.get("published_on"))
    except ValueError:
        problem = str(known["published_on"])
    url = url or (extracted.url if extracted else None)
    if date is None and problem is None and tree is not None:
        date = _published(tree, text, url, listed)
    return Page(
        origin=origin, text=without_furniture(text, title), title=title, url=url, publisher=known.get("publisher"),
        article_id=known.get("id"), date=date, date_problem=problem,
    )  # fmt: skip


def _parse(html: str) -> Any:
    """The page as an lxml tree, or None where there is no element in it."""
    from trafilatura.utils import load_html  # heavy: half a second, only when HTML is met

    return load_html(html)


def _extract(tree: Any, url: str | None) -> Any:
    """trafilatura's document, or None. Recall before precision: a lost paragraph may be a lost target."""
    if tree is None:
        return None
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # one line a page without text, else
    return bare_extraction(
        _with_readable_tables(_without_layout_tables(deepcopy(tree))), url=url, with_metadata=True, favor_recall=True,
        include_comments=False, include_tables=True, deduplicate=False,
    )  # fmt: skip


def _without_layout_tables(tree: Any) -> Any:
    """The tree with tables that only place things on the page (as old portals do) turned into plain blocks."""
    for table in tree.xpath("//table"):
        cells = table.xpath("./tr/td | ./*/tr/td | ./tr/th | ./*/tr/th")
        if table.xpath(".//table") or any(len(_words(cell)) > _LONGEST_CELL for cell in cells):
            rows = table.xpath("./tr | ./*/tr | ./tbody | ./thead | ./tfoot")
            for element in (table, *rows, *cells):
                element.tag = "div"
    return tree


def _with_readable_tables(tree: Any) -> Any:
    """The tree with one cell a row in each table: the row as a line in which every figure is in its column.

    A table whose spans reach beyond reason keeps its cells and loses the spans: trafilatura would fill each of them.
    """
    from lxml.etree import strip_attributes  # type: ignore[import-untyped]
    from lxml.html import builder  # type: ignore[import-untyped]

    for table in tree.xpath("//table"):
        rows = [builder.TR(builder.TD(line)) for line in table_lines(_grid(table))]
        if rows:
            table[:] = rows
        else:
            strip_attributes(table, "rowspan", "colspan")
    return tree


def _grid(table: Any) -> list[list[str | None]]:
    """The text of a table's cells, by row, as ``tables`` wants it. Changes the table (words at line breaks part)."""
    for element in table.iter("br", "p", "div", "li"):
        element.tail = f" {element.tail or ''}"  # no two words become one
    grid: list[list[str | None]] = []
    open_spans: dict[int, tuple[int, str | None]] = {}  # column -> (rows left, text)
    size = 0
    for row in table.xpath("./tr | ./*/tr"):
        cells = iter(row.xpath("./td | ./th"))
        line: list[str | None] = []
        while True:
            if len(line) in open_spans:
                left, text = open_spans.pop(len(line))
                if left > 1:
                    open_spans[len(line)] = left - 1, text
                line.append(text)
            elif (cell := next(cells, None)) is not None:
                high = _span(cell, "rowspan")
                for text in (_words(cell), *[None] * (_span(cell, "colspan") - 1)):
                    if high > 1:
                        open_spans[len(line)] = high - 1, text
                    line.append(text)
            else:
                break
        size += len(line)
        if size > _MOST_CELLS:
            return []
        grid.append(line)
    return grid


def _span(cell: Any, name: str) -> int:
    """How many columns or rows a cell covers, within reason."""
    said = (cell.get(name) or "").strip()
    return min(max(int(said), 1), 100) if said.isdecimal() else 1


def _readable(text: str | None) -> str:
    """Table rows as ``cell | cell | cell``, one a line, without the rules that Markdown draws."""
    lines = []
    for line in (text or "").splitlines():
        if _TABLE_RULE.match(line):
            continue
        if line.startswith("|"):
            cells = (cell.strip().replace("\\|", "|") for cell in _CELL_END.split(line.strip().strip("|")))
            line = " | ".join(cells)
        lines.append(line.rstrip())
    return "\n".join(lines).strip("\n")


def _with_lead(tree: Any, text: str) -> str:
    """The text with the lead in front, where the page keeps it apart from the body and it was left out.

    A block counts as the lead by its class name, or because the page's description repeats it.
    """
    names = set(phrases("lead_classes"))
    blocks = [block for block in tree.xpath("//*[@class]") if not names.isdisjoint(block.get("class").lower().split())]
    for description in tree.xpath("//meta[@property='og:description' or @name='description']/@content"):
        beginning = " ".join(description.split())[:60]
        if len(beginning) == 60:  # shorter ones are slogans of the site
            bodies = tree.xpath("//p | //h2 | //div[not(div)]")
            blocks += [block for block in bodies if _words(block).startswith(beginning)]
    squeezed = " ".join(text.split())
    for block in blocks:
        lead = _words(block)
        if 40 <= len(lead) <= 1500:
            return text if lead[:60] in squeezed else f"{lead}\n{text}"
    return text


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _published(tree: Any, text: str, url: str | None, listed: FoundDate | None) -> FoundDate | None:
    """The date of publication by the most trusted trace: tags, printed line, listing, address, and last a guess.

    A printed line with a clock beats the tags where it is earlier: some systems put the moment of rendering into tags.
    """
    meta, printed, in_url = _from_tags(tree), find_printed(text), find_in_url(url)
    best = meta or printed or listed
    if meta and printed:
        best = min(meta, printed, key=lambda date: (date.day, date.source != "meta"))
    elif best is None or _is_day_of(in_url, best):
        best = in_url
    return confirmed(best, meta, printed, listed, in_url) or find_in_text(text) or _from_markup(tree)


def _is_day_of(day: FoundDate | None, month: FoundDate) -> bool:
    """True where one date gives the day of which the other one only gives the month."""
    wanted = ("day", "month", month.day)
    return day is not None and (day.precision, month.precision, day.day.replace(day=1)) == wanted


def _from_tags(tree: Any) -> FoundDate | None:
    """Date of meta tags, JSON-LD and ``time`` elements: htmldate on these parts alone, so that no text misleads it."""
    from lxml.html import Element

    head = Element("html")
    for element in tree.xpath(
        "//meta | //script[contains(@type, 'ld+json')] | //time[@datetime][@pubdate or @itemprop]"
    ):
        copied = deepcopy(element)
        copied.tail = None
        head.append(copied)
    return _htmldate(head, "meta") if len(head) else None


def _from_markup(tree: Any) -> FoundDate | None:
    """The date that htmldate finds by class names and layout, without its search through all of the text."""
    found = _htmldate(deepcopy(tree), "dateline")
    return replace(found, certainty="guess") if found else None


def _htmldate(tree: Any, source: Any) -> FoundDate | None:
    from htmldate import find_date

    found = find_date(
        tree, extensive_search=False, original_date=True, min_date="1997-01-01",
        max_date=(today_in_vietnam() + dt.timedelta(days=1)).isoformat(),
    )  # fmt: skip
    return read_declared(found, source) if found else None

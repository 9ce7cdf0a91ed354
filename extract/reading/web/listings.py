"""Feeds, sitemaps and index pages: which articles a site announces.

Belongs here: bytes to links with their dates. Does not belong here: fetching them, or choosing among the links
(``crawl``).
"""

from __future__ import annotations

import calendar
import datetime as dt
import io
import logging
import re
from dataclasses import dataclass, field

from extract.reading.dates import read_declared
from extract.reading.web.client import NotFetchedError, Unpacker, normal_address

_LARGEST_SITEMAP = 64 * 2**20  # bytes unpacked; the protocol allows 50 MB
_MOST_LINKS = 200_000


@dataclass(frozen=True, slots=True)
class Link:
    """An announced address. ``listed_on`` is its day of publication, ``changed_on`` its last change (UTC), both ISO."""

    url: str
    listed_on: str | None = None
    changed_on: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one feed, sitemap or index page holds: articles and further listings."""

    links: list[Link] = field(default_factory=list)
    listings: list[Link] = field(default_factory=list)


def read_feed(data: bytes, url: str) -> Listing:
    """An RSS or Atom feed; of an HTML page, the feeds that it names. Raises NotFetchedError where it is neither."""
    import feedparser  # type: ignore[import-untyped]

    try:
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, OverflowError, TypeError, AttributeError) as error:
        # feedparser mends what is broken, and now and then stumbles over it in one of these ways
        raise NotFetchedError("feed", f"{url} is broken: {error}", "it is tried again in the next run") from error
    links = []
    for entry in feed.entries[:_MOST_LINKS]:
        address = normal_address(entry.get("link", ""), url)
        if address:
            published = _moment(entry.get("published_parsed") or entry.get("created_parsed"))
            updated = _moment(dict.get(entry, "updated_parsed"))  # entry.get would fall back to the other date
            listed = read_declared(published or updated)
            links.append(Link(address, listed.iso() if listed else None, _utc(updated)))
    if links or feed.get("version"):
        return Listing(links=links)
    if feeds := _feeds_of_page(data, url):
        return Listing(listings=[Link(address) for address in feeds])
    raise NotFetchedError("feed", f"{url} holds no RSS or Atom feed", "give the address of the feed itself")


def read_sitemap(data: bytes, url: str) -> Listing:
    """A sitemap or sitemap index, plain or packed, in XML or lines of text. Raises NotFetchedError otherwise."""
    from lxml import etree  # type: ignore[import-untyped]

    if data[:2] == b"\x1f\x8b":
        data = Unpacker(_LARGEST_SITEMAP)(data)
    if data.lstrip()[:1] != b"<":
        lines = data.decode("utf-8", "replace").split()
        return Listing(links=[Link(normal_address(line, url)) for line in lines if line.startswith("http")])
    found = Listing()
    root = None
    try:
        walk = etree.iterparse(
            io.BytesIO(data), events=("start", "end"), recover=True, resolve_entities=False, no_network=True
        )
        for event, element in walk:
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if event == "start":
                root = root or name
            elif name in ("url", "sitemap"):
                _take(element, url, found)
                element.clear()
    except (etree.XMLSyntaxError, ValueError) as error:  # the latter from names and letters that are none
        raise NotFetchedError(
            "sitemap", f"broken XML in {url}: {error}", "it is tried again in the next run"
        ) from error
    if root not in ("urlset", "sitemapindex"):
        raise NotFetchedError("sitemap", f"{url} is no sitemap (<{root}>)", "give the address of the sitemap itself")
    return found


def read_index(data: bytes, url: str, next_pages: re.Pattern[str] | None) -> Listing:
    """The links of an HTML page; those that fit ``next_pages`` are further index pages."""
    from trafilatura.utils import load_html

    tree = load_html(data)
    found = Listing()
    if tree is None:
        return found
    base = next(iter(tree.xpath("//base/@href")), "")
    for reference in tree.xpath("//a/@href")[:_MOST_LINKS]:
        address = normal_address(reference, normal_address(base, url) or url)
        if address.startswith("http"):
            further = next_pages is not None and next_pages.search(address)
            (found.listings if further else found.links).append(Link(address))
    return found


def _take(element: object, base: str, found: Listing) -> None:
    fields: dict[str, str] = {}
    for child in element.iter():  # type: ignore[attr-defined]
        if isinstance(child.tag, str) and child.text:
            fields.setdefault(child.tag.rpartition("}")[2], child.text.strip())
    address = normal_address(fields.get("loc", ""), base)
    if not address or len(found.links) >= _MOST_LINKS:
        return
    listed = changed = None
    try:
        published = read_declared(fields.get("publication_date"))
        listed = published.iso() if published else None
        changed = _utc(_parsed(fields.get("lastmod")))
    except ValueError:
        logging.getLogger(__name__).debug("%s: a date of %s cannot be read", base, address)
    is_index = element.tag.rpartition("}")[2] == "sitemap"  # type: ignore[attr-defined]
    (found.listings if is_index else found.links).append(Link(address, listed, changed))


def _parsed(text: str | None) -> dt.datetime | None:
    if not text:
        return None
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _moment(parsed: object) -> dt.datetime | None:
    """feedparser's time tuple (UTC) as a moment."""
    return dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC) if parsed else None  # type: ignore[arg-type]


def _utc(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def _feeds_of_page(data: bytes, url: str) -> list[str]:
    from trafilatura.utils import load_html

    tree = load_html(data)
    if tree is None:
        return []
    named = tree.xpath("//link[contains(@type, 'rss') or contains(@type, 'atom')]/@href")
    return [address for address in (normal_address(reference, url) for reference in named) if address]

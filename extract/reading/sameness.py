"""The same report in several places: exact and near duplicates, and re-publications with other figures.

Belongs here: which articles are alike (``links``), and the groups that follow (``group``). Does not belong here:
dropping any of them (the warehouse counts a report once and lists all its places), or comparing the facts that were
read from them.

The two steps are apart so that new articles cost no more than their own months: the links of a month follow from its
articles and those of the ``WINDOW_DAYS`` before it, whatever else there is; the groups follow from all links.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl

from extract.reading.fingerprint import PERMUTATIONS, Fingerprint, fingerprints, similarity
from extract.schemas import polars_schema

WINDOW_DAYS = 62
"""Articles further apart are not compared: a report is taken over within days, while the report of the next year may
well use the words of this year's."""

SIMILAR = 0.8
"""Share of five-word sequences from which two articles are one report. A changed figure costs about 1 %; the reports of
two months by one office, in the same phrases with other figures, stay below 0.6."""

SIMILAR_AT_ONE_ADDRESS = 0.5

LINK_COLUMNS: dict[str, Any] = {
    "article_id": pl.String, "published_on": pl.Date, "identity": pl.Int64, "figures": pl.Int64,
    "like_article_id": pl.String, "like_published_on": pl.Date, "like_identity": pl.Int64, "like_figures": pl.Int64,
    "similarity": pl.Float64,
}  # fmt: skip
"""A link leads from an article to an earlier one that is the same report; both as far as groups need to know them."""

_DECIDING = ("fingerprint.py", "sameness.py", "furniture.py", "words.yaml")
_CANDIDATE = 0.7  # of the index; what it finds is compared exactly, so it had better find too much
_MISSED_OR_IDLE = (0.1, 0.9)  # weights of idle comparisons and missed pairs by which the index is laid out
_MOST_WORDINGS = 50  # of one report that are looked up; further ones are found by these


def find_same_reports(months: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The groups among articles, as the ``same_report`` contract describes them.

    ``months`` are frames with article_id, url, published_on and text, in the order of their months; one is held at a
    time, with the fingerprints of the last ``WINDOW_DAYS``.
    """
    return group(links([], chain.from_iterable(map(fingerprints, months))))


def links(before: Iterable[Fingerprint], articles: Iterable[Fingerprint]) -> pl.DataFrame:
    """The links of ``articles``, with the columns of ``LINK_COLUMNS``. ``before`` are those of the ``WINDOW_DAYS``
    before them; all are in the order of publication."""
    window = _Window()
    for earlier in before:
        window.add(earlier)
    rows = [row for article in articles for row in window.add(article)]
    return pl.DataFrame(rows, schema=LINK_COLUMNS, orient="row")


class _Window:
    """The articles of the last ``WINDOW_DAYS``, one entry a wording in the index: what is copied a thousand times is
    compared once."""

    def __init__(self) -> None:
        from datasketch import MinHashLSH  # type: ignore[import-untyped]  # heavy: half a second

        self._index = MinHashLSH(threshold=_CANDIDATE, num_perm=PERMUTATIONS, weights=_MISSED_OR_IDLE)
        self._recent: deque[Fingerprint] = deque()
        self._ids: set[str] = set()
        self._wordings: defaultdict[int, deque[Fingerprint]] = defaultdict(deque)  # by identity, earliest first
        self._indexed: set[int] = set()
        self._by_url: dict[str, Fingerprint] = {}

    def add(self, fresh: Fingerprint) -> Iterator[tuple[object, ...]]:
        """The links of an article to those before it. Must be called in the order of publication."""
        if fresh.article_id in self._ids:
            return iter(())  # the very same article, handed over twice
        self._forget(fresh.published_on)
        found = self._alike(fresh)
        self._remember(fresh)
        return (_row(fresh, other, likeness) for other, likeness in found)

    def _alike(self, fresh: Fingerprint) -> list[tuple[Fingerprint, float]]:
        """(earlier article, similarity) of those that are the same report."""
        found: dict[str, tuple[Fingerprint, float]] = {}
        if fresh.identity in self._wordings:
            earliest = self._wordings[fresh.identity][0]
            found[earliest.article_id] = earliest, 1.0
        elif fresh.signature is not None:
            candidates = self._index.query(fresh.signature)
            for identity in candidates:
                other = self._wordings[identity][0]
                if (likeness := similarity(fresh, other)) >= SIMILAR:
                    found[other.article_id] = other, likeness
            if len(candidates) < _MOST_WORDINGS:
                self._index.insert(fresh.identity, fresh.signature, check_duplication=False)
                self._indexed.add(fresh.identity)
        same_address = self._by_url.get(fresh.url) if fresh.url else None
        if same_address and same_address.identity != fresh.identity and same_address.article_id not in found:
            likeness = similarity(fresh, same_address)
            if likeness >= SIMILAR_AT_ONE_ADDRESS:
                found[same_address.article_id] = same_address, likeness
        return sorted(found.values(), key=lambda pair: (-pair[1], pair[0].position))

    def _remember(self, fresh: Fingerprint) -> None:
        self._recent.append(fresh)
        self._ids.add(fresh.article_id)
        self._wordings[fresh.identity].append(fresh)
        if fresh.url:
            self._by_url[fresh.url] = fresh

    def _forget(self, today: dt.date) -> None:
        """Drops what lies too far back to be compared."""
        while self._recent and (today - self._recent[0].published_on).days > WINDOW_DAYS:
            old = self._recent.popleft()
            self._ids.remove(old.article_id)
            self._wordings[old.identity].popleft()
            if not self._wordings[old.identity]:
                del self._wordings[old.identity]
                if old.identity in self._indexed:
                    self._indexed.remove(old.identity)
                    self._index.remove(old.identity)
            if old.url and self._by_url.get(old.url) is old:
                del self._by_url[old.url]


def _row(fresh: Fingerprint, other: Fingerprint, likeness: float) -> tuple[object, ...]:
    return (
        fresh.article_id, fresh.published_on, fresh.identity, fresh.figures,
        other.article_id, other.published_on, other.identity, other.figures, likeness,
    )  # fmt: skip


def group(found: pl.DataFrame) -> pl.DataFrame:
    """The groups that links make (a frame with ``LINK_COLUMNS``), as the ``same_report`` contract describes them."""
    ends = _ends(found)
    report = _earliest_of_group(ends, found)
    closest = _closest(found)
    versions: dict[tuple[str, int], str] = {}
    rows: list[tuple[str, str, str, str, str | None, float]] = []
    for article_id, (_, identity, figures) in sorted(ends.items(), key=lambda item: (item[1][0], item[0])):
        version = versions.setdefault((report[article_id], figures), article_id)
        if report[article_id] == article_id:
            rows.append((article_id, article_id, version, "original", None, 1.0))
            continue
        like, likeness = closest[article_id]
        _, like_identity, like_figures = ends[like]
        relation = "same" if like_identity == identity else "near" if like_figures == figures else "revised"
        rows.append((article_id, report[article_id], version, relation, like, likeness))
    return pl.DataFrame(sorted(rows), schema=polars_schema("same_report"), orient="row")


def _ends(found: pl.DataFrame) -> dict[str, tuple[dt.date, int, int]]:
    """article_id -> (published_on, identity, figures) of all that are linked."""
    names = ["article_id", "published_on", "identity", "figures"]
    likes = found.select(pl.col(f"like_{name}").alias(name) for name in names)
    return {row[0]: row[1:] for row in pl.concat([likes, found.select(names)]).unique().sort(names).iter_rows()}


def _earliest_of_group(ends: dict[str, tuple[dt.date, int, int]], found: pl.DataFrame) -> dict[str, str]:
    """article_id -> the earliest article that links lead to from it."""
    parent = {article_id: article_id for article_id in ends}

    def root(article_id: str) -> str:
        while (above := parent[article_id]) != article_id:
            parent[article_id] = article_id = parent[above]
        return article_id

    for one, other in found.select("article_id", "like_article_id").iter_rows():
        first, second = sorted((root(one), root(other)), key=lambda article_id: (ends[article_id][0], article_id))
        parent[second] = first
    return {article_id: root(article_id) for article_id in ends}


def _closest(found: pl.DataFrame) -> dict[str, tuple[str, float]]:
    """article_id -> (the article that it is most like, similarity): an earlier one where there is one, else one that
    links lead from (as where a later article shows that two groups are one)."""
    forward = found.select("article_id", "like_article_id", "similarity", pl.col("like_published_on").alias("day"))
    backward = found.select(
        pl.col("like_article_id").alias("article_id"), pl.col("article_id").alias("like_article_id"), "similarity",
        pl.col("published_on").alias("day"),
    )  # fmt: skip
    both = pl.concat([forward.with_columns(later=0), backward.with_columns(later=1)])
    best = both.sort("article_id", "later", -pl.col("similarity"), "day", "like_article_id").unique(
        "article_id", keep="first", maintain_order=True
    )
    return {row[0]: row[1:] for row in best.select("article_id", "like_article_id", "similarity").iter_rows()}


@cache
def comparison_version() -> str:
    """12 hex digits over the files that decide what is alike: links that were made by others are made again."""
    digest = hashlib.sha256()
    for name in _DECIDING:
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()[:12]

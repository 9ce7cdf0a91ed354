"""The same report in several places: exact and near duplicates, and re-publications with other figures.

Belongs here: grouping articles, by the words that they share, across months. Does not belong here: dropping any of them
(the warehouse counts a report once and lists all its places), or comparing the facts that were read from them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
import polars as pl

from extract.reading.furniture import is_furniture
from extract.schemas import polars_schema

WINDOW_DAYS = 62
"""Articles further apart are not compared: a report is taken over within days, while the report of the next year may
well use the words of this year's."""

SIMILAR = 0.8
"""Share of five-word sequences from which two articles are one report. A changed figure costs about 1 %; the reports of
two months by one office, in the same phrases with other figures, stay below 0.6."""

SIMILAR_AT_ONE_ADDRESS = 0.5

_PERMUTATIONS = 128
_CANDIDATE = 0.7  # of the index; what it finds is compared exactly
_SHINGLE = 5  # words
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 1], np.uint64)
_FEWEST_WORDS = 30  # shorter texts are compared by identity only
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_CLOCK_OR_DATE = re.compile(
    r"\d{1,2}[:h]\d{2}|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}"
    r"|(?:ngày|sáng|trưa|chiều|tối|đêm|nay)\s*\(?\d{1,2}[/.\-]\d{1,2}(?!\d)"  # 26/34 elsewhere is a part of a whole
)


def find_same_reports(months: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The groups among articles, as the ``same_report`` contract describes them.

    ``months`` are frames with article_id, url, published_on and text, in the order of their months; one is held at a
    time, with the fingerprints of the last ``WINDOW_DAYS``. The result does not depend on how articles are cut into
    frames, as long as no frame reaches back before the one before it.
    """
    grouping = _Grouping()
    for month in months:
        columns = month.select("published_on", "article_id", "url", "text").sort("published_on", "article_id")
        for published_on, article_id, url, text in columns.iter_rows():
            grouping.add(article_id, published_on, url, text)
    return pl.DataFrame(list(grouping.rows()), schema=polars_schema("same_report"), orient="row")


@dataclass(frozen=True, slots=True)
class _Print:
    """What is kept of an article to compare it with later ones."""

    article_id: str
    published_on: dt.date
    url: str | None
    identity: int
    shingles: np.ndarray[Any, Any]  # sorted, unique, uint32
    figures: int
    indexed: bool


@dataclass(slots=True)
class _Member:
    published_on: dt.date
    relation: str
    like: str | None
    similarity: float
    figures: int


class _Grouping:
    def __init__(self) -> None:
        from datasketch import MinHashLSH  # type: ignore[import-untyped]  # heavy: half a second

        self._index = MinHashLSH(threshold=_CANDIDATE, num_perm=_PERMUTATIONS)
        self._recent: deque[str] = deque()
        self._prints: dict[str, _Print] = {}
        self._by_identity: dict[int, str] = {}
        self._by_url: dict[str, str] = {}
        self._parent: dict[str, str] = {}  # of grouped articles only
        self._members: dict[str, _Member] = {}

    def add(self, article_id: str, published_on: dt.date, url: str | None, text: str) -> None:
        """Compares an article with those before it. Must be called in the order of publication."""
        if article_id in self._prints:
            return  # the very same article, handed over twice
        self._forget(published_on)
        fresh = _print_of(article_id, published_on, url, text)
        signature = _signature(fresh.shingles) if fresh.indexed else None
        alike = sorted(self._alike(fresh, signature), key=lambda pair: (-pair[1], self._position(pair[0])))
        if alike:
            self._join(fresh, alike)
        self._remember(fresh, signature)

    def rows(self) -> Iterator[tuple[str, str, str, str, str | None, float]]:
        """Members of groups in the order of article ids."""
        versions: dict[tuple[str, int], str] = {}
        for article_id in sorted(self._members, key=self._position):
            member = self._members[article_id]
            versions.setdefault((self._root(article_id), member.figures), article_id)
        for article_id in sorted(self._members):
            member, root = self._members[article_id], self._root(article_id)
            yield article_id, root, versions[root, member.figures], member.relation, member.like, member.similarity

    def _alike(self, fresh: _Print, signature: Any) -> list[tuple[str, float]]:
        """(earlier article, similarity) of all that are the same report."""
        found: dict[str, float] = {}
        if fresh.identity in self._by_identity:
            found[self._by_identity[fresh.identity]] = 1.0
        candidates = set(self._index.query(signature)) if signature is not None else set()
        same_address = self._by_url.get(fresh.url) if fresh.url else None
        if same_address:
            candidates.add(same_address)
        for candidate in candidates - found.keys():
            similarity = _jaccard(fresh.shingles, self._prints[candidate].shingles)
            if similarity >= (SIMILAR_AT_ONE_ADDRESS if candidate == same_address else SIMILAR):
                found[candidate] = similarity
        return list(found.items())

    def _join(self, fresh: _Print, alike: list[tuple[str, float]]) -> None:
        for other, _ in alike:
            if other not in self._members:
                known = self._prints[other]
                self._parent[other] = other
                self._members[other] = _Member(known.published_on, "original", None, 1.0, known.figures)
        nearest, similarity = alike[0]
        earlier = self._prints[nearest]
        if fresh.identity == earlier.identity:
            relation = "same"
        else:
            relation = "near" if fresh.figures == earlier.figures else "revised"
        closest = {self._root(other): likeness for other, likeness in reversed(alike)}
        first, *others = sorted(closest, key=self._position)
        for root in others:  # the article shows that two groups are one
            member = self._members[root]
            self._parent[root] = first
            member.relation = "near" if member.figures == fresh.figures else "revised"
            member.like, member.similarity = fresh.article_id, closest[root]
        self._parent[fresh.article_id] = first
        self._members[fresh.article_id] = _Member(fresh.published_on, relation, nearest, similarity, fresh.figures)

    def _root(self, article_id: str) -> str:
        while (parent := self._parent[article_id]) != article_id:
            self._parent[article_id] = self._parent[parent]
            article_id = parent
        return article_id

    def _position(self, article_id: str) -> tuple[dt.date, str]:
        known = self._members.get(article_id) or self._prints[article_id]
        return (known.published_on, article_id)

    def _remember(self, fresh: _Print, signature: Any) -> None:
        self._recent.append(fresh.article_id)
        self._prints[fresh.article_id] = fresh
        self._by_identity.setdefault(fresh.identity, fresh.article_id)
        if fresh.url:
            self._by_url[fresh.url] = fresh.article_id
        if signature is not None:
            self._index.insert(fresh.article_id, signature, check_duplication=False)

    def _forget(self, today: dt.date) -> None:
        """Drops what lies too far back to be compared."""
        while self._recent:
            old = self._prints[self._recent[0]]
            if (today - old.published_on).days <= WINDOW_DAYS:
                return
            self._recent.popleft()
            del self._prints[old.article_id]
            if old.indexed:
                self._index.remove(old.article_id)
            if self._by_identity.get(old.identity) == old.article_id:
                del self._by_identity[old.identity]
            if old.url and self._by_url.get(old.url) == old.article_id:
                del self._by_url[old.url]


def _print_of(article_id: str, published_on: dt.date, url: str | None, text: str) -> _Print:
    lines = [line for line in unicodedata.normalize("NFC", text).lower().splitlines() if not is_furniture(line)]
    prose = "\n".join(lines)
    words = _WORD.findall(prose)
    figures = sorted(set(_FIGURE.findall(_CLOCK_OR_DATE.sub(" ", prose))))
    return _Print(
        article_id, published_on, url, identity=_hash(" ".join(words)), shingles=_shingles(words),
        figures=_hash(" ".join(figures)), indexed=len(words) >= _FEWEST_WORDS,
    )  # fmt: skip


def _shingles(words: list[str]) -> np.ndarray[Any, Any]:
    """The sequences of five words as sorted, unique 32-bit hashes."""
    codes = np.fromiter(map(_code, words), np.uint64, len(words))
    if len(codes) < _SHINGLE:
        codes = np.pad(codes, (0, _SHINGLE - len(codes)))
    mixed = (np.lib.stride_tricks.sliding_window_view(codes, _SHINGLE) * _FACTORS).sum(axis=1, dtype=np.uint64)
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


@lru_cache(maxsize=2**16)
def _code(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _hash(text: str) -> int:
    """A 64-bit hash that is the same in every process."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def _signature(shingles: np.ndarray[Any, Any]) -> Any:
    signature = _no_signature().copy()
    signature.update_batch(shingles.tolist())
    return signature


@cache
def _no_signature() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=_PERMUTATIONS, hashfunc=int)


def _jaccard(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)

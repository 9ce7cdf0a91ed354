"""What is kept of an article to compare it with others: its words, its figures and its five-word sequences, as hashes.

Belongs here: turning a text into such a fingerprint, and how like two of them are. Does not belong here: which articles
are compared, and what follows from it (``sameness``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
import polars as pl

from extract.reading.furniture import is_furniture

PERMUTATIONS = 128  # of a MinHash signature

_SHINGLE = 5  # words
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 1], np.uint64)
_FEWEST_WORDS = 30  # shorter texts are compared by identity only
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_CLOCK_OR_DATE = re.compile(
    r"\d{1,2}[:h]\d{2}|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}"
    r"|(?:ngày|sáng|trưa|chiều|tối|đêm|nay)\s*\(?\d{1,2}[/.\-]\d{1,2}(?!\d)"  # 26/34 elsewhere is a part of a whole
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """An article as it is compared. ``identity`` stands for its words, ``figures`` for its figures without dates."""

    article_id: str
    published_on: dt.date
    url: str | None
    identity: int
    figures: int
    shingles: np.ndarray[Any, Any]  # sorted, unique, uint32
    signature: Any  # MinHash; None where the text is too short to be like another one

    @property
    def position(self) -> tuple[dt.date, str]:
        """By which articles are put in order."""
        return (self.published_on, self.article_id)


def fingerprints(articles: pl.DataFrame) -> Iterator[Fingerprint]:
    """Those of a frame with article_id, published_on, url and text, in the order of publication, one an article."""
    columns = articles.select("published_on", "article_id", "url", "text").sort("published_on", "article_id")
    for published_on, article_id, url, text in columns.unique("article_id", maintain_order=True).iter_rows():
        yield fingerprint(article_id, published_on, url, text)


def fingerprint(article_id: str, published_on: dt.date, url: str | None, text: str) -> Fingerprint:
    """The fingerprint of one article; lines of the page around it do not count."""
    lines = [line for line in unicodedata.normalize("NFC", text).lower().splitlines() if not is_furniture(line)]
    prose = "\n".join(lines)
    words = _WORD.findall(prose)
    figures = sorted(set(_FIGURE.findall(_CLOCK_OR_DATE.sub(" ", prose))))
    shingles = _shingles(words)
    return Fingerprint(
        article_id, published_on, url, identity=_hash(" ".join(words)), figures=_hash(" ".join(figures)),
        shingles=shingles, signature=_signature(shingles) if len(words) >= _FEWEST_WORDS else None,
    )  # fmt: skip


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """Share of five-word sequences that both have (Jaccard)."""
    both = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))
    return both / (len(one.shingles) + len(other.shingles) - both)


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
    """A 63-bit hash that is the same in every process and fits a signed column."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _signature(shingles: np.ndarray[Any, Any]) -> Any:
    signature = _no_signature().copy()
    signature.update_batch(shingles.tolist())
    return signature


@cache
def _no_signature() -> Any:
    from datasketch import MinHash  # type: ignore[import-untyped]  # heavy: half a second

    return MinHash(num_perm=PERMUTATIONS, hashfunc=int)

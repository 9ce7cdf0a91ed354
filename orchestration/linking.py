"""The links between articles that are the same report, kept by month and made again only where articles changed.

Belongs here: which months are out of date, and the files. Does not belong here: what makes two articles alike, and the
groups that follow (``extract.reading.sameness``).

The links of a month follow from its articles and those of the two months before it. So each file bears a stamp of
these articles in its name: a month whose stamp is still right is not looked at, and a late article costs the comparison
of its own month and of the few behind it, however large the lake is.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import polars as pl

from extract.reading.fingerprint import Fingerprint, fingerprints
from extract.reading.sameness import LINK_COLUMNS, WINDOW_DAYS, comparison_version, links
from orchestration.lake import Lake, replace_parquet
from orchestration.partitions import month_of

_COMPARED = ("article_id", "published_on", "url", "text")


@dataclass(frozen=True, slots=True)
class Linked:
    """All links of the lake, and which months were compared again for them."""

    links: pl.DataFrame
    compared: list[str]
    months: int


def up_to_date_links(lake: Lake) -> Linked:
    """Compare the months whose articles changed, and return the links of all. One process at a time does this."""
    with lake.locked("links-"):
        months = lake.months("articles")
        contents = {month: _digest(lake.path("articles", month)) for month in months}
        files: dict[str, Path] = {}
        compared = []
        held: dict[str, list[Fingerprint]] = {}  # of the last months: a text is looked at once
        for month in months:
            window = [other for other in months if _reaches_back_to(month) <= other <= month]
            files[month] = lake.links / f"{month}-{_stamp([contents[other] for other in window])}.parquet"
            if not files[month].exists():
                held = {other: held.get(other) or _fingerprints(lake, other) for other in window}
                before = chain.from_iterable(held[other] for other in window[:-1])
                replace_parquet(links(_within_reach(before, month), held[month]), files[month])
                compared.append(month)
        for outdated in set(lake.links.glob("*.parquet")) - set(files.values()):
            outdated.unlink()
        frames = [pl.DataFrame(schema=LINK_COLUMNS), *map(pl.read_parquet, files.values())]
        return Linked(pl.concat(frames), compared, len(months))


def _within_reach(before: Iterator[Fingerprint], month: str) -> Iterator[Fingerprint]:
    first = _first_day(month) - dt.timedelta(days=WINDOW_DAYS)
    return (article for article in before if article.published_on >= first)


def _reaches_back_to(month: str) -> str:
    return month_of(_first_day(month) - dt.timedelta(days=WINDOW_DAYS))


def _first_day(month: str) -> dt.date:
    return dt.date.fromisoformat(f"{month}-01")


def _fingerprints(lake: Lake, month: str) -> list[Fingerprint]:
    return list(fingerprints(lake.read("articles", [month], _COMPARED)))


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").digest()


def _stamp(contents: Sequence[bytes]) -> str:
    return hashlib.blake2b(comparison_version().encode() + b"".join(contents), digest_size=8).hexdigest()

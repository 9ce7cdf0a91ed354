"""What the months hold after new articles arrive: the union of what is stored and what comes, nothing lost.

Belongs here: the rule of that union. Does not belong here: scanning (``arrivals``) or files (``lake``).

An id is made of an article's address, title and text, so the same article read again changes nothing. Three cases are
not that simple:

- *seen again*: the same id comes with other columns (a better date within the month, another file): what comes wins;
- *moved*: the same id comes dated in another month than the one where it stands: it leaves that month;
- *edited*: the same file brings the article of the same address or title under another id: the old one leaves.
"""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Departures:
    """Stored articles that leave because of what arrives: (article_id, month where it stands)."""

    moved: pl.DataFrame
    edited: pl.DataFrame

    def of(self, month: str) -> list[str]:
        """Ids that leave one month."""
        both = pl.concat([self.moved, self.edited])
        return both.filter(pl.col("month") == month)["article_id"].to_list()

    @property
    def months(self) -> list[str]:
        """Months that lose an article."""
        return pl.concat([self.moved, self.edited])["month"].unique().sort().to_list()


def departures(stored: pl.DataFrame, arriving: pl.DataFrame) -> Departures:
    """What leaves. Both frames have article_id, origin, url, title and month; ``arriving`` has one row an id."""
    columns = ["article_id", "month"]
    known = stored.join(arriving.select("article_id", pl.col("month").alias("month_now")), on="article_id")
    moved = known.filter(pl.col("month") != pl.col("month_now")).select(columns)
    unseen = stored.join(arriving, on="article_id", how="anti")
    pairs = unseen.join(arriving, on="origin", suffix="_now")
    same = (pl.col("url") == pl.col("url_now")) | (pl.col("title") == pl.col("title_now"))
    edited = pairs.filter(same.fill_null(False)).select(columns).unique().sort(columns)
    return Departures(moved.sort(columns), edited)


def merge(stored: pl.DataFrame, arriving: pl.DataFrame) -> pl.DataFrame:
    """A month after the merge: what is stored, and ``arriving`` in the place of rows with the same id."""
    return pl.concat([stored.join(arriving, on="article_id", how="anti"), arriving])

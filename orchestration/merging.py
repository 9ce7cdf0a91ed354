"""What a month holds after new articles arrive: the union of what is stored and what comes, nothing lost.

Belongs here: the rule of that union. Does not belong here: scanning (``arrivals``) or files (``lake``).

An id is made of an article's address, title and text, so the same article read again changes nothing. Three cases are
not that simple:

- *seen again*: the same id comes with other columns (a better date within the month, another file): what comes wins;
- *moved*: a stored id arrives dated in another month: it leaves this month, since it stands in the other;
- *edited*: the same file brings the article of the same address or title under another id: the old text leaves.
"""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Merged:
    """A month after the merge, and how many articles are new, edited, or left for another month."""

    articles: pl.DataFrame
    new: int
    edited: int
    moved: int


def merge(stored: pl.DataFrame, arriving: pl.DataFrame, index: pl.DataFrame) -> Merged:
    """Merge the stored and the arriving articles of one month.

    ``index`` has article_id, origin, url, title and month of everything that arrived, of any month: what is in it and
    not in ``arriving`` stands in another month.
    """
    elsewhere = index.filter(~pl.col("article_id").is_in(arriving["article_id"].to_list()))
    moved = stored.filter(pl.col("article_id").is_in(elsewhere["article_id"].to_list()))["article_id"].to_list()
    replaced = _edited(stored, index)
    known = stored["article_id"].to_list()
    new = arriving.filter(~pl.col("article_id").is_in(known)).height
    gone = {*moved, *replaced, *arriving["article_id"]}
    kept = stored.filter(~pl.col("article_id").is_in(list(gone)))
    return Merged(pl.concat([kept, arriving]), new=new, edited=len(replaced), moved=len(moved))


def _edited(stored: pl.DataFrame, index: pl.DataFrame) -> list[str]:
    """Ids of stored articles that the file they came from now gives with another text or title."""
    unseen = stored.filter(~pl.col("article_id").is_in(index["article_id"].to_list()))
    pairs = unseen.join(index, on="origin", suffix="_now")
    same = (pl.col("url") == pl.col("url_now")) | (pl.col("title") == pl.col("title_now"))
    return pairs.filter(same.fill_null(False))["article_id"].unique().sort().to_list()

"""Round-ups: a page of no single district, most often a province's, that tells the same of its districts one by one.

Belongs here: whether a page is one, and which of its statements are a district's. Does not belong here: how far the
name of a district reaches (``district_scope.py``).
"""

from __future__ import annotations

from collections.abc import Iterable

from extract.article import Article
from extract.extraction import DocumentPlace
from extract.places.days import after_districts, day_of
from extract.places.mentions import PlaceMention
from extract.statements.statement import Statement

# a page that tells something of fewer districts gives an example, unless it tells much of it
SEVERAL, MUCH = 2, 5


def may_tell(place: DocumentPlace, article: Article) -> bool:
    """True for a page that may tell of a district, or of several: not a commune's, nor one of a time without them."""
    if place.unit_level == "district":
        return True
    broad = place.unit_level in ("province", "other") and place.province_code is not None
    return broad and not after_districts(day_of(article.published_on))


def names_several(mentions: Iterable[PlaceMention]) -> bool:
    """True for a page that names several districts, so that it is worth reading."""
    return len({m.code for m in mentions if m.kind == "district" and m.code is not None}) >= SEVERAL


def of_districts(statements: list[Statement]) -> list[Statement]:
    """The statements that are told of one district each; none where only little is told of a single one.

    What is said without a district's name is the province's own.
    """
    own = [statement for statement in statements if statement.district is not None]
    several = len({statement.district for statement in own}) >= SEVERAL
    return own if several or len(own) >= MUCH else []

"""Round-ups: a page of no single district, most often a province's, that tells of its districts one by one: the same of
each, or in news in brief that have nothing to do with each other.

Belongs here: whether a page is one, and which of its statements are a district's. Does not belong here: how far the
name of a district reaches (``district_scope.py``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from extract.article import Article
from extract.extraction import DocumentPlace
from extract.lexicon.grammar import first_words
from extract.places.days import after_districts, day_of
from extract.places.mentions import PlaceMention
from extract.statements.statement import Statement

# what is told of fewer districts is an example, or the province's own beside a name
SEVERAL: Final = 2
# news in brief begin with one of these; a dash lists what belongs together
_BRIEF_MARKS: Final = frozenset("*•")
_BRIEFS: Final = 2


def may_tell(place: DocumentPlace, article: Article) -> bool:
    """True for a page that may tell of a district, or of several: not a commune's, nor one of a time without them."""
    if place.unit_level == "district":
        return True
    broad = place.unit_level in ("province", "other") and place.province_code is not None
    return broad and not after_districts(day_of(article.published_on))


def names_several(mentions: Iterable[PlaceMention]) -> bool:
    """True for a page that names several districts, so that it is worth reading."""
    return len({m.code for m in mentions if m.kind == "district" and m.code is not None}) >= SEVERAL


def of_districts(statements: list[Statement], words: list[str]) -> list[Statement]:
    """The statements that tell of a district what is told of another as well, or whose clause begins with it.

    What is said without a district's name, or beside one name only, is the province's own or an example; but news in
    brief stand each for itself, so one about a single district is told of it.
    """
    own = [s for s in statements if s.district is not None]
    briefs = _briefs_of_one(statements, words)
    told: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    for statement in own:
        told[_what(statement)].add(str(statement.district))
    if len({statement.district for statement in own}) < SEVERAL:
        return [s for s in own if s.sentence.paragraph in briefs]
    return [s for s in own if len(told[_what(s)]) >= SEVERAL or _opens(s, words) or s.sentence.paragraph in briefs]


def _briefs_of_one(statements: list[Statement], words: list[str]) -> set[int]:
    """The paragraphs that are news in brief about one district: all that they tell is its, from its name on."""
    if sum(words.count(mark) for mark in _BRIEF_MARKS) < _BRIEFS:
        return set()
    told: defaultdict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        told[statement.sentence.paragraph].append(statement)
    return {
        paragraph
        for paragraph, said in told.items()
        if (first := said[0]).sentence.opens
        and words[first.sentence.first] in _BRIEF_MARKS
        and {statement.district for statement in said} == {first.district}
        and first.district is not None
        and _opens(first, words)
    }


def _opens(statement: Statement, words: list[str]) -> bool:
    """ "+ Huyện Cái Bè phấn đấu có 100% xã đạt chuẩn": a clause before the figure begins with the district."""
    said = words[statement.sentence.first : statement.start]
    starts = (at for at, word in enumerate(said) if word.isalpha() and not (at and said[at - 1].isalnum()))
    return any(said[at] in first_words["district_types"] for at in starts)


def _what(statement: Statement) -> tuple[object, ...]:
    return statement.kind, statement.topic.code, statement.measured.measure, statement.year

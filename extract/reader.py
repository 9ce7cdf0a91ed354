"""Reading one article: cheap test, place, events, statements, rows.

Belongs here: the order of the stages. Does not belong here: any of the stages.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from extract.article import Article
from extract.extraction import DocumentPlace, Extraction, SkippedFigure
from extract.gate import NOTHING, PLACE_ONLY, READ, first_look
from extract.language.normalise import joined
from extract.language.periods import generic
from extract.language.tokens import Tokens, tokenise
from extract.places.days import day_of
from extract.places.mentions import find_district_mentions
from extract.places.resolver import resolve
from extract.statements.assembly import make_rows
from extract.statements.document_times import document_times
from extract.statements.matching import period_reader, read_events
from extract.statements.place_scope import PlaceScope
from extract.statements.reading import StatementReader
from extract.statements.round_ups import may_tell, names_several, of_districts
from extract.statements.statement import Skipped
from extract.statements.tables import Owner, TableReader, find_tables, page_with_tables, without_tables
from extract.statements.tables.by_district import DistrictTables, may_hold_one
from extract.statements.tables.district_cells import read_by_district

_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
_new: Final = tuple.__new__
_STOPPED: Final = DocumentPlace("other", None, None, None, "not read: no word of a district's plan")


def read_article(article: Article, place: DocumentPlace | None = None) -> Extraction:
    """All statements of ``article`` as rows. Never raises on any text. ``place`` overrides the resolver.

    Articles about a province, a commune or something else have no rows, but those that tell of districts one by one.
    """
    look = first_look(article) if place is None else READ
    if look == NOTHING:
        return Extraction(_STOPPED)
    article = _encodable(article)
    place = place or resolve(article)
    if look == PLACE_ONLY:
        return Extraction(place)
    whole = joined(article.text)
    tells = may_tell(place, article)
    mentions = find_district_mentions(article.text, place, article.published_on, whole) if tells else []
    round_up = place.unit_level != "district"
    told_of = not round_up or names_several(mentions)
    if not (told_of or (place.unit_level != "commune" and may_hold_one(article.text))):
        return Extraction(place)
    tokens = tokenise(article.text, whole)
    page = page_with_tables(tokens, article.text)
    by_district = [] if page is None else DistrictTables(page, day_of(article.published_on)).find()
    if not (told_of or by_district):
        return Extraction(place)
    sentences = read_events(tokens, article.text)
    title = tokenise(article.title)
    title_times = period_reader().read(title.words, generic(title))
    times = document_times(article.published_on, title_times, title.words, sentences, tokens.words)
    reader = StatementReader(tokens, article.text, times, PlaceScope(tokens, article.text, mentions, place))
    tables = [] if page is None else without_tables(find_tables(page), by_district)
    reader.read(without_tables(without_tables(sentences, by_district), tables))
    statements, unread = reader.statements, reader.skipped
    if page is not None and tables:
        cells = TableReader(page, times, Owner(tokens, mentions, place))
        cells.read(tables)
        statements = sorted([*statements, *cells.statements], key=lambda statement: statement.start)
        unread = sorted([*unread, *cells.skipped], key=lambda item: item.start)
    if round_up:
        statements = of_districts(statements, tokens.words)
    if page is not None and by_district:
        more, others = read_by_district(page, times, place, by_district)
        statements = sorted([*statements, *more], key=lambda statement: statement.start)
        unread = sorted([*unread, *others], key=lambda item: item.start)
    rows = make_rows(statements, place, article.article_id, article.published_on, tokens, article.text)
    skipped = [_skipped(item, tokens, article.text) for item in unread]
    return Extraction(place, rows, skipped, len(rows) + len(skipped))


def _encodable(article: Article) -> Article:
    """``article`` without lone surrogates, which no scanner can encode; offsets stay as they are."""
    try:
        article.text.encode()
        article.title.encode()
    except UnicodeEncodeError:
        clean = [_SURROGATES.sub("\ufffd", part) for part in (article.title, article.text)]
        return replace(article, title=clean[0], text=clean[1])
    return article


def _skipped(item: Skipped, tokens: Tokens, text: str) -> SkippedFigure:
    start, end = tokens.starts[item.start], tokens.end(item.end - 1)
    # as a tuple: the constructor would take longer than all else here
    return _new(SkippedFigure, (start, end, text[start:end], item.reason))

"""Reading one article: cheap test, place, events, statements, rows.

Belongs here: the order of the stages. Does not belong here: any of the stages.
"""

from __future__ import annotations

from extract.article import Article
from extract.extraction import DocumentPlace, Extraction, SkippedFigure
from extract.language.periods import generic
from extract.language.tokens import tokenise
from extract.places.mentions import find_district_mentions
from extract.places.resolver import day_of, resolve
from extract.statements.assembly import make_rows
from extract.statements.document_times import document_times
from extract.statements.events import period_reader, read_events
from extract.statements.place_scope import PlaceScope
from extract.statements.reading import StatementReader


def read_article(article: Article, place: DocumentPlace | None = None) -> Extraction:
    """All statements of ``article`` as rows. Never raises on any text. ``place`` overrides the resolver."""
    place = resolve(article) if place is None else place
    tokens = tokenise(article.text)
    sentences = read_events(tokens, article.text)
    title = tokenise(article.title)
    title_times = period_reader().read(title.words, generic(title))
    times = document_times(article.published_on, title_times, title.words, sentences, tokens.words)
    mentions = find_district_mentions(article.text, place, day_of(article.published_on)) if place.district_code else []
    reader = StatementReader(tokens, article.text, times, PlaceScope(tokens, mentions, place))
    reader.read(sentences)
    rows = make_rows(reader.statements, place, article.article_id, article.published_on, tokens, article.text)
    skipped = [
        SkippedFigure(
            tokens.starts[s.start],
            tokens.ends[s.end - 1],
            article.text[tokens.starts[s.start] : tokens.ends[s.end - 1]],
            s.reason,
        )
        for s in reader.skipped
    ]
    return Extraction(place, rows, skipped, len(rows) + len(skipped))

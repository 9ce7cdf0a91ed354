"""Assembly: decided statements become rows of the contract, with evidence, confidence and flags.

Belongs here: quotes and offsets, ids, merging of figures said twice, plausibility flags. Does not belong here: any
reading of the text.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from extract.extraction import DocumentPlace, Row
from extract.indicators.lexicon import indicators
from extract.language.tokens import Tokens
from extract.places.days import day_of
from extract.places.gazetteer import gazetteer
from extract.statements.confidence import confidence
from extract.statements.statement import Statement
from extract.version import extractor_version

# a headline rounds with one of these words, and by less than this share
_ROUNDED: Final = frozenset({"gt", "ge", "approx"})
ROUNDED_WITHIN: Final = 0.05


def make_rows(
    statements: list[Statement],
    place: DocumentPlace,
    article_id: str,
    published_on: str | None,
    tokens: Tokens,
    text: str,
) -> list[Row]:
    """Rows in text order; a figure that says the same as an earlier one is left out (said twice, kept once)."""
    rows: list[Row] = []
    said: dict[tuple[object, ...], int] = {}
    headline: list[bool] = []
    version = extractor_version()
    for statement in statements:
        row = _row(statement, place, article_id, published_on, tokens, text, version)
        key = (
            row.kind,
            row.indicator or row.indicator_text,
            row.segment,
            row.measure,
            row.value,
            row.value_max,
            row.year,
            row.period,
            row.district_code,
        )
        if key not in said:
            said[key] = len(rows)
            rows.append(row)
            headline.append(statement.sentence.paragraph == 0)
        elif headline[said[key]] or _says_more(row, rows[said[key]]):
            rows[said[key]], headline[said[key]] = row, False
    told = [row for row, first in zip(rows, headline, strict=True) if not first and row.comparator not in _ROUNDED]
    return [row for row, first in zip(rows, headline, strict=True) if not (first and _rounds(row, told))]


def _rounds(row: Row, told: list[Row]) -> bool:
    """True for a headline's "hơn 430 tỷ đồng", where the text below (``told``) says what it was: kept once."""
    return row.comparator in _ROUNDED and any(
        (other.kind, other.indicator, other.segment, other.measure)
        == (row.kind, row.indicator, row.segment, row.measure)
        and (other.year, other.period, other.district_code) == (row.year, row.period, row.district_code)
        and row.value * other.value > 0
        and abs(other.value / row.value - 1) < ROUNDED_WITHIN
        for other in told
    )


def _says_more(row: Row, earlier: Row) -> bool:
    """True where the same figure is told in full, with its whole, its bound or as an estimate."""
    whole = row.of is not None and earlier.of is None
    bound = row.comparator != "eq" and earlier.comparator == "eq"
    return whole or bound or (row.estimated and not earlier.estimated and row.comparator == earlier.comparator)


def _row(
    statement: Statement,
    place: DocumentPlace,
    article_id: str,
    published_on: str | None,
    tokens: Tokens,
    text: str,
    version: str,
) -> Row:
    measured, topic = statement.measured, statement.topic
    start, end = tokens.starts[statement.start], tokens.end(statement.end - 1)
    sentence = text[tokens.starts[statement.sentence.first] : tokens.end(statement.sentence.last - 1)]
    flags = _flags(statement)
    said = f"{measured.measure}\x1f{statement.kind}\x1f{topic.code}\x1f{measured.value}"
    identity = f"{article_id}\x1f{start}\x1f{end}\x1f{said}"
    rules = ",".join(statement.rules)
    # as a tuple in the order of the contract: the constructor, or names, would take longer than all else here
    values = (
        sha256(identity.encode()).hexdigest()[:20],
        article_id,
        statement.kind,
        topic.code or None,
        topic.text,
        topic.segment,
        measured.measure,
        _clean(measured.value),
        None if measured.value_max is None else _clean(measured.value_max),
        measured.of,
        measured.unit,
        statement.comparator,
        statement.estimated,
        statement.year,
        statement.period,
        statement.base,
        statement.plan_ref,
        statement.price_basis,
        statement.district or place.district_code,
        _unit(statement, place, published_on),
        text[start:end],
        sentence,
        start,
        end,
        confidence(statement, flags, sentence, rules),
        ",".join(flags) or None,
        rules,
        version,
    )
    return Row._make(values)


def _unit(statement: Statement, place: DocumentPlace, published_on: str | None) -> str | None:
    """The dated unit of the row: the article's, or that of the other district that the figure belongs to."""
    if statement.district in (None, place.district_code):
        return place.unit_id
    return gazetteer().unit_on(str(statement.district), day_of(published_on)).unit_id


def _clean(value: float) -> float:
    """Free a value of the dust of binary arithmetic (12 significant digits)."""
    if -1e12 < value < 1e12 and value == int(value):
        return value
    return float(f"{value:.12g}")


def _flags(statement: Statement) -> list[str]:
    flags = []
    measured = statement.measured
    indicator = indicators().get(statement.topic.code)
    if indicator and measured.measure == "level" and measured.unit == indicator.unit and not statement.topic.segment:
        top = measured.value if measured.value_max is None else measured.value_max
        if not indicator.low <= measured.value or not top <= indicator.high:
            flags.append("out_of_range")
    if measured.measure == "plan_ratio" and not 5 <= measured.value <= 1000:
        flags.append("out_of_range")
    if measured.measure == "growth" and not -95 <= measured.value <= 1000:
        flags.append("out_of_range")
    return flags

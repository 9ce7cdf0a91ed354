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
from extract.statements.events import Sentence
from extract.statements.statement import Statement
from extract.version import extractor_version

# a headline rounds with one of these words, and by less than this share
_ROUNDED: Final = frozenset({"gt", "ge", "approx"})
ROUNDED_WITHIN: Final = 0.05
OUT_OF_RANGE: Final = "out_of_range"
# what is written in no more signs than 12 digits and a point holds no dust
_FREE_OF_DUST: Final = 13
_new: Final = tuple.__new__


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
    maker = _RowMaker(place, article_id, published_on, tokens, text)
    for statement in statements:
        row = maker.row(statement)
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
        at = said.setdefault(key, len(rows))
        if at == len(rows):
            rows.append(row)
            headline.append(statement.sentence.paragraph == 0)
        elif headline[at] or _says_more(row, rows[at]):
            rows[at], headline[at] = row, False
    if True not in headline:
        return rows
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


class _RowMaker:
    """Makes the rows of one article. Statements come sentence by sentence: what hangs on the sentence is asked once."""

    def __init__(
        self, place: DocumentPlace, article_id: str, published_on: str | None, tokens: Tokens, text: str
    ) -> None:
        self._article_id, self._published_on = article_id, published_on
        self._code, self._unit_id = place.district_code, place.unit_id
        self._tokens, self._text = tokens, text
        self._indicators, self._version = indicators(), extractor_version()
        self._sentence: Sentence | None = None
        self._quoted = ""  # the sentence as it stands in the text
        self._year = 0
        self._year_said = False  # in that sentence

    def row(self, statement: Statement) -> Row:
        """The row of one statement."""
        measured, topic, tokens, text = statement.measured, statement.topic, self._tokens, self._text
        start, end = tokens.starts[statement.start], tokens.end(statement.end - 1)
        self._at(statement.sentence, statement.year)
        flags = self._flags(statement)
        measure, kind, code, value = measured.measure, statement.kind, topic.code, measured.value
        written = _written(value)
        identity = f"{self._article_id}\x1f{start}\x1f{end}\x1f{measure}\x1f{kind}\x1f{code}\x1f{written}"
        # as a tuple in the order of the contract: the constructor, or names, would take longer than all else here
        values = (
            sha256(identity.encode()).hexdigest()[:20],
            self._article_id,
            kind,
            code or None,
            topic.text,
            topic.segment,
            measure,
            _clean(value, written),
            None if measured.value_max is None else _clean(measured.value_max, _written(measured.value_max)),
            measured.of,
            measured.unit,
            statement.comparator,
            statement.estimated,
            statement.year,
            statement.period,
            statement.base,
            statement.plan_ref,
            statement.price_basis,
            statement.district or self._code,
            self._unit(statement.district),
            text[start:end],
            self._quoted,
            start,
            end,
            confidence(statement, flagged=flags is not None, year_said=self._year_said),
            flags,
            statement.rules,
            self._version,
        )
        return _new(Row, values)

    def _at(self, sentence: Sentence, year: int) -> None:
        if sentence is not self._sentence:
            tokens = self._tokens
            self._sentence = sentence
            self._quoted = self._text[tokens.starts[sentence.first] : tokens.end(sentence.last - 1)]
        elif year == self._year:
            return
        self._year, self._year_said = year, str(year) in self._quoted

    def _unit(self, district: str | None) -> str | None:
        """The dated unit of the row: the article's, or that of the other district that the figure belongs to."""
        if district is None or district == self._code:
            return self._unit_id
        return gazetteer().unit_on(district, day_of(self._published_on)).unit_id

    def _flags(self, statement: Statement) -> str | None:
        """``out_of_range`` for a value that can hardly be."""
        measured, out = statement.measured, False
        if measured.measure == "level":
            indicator = self._indicators.get(statement.topic.code)
            if indicator is not None and measured.unit == indicator.unit and not statement.topic.segment:
                top = measured.value if measured.value_max is None else measured.value_max
                out = not indicator.low <= measured.value or not top <= indicator.high
        elif measured.measure == "plan_ratio":
            out = not 5 <= measured.value <= 1000
        elif measured.measure == "growth":
            out = not -95 <= measured.value <= 1000
        return OUT_OF_RANGE if out else None


def _written(value: float) -> str:
    """``str(value)``, of numbers with no more than two decimals in a third of the time."""
    if -1e12 < value < 1e12 and value == (whole := int(value)) and whole:
        return f"{whole}.0"
    if 0 < value < 1e12 and value == (hundredths := int(value * 100 + 0.5)) / 100:
        whole, rest = hundredths // 100, hundredths % 100
        if rest % 10 == 0:
            return f"{whole}.{rest // 10}"
        return f"{whole}.{rest}" if rest > 10 else f"{whole}.0{rest}"
    return f"-{_written(-value)}" if value < 0 else str(value)


def _clean(value: float, written: str) -> float:
    """Free a value, which is ``written`` so, of the dust of binary arithmetic (12 significant digits)."""
    return value if len(written) <= _FREE_OF_DUST else float(f"{value:.12g}")

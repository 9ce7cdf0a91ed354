"""What the cells of a table say: each becomes a statement, or a figure that was not taken, with the reason.

Belongs here: rows and columns of a table that was found. Does not belong here: finding it (``find.py``), what a name
means (``binding.py``, which is asked with the row's name as if it stood before the figure).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from extract.indicators.lexicon import Concept, Indicator, concept_matcher, indicators, name_of
from extract.language.numbers import Figure, parse_number
from extract.language.tokens import words_of
from extract.lexicon.load import lexicon_file
from extract.statements.around import Around
from extract.statements.binding import Binder
from extract.statements.companions import CompanionChooser
from extract.statements.document_times import DocumentTimes
from extract.statements.events import Event, Sentence
from extract.statements.measures import Measured, measure
from extract.statements.prices import PriceReader
from extract.statements.statement import Skipped, Statement, rules_of
from extract.statements.tables.columns import Told, tell
from extract.statements.tables.grid import (
    LEVELS,
    Cell,
    Column,
    Page,
    Row,
    Table,
    listed,
    opens_with,
    quantity,
    says,
)  # fmt: skip
from extract.statements.tables.quotients import compared, name_references
from extract.statements.tables.whose import Owner
from extract.statements.unknown import UNKNOWN, stand_in
from extract.statements.windows import Topic, Window

RULE: Final = "table_cell"
# the heading of shares
SHARE: Final = "share"
_WHOLE: Final = 100  # percent
# percentages that a table leaves open: of plan, or a change
_OPEN: Final = frozenset({"bare_percent_of_plan", "bare_percent_growth", "rate_over_100_is_of_plan"})
# tokens of the longest name that becomes the name of an unknown indicator
_LONGEST_UNKNOWN: Final = 12


class TableReader:
    """Reads the tables of one article into ``statements`` and ``skipped``."""

    def __init__(self, page: Page, times: DocumentTimes, owner: Owner) -> None:
        self.statements: list[Statement] = []
        self.skipped: list[Skipped] = []
        self._page, self._times, self._owner = page, times, owner
        self._binder = Binder(page.tokens, page.text)
        self._carried, self._segments = self._binder.carried, self._binder.segments
        self._companions = CompanionChooser(page.words)
        self._prices = PriceReader(page.tokens)
        self._total: Topic | None = None  # of the last row that is no part
        self._caption: list[Event] = []
        self._unit: list[str] = []
        self._growth = False  # under a caption or a head row of growth

    def read(self, tables: list[Table]) -> None:
        """Read all tables in order."""
        for table in tables:
            self._table(table)

    def _table(self, table: Table) -> None:
        name_references(table)
        told = tell(table, self._page, self._times)
        stranger = self._owner.other(table.caption)
        self._carried.at_sentence(paragraph=True, part=False)
        self._caption, self._total, self._unit = self._names(table.caption), None, table.unit
        self._growth = says(self._words(table.caption), "growths")
        for event in self._caption:
            self._carried.see(event)
        for row in table.rows:
            reason = stranger or ("its row does not fit the columns" if row.broken else None)
            reason = reason or self._owner.other(row.name)
            if reason is not None:
                for cell in row.cells:
                    self._skip(cell, reason)
            else:
                self._row(row, table.columns, told)

    # -- rows

    def _row(self, row: Row, columns: list[Column], told: list[Told]) -> None:
        for event in self._names(row.above):
            self._carried.see(event)
            self._total, self._growth = None, says(self._words(row.above), "growths")
        named = self._named(row, columns)
        if isinstance(named, str):
            for cell in row.cells:
                self._skip(cell, named)
            return
        topic, indicator, window = named
        for at, cell in enumerate(row.cells):
            if cell is not None:
                self._cell(row, at, cell, columns, told[at], topic, indicator, window)

    def _named(self, row: Row, columns: list[Column]) -> tuple[Topic, Indicator, Window] | str:
        """What the row is about, asked with its first value; or why it is about nothing that can be told."""
        pairs = [(c, column) for c, column in zip(row.cells, columns, strict=True) if c is not None]
        if not pairs:
            return "an empty row"
        cell, column = next((p for p in pairs if p[1].kind in LEVELS), pairs[0])
        compares = column.kind not in LEVELS
        name = row.name
        events = self._names(name)
        if not events and tuple(self._words(name)) in listed("totals"):
            events = [event.copy() for event in self._caption]
            name = [at for event in events for at in range(event.first, event.last)] or name
        figure = self._figure(row, column, cell, events)
        if figure is None:
            return "a unit that is not known"
        window = self._window(name, events, figure)
        own = any(e.name is not None and (e.name.head is not None or e.name.strong) for e in events)
        if self._is_whole(row, figure, events):
            for event in events:
                if event.name is not None and event.name.head == SHARE:
                    self._carried.see(event)
            return "the whole of shares"
        self._carried.topic = self._total
        self._carried.at_sentence(paragraph=own, part=row.part)
        topic = self._binder.bind(window, ratio=compares, growth=column.kind in ("growth", "against"))
        if not row.part:
            self._total = None if topic is None or topic.inherited else self._carried.topic
        if topic is None:
            return self._unknown(row, figure, window)
        if own and not row.part:
            self._growth = says(self._words(name), "growths")
        topic.growth_named = topic.growth_named or self._growth
        topic = self._companions.choose(topic, window, Around())
        indicator = indicators()[topic.code]
        if figure.family is None and not indicator.is_count:
            return "no unit"
        topic.segment = self._segments.of(topic, indicator, window, part=row.part)
        of_total = row.part and self._total is not None and self._total.code == topic.code
        if topic.segment is None and not topic.inherited and of_total:
            topic.segment = self._segments.before(window)  # or it would be the total again
        return topic, indicator, window

    def _unknown(self, row: Row, figure: Figure, window: Window) -> tuple[Topic, Indicator, Window] | str:
        """A row of something that the lexicon does not name: kept without an indicator where it has a plan."""
        words = self._segments.surface(row.name[0], row.name[-1] + 1) if row.name else ""
        planned = figure.family is not None and 1 < len(row.name) <= _LONGEST_UNKNOWN and len(row.cells) > 1
        if not planned or not any(c.isalpha() for c in words) or self._total is None:
            return "no indicator of the lexicon is named in its row"
        return Topic(UNKNOWN, words, family=figure.family), stand_in(window, Around()), window

    def _words(self, positions: list[int]) -> list[str]:
        return [self._page.words[at] for at in positions]

    def _names(self, positions: list[int]) -> list[Event]:
        """The names among tokens that may be broken over lines."""
        words = self._words(positions)
        found = [
            Event("name", positions[first], positions[last - 1] + 1, name=name_of(concepts))
            for first, last, concepts in concept_matcher().find(words)
            if concepts[0].kind != "pseudo"
        ]
        own = words[opens_with(words, "parts") :]
        sector = None if found else _sectors().get(tuple(own))
        if sector is not None:
            name = name_of((Concept("sector", sector),))
            return [Event("name", positions[-len(own)], positions[-1] + 1, name=name)]
        return found

    def _window(self, name: list[int], events: list[Event], figure: Figure) -> Window:
        """The row's name as the words before its figure."""
        first, last = (name[0], name[-1] + 1) if name else (0, 0)
        asked = replace_figure(figure, last)
        marks = [Event("mark", at, at + 1, id=":") for at in name if self._page.words[at] == ":"]
        left = sorted([*events, *marks], key=lambda event: event.first)
        event = Event("figure", last, last, figure=asked)
        sentence = Sentence(first, last, 1, opens=True, events=[*left, event])
        return Window(left, [], sentence, event, asked, len(left), first)

    def _is_whole(self, row: Row, figure: Figure, events: list[Event]) -> bool:
        """The row of 100 % above shares."""
        told = (quantity(cell.number, ()) for cell in _plain(row))
        full = all(value is not None and value.value == _WHOLE for value in told)
        return figure.family == "pct" and full and any(e.name is not None and e.name.head for e in events)

    def _figure(self, row: Row, column: Column, cell: Cell, events: list[Event]) -> Figure | None:
        """The cell's figure in the unit of the cell, column, row or table; a rate without any is in percent."""
        if column.kind not in LEVELS:
            return quantity(cell.number, ["%"])
        unit = cell.unit or row.unit or column.unit or self._unit
        if not unit and says(self._words(row.name), "rates") and any(_is_rate(e) for e in events):
            unit = ["%"]
        return quantity(cell.number, unit)

    # -- cells

    def _cell(
        self, row: Row, at: int, cell: Cell, columns: list[Column], told: Told, topic: Topic, indicator: Indicator,
        window: Window,
    ) -> None:  # fmt: skip
        column = columns[at]
        figure = self._figure(row, column, cell, window.left)
        if told.skip is not None or figure is None:
            self._skip(cell, told.skip or "a unit that is not known")
            return
        if column.kind in LEVELS:
            measured = self._level(row, figure, cell, topic, indicator, window, told)
        else:
            measured = compared(column, figure, cell, indicator)
        if measured.skip is not None:
            self._skip(cell, measured.skip)
            return
        self._emit(cell, topic.copy(), measured, column, told, window)

    def _level(
        self, row: Row, figure: Figure, cell: Cell, topic: Topic, indicator: Indicator, window: Window, told: Told
    ) -> Measured:
        words = self._words(row.name)
        falls = indicator.is_rate and (opens_with(words, "falls") or tuple(words[-1:]) in listed("falls"))
        around = Around(verb="down" if falls else None)
        asked = replace_figure(figure, window.figure.first)
        measured = measure(window.about(asked), topic, indicator, around, told.kind)
        if measured.rule in _OPEN:
            return Measured(skip="a percentage of what its row does not say")
        if cell.sign < 0:
            measured.value = -abs(measured.value)
        high, low = (parse_number(number or "") for number in (cell.high, cell.number))
        if high and low:
            measured.value_max = measured.value * high / low
        if told.period == "TERM" and measured.measure == "level" and not indicator.growth_is_level:
            return Measured(skip="an average of values over years has no place in the table")
        return measured

    def _emit(self, cell: Cell, topic: Topic, measured: Measured, column: Column, told: Told, window: Window) -> None:
        words = " ".join(column.words)
        self.statements.append(
            Statement(
                topic=topic,
                measured=measured,
                kind=told.kind,
                year=told.year,
                period=told.period,
                comparator=cell.comparator,
                estimated=told.estimated and told.kind == "outcome",
                base=words if measured.measure == "growth" and column.kind not in LEVELS else None,
                plan_ref=words if measured.measure == "plan_ratio" else None,
                start=cell.first,
                end=cell.last,
                sentence=Sentence(cell.line[0], cell.line[1], 1, opens=True),
                rules=rules_of(topic, f"{measured.rule},{RULE}"),
                price_basis=self._prices.basis(window, topic.code, measured.measure),
                district=None,
            )
        )

    def _skip(self, cell: Cell | None, reason: str) -> None:
        if cell is not None:
            self.skipped.append(Skipped(cell.first, cell.last, reason))


def replace_figure(figure: Figure, at: int) -> Figure:
    """``figure`` as if it stood right before token ``at``, where the row's name ends."""
    moved = figure.copy()
    moved.first = moved.last = moved.unit_first = at
    return moved


@cache
def _sectors() -> dict[tuple[str, ...], str]:
    """Sectors by the words that name them as a row."""
    named = lexicon_file("tables")["sectors"].items()
    return {tuple(words_of(phrase)): sector for sector, phrases in named for phrase in phrases}


def _plain(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if cell is not None]


def _is_rate(event: Event) -> bool:
    assert event.name is not None
    return any(indicators()[concept.id].is_rate for concept in event.name.named if concept.kind == "indicator")

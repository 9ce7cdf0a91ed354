"""Tables whose rows are the districts of a province: "Diện tích lúa đông xuân phân theo huyện", with years as columns,
or a head for each of several indicators.

Belongs here: the cheap first test, finding such a table by its caption or by the head above its districts, and which
district each of its rows is. Does not belong here: cutting into rows (``flat.py``), columns (``district_heads.py``),
what names of rows can mean (``extract/places/row_names.py``), or what caption, heads and figures say
(``district_cells.py``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extract.lexicon.load import lexicon_file
from extract.places.row_names import RowName, district_in, province_of, row_name
from extract.statements.tables.district_captions import Caption, captions
from extract.statements.tables.district_heads import HeadReader, Heads, unit_of
from extract.statements.tables.flat import Flat, FlatFigure, FlatRow
from extract.statements.tables.grid import Cell, Page, opens_with

# figures of a head, and tokens of it, that are looked at before the first row
HEAD_FIGURES: Final = 40
LONGEST_HEAD: Final = 160
# tokens of the longest name of the first row
FIRST_NAME: Final = 20
# rows of which nothing is known that end a table; fewest rows of one without a caption
STRANGERS: Final = 3
FEWEST_UNTITLED: Final = 3
# why cells are not taken
UNTOLD: Final = "a column whose year is not printed"
UNFIT: Final = "its row does not fit the columns"
TOTAL: Final = "the province's total"
STRANGER: Final = "a row that names no district"


@dataclass(slots=True)
class DistrictTable:
    """Tokens ``first`` to ``last``; ``rows``: a district's code and its cells; ``skipped``: others, with a reason."""

    first: int
    last: int
    caption: list[int]
    unit: list[str]
    heads: Heads
    rows: list[tuple[str, list[Cell | None]]]
    skipped: list[tuple[Cell, str]]


def may_hold_one(text: str) -> bool:
    """True where a caption may say that a table is divided by district."""
    said = " ".join(unicodedata.normalize("NFC", text).lower().split())
    return any(phrase in said for phrase in lexicon_file("tables")["by_district"])


class DistrictTables:
    """Finds the tables of one page. ``day``: the day of the article, for names of districts that have changed."""

    def __init__(self, page: Page, day: str | None) -> None:
        self._page, self._day = page, day

    def find(self) -> list[DistrictTable]:
        """All tables by district, in order."""
        found: list[DistrictTable] = []
        said = captions(self._page)
        for at, caption in enumerate(said):
            end = said[at + 1].first if at + 1 < len(said) else len(self._page.words)
            if found and caption.first < found[-1].last:
                continue
            table = self._read(caption, end)
            if table is not None:
                found.append(table)
        return found

    def _read(self, caption: Caption, end: int) -> DistrictTable | None:
        flat = Flat(self._page, caption.last, end)
        start = self._first_row(flat)
        if start is None:
            return None
        rows = self._rows(flat, start)
        names = [self._name(flat, row) for row in rows]
        totals = [self._is_total(flat, row) for row in rows]
        told = [name for name, total in zip(names, totals, strict=True) if not total]
        while told and told[0] is None:
            told.pop(0)  # other parts of the same whole
        province = province_of(told)
        if province is None or (not caption.said and len(told) < FEWEST_UNTITLED):
            return None
        heads = HeadReader(self._page).read(flat, start, rows, caption)
        if heads is None:
            return None
        unit = unit_of(flat, start)
        table = DistrictTable(caption.first, flat.at[start], [*caption.name, *caption.behind], unit, heads, [], [])
        for number, (row, name, total) in enumerate(zip(rows, names, totals, strict=True), 1 - sum(totals[:1])):
            code = None if total or name is None else district_in(name, province)
            self._take(table, flat, row, number, code, TOTAL if total else STRANGER)
        return table

    # -- rows

    def _first_row(self, flat: Flat) -> int | None:
        """Where the name of the first row begins: of the first figure before which the whole or a district stands."""
        seen = 0
        for place in range(min(len(flat), LONGEST_HEAD)):
            if not flat.is_figure(place):
                continue
            for start in range(max(0, place - FIRST_NAME), place):
                if (
                    not flat.parted[start]
                    or self._page.plain[flat.at[start]] == "yyyy"
                    or any(flat.is_figure(at) for at in range(start + 1, place))
                ):
                    continue
                row = FlatRow(start, place, place, [])
                if self._is_total(flat, row) or self._name(flat, row) is not None:
                    return start
            seen += 1
            if seen > HEAD_FIGURES:
                return None
        return None

    def _rows(self, flat: Flat, start: int) -> list[FlatRow]:
        """The rows from ``start`` on, up to the last that a district or the whole is named in."""
        rows: list[FlatRow] = []
        known = 0
        while len(rows) - known < STRANGERS:
            row = flat.row(start)
            if row is None:
                break
            rows.append(row)
            start = row.last
            if self._is_total(flat, row) or self._name(flat, row) is not None:
                known = len(rows)
        return rows[:known]

    def _name(self, flat: Flat, row: FlatRow) -> RowName | None:
        """The district of a row; headings on lines of their own may stand above its name."""
        for start in range(row.first, row.begins):
            if start == row.first or flat.parted[start]:
                found = row_name(self._pieces(flat, start, row.begins), self._day)
                if found is not None:
                    return found
        return None

    def _pieces(self, flat: Flat, first: int, last: int) -> list[str]:
        tokens, text = self._page.tokens, self._page.text
        return [text[tokens.starts[at] : tokens.end(at)] for at in flat.at[first:last]]

    def _is_total(self, flat: Flat, row: FlatRow) -> bool:
        start = row.first
        while start < row.begins and not flat.word(start).isalpha():
            start += 1
        words = flat.words(start, row.begins)
        size = opens_with(words, "totals_of_province")
        # the whole may be called by its name: "Tỉnh", "Toàn tỉnh - Whole province"
        return size > 0 and all(word.isascii() for word in words[size:])

    def _take(
        self, table: DistrictTable, flat: Flat, row: FlatRow, number: int, code: str | None, of_none: str
    ) -> None:
        """Add the ``number``-th row, of the district ``code``; ``of_none``: the reason for a row without one."""
        wanted = len(table.heads.columns)
        fitted = flat.fitted(row, wanted, number)
        given: Sequence[FlatFigure | None] = row.figures if fitted is None else fitted
        last = next((figure.last for figure in reversed(given) if figure is not None), row.last)
        cells = [None if figure is None else flat.cell(figure, row, last) for figure in given]
        reason = of_none if code is None else None if fitted else UNFIT
        if table.heads.untold and reason is None and cells[-1] is not None:
            table.skipped.append((cells[-1], UNTOLD))
            cells[-1] = None
        if reason is not None:
            table.skipped += [(cell, reason) for cell in cells if cell is not None]
        elif code is not None:
            table.rows.append((code, cells))
        table.last = max(table.last, flat.at[last - 1] + 1)

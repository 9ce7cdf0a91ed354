"""Tables whose rows are the districts of a province: "Diện tích lúa đông xuân phân theo huyện", with years as columns,
or a head for each of several indicators.

Belongs here: the cheap first test, finding such a table by its caption or by the head above its districts, and
which district each of its rows is. Does not belong here: cutting into rows (``flat.py``), what names of rows can mean
(``extract/places/row_names.py``), or what caption, heads and figures say (``district_cells.py``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import ahocorasick_rs

from extract.language.tokens import Tokens
from extract.lexicon.load import lexicon_file
from extract.places.row_names import RowName, district_in, province_of, row_name
from extract.statements.tables.columns import whole_head
from extract.statements.tables.district_captions import Caption, captions
from extract.statements.tables.flat import Figure, Flat, FlatRow
from extract.statements.tables.grid import ASIDES, LEVELS, Cell, Column, Page, is_unit, listed, opens_with, page_of

# figures of a head, and tokens of it, that are looked at before the first row
HEAD_FIGURES: Final = 40
LONGEST_HEAD: Final = 160
# tokens of the longest name of the first row
FIRST_NAME: Final = 20
# rows of which nothing is known that end a table; fewest rows of one without a caption
STRANGERS: Final = 3
FEWEST_UNTITLED: Final = 3
_COMPARING: Final = frozenset({"/", "%", "=", "so"})
UNTOLD: Final = "a column whose year is not printed"


@dataclass(slots=True)
class Heads:
    """The columns, and for each the tokens that name its figures; ``untold``: the last column has no year."""

    columns: list[Column]
    names: list[list[int]]
    untold: bool = False


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
    """True where a caption may say that a table is divided by district: one fast pass over the text."""
    return bool(_scanner().find_matches_as_indexes(text.encode("utf-8", "surrogatepass")))


@cache
def _scanner() -> ahocorasick_rs.BytesAhoCorasick:
    """Finds what captions say, in small letters or capitals, in one line or broken over two, in either Unicode form."""
    said = list(lexicon_file("tables")["by_district"])
    written = [form for phrase in said for form in (phrase, phrase[:1].upper() + phrase[1:], phrase.upper())]
    broken = [*written, *(form.replace(" ", "\n", 1) for form in written)]
    forms = {
        *(unicodedata.normalize("NFC", form) for form in broken),
        *(unicodedata.normalize("NFD", f) for f in broken),
    }
    return ahocorasick_rs.BytesAhoCorasick([form.encode() for form in sorted(forms)])


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
        province = province_of(told)
        if province is None or (not caption.said and len(told) < FEWEST_UNTITLED):
            return None
        heads = self._heads(flat, start, rows, caption)
        if heads is None:
            return None
        unit = _unit(flat, start)
        table = DistrictTable(caption.first, flat.at[start], caption.name, unit, heads, [], [])
        for number, (row, name, total) in enumerate(zip(rows, names, totals, strict=True), 1 - sum(totals[:1])):
            self._take(table, flat, row, number, "the province's total" if total else self._district(name, province))
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

    def _district(self, name: RowName | None, province: str) -> str | tuple[str]:
        """The code of the row's district as the only one of a tuple, or the reason why there is none."""
        code = None if name is None else district_in(name, province)
        return (code,) if code is not None else "a row that names no district"

    def _take(self, table: DistrictTable, flat: Flat, row: FlatRow, number: int, district: str | tuple[str]) -> None:
        wanted = len(table.heads.columns)
        fitted = flat.fitted(row, wanted, number)
        given: Sequence[Figure | None] = row.figures if fitted is None else fitted
        last = next((figure.last for figure in reversed(given) if figure is not None), row.last)
        cells = [None if figure is None else flat.cell(figure, row, last) for figure in given]
        reason = district if isinstance(district, str) else None if fitted else "its row does not fit the columns"
        if table.heads.untold and reason is None and cells[-1] is not None:
            table.skipped.append((cells[-1], UNTOLD))
            cells[-1] = None
        if reason is not None:
            table.skipped += [(cell, reason) for cell in cells if cell is not None]
        elif not isinstance(district, str):
            table.rows.append((district[0], cells))
        table.last = max(table.last, flat.at[last - 1] + 1)

    # -- heads

    def _heads(self, flat: Flat, start: int, rows: list[FlatRow], caption: Caption) -> Heads | None:
        """The columns: years, or a head each; None where they do not go with the rows or cannot be told."""
        years = [at for at in range(start) if self._page.plain[flat.at[at]] == "yyyy"]
        if years and self._are_columns(flat, years):
            columns = [self._year(flat, years, at) for at in range(len(years))]
            names = [caption.name] * len(columns)
            if _fits(flat, rows, len(columns)):
                return Heads(columns, names)
            if _ends_untold(flat, years[-1] + 1, start) and _fits(flat, rows, len(columns) + 1):
                return Heads([*columns, Column("time", [], [])], [*names, caption.name], untold=True)
        return self._named_heads(flat, start, rows, caption)

    def _are_columns(self, flat: Flat, years: list[int]) -> bool:
        """True for years in order, none of which is compared with another."""
        said = [int(flat.word(at)) for at in years]
        if said != sorted(set(said)) and said != sorted(set(said), reverse=True):
            return False
        return _COMPARING.isdisjoint(flat.words(years[0], years[-1] + 1))

    def _year(self, flat: Flat, years: list[int], at: int) -> Column:
        """The column of a year: what stands right before it may say what was planned, expected or done."""
        place = years[at]
        since = max(years[at - 1] + 1 if at else 0, place - 3)
        for begins in range(since, place):
            column = whole_head(self._page, flat.at[begins : place + 1])
            if column is not None and column.kind in LEVELS:
                return column
        position = flat.at[place]
        return Column("time", [self._page.words[position]], [self._page.plain[position]])

    def _named_heads(self, flat: Flat, start: int, rows: list[FlatRow], caption: Caption) -> Heads | None:
        """A head a cell: a time, as in other tables, or the name of the figures below it."""
        cells = [cell for cell in flat.cells(0, start) if not self._is_aside(cell)]
        columns: list[Column] = []
        names: list[list[int]] = []
        for cell in cells:
            column = whole_head(self._page, cell)
            named = column is None
            columns.append(column or self._plain_column(cell))
            names.append(cell if named else caption.name)
        if not columns and caption.name and _fits(flat, rows, 1):
            return Heads([Column("value", [], [])], [caption.name])
        return Heads(columns, names) if columns and _fits(flat, rows, len(columns)) else None

    def _plain_column(self, cell: list[int]) -> Column:
        return Column("value", [self._page.words[at] for at in cell], [self._page.plain[at] for at in cell])

    def _is_aside(self, cell: list[int]) -> bool:
        """True for what heads no figures: the unit of all, numbers of rows, the names of districts."""
        words = [self._page.words[at] for at in cell]
        if not any(word[0].isalnum() for word in words) or tuple(words) in listed("district_heads"):
            return True
        column = whole_head(self._page, cell)
        return is_unit(words) or opens_with(words, "unit_of_table") > 0 or (
            column is not None and column.kind in ASIDES
        )  # fmt: skip


def find_by_district(tokens: Tokens, text: str, day: str | None) -> list[DistrictTable]:
    """All tables by district, in order. Most texts hold none, and are not looked at twice."""
    if "|" not in text and "\t" not in text and not may_hold_one(text):
        return []
    return DistrictTables(page_of(tokens, text), day).find()


def _fits(flat: Flat, rows: list[FlatRow], wanted: int) -> bool:
    """True where most rows have so many figures."""
    fitting = sum(1 for number, row in enumerate(rows) if _fitted(flat, row, wanted, number))
    return 2 * fitting > len(rows)


def _fitted(flat: Flat, row: FlatRow, wanted: int, number: int) -> bool:
    return any(flat.fitted(row, wanted, at) is not None for at in (number, number + 1))


def _ends_untold(flat: Flat, first: int, last: int) -> bool:
    """True where the last head says that figures are not final, and not of which year."""
    return any(opens_with(flat.words(at, last), "preliminary") for at in range(first, last) if flat.parted[at])


def _unit(flat: Flat, start: int) -> list[str]:
    """The unit that stands between caption and rows: behind "Đơn vị tính - Unit:", or alone on a line."""
    for place in range(start):
        if not flat.opens[place]:
            continue
        end = next((at for at in range(place + 1, start) if flat.parted[at]), start)
        words = flat.words(place, end)
        named = opens_with(words, "unit_of_table")
        if named:
            begins = words.index(":") + 1 if ":" in words else named
            words = words[begins:]
        for size in range(min(8, len(words)), 0, -1):
            if is_unit(words[:size]) and words[size : size + 1] in ([], ["-"], ["/"], ["("], [")"]):
                return words[:size]
    return []

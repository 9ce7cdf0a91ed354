"""The columns of a table by district: years, or a head for each of several indicators.

Belongs here: what stands between the caption of such a table and its first row. Does not belong here: the heads of
columns as such (``columns.py``), captions (``district_captions.py``) or rows (``by_district.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from extract.statements.tables.columns import whole_head
from extract.statements.tables.district_captions import Caption
from extract.statements.tables.flat import Flat, FlatRow
from extract.statements.tables.grid import (
    ASIDES,
    LEVELS,
    Column,
    Page,
    is_unit,
    listed,
    name_and_unit,
    opens_with,
    says,
)  # fmt: skip

# tokens before a year that may say what was planned or done in it
BEFORE_YEAR: Final = 3
_COMPARING: Final = frozenset("/%=")


@dataclass(slots=True)
class Heads:
    """The columns, and for each the tokens that name its figures; ``untold``: the last column has no year."""

    columns: list[Column]
    names: list[list[int]]
    untold: bool = False


class HeadReader:
    """Reads the heads of tables of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def read(self, flat: Flat, start: int, rows: list[FlatRow], caption: Caption) -> Heads | None:
        """The columns: years, or a head each; None where they do not go with the rows or cannot be told."""
        years = [at for at in range(start) if self._page.plain[flat.at[at]] == "yyyy"]
        if years and self._are_columns(flat, years):
            columns = [self._year(flat, years, at) for at in range(len(years))]
            names = [caption.name] * len(columns)
            if fits(flat, rows, len(columns)):
                return Heads(columns, names)
            if _ends_untold(flat, years[-1] + 1, start) and fits(flat, rows, len(columns) + 1):
                return Heads([*columns, Column("time", [], [])], [*names, caption.name], untold=True)
        return self._named_heads(flat, start, rows, caption)

    def _are_columns(self, flat: Flat, years: list[int]) -> bool:
        """True for years in order, none of which is compared with another."""
        said = [int(flat.word(at)) for at in years]
        if said != sorted(set(said)) and said != sorted(set(said), reverse=True):
            return False
        between = flat.words(years[0], years[-1] + 1)
        return _COMPARING.isdisjoint(between) and not any(opens_with([word], "versus") for word in between)

    def _year(self, flat: Flat, years: list[int], at: int) -> Column:
        """The column of a year: what stands right before it may say what was planned, expected or done."""
        place = years[at]
        since = max(years[at - 1] + 1 if at else 0, place - BEFORE_YEAR)
        for begins in range(since, place):
            column = whole_head(self._page, flat.at[begins : place + 1])
            if column is not None and column.kind in LEVELS:
                return column
        position = flat.at[place]
        return Column("time", [self._page.words[position]], [self._page.plain[position]])

    def _named_heads(self, flat: Flat, start: int, rows: list[FlatRow], caption: Caption) -> Heads | None:
        """A head a cell: a time, as in other tables, or the name of the figures below it."""
        spoken = [self._without_english(cell) for cell in flat.cells(0, start)]
        cells = [cell for cell in spoken if not self._is_aside(cell)]
        columns: list[Column] = []
        names: list[list[int]] = []
        planned = [opens_with([self._page.words[at] for at in cell], "plans") > 0 for cell in cells]
        reached = any(planned) or says([self._page.words[at] for at in caption.name], "results")
        for cell, plan in zip(cells, planned, strict=True):
            column = whole_head(self._page, cell)
            if column is not None:
                columns.append(column)
                names.append(caption.name)
                continue
            name, unit = name_and_unit(self._page.words, cell, unit_named=False)
            of_caption = opens_with([self._page.words[at] for at in name], "of_crop") == len(name) > 0
            columns.append(self._plain_column(cell, unit, "plan" if plan else "done" if reached else "value"))
            names.append(self._crop(caption.name) if of_caption else cell)
        if not columns and caption.name and fits(flat, rows, 1):
            return Heads([Column("value", [], [])], [caption.name])
        return Heads(columns, names) if columns and fits(flat, rows, len(columns)) else None

    def _crop(self, name: list[int]) -> list[int]:
        """ "Diện tích, năng suất, sản lượng lúa mùa": the crop behind several of its figures, else all that is said."""
        words = [self._page.words[at] for at in name]
        ends = [at + size for at in range(len(words)) if (size := opens_with(words[at:], "of_crop"))]
        return name[ends[-1] :] if len(ends) > 1 and ends[-1] < len(name) else list(name)

    def _without_english(self, cell: list[int]) -> list[int]:
        """ "Tổng số - Total", "Nam - Male": a head without what it is called in English."""
        words = [self._page.words[at] for at in cell]
        end = words.index("-") if "-" in words else 0
        behind = words[end + 1 :]
        english = behind and all(word.isascii() and word.isalpha() for word in behind) and not is_unit(behind)
        return cell[:end] if end and english else cell

    def _plain_column(self, cell: list[int], unit: list[str], kind: str) -> Column:
        return Column(kind, [self._page.words[at] for at in cell], [self._page.plain[at] for at in cell], unit)

    def _is_aside(self, cell: list[int]) -> bool:
        """True for what heads no figures: the unit of all, numbers of rows, the names of districts."""
        words = [self._page.words[at] for at in cell]
        if not any(word[0].isalnum() for word in words) or tuple(words) in listed("district_heads"):
            return True
        column = whole_head(self._page, cell)
        return is_unit(words) or opens_with(words, "unit_of_table") > 0 or (
            column is not None and column.kind in ASIDES
        )  # fmt: skip


def fits(flat: Flat, rows: list[FlatRow], wanted: int) -> bool:
    """True where most rows have so many figures."""
    fitting = sum(1 for number, row in enumerate(rows) if _fitted(flat, row, wanted, number))
    return 2 * fitting > len(rows)


def _fitted(flat: Flat, row: FlatRow, wanted: int, number: int) -> bool:
    return any(flat.fitted(row, wanted, at) is not None for at in (number, number + 1))


def _ends_untold(flat: Flat, first: int, last: int) -> bool:
    """True where the last head says that figures are not final, and not of which year."""
    return any(opens_with(flat.words(at, last), "preliminary") for at in range(first, last) if flat.parted[at])


def unit_of(flat: Flat, start: int) -> list[str]:
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

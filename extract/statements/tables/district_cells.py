"""What the cells of a table by district say: each becomes a statement of the district of its row.

Belongs here: handing such a table to the reader of cells, a district at a time, and whose its statements are. Does not
belong here: finding it (``by_district.py``), or what names, heads and figures mean (``cells.py``).
"""

from __future__ import annotations

from extract.extraction import DocumentPlace
from extract.statements.document_times import DocumentTimes
from extract.statements.statement import Skipped, Statement
from extract.statements.tables.by_district import DistrictTable
from extract.statements.tables.cells import TableReader
from extract.statements.tables.grid import Cell, Page, Row, Table, listed, name_and_unit, opens_with
from extract.statements.tables.whose import Owner


class OfItsRow(Owner):
    """The owner of a table whose rows say whose they are: its caption may name the province."""

    def other(self, positions: list[int]) -> str | None:
        """None: words of the caption and of heads are of nobody else."""
        return None


def read_by_district(
    page: Page, times: DocumentTimes, place: DocumentPlace, tables: list[DistrictTable]
) -> tuple[list[Statement], list[Skipped]]:
    """The statements of ``tables``, each of its district, and the figures that were not taken."""
    reader = TableReader(page, times, OfItsRow(page.tokens, [], place))
    for table in tables:
        half = _half(page, table.caption)
        for code, cells in table.rows:
            known = len(reader.statements)
            reader.read([_of_district(table, cells, page.words)])
            for statement in reader.statements[known:]:
                statement.district = code
                if half and statement.topic.segment is None and half not in statement.topic.text.lower():
                    statement.topic.segment = half
        reader.skipped += [Skipped(cell.first, cell.last, reason) for cell, reason in table.skipped]
    return reader.statements, reader.skipped


def _half(page: Page, caption: list[int]) -> str | None:
    """ "Dân số trung bình nữ phân theo huyện": the half of the people that a caption is of; "Hà Nam" is none."""
    tokens, text = page.tokens, page.text
    words = [tokens.words[at] for at in caption]
    shouted = text[tokens.starts[caption[0]] : tokens.end(caption[-1])].isupper() if caption else False
    at = 0
    while at < len(words):
        other = opens_with(words[at:], "no_halves")
        size = 0 if other else opens_with(words[at:], "halves")
        if size and (shouted or text[tokens.starts[caption[at]]].islower()):
            return " ".join(words[at : at + size])
        at += max(1, other)
    return None


def _of_district(table: DistrictTable, cells: list[Cell | None], words: list[str]) -> Table:
    """The table of one district: a row for each name that heads figures, the columns as they are."""
    heads = table.heads
    rows: list[Row] = []
    for at, named in enumerate(heads.names):
        row = rows[-1] if at and heads.names[at - 1] is named else None
        if row is None:
            name, unit = name_and_unit(words, named, unit_named=False)
            row = Row(name, [], unit, [None] * len(cells), part=tuple(words[p] for p in name) in listed("halves"))
            rows.append(row)
        row.cells[at] = cells[at]
    filled = [row for row in rows if any(cell is not None for cell in row.cells)]
    return Table(table.first, table.last, heads.columns, filled, table.caption, table.unit)

"""Finding the tables of a text.

Belongs here: the cheap first test, the order in which layouts are tried, captions. Does not belong here: the layouts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from extract.language.tokens import Tokens
from extract.statements.events import Sentence
from extract.statements.tables.delimited import is_delimited, read_delimited
from extract.statements.tables.grid import Page, Table, is_unit, listed, opens_with, page_of
from extract.statements.tables.pairs import read_pairs
from extract.statements.tables.streams import StreamReader

if TYPE_CHECKING:
    from extract.statements.tables.by_district import DistrictTable

# figures that stand beside each other, or open short lines, this often make a closer look worth while
FEWEST_SIGNS: Final = 3
# tokens between such figures; of a line that a figure opens; lines above a table that belong to it, and tokens of each
BESIDE: Final = 4
SHORT_LINE: Final = 8
CAPTION_LINES: Final = 3
CAPTION_LENGTH: Final = 30
_Piece = TypeVar("_Piece", Sentence, Table)
_ORDINALS: Final = ([":"], ["/"], ["."], [")"])
_BETWEEN: Final = frozenset({"\n", "|", "%"})


def page_with_tables(tokens: Tokens, text: str) -> Page | None:
    """The page of a text in which tables are worth looking for; None for most texts, which hold none."""
    return page_of(tokens, text) if _may_hold_tables(tokens, text) else None


def find_tables(page: Page) -> list[Table]:
    """All tables in order, but those by district."""
    streams = StreamReader(page)
    tables: list[Table] = []
    at = 0
    while at < len(page.lines):
        table, after = _read(page, streams, at)
        if table is None:
            at = after
            continue
        _caption(page, table, at, tables[-1].last if tables else 0)
        tables.append(table)
        while at < len(page.lines) and page.lines[at][0] < table.last:
            at += 1
    return tables


def without_tables(pieces: list[_Piece], tables: Sequence[Table] | Sequence[DistrictTable]) -> list[_Piece]:
    """The sentences, or tables of another kind, that stand outside of tables."""
    if not tables:
        return pieces
    starts = [table.first for table in tables]

    def inside(piece: _Piece) -> bool:
        at = bisect_right(starts, piece.first) - 1
        return at >= 0 and piece.first < tables[at].last

    return [piece for piece in pieces if not inside(piece)]


def _may_hold_tables(tokens: Tokens, text: str) -> bool:
    """True where bars, figures beside each other or figures that open short lines are found often enough."""
    words, digits, signs = tokens.words, tokens.digits, 0
    if len(digits) < FEWEST_SIGNS:
        return False
    if "|" in text and text.count("|") >= FEWEST_SIGNS:
        return True
    following = -1 - BESIDE  # behind the figure before
    for at in digits:
        before, following = following, at + 1
        if at == before or (
            at - before < BESIDE and words[before] in _BETWEEN and _BETWEEN.issuperset(words[before:at])
        ):
            signs += 2
        elif (
            at
            and words[at - 1] == "\n"
            and words[at + 1 : at + 2] not in _ORDINALS
            and "\n" in words[at : at + SHORT_LINE]
        ):
            signs += 1
        if signs >= FEWEST_SIGNS:
            return True
    return False


def _read(page: Page, streams: StreamReader, at: int) -> tuple[Table | None, int]:
    """The table that begins with line ``at``, and the line to go on with where there is none."""
    if is_delimited(page, page.lines[at]):
        end = at
        while end < len(page.lines) and is_delimited(page, page.lines[end]):
            end += 1
        return read_delimited(page, page.lines[at:end]), end
    return streams.read(page.lines[at]) or read_pairs(page, at), at + 1


def _caption(page: Page, table: Table, at: int, after: int) -> None:
    """Give the table its caption and unit: the short lines above it."""
    for first, last in reversed(page.lines[max(0, at - CAPTION_LINES) : at]):
        if first < after or last - first > CAPTION_LENGTH:
            break
        table.caption = [*table.caption, *range(first, last)]
        table.unit = table.unit or _unit(page.words[first:last])
        if opens_with(page.words[first:last], "captions"):
            break


def _unit(words: list[str]) -> list[str]:
    """What stands behind "ĐVT:", up to a comma or bracket."""
    for start in range(len(words)):
        for phrase in listed("unit_of_table"):
            behind = start + len(phrase)
            if tuple(words[start:behind]) == phrase and words[behind : behind + 1] == [":"]:
                rest = words[behind + 1 :]
                sizes = (size for size in range(min(8, len(rest)), 0, -1) if is_unit(rest[:size]))
                size = next(sizes, 0)
                if size:
                    return rest[:size]
    return []

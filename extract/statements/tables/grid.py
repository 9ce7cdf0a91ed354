"""The parts of a table, whatever its layout: columns, rows and cells, and the tokens of the text as lines.

Belongs here: the value objects that the layouts fill and the reading of cells uses. Does not belong here: how a layout
is recognised (``streams.py``, ``delimited.py``, ``pairs.py``) or what a cell says (``cells.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Final

from extract.language.numbers import Figure, parse_number
from extract.language.periods import generic
from extract.language.tokens import Tokens, words_of
from extract.lexicon.grammar import words as grammar
from extract.lexicon.load import lexicon_file
from extract.statements.matching import figure_reader

# kinds of columns whose figures are values of a time, and those whose figures compare two
LEVELS: Final = frozenset({"plan", "expected", "done", "earlier", "time", "value", "average"})
RATIOS: Final = frozenset({"of_plan", "against", "growth", "plan_index", "compared", "share"})
# numbers in front of a unit: "1.000 tấn"
_FACTORS: Final = frozenset({10.0, 100.0, 1000.0, 10000.0, 100000.0, 1000000.0})
# stands for a unit that is said and cannot be read
UNKNOWN_UNIT: Final = ["?"]
# kinds that hold no figure to read
ASIDES: Final = frozenset({"index", "name", "unit", "remark"})


@dataclass(slots=True)
class Column:
    """One column by its head: ``kind`` as in tables.yaml, the head's words, and the unit that it names."""

    kind: str
    words: list[str]
    plain: list[str]
    unit: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure: tokens ``first`` to ``last``, its number, and the line that it stands in (the evidence)."""

    first: int
    last: int
    number: str
    unit: tuple[str, ...] = ()
    sign: int = 1
    comparator: str = "eq"
    line: tuple[int, int] = (0, 0)
    high: str | None = None  # the upper end of a range


@dataclass(slots=True)
class Row:
    """One row. ``name`` and ``above`` (head rows without figures) are token positions; ``cells`` go with the columns.

    ``part``: the row is marked as part of the one above. ``broken``: its cells do not fit the columns.
    """

    name: list[int]
    above: list[int]
    unit: list[str]
    cells: list[Cell | None]
    part: bool = False
    broken: bool = False


@dataclass(slots=True)
class Table:
    """Tokens ``first`` to ``last``, the columns that hold figures, the rows, and what the caption says."""

    first: int
    last: int
    columns: list[Column]
    rows: list[Row]
    caption: list[int] = field(default_factory=list)
    unit: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """The tokens of a text, their words, generic words and lines (first, past last; empty lines left out)."""

    tokens: Tokens
    text: str
    words: list[str]
    plain: list[str]
    lines: list[tuple[int, int]]

    def is_number(self, position: int) -> bool:
        """True where a figure stands."""
        return self.words[position][0].isdecimal() and parse_number(self.words[position]) is not None


def page_of(tokens: Tokens, text: str) -> Page:
    """The page of a tokenised text."""
    ends = [-1, *[at for at in tokens.stops if tokens.words[at] == "\n"], len(tokens)]
    lines = [(first + 1, last) for first, last in pairwise(ends) if last > first + 1]
    return Page(tokens, text, tokens.words, generic(tokens), lines)


@cache
def listed(name: str) -> frozenset[tuple[str, ...]]:
    """The phrases ``name`` of tables.yaml as words."""
    return frozenset(tuple(words_of(phrase)) for phrase in lexicon_file("tables")[name])


def says(words: Sequence[str], name: str) -> bool:
    """True where a phrase of the list ``name`` stands anywhere among the words."""
    said = f" {' '.join(words)} "
    return any(f" {' '.join(phrase)} " in said for phrase in listed(name))


@cache
def bounds() -> dict[str, str]:
    """Bounds in front of a figure."""
    found: dict[str, str] = {" ".join(words_of(k)): v for k, v in lexicon_file("tables")["bounds"].items()}
    return found


def opens_with(words: Sequence[str], name: str) -> int:
    """How many of the first words are a phrase of the list ``name``; 0 where none is."""
    return max((len(p) for p in listed(name) if tuple(words[: len(p)]) == p), default=0)


def quantity(number: str, unit: Sequence[str]) -> Figure | None:
    """The figure of a number in a unit that stands elsewhere: ``40,350`` in ``1.000 tấn``; None for no such unit."""
    factor, rest = 1.0, list(unit)
    if rest and rest[0][0].isdecimal():
        factor, rest = parse_number(rest[0]) or 0.0, rest[1:]
        if factor not in _FACTORS:
            return None
    figure = figure_reader().quantity([number, *rest])
    if figure is None or (unit and figure.family is None and figure.value == figure.bare):
        return None
    figure.value *= factor
    return figure


def is_unit(words: Sequence[str]) -> bool:
    """True where the words are a unit and nothing else."""
    return bool(words) and len(words) <= 8 and quantity("1", words) is not None


def cell_of(page: Page, first: int, last: int, line: tuple[int, int]) -> Cell | None:
    """The figure that tokens ``first`` to ``last`` are, bounds, sign and unit included; None where they are none."""
    words = page.words
    comparator, sign = "eq", 1
    if first < last and words[first] in bounds():
        comparator, first = bounds()[words[first]], first + 1
    if first + 1 < last and words[first] in "-+" and page.is_number(first + 1):
        sign, first = (-1 if words[first] == "-" else 1), first + 1
    if first >= last or not page.is_number(first):
        return None
    high, after = None, first + 1
    if after + 1 < last and words[after] in grammar["range_words"] and page.is_number(after + 1):
        high, after = words[after + 1], after + 2
    unit = words[after:last]
    if unit and not is_unit(unit):
        return None
    return Cell(first, last, words[first], tuple(unit), sign, comparator, line, high)


def _is_counted(unit: Sequence[str]) -> bool:
    """True for a noun, which may as well end a name ("dịch vụ")."""
    figure = quantity("1", unit)
    return figure is not None and figure.is_count


def _ends_word(said: Sequence[str], size: int) -> bool:
    """ "Tổng lao động": the last word is no "đồng" that lost its mark."""
    return tuple(said[-size - 1 :]) in listed("no_units")


def name_and_unit(words: Sequence[str], positions: list[int], *, unit_named: bool) -> tuple[list[int], list[str]]:
    """A name without its unit, and the unit: in brackets, or (where a column of units is named) at the end."""
    said = [words[at] for at in positions]
    for start in range(len(said) - 1, -1, -1):
        if said[start] in "([" and len(said) > start + 1:
            end = next((at for at in range(start, len(said)) if said[at] in ")]"), len(said))
            inside = said[start + 1 : end]
            if is_unit(inside):
                return positions[:start] + positions[end + 1 :], inside
            if "/" in inside and end >= len(said) - 1:
                return positions, UNKNOWN_UNIT
    for size in range(min(8, len(said) - 1), 0, -1):
        if is_unit(said[-size:]) and (unit_named or not (_is_counted(said[-size:]) or _ends_word(said, size))):
            return positions[:-size], said[-size:]
    return positions, UNKNOWN_UNIT if unit_named else []

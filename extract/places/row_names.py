"""The districts that the rows of a table name, one a row: "1. Huyện Ba Bể", "TP. Vĩnh Yên", "Chợ Mới".

Belongs here: what the name of a row can stand for, and the province that the rows of one table have in common. Does not
belong here: names in sentences (``mentions``, ``scanner``).

A list of names needs no type words: names that other places share are told by the province of all of them.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final

from extract.language.normalise import INVISIBLE
from extract.language.tokens import words_of
from extract.lexicon.load import lexicon_file
from extract.places.days import LAST_DAY_OF_DISTRICTS, after_districts
from extract.places.gazetteer import District, gazetteer

# words of the longest name of a district
LONGEST: Final = 5
# the part of all rows, and the number of rows, that must be districts of one province
MOST: Final = 2 / 3
FEWEST: Final = 2


class RowName:
    """The districts that a row can be about, and the type that stands beside the name (empty where none does)."""

    def __init__(self, units: tuple[District, ...], unit_type: str) -> None:
        self.units, self.unit_type = units, unit_type


def row_name(pieces: Sequence[str], day: str | None) -> RowName | None:
    """What a row called by ``pieces`` (its words as they stand) is about; None where that is no district.

    Behind the name, only words without marks may stand: the name again in English ("Hoa Binh city").
    """
    words = [_plain(piece) for piece in pieces]
    begins = 0
    while begins < len(words) and not words[begins][:1].isalpha():
        begins += 1  # a number, a dash
    unit_type, size = _type(words[begins:])
    for start in (begins, begins + size) if size else (begins,):
        name = start
        while words[name : name + 1] == ["."]:
            name += 1
        for end in range(min(len(words), name + LONGEST + 1), name, -1):
            found = gazetteer().names.get(_spaced(words[name:end]))
            if found is not None and found.districts and _without_marks(words[end:]):
                return RowName(gazetteer().possible(found.districts, _day(day)), unit_type)
    return None


def province_of(names: Sequence[RowName | None]) -> str | None:
    """The province that most of the rows lie in; None where they have none in common."""
    votes = Counter(code for name in names if name is not None for code in {u.province_code for u in name.units})
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] >= max(FEWEST, MOST * len(names)) else None


def district_in(name: RowName, province: str) -> str | None:
    """The code of the district of ``province`` that is meant; None where there is none, or it cannot be told."""
    units = [unit for unit in name.units if unit.province_code == province]
    if len(units) > 1 and name.unit_type:
        units = [unit for unit in units if unit.unit_type.startswith(name.unit_type)]
    codes = {unit.code for unit in units}
    return codes.pop() if len(codes) == 1 else None


def _day(day: str | None) -> str | None:
    """Tables that come out after the end of districts are of the time before."""
    return LAST_DAY_OF_DISTRICTS if after_districts(day) else day


def _plain(piece: str) -> str:
    return unicodedata.normalize("NFC", INVISIBLE.sub("", piece)).lower().replace("’", "'").replace("–", "-")


def _spaced(words: list[str]) -> str:
    """Words as a name: an apostrophe or dash inside a name has no spaces around it ("ea h'leo")."""
    return " ".join(words).replace(" ' ", "'").replace(" - ", "-")


def _without_marks(words: list[str]) -> bool:
    return all(word.isascii() for word in words)


@cache
def _types() -> list[tuple[list[str], str]]:
    """Words of types of units and the type, the longest first."""
    types = ((words_of(words), unit_type) for words, unit_type in lexicon_file("tables")["district_types"].items())
    return sorted(types, key=lambda item: -len(item[0]))


def _type(words: list[str]) -> tuple[str, int]:
    for phrase, unit_type in _types():
        if words[: len(phrase)] == phrase:
            return unit_type, len(phrase)
    return "", 0

"""Numbers: their formats, and the value object of a figure.

Belongs here: what one number token is worth. Does not belong here: units, ranges and pairs (``figures.py``) or numbers
that are no values (``masks.py``).

A dot between groups of three digits divides thousands, a comma is the decimal mark even before three digits
(``106,811 tỷ`` is 106.811), one dot before one or two digits is a decimal mark (``11.6%``).
"""

from __future__ import annotations

import re
from typing import Final

_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_ENGLISH: Final = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?$|\d{1,3}(?:,\d{3})+\.\d+$")
_COMMA_THREE: Final = re.compile(r"[1-9]\d{0,2},\d{3}$")
_GROUP: Final = 4  # a comma and three digits
_DECIMAL: Final = re.compile(r"\d+[.,]\d+$")


class Figure:
    """One figure. ``first``/``last`` are token positions (last exclusive), ``value`` is in the family's base unit.

    ``family`` is pct, money, area, mass ... or ``count:<noun>``; None where no unit was found. ``per`` is person, ha or
    other for money per something. ``second`` is the right side of a slash pair (``29/34``), ``second_is_plan`` where
    the text says so (``/KH 55``). ``bare`` is the number as it stands. ``mask`` names why a number is no value at all.
    """

    def __init__(
        self,
        first: int,
        last: int,
        value: float,
        bare: float = 0.0,
        value_max: float | None = None,
        family: str | None = None,
        per: str | None = None,
        second: float | None = None,
        second_max: float | None = None,
        second_is_plan: bool = False,
        second_first: int = 0,
        unit_first: int = 0,
        mask: str | None = None,
    ) -> None:
        self.first = first
        self.last = last
        self.value = value
        self.bare = bare
        self.value_max = value_max
        self.family = family
        self.per = per
        self.second = second
        self.second_max = second_max
        self.second_is_plan = second_is_plan
        self.second_first = second_first
        self.unit_first = unit_first
        self.mask = mask

    def copy(self) -> Figure:
        """A figure with the same fields."""
        return Figure(
            self.first, self.last, self.value, self.bare, self.value_max, self.family, self.per, self.second,
            self.second_max, self.second_is_plan, self.second_first, self.unit_first, self.mask,
        )  # fmt: skip

    @property
    def is_count(self) -> bool:
        """True for a number of things."""
        return self.family is not None and self.family.startswith("count:")


def parse_number(word: str) -> float | None:
    """The value of one number token, or None where the format is not a number (a date, a version).

    ``word`` is empty or begins with a digit: such a token has nothing but digits, dots and commas.
    """
    if "." not in word:
        try:
            return float(word.replace(",", ".", 1) if "," in word else word)
        except ValueError:
            pass  # several commas
    if _THOUSANDS.match(word):
        whole = word.split(",")[0]
        if whole.startswith("0"):  # 0.653 is a decimal fraction, not zero thousands
            return float(word.replace(",", "")) if word.count(".") == 1 and "," not in word else None
        return float(word.replace(".", "").replace(",", "."))
    if _ENGLISH.match(word):
        return float(word.replace(",", ""))
    if _DECIMAL.match(word):
        return float(word.replace(",", "."))
    return None


def counts_in_thousands(word: str) -> bool:
    """True for a number with a comma and three digits: of money a decimal, of counted things thousands."""
    return len(word) > _GROUP and word[-_GROUP] == "," and _COMMA_THREE.match(word) is not None

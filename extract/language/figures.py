"""Figures: the numbers of a text with their magnitude, unit, range and fraction.

Belongs here: magnitude words, units, ranges and slash pairs. Does not belong here: number formats (``numbers.py``),
numbers that are no values (``masks.py``), which indicator a figure is about, or whether a slash pair is part/whole.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from extract.language.layers import Hit
from extract.language.masks import MaskReader
from extract.language.numbers import Figure, counts_in_thousands, parse_number
from extract.language.patterns import PatternSet
from extract.language.periods import is_year
from extract.language.tokens import Tokens
from extract.lexicon.grammar import first_words, phrase_at, phrases
from extract.lexicon.grammar import words as grammar
from extract.lexicon.load import lexicon_file

# a quantity has at most this many parts ("3 triệu 150 ngàn lượt" has two)
MOST_PARTS: Final = 4
# a decimal fraction that is torn off has at most this many digits, and one of these units behind it; a list has
# marks before it
_TORN_DIGITS: Final = 3
# a percentage has at most this many digits behind its comma
_RATE_DIGITS: Final = 2
_TORN_FAMILIES: Final = frozenset({"money", "pct", "area", "mass", "yield"})
# words between "lần lượt" and the numbers that it orders
_ORDER_REACH: Final = 2


@cache
def magnitudes() -> dict[str, float]:
    """What "nghìn", "triệu" ... make of a number."""
    return {word: float(size) for word, size in lexicon_file("units")["magnitudes"].items()}


class FigureReader:
    """Reads the figures of tokenised texts. Build once (it compiles the unit lexicon), use for many texts."""

    def __init__(self) -> None:
        units = lexicon_file("units")
        entries: list[tuple[str, tuple[str, float, str | None]]] = []
        for unit in units["units"]:
            for pattern in unit["patterns"]:
                entries.append((pattern, (unit["family"], float(unit["factor"]), unit.get("per"))))
        for noun in units["nouns"]:
            for pattern in noun["patterns"]:
                entries.append((pattern, (f"count:{noun['id']}", 1.0, None)))
        self._units = PatternSet(entries, units["macros"])
        self._magnitudes = magnitudes()
        self.multiples = PatternSet((words, float(size)) for words, size in units["word_multiples"].items())
        self._masks = MaskReader(self._unit_at)
        self._per_year = grammar["per_year"]
        self._range_words = grammar["range_words"]
        # what stands behind a figure that goes on
        self._goes_on = self._range_words | first_words["out_of"] | {"-", "/"}

    def read(
        self, tokens: Tokens, masked: frozenset[int] = frozenset(), multiples: list[Hit] | None = None
    ) -> list[Figure]:
        """All figures in order, masked ones included. ``masked``: token positions inside names that hold figures.

        ``multiples``: where ``self.multiples`` has hits, for those who know.
        """
        figures: list[Figure] = []
        free = 0
        for position in tokens.digits:
            if position < free:
                continue
            figure = self._figure(tokens, position)
            if figure.mask is None and position in masked:
                figure.mask = "part of a name"
                figure.last = position + 1
            figures.append(figure)
            free = max(figure.last, position + 1)
        if multiples is None:
            multiples = self.multiples.find(tokens.words)
        if multiples:  # said in words: "gấp đôi"
            for first, last, (size,) in multiples:
                figures.append(Figure(first, last, size, family="times", unit_first=first + 1, bare=size))
            figures.sort(key=lambda figure: figure.first)
        return figures

    def quantity(self, words: list[str]) -> Figure | None:
        """The figure that a number and its unit make, all of ``words``; None where they make none (cells of tables)."""
        value = parse_number(words[0])
        if value is None:
            return None
        figure = Figure(0, 1, value, value)
        figure.last = self._quantity(words, 1, value, figure)
        return figure if figure.last == len(words) else None

    def _unit_at(self, words: list[str], at: int) -> bool:
        """True where a unit (with or without a magnitude word) stands at ``at``."""
        probe = Figure(at, at, 1.0)
        self._quantity(words, at, 1.0, probe)
        return probe.family is not None

    def _torn(self, words: list[str], at: int, figure: Figure) -> int | None:
        """ "1.076, 31 tỷ đồng": a decimal fraction that a space has torn off; sets ``figure``, returns its end."""
        behind, before = words[at + 2 : at + 3], words[at - 1] if at else ""
        if not behind or not (behind[0].isdecimal() and len(behind[0]) <= _TORN_DIGITS) or before in grammar["lists"]:
            return None
        if len(words[at]) == 1 or not grammar["in_order"].isdisjoint(words[max(0, at - _ORDER_REACH) : at]):
            return None  # "lần lượt là 7, 12%"
        value = parse_number(f"{words[at].replace('.', '')},{behind[0]}")
        if value is None:
            return None
        torn = Figure(at, at + 3, value, value)
        after = self._quantity(words, at + 3, value, torn)
        following = words[after : after + 2]
        listed = len(following) == 2 and following[0] in grammar["lists"] and following[1][0].isdecimal()
        if torn.family not in _TORN_FAMILIES or listed:
            return None
        rate = words[at].isdecimal() and len(behind[0]) <= _RATE_DIGITS and before in grammar["before_rate"]
        if torn.family == "pct" and not rate:
            return None  # "số xã đạt chuẩn là 15, 60% tổng số xã"
        figure.value, figure.bare, figure.family, figure.per = torn.value, value, torn.family, torn.per
        figure.unit_first = torn.unit_first
        return after

    # -- one figure

    def _figure(self, tokens: Tokens, position: int) -> Figure:
        words = tokens.words
        value = parse_number(words[position])
        if value is None:
            return Figure(position, position + 1, 0.0, mask="not a number")
        figure = Figure(position, position + 1, value, value)
        after = self._quantity(words, position + 1, value, figure)
        if figure.family is None and position + 1 < len(words) and words[position + 1] == ",":
            after = self._behind_comma(tokens, position, figure, after)
        figure.last = after
        if figure.is_count and figure.value == value and counts_in_thousands(words[position]):
            figure.value = figure.bare = value * 1000  # "9,735 con": nothing is counted in thousandths
        figure.mask = self._masks.mask(tokens, position, figure)
        if figure.mask is not None:
            return figure
        if figure.last < len(words) and words[figure.last] in self._goes_on:
            self._range(words, figure)
            self._slash(words, figure)
            self._of_whole(words, figure)
        return figure

    def _behind_comma(self, tokens: Tokens, position: int, figure: Figure, after: int) -> int:
        """Where the figure ends whose unit or fraction stands behind a comma: "5.166,tỷ đồng", "1.076, 31 tỷ đồng"."""
        words, value, behind = tokens.words, figure.bare, position + 2
        glued = behind < len(words) and tokens.starts[behind] == tokens.end(position) + 1
        if glued and words[behind].isalpha():
            after = self._quantity(words, behind, value, figure)
        if figure.family is not None:
            return after
        alone = is_year(words[position]) or self._masks.mask(tokens, position, figure) is not None
        return after if alone else self._torn(words, position, figure) or after  # "tháng 11, 95% dân số"

    def _quantity(self, words: list[str], at: int, value: float, figure: Figure, parts: int = 1) -> int:
        """Read magnitude and unit from ``at``; sets value, family, per; returns the position after them."""
        scale = 1.0
        figure.unit_first = at
        while at < len(words):
            unit, size = self._units.match_at(words, at), self._magnitudes.get(words[at])
            if unit is not None and (size is None or not self._only_scales(words, at, unit[0], size)):
                family, factor, per = unit[1][0]
                figure.value, figure.family, figure.per = value * scale * factor, family, per
                end = unit[0]
                year_follows = end < len(words) and len(words[end]) == 4 and words[end].isdecimal()
                if year_follows and words[end - 1] in self._per_year:
                    end -= 2 if words[end - 2] == "/" else 1  # "4 triệu đồng/người/năm 2010": the year's word
                return end
            if size is None:
                break
            scale *= size
            at += 1
            if parts < MOST_PARTS and at < len(words) and words[at].isdecimal() and len(words[at]) <= 3:
                after = self._smaller_part(words, at, value * scale, scale, figure, parts)
                if after is not None:
                    return after
        if scale >= 1e6:  # "1,3 triệu", "23 tỷ": money by default
            figure.value, figure.family = value * scale / 1e9, "money"
        elif scale > 1:
            figure.value = value * scale
        return at if scale > 1 else figure.unit_first

    def _smaller_part(
        self, words: list[str], at: int, large: float, scale: float, figure: Figure, parts: int
    ) -> int | None:
        """The rest of a quantity in two parts: 3 triệu | 150 ngàn lượt; 11 nghìn | 700 tỷ đồng; 206 tỷ | 341 triệu."""
        inner = self._magnitudes.get(words[at + 1], 1.0) if at + 1 < len(words) else 1.0
        smaller = inner < scale and inner > 1.0
        total = large + float(words[at]) * (inner if smaller else 1.0)
        start = at + 2 if smaller else at + 1
        rest = Figure(at, at + 1, 0.0)
        after = self._quantity(words, start, total, rest, parts + 1)
        if rest.family is None:
            if not (smaller and scale >= 1e9):
                return None
            rest.value, rest.family, after = total / 1e9, "money", start  # 3 tỷ 450 triệu
        figure.value, figure.family, figure.per = rest.value, rest.family, rest.per
        return after

    def _only_scales(self, words: list[str], at: int, end: int, size: float) -> bool:
        """True for a magnitude that is no unit here: what is scaled or a smaller part of it follows.

        "1,7 triệu lượt", "2,2 tỷ tấn", "3 triệu 150 ngàn lượt"; money by itself: "1,7 tỷ".
        """
        scales = end == at + 1 and self._units.match_at(words, end) is not None
        if scales and words[end] not in phrases["season"]:
            return True
        if at + 2 >= len(words) or len(words[at + 1]) > 3 or not words[at + 1].isdecimal():
            return False
        return self._magnitudes.get(words[at + 2], size) < size

    def _range(self, words: list[str], figure: Figure) -> None:
        at = figure.last
        if at + 2 < len(words) and words[at] == "-" and words[at + 1] == ">":
            at += 1  # "18->19%"
        if at + 1 >= len(words) or words[at] not in self._range_words or not words[at + 1][0].isdecimal():
            return
        high = parse_number(words[at + 1])
        if high is None:
            return
        other = Figure(at + 1, at + 2, high, high)
        after = self._quantity(words, at + 2, high, other)
        if other.family is None or (figure.family is not None and figure.family != other.family):
            return
        if (
            after + 1 < len(words)
            and words[after] == "-"
            and words[after + 1][0].isdecimal()
            and figure.family != "money"
        ):
            return  # a chain of shares: 15,03% - 39,81 - 45,16%
        before = words[figure.first - 1] if figure.first else ""
        if (
            before == "-"
            and figure.first > 1
            and (words[figure.first - 2][0].isdecimal() or words[figure.first - 2] == "%")
        ):
            return
        low = figure.value
        if figure.family is None and other.bare:
            low = figure.bare * (other.value / other.bare)
        if not low < other.value or other.family.startswith("count:other"):
            return
        figure.value, figure.value_max = low, other.value
        figure.family, figure.per, figure.last = other.family, figure.per or other.per, after
        figure.unit_first = other.unit_first

    def _behind_plan_year(self, words: list[str], at: int) -> int:
        """ "46 tỷ đồng/KH năm 2017: 84 tỷ đồng": where the plan's value begins, behind its year and colon."""
        year = at + (not grammar["plan_year"].isdisjoint(words[at : at + 1]))
        if year + 2 < len(words) and is_year(words[year]) and words[year + 1] in grammar["tells_plan"]:
            return year + 2
        return at + (words[at : at + 1] == [":"])

    def _counted_behind_share(self, words: list[str], at: int) -> str | None:
        """The noun of "9/9 (100%) tiêu chí": it stands behind the bracket."""
        if words[at : at + 1] != ["("] or words[at + 2 : at + 4] != ["%", ")"]:
            return None
        unit = self._units.match_at(words, at + 4)
        family = unit[1][0][0] if unit is not None else ""
        return family if family.startswith("count:") else None

    def _of_whole(self, words: list[str], figure: Figure) -> None:
        """ "58 trong tổng số 77 trường học": a part and its whole, said in words."""
        at = figure.last
        size = phrase_at("out_of", words, at) if figure.second is None and figure.value_max is None else 0
        said = bool(size) and at + size < len(words) and words[at + size][0].isdecimal()
        whole = parse_number(words[at + size]) if said else None
        if whole is None or whole < figure.value or is_year(words[at + size]):
            return
        other = Figure(at + size, at + size + 1, whole, whole)
        other.last = self._quantity(words, other.last, whole, other)
        if not other.is_count or figure.family not in (None, other.family):
            return
        figure.family, figure.second, figure.second_first = other.family, whole, at + size
        figure.last, figure.unit_first = other.last, other.unit_first

    def _slash(self, words: list[str], figure: Figure) -> None:
        at = figure.last
        if at + 1 >= len(words) or words[at] != "/":
            return
        at += 1
        plan = False
        size = phrase_at("slashed_plan", words, at)
        if size and at + 1 < len(words):
            at = self._behind_plan_year(words, at + size)
            plan = True
        if at >= len(words) or not words[at][0].isdecimal():
            return
        right = parse_number(words[at])
        if right is None or (is_year(words[at]) and figure.per == "person"):
            return  # "30,6 triệu đồng/người/năm/2016"
        if not grammar["month"].isdisjoint(words[at + 1 : at + 2]):
            return  # "19,3 triệu đồng/người/6 tháng"
        other = Figure(at, at + 1, right, right)
        other.last = self._quantity(words, at + 1, right, other)
        if other.family is None and figure.family is None:
            other.family = self._counted_behind_share(words, at + 1)
        self._range(words, other)
        if figure.family is not None and other.family is not None and figure.family != other.family:
            return  # 45,8 tỷ đồng/6.521 hộ: two different things
        if figure.family is None and other.family is not None:
            scale = other.value / other.bare if other.bare and other.value_max is None else 1.0
            figure.value = figure.bare * scale
            figure.family, figure.per = other.family, other.per
        figure.second, figure.second_max, figure.second_is_plan = other.value, other.value_max, plan
        figure.second_first, figure.last, figure.unit_first = at, other.last, other.unit_first

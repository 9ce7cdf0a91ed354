"""Whether a figure can be said of an indicator, by its unit and size.

Belongs here: the fit of one figure and one code, and the choice among codes that share a name. Does not belong here:
where the name stands (``binding.py``).
"""

from __future__ import annotations

from typing import Final

from extract.indicators.lexicon import Concept, Indicator, counts_of_rate, known
from extract.language.figures import magnitudes
from extract.language.numbers import Figure, counts_in_thousands
from extract.statements.windows import Window

# money per person or per hectare stays below this many billion dong; totals of a district above one
PER_UNIT_BELOW: Final = 3.0
TOTAL_FROM: Final = 1.0
_THOUSAND: Final = 1000.0
# words between what is counted and the verb: "lượt khách đến Hà Tiên đạt 2,2 triệu"
_STATED_REACH: Final = 3
# things whose recognised part is given as a fraction for a rate ("142/149 thôn văn hóa")
_PARTS_OF_RATES: Final = frozenset(
    {"count:school", "count:village", "count:commune", "count:household", "count:station", "count:agency"}
)
# millions of US dollars: no person has so much
_USD_PER_UNIT_BELOW: Final = 0.1


def accepts(code: str, figure: Figure) -> bool:
    """True where ``figure`` can be a level, a change or a percentage of ``code``."""
    family = figure.family
    if family == "pct":
        return True
    indicator = known[code]
    if family == "times":
        return not indicator.is_rate
    if family is None:
        return "any" in indicator.units or any(unit.startswith("count:") for unit in indicator.units)
    if indicator.is_rate and family.startswith("count:"):
        if figure.second is not None:
            return family in _PARTS_OF_RATES
        return indicator.fits(family) or any(count.fits(family) for count in counts_of_rate(code))
    if family == "money":
        return _accepts_money(indicator, figure)
    if family == "usd" and indicator.per is not None and figure.value >= _USD_PER_UNIT_BELOW:
        return False
    return indicator.fits(family)


def _accepts_money(indicator: Indicator, figure: Figure) -> bool:
    if figure.per is not None and figure.per != indicator.per:
        return False
    if indicator.per is not None and figure.value > PER_UNIT_BELOW:
        return False
    if indicator.unit == "bn_vnd" and indicator.low >= 100 and figure.value < TOTAL_FROM:
        return False
    return indicator.fits("money")


def count_by_name(window: Window, words: list[str]) -> None:
    """ "lượng khách đạt 1,3 triệu": a magnitude without a unit counts what is named before it, and is no money.

    It is stated of that name ("đạt", "khoảng"), and such a number of them is possible.
    """
    figure, left = window.figure, window.left
    if figure.family != "money" or figure.last - figure.unit_first != 1:
        return
    size = magnitudes().get(words[figure.unit_first])
    at = next((i for i in range(len(left) - 1, -1, -1) if left[i].name is not None), None)
    name = left[at].name if at is not None else None
    if size is None or at is None or name is None or not name.named or left[-1].kind != "cue":
        return
    far = sum(left[i + 1].first - left[i].last for i in range(at, len(left) - 1)) > _STATED_REACH
    if far or left[-1].last != figure.first or any(e.kind == "mark" for e in left[at:]):
        return
    indicator = known[name.named[0].id]
    counted = sorted(unit for unit in indicator.units if unit.startswith("count:"))
    possible = indicator.low <= figure.bare * size <= indicator.high
    if not counted or not possible or not indicator.units.isdisjoint(("money", "any")):
        return
    scale = figure.bare * size / figure.value if figure.value else 1.0
    figure.value, figure.family = figure.bare * size, counted[0]
    figure.value_max = None if figure.value_max is None else figure.value_max * scale


def thousands_by_range(figure: Figure, indicator: Indicator, words: list[str]) -> None:
    """ "sản lượng lương thực 40,832 tấn": so little is not possible, a thousand times as much is."""
    if figure.family != "mass" or figure.second is not None or not counts_in_thousands(words[figure.first]):
        return
    if figure.value == figure.bare and figure.value < indicator.low <= figure.value * _THOUSAND <= indicator.high:
        figure.value = figure.bare = figure.value * _THOUSAND


def prefer(named: tuple[Concept, ...], figure: Figure, *, ratio: bool, growth: bool) -> Concept | None:
    """Of several codes with the same name that accept the figure: strong before weak, then the one with this unit.

    ``ratio``: the figure refers to a plan or a base; ``growth``: it rises or falls.
    """
    bare = figure.family == "pct" and not (ratio or growth)
    best: Concept | None = None
    rank = 0
    for concept in named:
        if not accepts(concept.id, figure):
            continue
        weak = concept.kind == "weak"
        if bare and weak and not known[concept.id].speaks_of_rates:
            continue
        if len(named) == 1:
            return concept
        indicator = known[concept.id]
        same_unit = indicator.fits(figure.family)
        if figure.family == "pct" and ratio and not growth:
            same_unit = not indicator.is_rate  # a percent of plan is said of the count
        own = 1 + same_unit + (0 if weak else 2)
        if own > rank:
            best, rank = concept, own
    return best

"""Reasons against a figure: a commune's own, the province's, a project's money, the rest of a total, a threshold.

Belongs here: why a figure that was seen is no statement about the district. Does not belong here: numbers that are no
values at all (``language/figures.py``).
"""

from __future__ import annotations

from functools import cache
from itertools import takewhile
from typing import Final

from extract.indicators.lexicon import code_of_denominator, concepts, indicators
from extract.language.tokens import Tokens
from extract.lexicon.grammar import first_words, phrase_at, phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.around import Around
from extract.statements.events import Event
from extract.statements.hints import (
    BRACKET,
    DAMAGE,
    EACH_UNIT,
    EVENT,
    FEAST,
    MONTH,
    NONE_OF_THEM,
    NORM,
    PRICE,
    PRIVATE,
    PROVINCE,
)
from extract.statements.new_counts import is_rest
from extract.statements.other_subjects import LARGER, SMALLER
from extract.statements.place_scope import PlaceScope
from extract.statements.windows import Window

_EVENT_FAMILIES: Final = frozenset({"money", "usd", "count:person", "count:member", "area", None})
_DAMAGED: Final = frozenset({"area", "count:head", "count:house", "mass"})
_OF_STANDARDS: Final = frozenset({"count:commune", "count:village", "count:school"})
_COMMUNES_CRITERIA: Final = "communes by their own count of criteria"
_LARGER_UNIT: Final = "compared with the province or the country"
# tokens around a number of criteria that say whose it is; behind a word for the province that still govern a figure
_BEFORE_CRITERIA: Final = 14
_BEHIND_CRITERIA: Final = 6
_PROVINCE_REACH: Final = 6
# tokens before a figure in which it is said that it is for each commune
_CLAUSE_REACH: Final = 40
# more criteria than one commune or district has to meet: the sum over several
_OF_ONE_COMMUNE: Final = 57
# nothing of a district grows more than so many times within a year
_TIMES_IN_A_YEAR: Final = 10
# tokens between a single month and what flowed in it; months of a year
_MONTH_REACH: Final = 18
_MONTHS: Final = 12
# tokens between the word for a price and its change
_PRICE_REACH: Final = 8
# tokens between a number of communes and the number of criteria that each has
_BEFORE_BAND: Final = 4
# tokens of "xã dưới" before a number of criteria
_BOUNDED: Final = 2
# tokens of "quy mô khoảng"; tokens from "không có xã nào" to what none of them has
_SCALE_REACH: Final = 3
_NONE_REACH: Final = 14
# tokens between "so với" and the province
_COMPARED_REACH: Final = 5
# tokens from a bracket that opens with the name of a larger unit to its figure
_BRACKET_REACH: Final = 4


class Refuser:
    """Answers for each figure of one article."""

    def __init__(self, tokens: Tokens, places: PlaceScope) -> None:
        self._words, self._places = tokens.words, places
        self._larger, self._larger_bases = first_words["larger_unit"], phrases["base_is_larger_unit"]

    def reason(self, window: Window, around: Around) -> str | None:
        """Why the window's figure is no statement, or None."""
        figure, hints = window.figure, window.sentence.hints
        family = figure.family or ""
        if family == "count:other":
            return "counts something that is no indicator"
        before = self._words[figure.first - 1] if figure.first else ""
        if family == "count:criterion" and self._behind_communes(window):
            return _COMMUNES_CRITERIA
        if family == "count:criterion" and not self._district_criteria(window):
            return "a commune's own count of criteria"
        if self._places.is_commune(window):
            return "a commune's own figure"
        subject = self._places.other_subject(window)
        if subject is not None and not (subject == SMALLER and family == "count:commune"):
            return subject
        if hints & EACH_UNIT and before in grammar["each_of"]:
            return "for each of them"
        if hints & NONE_OF_THEM and self._of_none(window):
            return "what none of them has"
        if family == "count:head" and self._of_one_farm(figure.first):
            return "the animals of a single farm"
        if family in ("area", "count:tree") and self._names_programme(figure.first):
            return "the name of a programme"
        if window.governed_by(NORM):
            return "a norm, not a value that was reached"
        if family == "money" and before in grammar["threshold"]:
            return "a threshold, not a value"
        counted = figure.is_count
        # new ones are taken: "10 xã còn lại về đích"
        if counted and not around.new and is_rest(self._words, figure.last, figure.last + 2):
            return "the rest of a total"
        if family in _OF_STANDARDS and is_rest(self._words, figure.first - 2, figure.first):
            return "the rest of a total"  # "05 xã được công nhận, còn lại 02 xã"
        if family == "times" and any(e.name is not None and e.first <= figure.last + 2 for e in window.after()):
            return "compared with another indicator"
        if family == "times" and figure.value > _TIMES_IN_A_YEAR:
            return "growth over many years"
        if family == "count:commune" and figure.second is None and any(e.id == "pending" for e in _clause(window)):
            return "applied for, not yet recognised"
        if hints & PRICE and family == "pct" and self._of_price(window):
            return "a price"
        if self._places.is_of_several(window):
            return "of several districts together"
        if family == "times" and self._places.names_district_behind(window):
            return "compared with another district"
        if self._against_larger_unit(window, around) or (hints & BRACKET and self._larger_in_brackets(figure.first)):
            return _LARGER_UNIT
        if family == "count:commune" and figure.second is None and self._with_own_criteria(figure.last):
            return _COMMUNES_CRITERIA
        if hints & EACH_UNIT and counted and family != "count:criterion" and self._for_each(window):
            return "a norm for each commune"
        if not hints & (PRIVATE | EVENT | DAMAGE | PROVINCE):
            return None
        return self._of_private(window) or self._of_event(window) or self._of_province(window)

    def _of_none(self, window: Window) -> bool:
        """ "không có xã nào thu nhập bình quân dưới 62 triệu đồng"."""
        start = max(window.since, window.figure.first - _NONE_REACH)
        return any(phrase_at("none_of_them", self._words, at) for at in range(start, window.figure.first))

    def _of_one_farm(self, first: int) -> bool:
        """ "mô hình nuôi bò quy mô từ 100 con"."""
        said = range(max(0, first - _SCALE_REACH), first)
        return any(phrase_at("scale_of_one", self._words, at) == first - at for at in said)

    def _names_programme(self, first: int) -> bool:
        """ "1 tỷ cây xanh": the number begins the name of a programme."""
        return phrase_at("programmes", self._words, first) > 0

    def of_part_of_month(self, code: str, window: Window) -> str | None:
        """Why a flow is of a time that is no period of the contract: a single month, the days of a feast."""
        hints = window.sentence.hints
        if hints & FEAST and code in concepts["of_feasts"] and _of_feast(window):
            return "of the days of a feast alone"
        return "a single month's own value" if hints & MONTH and self._of_one_month(window) else None

    def _of_one_month(self, window: Window) -> bool:
        """ "Riêng tháng 9, thu ngân sách 8,6 tỷ đồng": what flowed in one month; no period of the contract is one."""
        words, figure = self._words, window.figure
        month, ends = grammar["month"], grammar["ends_month"]
        start = max(window.sentence.first, figure.first - _MONTH_REACH)
        for at in range(figure.first - 2, start - 1, -1):
            if words[at] in ends:
                return False
            if words[at] not in month:
                continue
            opens = at == window.sentence.first or words[at - 1] in grammar["opens_month"]
            named = words[at + 1].isdecimal() and int(words[at + 1]) <= _MONTHS
            whole = words[at + 2] in grammar["after_month"]
            times = any(e.kind == "time" and at + 2 < e.first < figure.first for e in window.left)
            return opens and named and whole and not times
        return False

    def _of_private(self, window: Window) -> str | None:
        """A family's or a company's own, up to where the whole district is named again."""
        if not window.sentence.hints & PRIVATE:
            return None
        for event in window.before():
            if event.kind == "mark" and event.id == ";":
                return None
            if event.id == "private":
                said = " ".join(self._words[event.last : window.figure.first])
                if any(phrase in said for phrase in phrases["whole_district"]):
                    return None
                return "a family's or a company's own"
        return None

    def _district_criteria(self, window: Window) -> bool:
        """True for criteria of the district: nine in all, an average a commune, or a total."""
        figure = window.figure
        if figure.second is not None:
            whole = code_of_denominator(figure.second) is not None or figure.second > _OF_ONE_COMMUNE
            return whole or self._is_average(window)
        start = max(window.sentence.first, figure.first - _BEFORE_CRITERIA)
        stop = min(window.sentence.last, figure.last + _BEHIND_CRITERIA)
        around = " ".join(self._words[start:stop])
        return any(said in around for said in _district_words())

    def _is_average(self, window: Window) -> bool:
        """ "các xã bình quân đạt 8,72/19 tiêu chí"."""
        said = " ".join(self._words[max(window.since, window.figure.first - _BEFORE_CRITERIA) : window.figure.last + 2])
        return any(phrase in said for phrase in phrases["averaged"])

    def _behind_communes(self, window: Window) -> bool:
        """ "12 xã đạt từ 15 tiêu chí trở lên", "không còn xã dưới 10 tiêu chí": of those communes, each by itself."""
        before = self._words[max(0, window.figure.first - _BOUNDED) : window.figure.first]
        if before[1:2] != [] and before[0] in grammar["commune"] and before[1] in grammar["bounds_criteria"]:
            return True
        gap = self._words[window.since : window.figure.first]
        counted = self._words[window.since - 1 : window.since] if window.since > window.sentence.first else []
        few = len(gap) <= _BEFORE_BAND and not any(word in ".;:(" for word in gap)
        return few and set(counted) == grammar["commune"] and bool(set(gap) & grammar["reaches"])

    def _against_larger_unit(self, window: Window, around: Around) -> bool:
        if around.ref == "base" and any(word in (around.ref_text or "") for word in self._larger_bases):
            return True
        words, behind = self._words, window.figure.last
        if window.figure.family not in ("times", "pct") or behind == len(words) or words[behind] not in self._larger:
            return False
        return phrase_at("larger_unit", words, behind) > 0

    def _larger_in_brackets(self, first: int) -> bool:
        """ "tăng 8,6%/năm (tỉnh 6,2%/năm)": the province's own, told beside it."""
        words = self._words
        for at in range(max(0, first - _BRACKET_REACH), first):
            if words[at] == "(":
                return " ".join(words[at + 1 : first]) in phrases["larger_alone"]
        return False

    def _with_own_criteria(self, at: int) -> bool:
        """ "5 xã được từ 10-15/19 tiêu chí", "1 xã đạt 17/19"."""
        tail = self._words[at : at + 9]
        for offset, word in enumerate(tail[:4]):
            if word in grammar["reaches"]:
                after = tail[offset + 1 : offset + 2]
                if set(after) & grammar["from"]:
                    return bool(set(tail) & grammar["criteria"])
                if after and after[0][0].isdecimal():
                    if after[0] in grammar["all_criteria"]:
                        return False
                    return "/" in tail[:7] or bool(set(tail[:7]) & grammar["criteria"])
        return False

    def _of_event(self, window: Window) -> str | None:
        figure = window.figure
        if figure.family in _DAMAGED and self._damaged(window):
            return "damage, not a result"
        if figure.family == "count:member" and any(e.id == "noise" and not e.inside for e in _clause(window)):
            return "money or people of an event, not of the district's plan"  # "22 đảng viên được trao huy hiệu"
        if not window.said & EVENT:
            return None
        same_clause, named = True, False
        for event in reversed(window.left):
            if event.kind == "mark" and event.id in ";:":
                return None
            named = named or event.kind == "name"
            if event.kind == "mark" and event.id == ",":
                same_clause = False
            if event.id == "pending" and same_clause and figure.is_count:
                return "applied for, not yet recognised"
            if not named and event.id == "noise" and not event.inside and figure.family in _EVENT_FAMILIES:
                return "money or people of an event, not of the district's plan"
        return None

    def _for_each(self, window: Window) -> bool:
        """ "mỗi xã thành lập 2 doanh nghiệp, 2 HTX": up to a semicolon."""
        clause: list[str] = []
        start = max(window.sentence.first, window.figure.first - _CLAUSE_REACH)
        for word in reversed(self._words[start : window.figure.first]):
            if word == ";":
                break
            clause.append(word)
        said = " ".join(reversed(clause))
        for phrase in phrases["each_unit"]:
            at = said.find(phrase)
            if at >= 0:  # "mỗi xã có một thôn, huyện có 2 xã kiểu mẫu": the district is the subject again
                return not any(f", {again}" in said[at:] for again in phrases["district_again"])
        return False

    def _of_price(self, window: Window) -> bool:
        """ "giá lúa tăng 18%": the price rises, not the harvest."""
        words, first = self._words, window.figure.first
        prices = phrases["price"]
        for at in range(max(window.since, first - _PRICE_REACH), first - 1):
            if words[at] in prices and words[at + 1] not in grammar["no_price"]:
                return True
        return False

    def _damaged(self, window: Window) -> bool:
        """ "215 ha lúa bị ngập": the verb stands behind, in the same clause."""
        if not window.sentence.hints & DAMAGE:
            return False
        clause = takewhile(lambda event: event.kind != "mark", reversed(window.left))
        if any(event.id == "damage" and not event.inside for event in clause):
            return True  # "diện tích lúa nhiễm sâu cuốn lá nhỏ 120 ha"
        return any(e.id == "damage" for e in _clause(window))

    def _of_province(self, window: Window) -> str | None:
        if not window.said & PROVINCE:
            return None
        said = [e for e in window.left if e.id == "province"]
        if not said or window.figure.first - said[-1].last > _PROVINCE_REACH:
            return None
        if any(e.name is not None and e.first > said[-1].first for e in window.left):
            return None
        compared = any(e.id == "so" and 0 <= said[-1].first - e.last <= _COMPARED_REACH for e in window.left)
        if compared and any(e.id == "," and e.first >= said[-1].last for e in window.left):
            return None  # "cao hơn so với mặt bằng chung toàn tỉnh, đạt 10,3%"
        return LARGER


def _of_feast(window: Window) -> bool:
    """True where the days of a feast are the last time named before the figure."""
    times = (event.id for event in window.before() if event.id == "feast" or event.kind == "time")
    return next(times, "") == "feast"


def _clause(window: Window) -> list[Event]:
    """The events behind the figure up to the next mark."""
    return list(takewhile(lambda event: event.kind != "mark", window.after()))


@cache
def _district_words() -> tuple[str, ...]:
    """The words that tell that a count of criteria is a district's."""
    return tuple(word for indicator in indicators().values() for word in indicator.needs_words)

"""Binding: which indicator (and which part of it) a figure is about.

Belongs here: the choice between a name before the figure, one behind it and what was named last. Does not belong here:
the names on either side (``names_before.py``, ``names_behind.py``), what is named last (``carried.py``), what one name
makes of a figure (``names.py``), what it says (``measures.py``) or when (``when.py``).
"""

from __future__ import annotations

from collections.abc import Callable

from extract.indicators.lexicon import concepts, known
from extract.language.numbers import Figure
from extract.language.tokens import Tokens
from extract.lexicon.grammar import words as grammar
from extract.statements.carried import Carried
from extract.statements.events import Event
from extract.statements.fitting import accepts
from extract.statements.names import NameReader
from extract.statements.names_before import NamesBefore
from extract.statements.names_behind import NamesBehind
from extract.statements.segments import SegmentReader
from extract.statements.shared_predicates import shared_predicate
from extract.statements.some_of_them import behind_given
from extract.statements.unlisted import next_plant, plant, product
from extract.statements.windows import Topic, Window


class Binder:
    """Binds figures one by one in order; ``carried`` is what lasts between them."""

    def __init__(self, tokens: Tokens, text: str, districts: Callable[[], frozenset[str]] = frozenset) -> None:
        self._words = tokens.words
        self.segments = SegmentReader(tokens, text, districts)
        self.carried = Carried(tokens.words, self.segments)
        self._names = NameReader(tokens.words, self.segments, self.carried)
        self._before = NamesBefore(tokens.words, self._names, self.segments, self.carried)
        self._behind = NamesBehind(tokens.words, self._names, self.segments, self.carried)

    def bind(self, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        """The topic of the figure. ``ratio``: it has a plan or base reference; ``growth``: it rises or falls."""
        carried = self.carried
        carried.at_figure()
        left = self._before.topic(window, ratio=ratio, growth=growth)
        right = self._behind.topic(window, ratio=ratio, growth=growth)
        made_for = self._made_for(right, left or carried.total, window)
        behind = (
            right is not None and not made_for and (left is None or self._prefers_right(left, right, window.figure))
        )
        chosen = right if behind else left
        if behind and right is not None and self._only_counts(right, carried.total, window):
            chosen = None  # "(kế hoạch 115 đảng viên)": of those admitted, as said before
        chosen = (
            product(chosen, carried.head, window, self.segments) or chosen or plant(window, self._words, self.segments)
        )
        chosen = chosen or next_plant(carried.last, window, self._words, self.segments)
        chosen = chosen or self._column(window) or shared_predicate(window, self._words)
        if chosen is None:
            return None if _under_shares(window) else carried.inherited(window)
        carried.take(chosen, window)
        _use_up(chosen, window, from_left=chosen is left)
        return chosen

    def _made_for(self, right: Topic | None, told: Topic | None, window: Window) -> bool:
        """ "xóa nhà tạm cho 120 hộ nghèo, 45 hộ cận nghèo": so many houses, and not so many households."""
        if right is None or told is None or right.event is None or right.event.last > window.figure.last:
            return False
        return right.code != told.code and accepts(told.code, window.figure) and behind_given(window, self._words)

    def _column(self, window: Window) -> Topic | None:
        """ "ngô 1.239 ha, 45,4 tạ/ha, 5.628 tấn": yield and output of the crop told before, by unit."""
        last = self.carried.last
        if last is None or last.segment is None:
            return None
        if last.code != concepts["area_of_crops"] and last.code not in concepts["crop_codes"].values():
            return None
        behind = self._words[window.figure.last : window.figure.last + 1]
        if not grammar["inputs"].isdisjoint(behind):
            return None  # "12 tấn giống"
        if self.carried.column(window) is not None:
            return None
        between = self._words[window.since : window.figure.first]
        return self._names.facet(None, window.figure, last) if between in ([","], ["-"], [";"]) else None

    def _only_counts(self, right: Topic, total: Topic | None, window: Window) -> bool:
        """True where the name behind is the figure's own noun, and the total one of new such things."""
        noun = right.event is not None and right.event.first < window.figure.last
        if any(event.id == "now" and event.last == window.figure.first for event in window.left):
            return False  # "toàn Đảng bộ hiện có 6.230 đảng viên"
        return noun and total is not None and known[right.code].new_code == total.code

    def _prefers_right(self, left: Topic, right: Topic, figure: Figure) -> bool:
        if right.event is None:
            return False
        if left.weak:
            return True
        if right.event.first == figure.last and right.event.name is not None and right.event.name.crop:
            return True
        if right.event.first == figure.last + 1 and self._words[figure.last] in grammar["located"]:
            return True
        inside = right.event.first < figure.last  # "hộ nghèo, cận nghèo: có 8.918 hộ nghèo": its own noun
        return figure.is_count and not right.weak and (inside or right.event.first <= figure.last < right.event.last)


def _under_shares(window: Window) -> bool:
    """True for a share of sectors that were named elsewhere: "đến năm 2020, cơ cấu lần lượt là 70,2%, 23,2%, 6,6%"."""
    if window.figure.family != "pct":
        return False
    return any(event.name is not None and event.name.head == "share" for event in window.left)


def _use_up(chosen: Topic, window: Window, *, from_left: bool) -> None:
    """Names that this figure has used up are not offered to the next one."""
    figure = window.figure
    if chosen.event is not None:
        chosen.event.used = True
    if chosen.also is not None:
        chosen.also.used = True
    for event in window.right:
        if event.kind == "mark" and event.first >= figure.last:
            break
        if event.name is None:
            continue
        if event.first < figure.last or chosen.code in concepts["over_crops"]:
            event.used = True  # "chuyển đổi 8 ha đất lúa sang nuôi trồng thủy sản, đạt 53% kế hoạch": the whole clause
        elif from_left and event.first == figure.last and figure.family == "pct" and _closes_clause(event, window):
            event.used = True  # "tham gia bảo hiểm y tế đạt 91% dân số, ...": the whole
        elif from_left and event.first <= figure.last + 1 and figure.family == "money":
            # "Công nghiệp ước đạt 5.977 tỷ đồng giá trị sản xuất", "giải ngân được 185 tỷ đồng vốn đầu tư công, ..."
            event.used = event.name.head is not None or (event.first == figure.last and _closes_clause(event, window))


def _closes_clause(event: Event, window: Window) -> bool:
    """True where a mark that heads nothing stands right behind the event, or nothing more."""
    marks = (e for e in window.right if e.kind == "mark" and e.first == event.last)
    return event.last == window.sentence.last or any(mark.id != ":" for mark in marks)

"""Names behind a figure: "93 tỷ đồng là số thu ngân sách", "2 xã là A, B được công nhận xã nông thôn mới".

Belongs here: how far behind its figure a name may stand, and what ends that. Does not belong here: names before it
(``names_before.py``), or which side is preferred (``binding.py``).
"""

from __future__ import annotations

from typing import Final

from extract.indicators.lexicon import heads
from extract.language.numbers import Figure
from extract.lexicon.grammar import phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.carried import Carried
from extract.statements.events import Event
from extract.statements.hints import STATES
from extract.statements.names import NameReader
from extract.statements.segments import SegmentReader
from extract.statements.windows import Topic, Window, aside_end

# how far (tokens) a name may follow its figure: "93 tỷ đồng là số thu ngân sách"; predicates of counted things may
# stand behind a list of names: "2 xã là A, B được công nhận xã nông thôn mới"
RIGHT_REACH: Final = 4
STATED_REACH: Final = 8
PERCENT_REACH: Final = 9
PREDICATE_REACH: Final = 14
# "36/36 xã đã có quyết định của Chủ tịch UBND tỉnh công nhận đạt chuẩn nông thôn mới"
DECIDED_REACH: Final = 20
_PREDICATE_FAMILIES: Final = frozenset(
    {
        "count:commune", "count:village", "count:school", "count:product", "count:worker", "count:enterprise",
        "count:household", "count:member", "count:person", "count:criterion",
    }
)  # fmt: skip
_ENDS_RIGHT: Final = frozenset({"up", "down", "over", "base", "so", "part", "plan"})


class NamesBehind:
    """Answers for each figure of one article."""

    def __init__(self, words: list[str], names: NameReader, segments: SegmentReader, carried: Carried) -> None:
        self._words, self._names, self._segments, self._carried = words, names, segments, carried

    def topic(self, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        """What a name behind the figure makes of it, or None."""
        topic = self._named(window, ratio=ratio, growth=growth)
        if topic is not None:
            topic.stated = self._states_at(window.figure.last)
            topic.growth_named = topic.growth_named or self._grows_in(topic, window)
        return topic

    def _named(self, window: Window, *, ratio: bool, growth: bool) -> Topic | None:
        figure = window.figure
        if figure.family == "pct" and self._belongs_to_reference(window):
            return None
        counted = figure.family in _PREDICATE_FAMILIES
        states = window.sentence.hints & STATES != 0 and self._states_at(figure.last)
        reach = self._reach(figure, counted=counted, states=states, relative=ratio or growth)
        aside = aside_end(window, self._words) if counted else 0
        for event in window.right:
            if event.first < aside and event.first >= figure.last:
                continue
            if event.kind == "mark" and (event.id in ";:()" or not counted):
                return None
            if self._ends(event, figure):
                return None
            if event.name is None:
                continue
            if event.first >= figure.last and self._says_rate(event) and self._counts_all(window):
                continue  # "có 10.250 hộ, tỷ lệ hộ nghèo 15,4%"
            if not counted and event.first > figure.last and self._words[figure.last] in grammar["joins"]:
                return None  # "công nghiệp bằng 103,2% và dịch vụ bằng 96,5%"
            if event.first > max(figure.last, aside) + reach:
                return None
            name = event.name
            if name.sector is not None and not name.strong:
                if figure.family in ("pct", "money"):
                    heading = self._carried.heading(window, growth)
                    return self._names.composed(heading, event, window, growth=growth)
            elif name.head is not None:
                topic = self._headed(event, window, growth=growth)
                if topic is not None:
                    return topic
            else:
                topic = self._names.plain(event, window, ratio=ratio, growth=growth)
                if topic is not None:
                    return topic
        return None

    def _counts_all(self, window: Window) -> bool:
        """True for households that are all there are: "huyện có 10.250 hộ", "45.600 người, 10.250 hộ"."""
        if window.figure.family != "count:household":
            return False
        before = window.before()
        verb = before[0] if before else None
        has = verb is not None and verb.last == window.figure.first and self._words[verb.last - 1] in grammar["has"]
        people = next((event.figure for event in before if event.is_value), None)
        return has or (people is not None and people.family == "count:person")

    def _says_rate(self, event: Event) -> bool:
        return " ".join(self._words[event.first : event.last]).startswith(phrases["rate"])

    def _ends(self, event: Event, figure: Figure) -> bool:
        """True for a cue behind which no name is the figure's; not in "đạt 97% kế hoạch là ngành nông nghiệp"."""
        ends = event.kind == "cue" and event.id in _ENDS_RIGHT and event.first >= figure.last and not event.inside
        return ends and not (event.id == "plan" and self._tells_of(event.last))

    def _reach(self, figure: Figure, *, counted: bool, states: bool, relative: bool) -> int:
        reach = PREDICATE_REACH if counted else RIGHT_REACH
        if figure.family == "count:commune" and figure.second is not None:
            reach = DECIDED_REACH
        if figure.family == "pct" and not relative:
            reach = PERCENT_REACH
        if states:
            reach = max(reach, STATED_REACH)
        return reach

    def _states_at(self, at: int) -> bool:
        return at < len(self._words) and self._words[at] in grammar["states"]

    def _tells_of(self, at: int) -> bool:
        """ "đạt 97% kế hoạch là ngành nông nghiệp", not "... là do thu tiền sử dụng đất giảm"."""
        return self._states_at(at) and grammar["causes"].isdisjoint(self._words[at + 1 : at + 2])

    def _grows_in(self, topic: Topic, window: Window) -> bool:
        """ "tăng 13,9% ở công nghiệp và 7,6% ở dịch vụ": the verb is that of the figure before."""
        assert topic.event is not None
        at, total = window.figure.last, self._carried.total
        located = topic.event.first == at + 1 and self._words[at] in grammar["located"]
        return located and total is not None and total.measure == "growth"

    def _belongs_to_reference(self, window: Window) -> bool:
        """ "41% dự toán thu ngân sách": the name behind a percentage is the plan's, where something else was named."""
        figure = window.figure
        after = window.after()
        if not after or after[0].first > figure.last + 1:
            return False  # nothing touches it
        ref = next((e for e in after if e.kind == "cue" and e.id in ("plan", "base")), None)
        if ref is None or ref.first > figure.last + 1 or self._tells_of(ref.last):
            return False
        if any(e.name is not None and not e.used for e in window.left):
            return True
        if self._carried.topic is None:
            return False
        # not in "80,9% kế hoạch vốn"
        return not any(e.name is not None and ref.first != e.first <= figure.last + 2 for e in after)

    def _headed(self, event: Event, window: Window, *, growth: bool) -> Topic | None:
        """ "28.410 tỷ đồng là giá trị sản xuất công nghiệp"; "Công nghiệp đạt 5.977 tỷ đồng giá trị sản xuất"."""
        assert event.name is not None
        assert event.name.head is not None
        alone = heads()[event.name.head]["alone"]
        if window.figure.family != "money" or alone is None:
            return None
        sector = next((e for e in reversed(window.left) if e.names_sector), None)
        if sector is None:
            following = (e for e in window.right if e.names_sector)
            sector = next((e for e in following if 0 <= e.first - event.last <= 2), None)
        if sector is None:
            return Topic(alone, self._segments.words(event), event=event, family=window.figure.family)
        topic = self._names.composed(event.name.head, sector, window, growth=growth)
        if topic is not None:
            topic.also = event
        return topic

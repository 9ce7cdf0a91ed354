"""What stands around a figure: its verb, what it is compared with, and how it is bounded.

Belongs here: reading verbs (tăng, giảm, vượt, đạt, còn) and references (kế hoạch, cùng kỳ) near one figure. Does not
belong here: what they make of it (``measures.py``).
"""

from __future__ import annotations

from typing import Final

from extract.language.tokens import Tokens
from extract.lexicon.grammar import first_words, phrase_at, phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.comparators import comparator, starts_pair
from extract.statements.events import DIRECTIONS, Event
from extract.statements.hints import EQUIVALENT, FALLS_SHORT, NOW, PART, SHARES
from extract.statements.new_counts import new_after, only_listed, raises_total, thrives
from extract.statements.own_values import earlier_time, plan_value, value_of_plan_follows
from extract.statements.windows import REFERENCE_REACH, Window

_VERBS: Final = DIRECTIONS | {"equal", "to", "est"}
_TURNS: Final = frozenset({"up", "down", "over", "equal", "to", "new"})
# tokens between "so với" and the reference of a figure
LINKED_REACH: Final = 3
# tokens of "chỉ đạt", "tương đương"
_SHORT: Final = 2
# tokens in front of the first word of a line: "- Giảm ..."
_LIST_MARK: Final = 1


class Around:
    """``verb``: up, down, over, equal, to or None. ``ref``: plan, base or None, with its words.

    ``new``: the figure counts something new. ``plan_quote``: it is the plan's own value. ``earlier``: it is the own
    value of an earlier time, in these words. ``from_value``/``to_value``: it is an end of a from-to pair. ``share``:
    the verb is one of share. ``bracket``: it stands in brackets. ``short``: only so much was reached.
    ``equivalent``: it says in another unit what the figure before said.
    """

    def __init__(
        self,
        verb: str | None = None,
        ref: str | None = None,
        ref_text: str | None = None,
        comparator: str = "eq",
        new: bool = False,
        plan_quote: bool = False,
        earlier: str | None = None,
        from_value: bool = False,
        to_value: bool = False,
        share: bool = False,
        bracket: bool = False,
        short: bool = False,
        equivalent: bool = False,
    ) -> None:
        self.verb = verb
        self.ref = ref
        self.ref_text = ref_text
        self.comparator = comparator
        self.new = new
        self.plan_quote = plan_quote
        self.earlier = earlier
        self.from_value = from_value
        self.to_value = to_value
        self.share = share
        self.bracket = bracket
        self.short = short
        self.equivalent = equivalent

    @property
    def moves(self) -> bool:
        """True where the figure is said to rise, fall or exceed."""
        return self.verb in DIRECTIONS


def read_around(window: Window, tokens: Tokens, *, carried_new: bool, carried_verb: str | None = None) -> Around:
    """Read the words around the window's figure; what it refers to is used up for the next one.

    ``carried_new``: the figure before it in a list was a new count; ``carried_verb``: that of the count before it,
    which an "and" carries on.
    """
    figure, words, hints = window.figure, tokens.words, window.sentence.hints
    counted = figure.is_count
    left = _Left(window, words)
    behind = _reference_behind(window, tokens)
    if left.ref == "plan" and behind is not None and behind.ref == "base" and _joined_behind(window, words):
        behind = None  # "so với nghị quyết đạt 74% và so với cùng kỳ tăng 22%": that is the next one's
    around = Around(left.verb, left.ref, left.ref_text, comparator(window, tokens), left.new)
    joined = figure.first - window.since == 1 and words[window.since] in grammar["joins"]
    if around.verb is None and counted and joined:
        around.verb = carried_verb  # "giảm 75 hộ nghèo và 56 hộ cận nghèo"
    if behind is not None:
        around.ref, around.ref_text = behind.ref, behind.text
        for event in behind.events:
            event.used = True
    around.from_value = starts_pair(window, tokens)
    around.to_value = bool(window.left) and window.left[-1].id == "to"
    around.bracket = left.bracket
    before = max(0, figure.first - _SHORT)
    around.short = hints & FALLS_SHORT != 0 and phrase_at("falls_short", words, before) == _SHORT
    around.equivalent = hints & EQUIVALENT != 0 and phrase_at("equivalent", words, before) == _SHORT
    verb = left.verb_event if left.verb == "equal" else None
    around.share = (
        hints & SHARES != 0 and verb is not None and not grammar["shares"].isdisjoint(words[verb.first : verb.last])
    )
    quote, stands = plan_value(window, left.plan, behind.ref if behind is not None else None, words)
    around.plan_quote = quote
    if not stands:
        around.ref = around.ref_text = None
    around.earlier = earlier_time(window, words) if around.ref != "plan" else None
    around.new = around.new or (counted and (new_after(window, words) or raises_total(window, words)))
    if figure.family == "area" and around.new and left.new_event is not None:
        verb = left.new_event  # "trồng mới 12 ha", "tăng thêm 40 ha"; "phát triển 90 ha" may be all there are
        around.new = not grammar["adds"].isdisjoint(words[verb.first : verb.last])
    if figure.second is not None and not figure.second_is_plan:
        around.new = False  # "5/15 xã về đích" is a state
    if carried_new and not around.new:
        within = counted and window.has_cue(PART) and around.verb in (None, "equal")
        around.new = within or only_listed(window, words)
    return around


def _joined_behind(window: Window, words: list[str]) -> bool:
    """True where "and" or a comma stands between the figure and what follows."""
    at = window.figure.last
    return at < len(words) and (words[at] in grammar["joins"] or words[at] == ",")


class _Left:
    """Verb and reference between the figure before and this one, read in order; a comma ends a verb."""

    def __init__(self, window: Window, words: list[str]) -> None:
        self._window, self._words = window, words
        self.verb: str | None = None
        self.verb_event: Event | None = None
        self.new_event: Event | None = None
        self.ref: str | None = None
        self.ref_text: str | None = None
        self.new = self.bracket = False
        self.plan: Event | None = None
        self._linked = self._stray = False
        self._kept: str | None = None
        self._compared: str | None = None  # the verb of "cao hơn năm 2022"
        for event in window.left:
            if event.kind == "mark":
                self._mark(event.id)
            elif event.kind == "time":
                self._time(event)
            elif event.kind == "cue":
                self._cue(event)
        self._settle()

    def _settle(self) -> None:
        """What only the whole of the left side can tell."""
        window, words = self._window, self._words
        if (
            self.verb_event is not None
            and self.verb in DIRECTIONS
            and not grammar["but"].isdisjoint(words[self.verb_event.last : window.figure.first])
        ):
            self.verb = self.verb_event = None
        if self.new and window.said & NOW and self.verb_event is not None:
            # "đến nay, đã công nhận 15 sản phẩm OCOP": all there are, not those that are added
            verb = self.verb_event
            self.new = not grammar["adds"].isdisjoint(words[verb.first : verb.last])
        if self._compared is not None and (self.verb is None or self.verb == "equal"):
            self.verb = self._compared
        if self.verb is None and self.ref is not None:
            self.verb = self._kept  # "giảm so với năm trước trên 4,01%"

    def _mark(self, mark: str) -> None:
        if mark == "(" or mark == ")":
            self.bracket = mark == "("
            if self._compared is not None:  # "cao hơn năm trước (69,5%)": the value of that year
                self._kept = self._compared = None
            if self.bracket and self.verb_event is not None and self._words[self.verb_event.last] != mark:
                # "giảm tỷ trọng (năm 2005 là 47,33%": not the verb of what is inside
                self.verb = self.verb_event = None
            self.new = self.new and mark == ")"
        elif mark == ";" or mark == ":":
            if mark == ":" and self.verb in ("up", "down") and self._opens_line(self.verb_event):
                return  # "Giảm tỷ lệ hộ nghèo bình quân hàng năm: 2,5 - 3%"
            self.verb = self.verb_event = self.plan = self.ref = self.ref_text = self._compared = None
            self.new = self.new and mark == ":"  # "doanh nghiệp thành lập mới: 100"
            self._linked = False
        elif mark == ",":
            self.verb = self.verb_event = self._kept = self._compared = None
            self.new = False
            if self._stray:  # "thu vượt cao so với kế hoạch, bình quân tăng 23%": the reference was of the verb before
                self.ref = self.ref_text = None
                self._stray = False

    def _opens_line(self, verb: Event | None) -> bool:
        sentence = self._window.sentence
        return verb is not None and verb.first - sentence.first <= _LIST_MARK

    def _time(self, event: Event) -> None:
        if not event.used and (self._linked or self._compares(event)):
            self._refer("base", event)

    def _compares(self, event: Event) -> bool:
        """ "cao hơn năm 2022 là 11 tỷ đồng", "thấp hơn cùng kỳ 860 tấn": the time right behind the verb is the base."""
        verb = self.verb_event
        touches = verb is not None and self.verb in ("up", "down") and event.first == verb.last
        return touches and self._words[event.first - 1] in grammar["comparing"]

    def _cue(self, event: Event) -> None:
        if event.id in _VERBS:
            self._verb(event)
        elif event.id == "new" and not self._too_far(event):
            self.new, self.verb_event, self.new_event = True, event, event
            self.verb = self.verb if self.verb == "to" else None
        elif event.id == "so":
            self._linked = True
            self._stray = self.verb in DIRECTIONS
            self._kept = self.verb if self._stray else self._kept
        elif event.id == "target" and self.bracket and phrase_at("goal", self._words, event.first):
            self.plan = event  # "(vượt mục tiêu 37 - 38 nghìn tấn)"
        elif event.id in ("plan", "notmet") and not event.inside and (not event.used or self._touches(event)):
            self.plan = event
        refers = event.id == "base" or (event.id == "plan" and (self._linked or self._exceeds(event)))
        if refers and not event.used:
            self._refer(event.id, event)

    def _touches(self, event: Event) -> bool:
        """True where nothing but an opening bracket parts the event from the figure."""
        first, last = self._window.figure.first, event.last
        return last >= first or (last + 1 == first and self._words[last] == "(")

    def _too_far(self, event: Event) -> bool:
        """ "chăn nuôi phát triển với tổng đàn 34.500 con": a verb that also means to thrive counts what it touches."""
        return thrives(event, self._words) and self._window.figure.first - event.last > REFERENCE_REACH

    def _exceeds(self, plan: Event) -> bool:
        """ "vượt dự toán 11 tỷ đồng", "cao hơn kế hoạch 0,5%": how far the plan was exceeded."""
        verb = self.verb_event
        if verb is None or plan.first != verb.last:
            return False
        return self._compares(plan) or (self.verb == "over" and self._window.figure.family == "money")

    def _refer(self, ref: str, event: Event) -> None:
        if self._compares(event) or (ref == "plan" and self._exceeds(event)):
            self._kept = self._compared = self.verb
        self.ref, self.ref_text, self._linked = ref, " ".join(self._words[event.first : event.last]), False
        self.verb = self.verb_event = None

    def _verb(self, event: Event) -> None:
        if self._compared is not None and self._words[event.first] not in grammar["states"]:
            self._kept = self._compared = None  # "cao hơn năm 2022 và đạt 42 triệu đồng"
        if event.inside and (event.id not in DIRECTIONS or self._part_of_name(event)):
            return
        if event.id == "equal" and self.verb_event is not None and self.verb in DIRECTIONS:
            if self.verb == "down" and self._names_what_falls():
                return  # "giảm tỷ lệ hộ nghèo đạt 2,2%": the figure is how far it falls
            if event.first - self.verb_event.last <= 1 and not self._named_since(self.verb_event, event):
                if self._words[event.first] in grammar["remains"]:
                    self.verb = "to"
                return
        self.verb, self.verb_event = ("equal" if event.id == "est" else event.id), event

    def _part_of_name(self, event: Event) -> bool:
        """ "tăng" inside "tốc độ tăng trưởng kinh tế" is no verb; "giảm" of "tỷ lệ giảm nghèo" is one."""
        covering = (e for e in self._window.left if e.name is not None and e.first <= event.first < e.last)
        name = next(covering, None)
        return self._words[event.first] in grammar["rises"] and name is not None and event.last < name.last

    def _names_what_falls(self) -> bool:
        verb = self.verb_event
        assert verb is not None
        return any(
            e.name is not None and (0 <= e.first - verb.last <= 1 or e.first <= verb.first < e.last)
            for e in self._window.left
        )

    def _named_since(self, first: Event, second: Event) -> bool:
        return any(e.name is not None and first.last <= e.first < second.first for e in self._window.left)


class _Behind:
    """A plan or base behind a figure, and the events that lead to it."""

    def __init__(self, ref: str, text: str, events: list[Event]) -> None:
        self.ref, self.text, self.events = ref, text, events


def _reference_behind(window: Window, tokens: Tokens) -> _Behind | None:
    """The plan or base named right after the figure: "103% kế hoạch", "108% so với năm 2022"."""
    words, at = tokens.words, window.figure.last
    after = window.after()
    if (
        window.figure.family == "pct"
        and at < len(words)
        and words[at] in first_words["plan_words"]
        and (said := " ".join(words[at : at + 2])) in phrases["plan_words"]
    ):
        plans = [e for e in after if e.id == "plan" and e.first == at]
        return _Behind("plan", said, plans)
    if not after:
        return None
    linked = is_index(window.event, words)
    seen: list[Event] = []
    for event in after:
        if event.id == ")" and event.first == at == window.figure.last:
            at = event.last  # "(tăng 12%) so với dự toán"
            continue
        if event.first - at > (LINKED_REACH if linked else REFERENCE_REACH) or event.kind == "mark":
            return None
        if event.kind == "time":
            if linked:
                return _Behind("base", " ".join(words[event.first : event.last]), [*seen, event])
            if event.id == "other":
                return None
        elif event.kind == "name":
            if not linked:
                return None
        elif event.kind == "cue":
            seen.append(event)
            if event.id == "plan" and words[at] == "/" and value_of_plan_follows(event, window):
                return None  # "tăng 8,31%/KH tăng 3-4%": the plan has its own value
            if event.id in ("plan", "base"):
                return _Behind(event.id, " ".join(words[event.first : event.last]), seen)
            if event.id in _TURNS:
                compares = event.last - event.first == 1 and words[event.first] in grammar["beside"]
                if not compares:  # as in "tăng 3,4% với KH"
                    return None
            linked = linked or event.id == "so"
        at = event.last
    return None


def is_index(event: Event, words: list[str]) -> bool:
    """True for a percentage that equals a whole: "bằng 232% năm 2020", "bằng 95% cùng kỳ"."""
    percent = event.figure is not None and event.figure.family == "pct"
    return percent and event.first > 0 and words[event.first - 1] in grammar["equals"]

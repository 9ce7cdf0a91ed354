"""The events of an article in text order: names, cues, times, figures and marks, cut into sentences.

Belongs here: running the matchers once over the tokens and ordering what they find. Does not belong here: any decision.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from extract.indicators.lexicon import Name, concept_matcher, name_of
from extract.language.figures import FigureReader
from extract.language.layers import Hit, Layers
from extract.language.numbers import Figure
from extract.language.patterns import PatternSet
from extract.language.periods import PeriodReader, TimeRef, generic_figure, generic_word
from extract.language.tokens import Tokens
from extract.lexicon.grammar import phrase_at
from extract.lexicon.grammar import words as grammar
from extract.lexicon.load import lexicon_file
from extract.statements.hints import BRACKET_ENDS, NOW, OF_CUES, SEMICOLON, of_words

_STOP_MARKS: Final = frozenset(".!?…")
_MARKS: Final = frozenset(",;:()")
# a line that announces a list without a colon is not longer than this many tokens
HEADER_LENGTH: Final = 20
# tokens of "II."
_NUMBER_AND_DOT: Final = 2
_OPENERS: Final = frozenset("“\"'(-+*•–")
# cues that say that a figure rises, falls or exceeds
DIRECTIONS: Final = frozenset({"up", "down", "over"})
# where two cues share their words, the more telling one stands
_CUE_ORDER: Final = ("pseudo", "est", "target", "plan", "base", "over", "to", "new", "up", "down", "notmet")


class Event:
    """Something at tokens ``first`` to ``last`` (exclusive). ``kind``: name, cue, time, figure, mark.

    ``hints``: what there is a hint of where it stands (``hints.py``).
    """

    def __init__(
        self,
        kind: str,
        first: int,
        last: int,
        id: str = "",
        name: Name | None = None,
        figure: Figure | None = None,
        time: TimeRef | None = None,
        used: bool = False,
        inside: bool = False,  # a cue inside a name: "tăng" in "tốc độ tăng trưởng kinh tế"
        hints: int = 0,
    ) -> None:
        self.kind = kind
        self.first = first
        self.last = last
        self.id = id
        self.name = name
        self.figure = figure
        self.time = time
        self.used = used
        self.inside = inside
        self.hints = hints

    def copy(self) -> Event:
        """An event with the same fields."""
        return Event(
            self.kind, self.first, self.last, self.id, self.name, self.figure, self.time, self.used, self.inside,
            self.hints,
        )  # fmt: skip

    @property
    def is_value(self) -> bool:
        """True for a figure that is a value of something (not a date, an ordinal ...)."""
        return self.figure is not None and self.figure.mask is None

    @property
    def names_sector(self) -> bool:
        """True for a name that is, or has in it, one of a sector of the economy."""
        return self.name is not None and self.name.sector is not None


class Sentence:
    """Tokens ``first`` to ``last`` and their events. ``paragraph`` counts lines; ``opens``: it is a line's first.

    ``numbered``: it stands behind the number that opens its line: "II. Mục tiêu năm 2023". ``hints``: see ``hints.py``.
    """

    def __init__(
        self,
        first: int,
        last: int,
        paragraph: int,
        opens: bool,
        events: list[Event] | None = None,
    ) -> None:
        self.first = first
        self.last = last
        self.paragraph = paragraph
        self.opens = opens
        self.events: list[Event] = [] if events is None else events
        self.numbered = False
        self.hints = -1  # of everything, until somebody looks


class Cue:
    """A kind of cue. Of several that share their words, that of the lowest ``rank`` stands, or the first."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.rank = _CUE_ORDER.index(id) if id in _CUE_ORDER else len(_CUE_ORDER)
        self.hints = OF_CUES.get(id, 0)


@cache
def cue_matcher() -> PatternSet[Cue]:
    """The matcher of all cues."""
    cues = lexicon_file("cues")
    kinds = [(Cue(cue["id"]), cue["patterns"]) for cue in cues["cues"]]
    return PatternSet(((pattern, cue) for cue, patterns in kinds for pattern in patterns), cues["macros"])


@cache
def figure_reader() -> FigureReader:
    """The shared reader of figures."""
    return FigureReader()


@cache
def period_reader() -> PeriodReader:
    """The shared reader of times."""
    return PeriodReader()


@cache
def _layers() -> tuple[Layers, dict[str, str]]:
    """Names, cues, times, multiples and words that are hints in one walk; and the numbers in names, which the others
    see by their kind."""
    names = concept_matcher()
    kinds = {word: generic_word(word) for word in names.words() if generic_word(word) != word}
    sets = (names, cue_matcher(), period_reader().patterns, figure_reader().multiples)
    return Layers(sets, kinds, of_words()), kinds


def read_events(tokens: Tokens, text: str) -> list[Sentence]:
    """All sentences with their events in order."""
    words, count = tokens.words, len(tokens)
    sentences = _sentences(tokens, text)
    names, times, said, multiples, hinted = _matches(tokens, sentences)
    in_name = _covered(count, names)
    in_time = _covered(count, times)
    figures = _figures(tokens, in_name, in_time, multiples)
    in_value = _covered(count, [e for e in figures if e.figure is not None and e.figure.mask is None])
    cues = _cues(said, in_name, in_time, in_value)
    cues = [cue for cue in cues if not _is_place(cue, tokens, text)]
    marks = [at for at in tokens.marks if words[at] in _MARKS and not in_name[at] and not _joins_levels(words, at)]
    events = _in_order(count, [names, times, figures, cues, [_mark(at, words[at]) for at in marks]])
    _share_out(sentences, events, hinted, words)
    return sentences


def _share_out(sentences: list[Sentence], events: list[Event], hinted: list[int], words: list[str]) -> None:
    """Give each sentence its events, and the hints of them and of the words at ``hinted``."""
    of_word = of_words()
    at = hint = 0
    for sentence in sentences:
        start, end, hints = at, sentence.last, 0
        while at < len(events) and events[at].first < end:
            hints |= events[at].hints
            at += 1
        while hint < len(hinted) and hinted[hint] < end:
            hints |= of_word[words[hinted[hint]]]
            hint += 1
        sentence.events, sentence.hints = events[start:at], hints


def _mark(at: int, mark: str) -> Event:
    hints = SEMICOLON if mark == ";" else BRACKET_ENDS if mark == ")" else 0
    return Event("mark", at, at + 1, mark, None, None, None, False, False, hints)


def _in_order(count: int, kinds: list[list[Event]]) -> list[Event]:
    """The events of all kinds in text order; at one place the longer stands first, then that of an earlier kind."""
    places: list[Event | list[Event] | None] = [None] * count
    for events in kinds:
        for event in events:
            there = places[event.first]
            if there is None:
                places[event.first] = event
            elif isinstance(there, Event):
                places[event.first] = [there, event]
            else:
                there.append(event)
    ordered: list[Event] = []
    for place in places:
        if isinstance(place, Event):
            ordered.append(place)
        elif place is not None:
            ordered += sorted(place, key=_end, reverse=True)
    return ordered


def _end(event: Event) -> int:
    return event.last


def _covered(count: int, events: list[Event]) -> list[int]:
    """1 for each token that is part of one of ``events``, 0 for the others."""
    covered = [0] * count
    for event in events:
        for at in range(event.first, event.last):
            covered[at] = 1
    return covered


def _figures(tokens: Tokens, in_name: list[int], in_time: list[int], multiples: list[Hit]) -> list[Event]:
    named = frozenset([position for position in tokens.digits if in_name[position]])
    events = []
    for figure in figure_reader().read(tokens, named, multiples):
        first = figure.first
        if figure.mask is None and in_time[first]:
            if figure.family is None:
                continue  # the number of a time: "6 tháng"
            if figure.family == "count:other":
                figure.mask = "time or age"
        events.append(Event("figure", first, figure.last, "", None, figure))
    return events


def _matches(
    tokens: Tokens, sentences: list[Sentence]
) -> tuple[list[Event], list[Event], list[Hit], list[Hit], list[int]]:
    """Names, times, the hits of cues and multiples, and where words that are hints stand, in order.

    Names and cues are looked for in the lines that can matter: those with figures, and short lines, lines with a
    colon or before a "Theo đó, ..." that may head them. The rest of an article (most of it) is prose; only its times
    and multiples count.
    """
    periods, (layers, kinds) = period_reader(), _layers()
    words, plain = tokens.words, tokens.words.copy()
    for position in tokens.digits:
        word = words[position]
        kind = generic_figure(word)
        if kind is not word and word not in kinds:
            plain[position] = kind
    names: list[Event] = []
    times: list[Event] = []
    cues: list[Hit] = []
    multiples: list[Hit] = []
    hinted: list[int] = []
    starts = [sentence.first for sentence in sentences if sentence.opens]
    starts.append(len(words))
    digits, next_digit = tokens.digits, 0
    for number in range(len(starts) - 1):
        first, end = starts[number], starts[number + 1]
        figures = False
        while next_digit < len(digits) and digits[next_digit] < end:
            figures, next_digit = True, next_digit + 1
        heads = words[end - 1] == ":" or (end >= 2 and words[end - 2] == ":")
        heads = heads or phrase_at("tells_announced", words, end) > 0
        named, said, timed, multiplied = layers.find(plain, first, end, hinted)
        if figures or heads:
            for at, stop, found in named:
                if found[0].kind != "pseudo":
                    names.append(Event("name", at, stop, "", name_of(found)))
        if figures or heads or end - first <= HEADER_LENGTH:
            cues += said
        for at, stop, found in timed:
            time = periods.ref(words, at, stop, found)
            hints = NOW if time.id == "now" else 0
            times.append(Event("time", at, stop, time.id, None, None, time, False, False, hints))
        multiples += multiplied
    return names, times, cues, multiples, hinted


def _cues(said: list[Hit], in_name: list[int], in_time: list[int], in_value: list[int]) -> list[Event]:
    events = []
    for first, last, found in said:
        cue = _pick(found)
        if cue.id == "pseudo" or (in_value[first] and 0 not in in_value[first:last]):
            continue
        if cue.id == "base" and 0 not in in_time[first:last]:
            continue  # "đầu năm" in "6 tháng đầu năm"
        inside = in_name[first] == 1 and 0 not in in_name[first:last]
        events.append(Event("cue", first, last, cue.id, None, None, None, False, inside, cue.hints))
    return events


def _pick(found: tuple[Cue, ...]) -> Cue:
    picked = found[0]
    for cue in found:
        if cue.rank < picked.rank:
            picked = cue
    return picked


def _joins_levels(words: list[str], at: int) -> bool:
    """True for the comma of "xã, thị trấn": one noun in two words."""
    return (
        words[at] == ","
        and 0 < at < len(words) - 1
        and words[at - 1] in grammar["level_nouns"]
        and words[at + 1] in grammar["level_nouns"]
    )


def _is_place(cue: Event, tokens: Tokens, text: str) -> bool:
    """True for a word of its own, or the last of "huyện Giao Thủy", that begins the name of a place."""
    alone = cue.last - cue.first == 1
    return (alone or cue.id == "plan") and _names_a_place(tokens, text, cue.last - 1)


def _names_a_place(tokens: Tokens, text: str, at: int) -> bool:
    """True for a word that begins a name inside a clause: "Hạ" of "gần 3 lần Hạ Long" is no verb."""
    if not at or at + 1 >= len(tokens) or not text[tokens.starts[at]].isupper():
        return False
    following = text[tokens.starts[at + 1]]
    return following.isupper() and text[tokens.end(at) - 1].islower() and tokens.words[at - 1].isalpha()


def _sentences(tokens: Tokens, text: str) -> list[Sentence]:
    words, count = tokens.words, len(tokens)
    sentences: list[Sentence] = []
    start = paragraph = 0
    opens, numbered = True, False
    for position in tokens.marks:
        word = words[position]
        ends_line = word == "\n"
        if not ends_line and (word not in _STOP_MARKS or not _ends_sentence(tokens, text, position)):
            continue
        stop = position + (not ends_line)
        if stop > start:
            sentences.append(Sentence(start, stop, paragraph, opens))
            sentences[-1].numbered = numbered
            numbered = opens and stop - start == _NUMBER_AND_DOT and _numbers(words[start])
            opens = False
        start = position + 1
        if ends_line:
            paragraph += 1
            opens, numbered = True, False
    if start < count:
        sentences.append(Sentence(start, count, paragraph, opens))
        sentences[-1].numbered = numbered
    return sentences


def _numbers(word: str) -> bool:
    """True for the number of a heading or an item: "2", "II", "b"."""
    return (word.isdecimal() and len(word) <= 2) or len(word) == 1 or word in grammar["roman_numbers"]


def _glued_stop(tokens: Tokens, text: str, position: int) -> bool:
    """ "di sản quốc gia.Năm 2023, ..." ends a sentence; "TP.Vũng Tàu", "..." and "9.9" do not."""
    if tokens.words[position] != "." or not position:
        return False
    before, capital = tokens.words[position - 1], text[tokens.starts[position + 1]].isupper()
    lower = before.isalpha() and len(before) > 1 and text[tokens.starts[position - 1]].islower()
    return capital and lower and before not in grammar["abbreviations"]


def _ends_sentence(tokens: Tokens, text: str, position: int) -> bool:
    following = position + 1
    if following >= len(tokens) or tokens.words[following] == "\n":
        return True
    if tokens.starts[following] == tokens.end(position):
        return _glued_stop(tokens, text, position)
    if tokens.words[position] == "." and position and tokens.words[position - 1] in grammar["abbreviations"]:
        return False
    first = text[tokens.starts[following]]
    return first.isupper() or first.isdecimal() or first in _OPENERS

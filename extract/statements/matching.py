"""Matching: the events of an article in text order, shared out to its sentences.

Belongs here: running the matchers once over the tokens and ordering what they find. Does not belong here: the cut into
sentences (``sentences.py``) or any decision.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from extract.indicators.lexicon import Concept, Name, concept_matcher, name_of
from extract.language.figures import FigureReader
from extract.language.layers import Hit, Layers
from extract.language.patterns import PatternSet
from extract.language.periods import PeriodReader, generic_figure, generic_word, kind_of_time
from extract.language.tokens import Tokens
from extract.lexicon.grammar import phrase_at
from extract.lexicon.grammar import words as grammar
from extract.lexicon.load import lexicon_file
from extract.statements.events import Event, Sentence
from extract.statements.hints import BRACKET_ENDS, NOW, OF_CUES, SEMICOLON, of_words
from extract.statements.sentences import HEADER_LENGTH, cut_sentences

_MARKS: Final = frozenset(",;:()")
# what tokens are part of, as bits
_NAME: Final = 1
_TIME: Final = 2
_VALUE: Final = 4
# where two cues share their words, the more telling one stands
_CUE_ORDER: Final = ("pseudo", "est", "target", "plan", "base", "over", "to", "new", "up", "down", "notmet")


class Cue:
    """A kind of cue."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.hints = OF_CUES.get(id, 0)


def _named(found: tuple[Concept, ...]) -> Name | None:
    """The name that concepts make together; None for what only looks like one."""
    return name_of(found) if found[0].kind != "pseudo" else None


def _picked(found: tuple[Cue, ...]) -> Cue:
    ids = {cue.id: cue for cue in found}
    return next((ids[id] for id in _CUE_ORDER if id in ids), found[0])


def _multiple(found: tuple[float, ...]) -> float:
    return found[0]


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
    meanings = (_named, _picked, kind_of_time, _multiple)
    return Layers(sets, kinds, meanings, of_words()), kinds


def read_events(tokens: Tokens, text: str) -> list[Sentence]:
    """All sentences with their events in order."""
    words, count = tokens.words, len(tokens)
    sentences = cut_sentences(tokens, text)
    names, times, said, multiples, hinted = _matches(tokens, sentences)
    covered = [0] * count
    _cover(covered, names, _NAME)
    _cover(covered, times, _TIME)
    figures = _figures(tokens, covered, multiples)
    _cover(covered, [e for e in figures if e.figure is not None and e.figure.mask is None], _VALUE)
    cues = _cues(said, covered)
    cues = [cue for cue in cues if not _is_place(cue, tokens, text)]
    events = _merged(_merged(_merged(names, times), figures), _merged(cues, _marks(tokens, covered)))
    _share_out(sentences, events, hinted, words)
    return sentences


def _merged(earlier: list[Event], later: list[Event]) -> list[Event]:
    """The events of both in text order; at one place the longer stands first, then the ``earlier``."""
    merged: list[Event] = []
    at = 0
    for event in earlier:
        while at < len(later):
            other = later[at]
            if other.first > event.first or (other.first == event.first and other.last <= event.last):
                break
            merged.append(other)
            at += 1
        merged.append(event)
    merged += later[at:]
    return merged


def _share_out(sentences: list[Sentence], events: list[Event], hinted: list[int], words: list[str]) -> None:
    """Give each sentence its events, and the hints of them and of the words at ``hinted``."""
    of_word = of_words()
    at = hint = 0
    for sentence in sentences:
        start, end, hints = at, sentence.last, 0
        while at < len(events):
            event = events[at]
            if event.first >= end:
                break
            hints |= event.hints
            at += 1
        while hint < len(hinted) and hinted[hint] < end:
            hints |= of_word[words[hinted[hint]]]
            hint += 1
        sentence.events, sentence.hints = events[start:at], hints


def _cover(covered: list[int], events: list[Event], kind: int) -> None:
    """Tell of each token that is part of one of ``events`` that it is part of that kind."""
    for event in events:
        for at in range(event.first, event.last):
            covered[at] = covered[at] | kind  # the short form would take five times as long


def _is_inside(covered: list[int], kind: int, first: int, last: int) -> bool:
    """True where each token from ``first`` to ``last`` (exclusive) is part of an event of that kind."""
    at = first
    while at < last and covered[at] & kind:
        at += 1
    return at == last


def _marks(tokens: Tokens, covered: list[int]) -> list[Event]:
    words, levels = tokens.words, grammar["level_nouns"]
    events = []
    for at in tokens.marks:
        mark = words[at]
        if mark not in _MARKS or covered[at] & _NAME:
            continue
        if mark == "," and 0 < at < len(words) - 1 and words[at - 1] in levels and words[at + 1] in levels:
            continue  # "xã, thị trấn": one noun in two words
        hints = SEMICOLON if mark == ";" else BRACKET_ENDS if mark == ")" else 0
        events.append(Event("mark", at, at + 1, mark, None, None, None, False, False, hints))
    return events


def _figures(tokens: Tokens, covered: list[int], multiples: list[Hit]) -> list[Event]:
    named = frozenset([position for position in tokens.digits if covered[position] & _NAME])
    events = []
    for figure in figure_reader().read(tokens, named, multiples):
        first = figure.first
        if figure.mask is None and covered[first] & _TIME:
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
    sets = layers.nothing()
    named, said, timed, multiplied = sets[0].hits, sets[1].hits, sets[2].hits, sets[3].hits
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
        earlier_named, earlier_said = len(named), len(said)
        layers.find(plain, first, end, sets, hinted)
        if not (figures or heads):
            del named[earlier_named:]
            if end - first > HEADER_LENGTH:
                del said[earlier_said:]
    names: list[Event] = []
    name: Name | None
    for at, stop, name in named:
        if name is not None:
            names.append(Event("name", at, stop, "", name))
    times: list[Event] = []
    of_time: str
    for at, stop, of_time in timed:
        time = periods.ref(words, at, stop, of_time)
        hints = NOW if time.id == "now" else 0
        times.append(Event("time", at, stop, time.id, None, None, time, False, False, hints))
    return names, times, said, multiplied, hinted


def _cues(said: list[Hit], covered: list[int]) -> list[Event]:
    events = []
    cue: Cue
    for first, last, cue in said:
        if cue.id == "pseudo" or _is_inside(covered, _VALUE, first, last):
            continue
        if cue.id == "base" and _is_inside(covered, _TIME, first, last):
            continue  # "đầu năm" in "6 tháng đầu năm"
        inside = _is_inside(covered, _NAME, first, last)
        events.append(Event("cue", first, last, cue.id, None, None, None, False, inside, cue.hints))
    return events


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

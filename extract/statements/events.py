"""The events of an article in text order: names, cues, times, figures and marks, cut into sentences.

Belongs here: running the matchers once over the tokens and ordering what they find. Does not belong here: any decision.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from extract.indicators.lexicon import Concept, concept_matcher
from extract.language.figures import Figure, FigureReader
from extract.language.patterns import PatternSet
from extract.language.periods import PeriodReader, TimeRef, generic
from extract.language.tokens import Tokens
from extract.lexicon.load import lexicon_file

_STOPS = frozenset(".!?…")
_MARKS = frozenset(",;:()")
_ABBREVIATIONS = frozenset(
    {"tp", "tx", "tt", "q", "h", "p", "x", "đ", "ths", "ts", "gs", "pgs", "bs", "st", "tr", "ks", "t", "ubnd", "hđnd", "ql", "s", "ô", "b"}
)


@dataclass(slots=True, eq=False)
class Event:
    """Something at tokens ``first`` to ``last`` (exclusive). ``kind``: name, cue, time, figure, mark."""

    kind: str
    first: int
    last: int
    id: str = ""
    concepts: tuple[Concept, ...] = ()
    figure: Figure | None = None
    time: TimeRef | None = None
    used: bool = False
    inside: bool = False  # a cue inside a name: "tăng" in "tốc độ tăng trưởng kinh tế"


@dataclass(slots=True, eq=False)
class Sentence:
    """Tokens ``first`` to ``last`` and their events. ``paragraph`` counts lines; ``opens`` is True for a line's first."""

    first: int
    last: int
    paragraph: int
    opens: bool
    events: list[Event] = field(default_factory=list)


@cache
def cue_matcher() -> PatternSet[str]:
    """The matcher of all cues."""
    cues = lexicon_file("cues")
    return PatternSet(((pattern, cue["id"]) for cue in cues["cues"] for pattern in cue["patterns"]), cues["macros"])


@cache
def figure_reader() -> FigureReader:
    """The shared reader of figures."""
    return FigureReader()


@cache
def period_reader() -> PeriodReader:
    """The shared reader of times."""
    return PeriodReader()


# where two cues share their words, the more telling one stands
_CUE_ORDER = ["pseudo", "est", "target", "plan", "base", "over", "to", "new", "up", "down", "notmet"]


def _pick(found: tuple[str, ...]) -> str:
    for cue in _CUE_ORDER:
        if cue in found:
            return cue
    return found[0]


def read_events(tokens: Tokens, text: str) -> list[Sentence]:
    """All sentences with their events in order."""
    words = tokens.words
    names = [
        Event("name", first, last, concepts=found)
        for first, last, found in concept_matcher().find(words)
        if found[0].kind != "pseudo"
    ]
    times = [Event("time", ref.first, ref.last, id=ref.id, time=ref) for ref in period_reader().read(tokens)]
    in_name = {position for name in names for position in range(name.first, name.last)}
    in_time = {position for time in times for position in range(time.first, time.last)}
    named_figures = frozenset(p for p in in_name if words[p][0].isdigit())
    figures = [
        Event("figure", figure.first, figure.last, figure=figure)
        for figure in figure_reader().read(tokens, named_figures)
        if figure.mask is not None or figure.first not in in_time or figure.family is not None
    ]
    for event in figures:
        figure = event.figure
        if figure is not None and figure.mask is None and event.first in in_time and figure.family == "count:other":
            figure.mask = "time or age"
    in_figure = {p for e in figures if e.figure is not None and e.figure.mask is None for p in range(e.first, e.last)}
    cues = []
    for first, last, found in cue_matcher().find(generic(tokens)):
        cue = Event("cue", first, last, id=_pick(found))
        cue.inside = all(p in in_name for p in range(first, last))
        if all(p in in_figure for p in range(first, last)):
            continue
        if cue.id != "pseudo" and not (cue.id == "base" and all(p in in_time for p in range(first, last))):
            cues.append(cue)
    marks = [Event("mark", p, p + 1, id=word) for p, word in enumerate(words) if word in _MARKS and p not in in_name]
    events: list[Any] = sorted(names + times + figures + cues + marks, key=lambda e: (e.first, -e.last))
    sentences = _sentences(tokens, text)
    at = 0
    for sentence in sentences:
        while at < len(events) and events[at].first < sentence.last:
            sentence.events.append(events[at])
            at += 1
    return sentences


def _sentences(tokens: Tokens, text: str) -> list[Sentence]:
    words, count = tokens.words, len(tokens)
    sentences: list[Sentence] = []
    start = paragraph = 0
    opens = True
    for position, word in enumerate(words):
        ends_line = word == "\n"
        if not ends_line and not (word in _STOPS and _ends_sentence(tokens, text, position)):
            continue
        if position + (not ends_line) > start:
            sentences.append(Sentence(start, position + (not ends_line), paragraph, opens))
            opens = False
        start = position + 1
        if ends_line:
            paragraph += 1
            opens = True
    if start < count:
        sentences.append(Sentence(start, count, paragraph, opens))
    return sentences


def _ends_sentence(tokens: Tokens, text: str, position: int) -> bool:
    following = position + 1
    if following >= len(tokens) or tokens.words[following] == "\n":
        return True
    if tokens.starts[following] == tokens.ends[position]:
        return False  # "TP.Vũng Tàu", "...", "9.9"
    if tokens.words[position] == "." and position and tokens.words[position - 1] in _ABBREVIATIONS:
        return False
    first = text[tokens.starts[following]]
    return first.isupper() or first.isdigit() or first in "“\"'(-+*•–"

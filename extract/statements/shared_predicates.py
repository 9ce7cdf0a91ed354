"""Predicates that several counted things share: "08 xã, 37 thôn đạt chuẩn nông thôn mới".

Belongs here: a figure whose noun is parted from its predicate by the other members of a list. Does not belong here:
names that stand right beside their figure (``names_before.py``, ``names_behind.py``).
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from extract.indicators.lexicon import concept_matcher, name_of
from extract.language.numbers import Figure
from extract.lexicon.grammar import phrase_at
from extract.lexicon.grammar import words as grammar
from extract.statements.fitting import prefer
from extract.statements.windows import Topic, Window

# families whose things have predicates, and what may be listed behind them: the smaller behind the larger. The other
# way round the first is all there are ("215 thôn, 16 xã đạt chuẩn nông thôn mới").
_SMALLER: Final = {
    "count:commune": ("count:village", "count:household", "count:school"),
    "count:village": ("count:household", "count:agency"),
    "count:household": ("count:village", "count:agency"),
    "count:school": ("count:agency",),
}
# tokens of the noun of a share ("90% thôn, tổ dân phố, 95% cơ quan"), and behind a count
_NOUN_OF_SHARE: Final = 7
_BEHIND_COUNT: Final = 2
# events of the longest list
_LIST_REACH: Final = 12
# tokens from the last member of the list to the end of its name
_NAME_REACH: Final = 12


def shared_predicate(window: Window, words: list[str]) -> Topic | None:
    """The topic that the figure's noun makes with the predicate of the list's last member, or None.

    "Huyện có 29 xã và 5 xã đạt chuẩn" tells of the five, and so does "30 trường học, 5 trường đạt chuẩn".
    """
    first = window.figure
    if first.family != "pct" and first.family not in _SMALLER:
        return None
    share = first.family == "pct"
    reach = _NOUN_OF_SHARE if share else _BEHIND_COUNT
    second = window.next_value()
    if second is None or second.first - first.last > reach:
        return None  # no list
    noun = _noun(first, words)
    if not noun or (not share and not _can_have(first, window, words)):
        return None
    nouns, edge = [noun[0]], first.last
    for event in islice(window.following(), _LIST_REACH):
        other = event.figure if event.is_value else None
        if other is not None:
            gap = words[edge : other.first]
            alike = other.family == "pct" if share else other.family in _SMALLER.get(first.family or "", ())
            if not alike or not 0 < len(gap) <= reach or grammar["joins_counts"].isdisjoint(gap[-2:]):
                return None
            member = _noun(other, words)[:1]
            if not share and (set(member) & set(nouns) or phrase_at("composed_of", words, other.unit_first)):
                return None
            nouns += member
            edge = other.last
        elif event.name is not None and edge > first.last:
            return _named(window, words, edge, event.last) if event.last - edge <= _NAME_REACH else None
        elif (event.kind == "cue" and not event.inside) or (event.kind == "mark" and event.id != ","):
            return None
    return None


def _named(window: Window, words: list[str], edge: int, end: int) -> Topic | None:
    """The name that the figure's noun and the words from ``edge`` to ``end``, or the last of them, make together."""
    noun = _noun(window.figure, words)
    for start in range(edge, end):
        said = [*noun, *words[start:end]]
        for first, last, concepts in concept_matcher().find(said):
            if first == 0 and last == len(said):
                choice = prefer(name_of(concepts).named, window.figure, ratio=False, growth=False)
                if choice is not None and choice.kind == "indicator":
                    return Topic(choice.id, " ".join(said), family=window.figure.family)
        if window.figure.family != "pct":
            break  # the unit of a count is all of its noun
    return None


def _can_have(figure: Figure, window: Window, words: list[str]) -> bool:
    """True for what a district has, and not for where something happens or who came."""
    before = words[max(window.sentence.first, figure.first - 1) : figure.first]
    if phrase_at("composed_of", words, figure.unit_first):
        return False
    return grammar["no_count_behind"].isdisjoint(before)


def _noun(figure: Figure, words: list[str]) -> list[str]:
    if figure.family != "pct":
        return words[figure.unit_first : figure.last]
    end, joins = figure.last, grammar["joins"]
    while end < len(words) and words[end].isalpha() and words[end] not in joins:
        end += 1
    return words[figure.last : end]

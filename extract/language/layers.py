"""Several pattern sets in one walk over the words, where one walk each would find the same.

Belongs here: walking compiled sets side by side. Does not belong here: compiling them (``patterns.py``) or what a hit
means.

Words are numbered first: a table by number is one look into little memory. Most words begin no pattern, and most that
do are not followed by the second word of one. The walk begins only where two words may.

Each set goes on finding its own leftmost longest hits, which may overlap those of another set. A state of the walk is
one state of each set (or None, where that set cannot go on), made when first visited.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, Final

from extract.language.patterns import LONGEST, PatternSet, State

Hit = tuple[int, int, tuple[Any, ...]]
# (number of the set, payloads) of each set that has found something
_Found = tuple[tuple[int, tuple[Any, ...]], ...]
# of words: as objects (Any), since a compiled reader would make each int anew on its way from a list to a table
Numbers = list[Any]
# what no pattern holds
_UNKNOWN: Final = 0
# bits of a mask of second words: as many as a small integer has
_BITS: Final = 60


class _Walk:
    """One state of the walk: where each word leads, and what has been found, by set (None before the first visit).

    ``finders`` has one bit for each set that has found something.
    """

    __slots__ = ("finders", "found", "members", "steps")

    def __init__(self, members: tuple[State[Any] | None, ...]) -> None:
        self.members = members
        self.found: _Found | None = None
        self.finders = 0
        self.steps: dict[Any, _Walk] = {}


class Layers:
    """``sets`` side by side. ``kinds`` says which words are of a kind (5 -> nn) to all sets but the first.

    The first set sees such words as they are, and the others never see them but by their kind.
    """

    def __init__(self, sets: Sequence[PatternSet[Any]], kinds: Mapping[str, str]) -> None:
        self._sets, self._kinds = sets, kinds
        self._walks: dict[tuple[int, ...], _Walk] = {}
        words = dict.fromkeys([*kinds, *(word for pattern_set in sets for word in sorted(pattern_set.words()))])
        self._numbers: dict[str, Any] = {word: number for number, word in enumerate(words, _UNKNOWN + 1)}
        start = self._walk(tuple(pattern_set.start for pattern_set in sets))
        self._expand(start)
        numbers = range(_UNKNOWN, len(words) + 1)
        self._firsts = [start.steps.get(number) for number in numbers]
        self._seconds = [0 if walk is None else self._mask(walk) for walk in self._firsts]

    def numbers(self, words: list[str]) -> Numbers:
        """The number of each word, 0 for those that are in no pattern; ``find`` takes them."""
        known = self._numbers
        return [known.get(word, _UNKNOWN) for word in words]

    def number(self, word: str) -> int:
        """The number of one word."""
        found: int = self._numbers.get(word, _UNKNOWN)
        return found

    def find(self, numbers: Numbers, start: int, stop: int) -> list[list[Hit]]:
        """For each set its leftmost longest hits without overlap among ``numbers[start:stop]``, in order.

        ``numbers`` end in that of a word that is in no pattern.
        """
        hits: list[list[Hit]] = [[] for _ in self._sets]
        free = [start] * len(hits)
        finders = 0
        seconds = self._seconds
        for position in range(start, stop):
            number: int = numbers[position]
            following: int = numbers[position + 1]
            if not seconds[number] >> following % _BITS & 1:
                continue
            walk = self._firsts[number]
            assert walk is not None  # it has a mask
            at, found = position + 1, walk.found
            if found is None:
                found = self._expand(walk)
            last: _Found = ()
            last_at = at
            earlier: list[tuple[int, _Found]] | None = None  # hits of sets that found nothing longer
            limit = min(stop, position + LONGEST)
            while True:
                if found:
                    if last and walk.finders & finders != finders:
                        earlier = [*(earlier or ()), (last_at, last)]
                    last, last_at, finders = found, at, walk.finders
                if at >= limit:
                    break
                onward = walk.steps.get(numbers[at])
                if onward is None:
                    break
                walk, found = onward, onward.found
                if found is None:
                    found = self._expand(walk)
                at += 1
            for layer, payloads in last:
                if position >= free[layer]:
                    hits[layer].append((position, last_at, payloads))
                    free[layer] = last_at
            if earlier is not None:  # the longest first: a set that has its hit is not free at this position any more
                for at, found in reversed(earlier):
                    for layer, payloads in found:
                        if position >= free[layer]:
                            hits[layer].append((position, at, payloads))
                            free[layer] = at
        return hits

    # -- states, made when first visited

    def _mask(self, walk: _Walk) -> int:
        """One bit for each word that may come second, by its number; all where the first is a hit alone."""
        if self._expand(walk):
            return -1
        return reduce(or_, [1 << number % _BITS for number in walk.steps], 0)

    def _walk(self, members: tuple[State[Any] | None, ...]) -> _Walk:
        key = tuple(map(id, members))
        walk = self._walks.get(key)
        if walk is None:
            walk = self._walks[key] = _Walk(members)
        return walk

    def _expand(self, walk: _Walk) -> _Found:
        """Fill in the steps of ``walk``; what has been found there."""
        steps = [s.steps_of(state) if state else {} for s, state in zip(self._sets, walk.members, strict=True)]
        words = {word: None for known in steps for word in known}
        words |= {word: None for word, kind in self._kinds.items() if kind in words}
        walk.found = tuple((i, state.found) for i, state in enumerate(walk.members) if state and state.found)
        walk.finders = sum([1 << i for i, _ in walk.found])
        for word in words:
            kind = self._kinds.get(word, word)
            members = (steps[0].get(word), *(known.get(kind) for known in steps[1:]))
            if any(members):
                walk.steps[self._numbers[word]] = self._walk(members)
        return walk.found

"""Several pattern sets in one walk over the words, where one walk each would find the same.

Belongs here: walking compiled sets side by side. Does not belong here: compiling them (``patterns.py``) or what a hit
means.

Each set goes on finding its own leftmost longest hits, which may overlap those of another set. A state of the walk is
one state of each set (or None, where that set cannot go on), made when first visited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extract.language.patterns import LONGEST, PatternSet, State

Hit = tuple[int, int, tuple[Any, ...]]
# (number of the set, payloads) of each set that has found something
_Found = tuple[tuple[int, tuple[Any, ...]], ...]


class _Walk:
    """One state of the walk: where each word leads, and what has been found, by set (None before the first visit).

    ``finders`` has one bit for each set that has found something; ``seconds`` are the words with a step. ``noted``: it
    is behind a word whose places are asked for.
    """

    __slots__ = ("finders", "found", "members", "noted", "seconds", "steps")

    def __init__(self, members: tuple[State[Any] | None, ...]) -> None:
        self.members = members
        self.found: _Found | None = None
        self.finders = 0
        self.steps: dict[str, _Walk] = {}
        self.seconds: frozenset[str] = frozenset()
        self.noted = False


class Layers:
    """``sets`` side by side. ``kinds`` says which words are of a kind (5 -> nn) to all sets but the first.

    The first set sees such words as they are, and the others never see them but by their kind. ``noted`` are words
    whose places are asked for too.
    """

    def __init__(self, sets: Sequence[PatternSet[Any]], kinds: Mapping[str, str], noted: Iterable[str] = ()) -> None:
        self._sets, self._kinds = sets, kinds
        self._walks: dict[tuple[int, ...], _Walk] = {}
        start = self._walk(tuple(pattern_set.start for pattern_set in sets))
        self._expand(start)
        self._firsts = dict(start.steps)
        for first in start.steps.values():
            self._expand(first)
        for word in noted:
            self._firsts[word] = _noted(self._firsts.get(word))

    def find(self, words: list[str], start: int, stop: int, noted: list[int]) -> list[list[Hit]]:
        """For each set its leftmost longest hits without overlap among ``words[start:stop]``, in order.

        Words of a kind are named by it, but for those that ``kinds`` names. Adds to ``noted`` where such words stand.
        """
        hits: list[list[Hit]] = [[] for _ in self._sets]
        free = [start] * len(hits)
        firsts = self._firsts
        for position in range(start, stop):
            walk = firsts.get(words[position])
            if walk is None:
                continue
            if walk.noted:
                noted.append(position)
            # most words that begin a pattern are not followed by the second of one
            if position + 1 < stop and words[position + 1] in walk.seconds:
                self._go(walk, words, position, stop, hits, free)
            elif walk.found:
                _take(walk.found, position, position + 1, hits, free)
        return hits

    def _go(
        self, walk: _Walk, words: list[str], position: int, stop: int, hits: list[list[Hit]], free: list[int]
    ) -> None:
        """Walk on from ``walk``, the state behind ``words[position]``: adds to ``hits``, and moves where sets are
        ``free`` to go on."""
        at, found = position + 1, walk.found
        finders = 0
        last: _Found = ()
        last_at = at
        earlier: list[tuple[int, _Found]] | None = None  # hits of sets that found nothing longer
        limit = min(stop, position + LONGEST)
        while True:
            if found:
                if last and walk.finders & finders != finders:
                    earlier = [*(earlier or ()), (last_at, last)]
                last, last_at, finders = found, at, walk.finders
            if at >= limit or not walk.steps:
                break
            onward = walk.steps.get(words[at])
            if onward is None:
                break
            walk, found = onward, onward.found
            if found is None:
                found = self._expand(walk)
            at += 1
        _take(last, position, last_at, hits, free)
        if earlier is not None:  # the longest first: a set that has its hit is not free at this position any more
            for at, found in reversed(earlier):
                _take(found, position, at, hits, free)

    # -- states, made when first visited

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
                walk.steps[word] = self._walk(members)
        walk.seconds = frozenset(walk.steps)
        return walk.found


def _take(found: _Found, first: int, last: int, hits: list[list[Hit]], free: list[int]) -> None:
    """Adds what has been found at ``first`` to ``last`` to ``hits``, of the sets that are ``free`` there."""
    for layer, payloads in found:
        if first >= free[layer]:
            hits[layer].append((first, last, payloads))
            free[layer] = last


def _noted(walk: _Walk | None) -> _Walk:
    """A state like ``walk``, behind a noted word alone; without it, one that leads nowhere."""
    made = _Walk(() if walk is None else walk.members)
    if walk is not None:
        made.found, made.finders, made.steps, made.seconds = walk.found, walk.finders, walk.steps, walk.seconds
    made.noted = True
    return made

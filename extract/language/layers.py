"""Several pattern sets in one walk over the words, where one walk each would find the same.

Belongs here: walking compiled sets side by side. Does not belong here: compiling them (``patterns.py``) or what a hit
means.

Most words begin no pattern, and most that do are not followed by the second word of one. The walk begins only where
two words may: one look at a small table, where a step of the walk is several looks into much memory.

Each set goes on finding its own leftmost longest hits, which may overlap those of another set. A state of the walk is
one state of each set (or None, where that set cannot go on), made when first visited.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from extract.language.patterns import LONGEST, PatternSet, State

Hit = tuple[int, int, tuple[Any, ...]]
# (number of the set, payloads) of each set that has found something
_Found = tuple[tuple[int, tuple[Any, ...]], ...]


class _Walk(dict[str, "_Walk"]):
    """One state of the walk: where each word leads, and what has been found here, by set (None before the first visit).

    It is the table of its steps itself: what is in one place is in the cache.
    """

    __slots__ = ("found", "members")

    def __init__(self, members: tuple[State[Any] | None, ...]) -> None:
        self.members = members
        self.found: _Found | None = None


class Layers:
    """``sets`` side by side. ``kinds`` says which words are of a kind (5 -> nn) to all sets but the first.

    The first set sees such words as they are, and the others never see them but by their kind.
    """

    def __init__(self, sets: Sequence[PatternSet[Any]], kinds: Mapping[str, str]) -> None:
        self._sets, self._kinds = sets, kinds
        self._walks: dict[tuple[int, ...], _Walk] = {}
        self._first_steps = self._walk(tuple(pattern_set.start for pattern_set in sets))
        self._expand(self._first_steps)
        self._seconds = {word: self._mask(walk) for word, walk in self._first_steps.items()}

    def find(self, words: Sequence[str], start: int, stop: int) -> tuple[list[Hit], ...]:
        """For each set its leftmost longest hits without overlap among ``words[start:stop]``, in order.

        ``words`` end in a word that is in no pattern.
        """
        hits: tuple[list[Hit], ...] = tuple([] for _ in self._sets)
        free = [start] * len(hits)
        expand = self._expand
        first_steps = self._first_steps
        masks = map(self._seconds.get, words[start:stop])
        for position in [i for i, mask in enumerate(masks, start) if mask and mask >> (hash(words[i + 1]) & 255) & 1]:
            walk = first_steps[words[position]]
            at, found = position + 1, walk.found
            if found is None:
                found = expand(walk)
            passed: list[tuple[int, _Found]] = []
            limit = min(stop, position + LONGEST)
            while True:
                if found:
                    passed.append((at, found))
                if at >= limit:
                    break
                following = walk.get(words[at])
                if following is None:
                    break
                walk, found = following, following.found
                if found is None:
                    found = expand(walk)
                at += 1
            if len(passed) == 1:
                at, found = passed[0]
                for layer, payloads in found:
                    if position >= free[layer]:
                        hits[layer].append((position, at, payloads))
                        free[layer] = at
            elif passed:
                longest: dict[int, tuple[int, tuple[Any, ...]]] = {}
                for at, found in passed:
                    for layer, payloads in found:
                        longest[layer] = (at, payloads)
                for layer, (at, payloads) in longest.items():
                    if position >= free[layer]:
                        hits[layer].append((position, at, payloads))
                        free[layer] = at
        return hits

    # -- states, made when first visited

    def _mask(self, walk: _Walk) -> int:
        """One bit for each word that may come second, by its hash; all where the first is a hit alone."""
        if self._expand(walk):
            return -1
        return reduce(or_, [1 << (hash(word) & 255) for word in walk], 0)

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
        for word in words:
            kind = self._kinds.get(word, word)
            members = (steps[0].get(word), *(known.get(kind) for known in steps[1:]))
            if any(members):
                walk[word] = self._walk(members)
        return walk.found

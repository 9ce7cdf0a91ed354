"""A small pattern language over words, and one automaton that finds all patterns in one pass.

Belongs here: ``[optional]``, ``(a|b)``, ``{macro}``, a mark of the text behind a backslash, and their compilation.
Does not belong here: the patterns (they live in ``lexicon/``) or what a hit means.

Patterns become one nondeterministic automaton; its deterministic states are made when first visited. Finding costs
about one dictionary look-up a word, whatever the number of patterns, and cannot backtrack: hostile text takes
linear time.
Why not a list of literals under Aho-Corasick: optional parts multiply into hundreds of thousands of literals, and word
boundaries, spaces and dashes would each need variants.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Generic, TypeVar

from extract.language.tokens import words_of

P = TypeVar("P")
_MARKS: Final = "[](){}|\\"
# longest term in words: bounds the work at each start position, so that a scan stays linear
LONGEST: Final = 40


class PatternError(ValueError):
    """A pattern that cannot be read: names the pattern and the place."""


class State(Generic[P]):
    """One deterministic state: where each word leads, and what has been found here."""

    __slots__ = ("found", "members", "steps")

    def __init__(self, members: frozenset[int], found: tuple[P, ...]) -> None:
        self.members = members
        self.found = found
        self.steps: dict[str, State[P]] | None = None


class PatternSet(Generic[P]):
    """All patterns of a lexicon. ``find`` gives leftmost longest hits as (first word, past last word, payloads)."""

    def __init__(self, patterns: Iterable[tuple[str, P]], macros: Mapping[str, Sequence[str]] | None = None) -> None:
        self._edges: list[list[tuple[str, int]]] = [[]]
        self._empty: list[list[int]] = [[]]
        self._payload: dict[int, list[P]] = {}
        self._macros = {name: "(" + "|".join(values) + ")" for name, values in (macros or {}).items()}
        for pattern, payload in patterns:
            start, end = self._compile(pattern)
            if end in self._closure([start]):
                raise PatternError(f"pattern {pattern!r} matches nothing at all: every part of it is optional")
            self._empty[0].append(start)
            self._payload.setdefault(end, []).append(payload)
        self._states: dict[frozenset[int], State[P]] = {}
        self.start = self._state(self._closure([0]))
        self._first_words = frozenset(self._expand(self.start))  # most words begin no pattern

    def find(self, words: list[str], start: int = 0, stop: int | None = None) -> list[tuple[int, int, tuple[P, ...]]]:
        """Leftmost longest hits without overlap among ``words[start:stop]``, in order; positions are of ``words``."""
        hits = []
        end = len(words) if stop is None else stop
        first_words = self._first_words
        position = start
        while position < end:
            if words[position] in first_words:
                reached, found = self._longest(words, position, end)
                if found:
                    hits.append((position, reached, found))
                    position = reached
                    continue
            position += 1
        return hits

    def match_at(self, words: list[str], position: int) -> tuple[int, tuple[P, ...]] | None:
        """The longest hit that starts exactly at ``position``: (past last word, payloads)."""
        if position >= len(words) or words[position] not in self._first_words:
            return None
        reached, found = self._longest(words, position, len(words))
        return (reached, found) if found else None

    def _longest(self, words: list[str], at: int, stop: int) -> tuple[int, tuple[P, ...]]:
        """Where the longest hit from ``at`` on ends and its payloads, of which there are none without a hit."""
        state, reached = self.start, at
        found: tuple[P, ...] = ()
        limit = min(stop, at + LONGEST)
        while at < limit:
            steps = state.steps
            if steps is None:
                steps = self._expand(state)
            following = steps.get(words[at])
            if following is None:
                break
            state = following
            at += 1
            if state.found:
                reached, found = at, state.found
        return reached, found

    def steps_of(self, state: State[P]) -> dict[str, State[P]]:
        """Where each word leads from ``state``."""
        return state.steps or self._expand(state)

    def words(self) -> set[str]:
        """All words that the patterns are made of."""
        return {word for edges in self._edges for word, _ in edges}

    # -- compilation

    def _node(self) -> int:
        self._edges.append([])
        self._empty.append([])
        return len(self._edges) - 1

    def _compile(self, pattern: str) -> tuple[int, int]:
        text = pattern
        for _ in range(4):  # macros may hold macros, not endlessly
            for name, value in self._macros.items():
                text = text.replace("{" + name + "}", value)
        if "{" in text:
            raise PatternError(f"pattern {pattern!r} names a macro that is not declared")
        start, end, rest = self._alternatives(text, 0, pattern)
        if rest != len(text):
            raise PatternError(f"pattern {pattern!r} has a closing bracket too many at character {rest}")
        return start, end

    def _alternatives(self, text: str, at: int, whole: str) -> tuple[int, int, int]:
        start, end = self._node(), self._node()
        while True:
            first, last, at = self._sequence(text, at, whole)
            self._empty[start].append(first)
            self._empty[last].append(end)
            if at < len(text) and text[at] == "|":
                at += 1
                continue
            return start, end, at

    def _sequence(self, text: str, at: int, whole: str) -> tuple[int, int, int]:
        first = last = self._node()
        while at < len(text) and text[at] not in ")]|":
            if text[at] in "([":
                closing = ")" if text[at] == "(" else "]"
                start, end, after = self._alternatives(text, at + 1, whole)
                if after >= len(text) or text[after] != closing:
                    raise PatternError(f"pattern {whole!r} lacks {closing!r}")
                self._empty[last].append(start)
                if closing == "]":
                    self._empty[last].append(end)
                last = end
                at = after + 1
            elif text[at] == "\\":
                node = self._node()
                self._edges[last].append((text[at + 1 : at + 2], node))
                last, at = node, at + 2
            else:
                stop = at
                while stop < len(text) and text[stop] not in _MARKS:
                    stop += 1
                for word in words_of(text[at:stop]):
                    node = self._node()
                    self._edges[last].append((word, node))
                    last = node
                at = stop
        return first, last, at

    # -- deterministic states, made when first visited

    def _closure(self, nodes: Iterable[int]) -> frozenset[int]:
        seen = set(nodes)
        todo = list(seen)
        while todo:
            for target in self._empty[todo.pop()]:
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
        return frozenset(seen)

    def _state(self, members: frozenset[int]) -> State[P]:
        state = self._states.get(members)
        if state is None:
            found: dict[P, None] = {}
            for node in sorted(members):
                for payload in self._payload.get(node, ()):
                    found.setdefault(payload)
            state = self._states[members] = State(members, tuple(found))
        return state

    def _expand(self, state: State[P]) -> dict[str, State[P]]:
        targets: dict[str, list[int]] = {}
        for node in state.members:
            for word, target in self._edges[node]:
                targets.setdefault(word, []).append(target)
        state.steps = {word: self._state(self._closure(nodes)) for word, nodes in targets.items()}
        return state.steps

"""Closed word lists of ``grammar.yaml`` by name.

Belongs here: handing the lists out in the form that rules use. Does not belong here: the words.
"""

from __future__ import annotations

from functools import cache

from extract.language.normalise import fold
from extract.lexicon.load import lexicon_file


@cache
def words(name: str) -> frozenset[str]:
    """The word list ``name``. Raises KeyError where there is none: a fault of the program."""
    return frozenset([fold(word) for word in lexicon_file("grammar")["lists"][name]])


@cache
def phrases(name: str) -> tuple[str, ...]:
    """The phrases ``name``, each as words joined by single spaces."""
    return tuple([fold(phrase) for phrase in lexicon_file("grammar")["phrases"][name]])


@cache
def first_words(name: str) -> frozenset[str]:
    """The first word of each of the phrases ``name``: looking for it first is cheaper than joining words to phrases."""
    return frozenset([phrase.split()[0] for phrase in phrases(name)])


def phrase_at(name: str, tokens: list[str], at: int) -> int:
    """How many of ``tokens`` from ``at`` on are the longest of the phrases ``name`` that stands there, or 0."""
    if at >= len(tokens):
        return 0
    for said in _by_first_word(name).get(tokens[at], ()):
        if tokens[at : at + len(said)] == said:
            return len(said)
    return 0


@cache
def _by_first_word(name: str) -> dict[str, list[list[str]]]:
    """The words of the phrases ``name`` by the first of them, the longest phrases first."""
    found: dict[str, list[list[str]]] = {}
    for said in sorted(map(str.split, phrases(name)), key=len, reverse=True):
        found.setdefault(said[0], []).append(said)
    return found

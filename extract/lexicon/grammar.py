"""Closed word lists of ``grammar.yaml`` by name.

Belongs here: handing the lists out in the form that rules use. Does not belong here: the words.

The lists are tables that make an entry when it is first asked for: rules ask hundreds of times an article, and a table
answers faster than a function. A name that the file does not have is a KeyError, a fault of the program.
"""

from __future__ import annotations

from typing import Final

from extract.language.normalise import fold
from extract.lexicon.load import lexicon_file


class _Words(dict[str, frozenset[str]]):
    def __missing__(self, name: str) -> frozenset[str]:
        made = self[name] = frozenset([fold(word) for word in lexicon_file("grammar")["lists"][name]])
        return made


class _Phrases(dict[str, tuple[str, ...]]):
    def __missing__(self, name: str) -> tuple[str, ...]:
        made = self[name] = tuple([fold(phrase) for phrase in lexicon_file("grammar")["phrases"][name]])
        return made


class _FirstWords(dict[str, frozenset[str]]):
    def __missing__(self, name: str) -> frozenset[str]:
        made = self[name] = frozenset([phrase.split()[0] for phrase in phrases[name]])
        return made


class _ByFirstWord(dict[str, dict[str, list[list[str]]]]):
    def __missing__(self, name: str) -> dict[str, list[list[str]]]:
        made: dict[str, list[list[str]]] = {}
        for said in sorted(map(str.split, phrases[name]), key=len, reverse=True):
            made.setdefault(said[0], []).append(said)
        self[name] = made
        return made


words: Final = _Words()
"""Name -> the words of a list."""

phrases: Final = _Phrases()
"""Name -> phrases, each as words joined by single spaces."""

first_words: Final = _FirstWords()
"""Name -> the first word of each of those phrases: looking for it first is cheaper than joining words to phrases."""

_by_first_word: Final = _ByFirstWord()  # name -> the words of its phrases by the first of them, the longest first


def phrase_at(name: str, tokens: list[str], at: int) -> int:
    """How many of ``tokens`` from ``at`` on are the longest of the phrases ``name`` that stands there, or 0."""
    if at >= len(tokens):
        return 0
    begun = _by_first_word[name].get(tokens[at])
    if begun is None:
        return 0
    for said in begun:
        end = at + len(said)
        if end <= len(tokens) and tokens[end - 1] == said[-1] and tokens[at:end] == said:
            return len(said)
    return 0

"""Closed word lists of ``grammar.yaml`` by name.

Belongs here: handing the lists out in the form that rules use. Does not belong here: the words.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from extract.language.normalise import fold
from extract.lexicon.load import lexicon_file

# by name, as they are asked for: rules ask some hundreds of times an article
_words: Final[dict[str, frozenset[str]]] = {}
_phrases: Final[dict[str, tuple[str, ...]]] = {}


def words(name: str) -> frozenset[str]:
    """The word list ``name``. Raises KeyError where there is none: a fault of the program."""
    found = _words.get(name)
    if found is None:
        found = _words[name] = frozenset([fold(word) for word in lexicon_file("grammar")["lists"][name]])
    return found


def phrases(name: str) -> tuple[str, ...]:
    """The phrases ``name``, each as words joined by single spaces."""
    found = _phrases.get(name)
    if found is None:
        found = _phrases[name] = tuple([fold(phrase) for phrase in lexicon_file("grammar")["phrases"][name]])
    return found


@cache
def first_words(name: str) -> tuple[str, ...]:
    """The first word of each of the phrases ``name``: looking for it first is cheaper than joining words to phrases."""
    return tuple({phrase.split()[0]: None for phrase in phrases(name)})

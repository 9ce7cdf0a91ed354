"""Sentences: where the tokens of an article are cut.

Belongs here: which stops and line breaks end a sentence, and which sentence opens a line. Does not belong here: what
stands in one (``matching.py``).
"""

from __future__ import annotations

from typing import Final

from extract.language.tokens import Tokens
from extract.lexicon.grammar import words as grammar
from extract.statements.events import Sentence

# a line that announces a list without a colon is not longer than this many tokens
HEADER_LENGTH: Final = 20
# tokens of "II."
_NUMBER_AND_DOT: Final = 2
_OPENERS: Final = frozenset("“\"'(-+*•–")


def cut_sentences(tokens: Tokens, text: str) -> list[Sentence]:
    """The sentences in order, without events."""
    words, count = tokens.words, len(tokens)
    sentences: list[Sentence] = []
    start = paragraph = 0
    opens, numbered = True, False
    for position in tokens.stops:
        ends_line = words[position] == "\n"
        if not ends_line and not _ends_sentence(tokens, text, position):
            continue
        stop = position + (not ends_line)
        if stop > start:
            sentences.append(Sentence(start, stop, paragraph, opens))
            sentences[-1].numbered = numbered
            numbered = opens and stop - start == _NUMBER_AND_DOT and _numbers(words[start])
            opens = False
        start = position + 1
        if ends_line:
            paragraph += 1
            opens, numbered = True, False
    if start < count:
        sentences.append(Sentence(start, count, paragraph, opens))
        sentences[-1].numbered = numbered
    return sentences


def _numbers(word: str) -> bool:
    """True for the number of a heading or an item: "2", "II", "b"."""
    return (word.isdecimal() and len(word) <= 2) or len(word) == 1 or word in grammar["roman_numbers"]


def _glued_stop(tokens: Tokens, text: str, position: int) -> bool:
    """ "di sản quốc gia.Năm 2023, ..." ends a sentence; "TP.Vũng Tàu", "..." and "9.9" do not."""
    if tokens.words[position] != "." or not position:
        return False
    before, capital = tokens.words[position - 1], text[tokens.starts[position + 1]].isupper()
    lower = before.isalpha() and len(before) > 1 and text[tokens.starts[position - 1]].islower()
    return capital and lower and before not in grammar["abbreviations"]


def _ends_sentence(tokens: Tokens, text: str, position: int) -> bool:
    following = position + 1
    if following >= len(tokens) or tokens.words[following] == "\n":
        return True
    if tokens.starts[following] == tokens.end(position):
        return _glued_stop(tokens, text, position)
    if tokens.words[position] == "." and position and tokens.words[position - 1] in grammar["abbreviations"]:
        return False
    first = text[tokens.starts[following]]
    return first.isupper() or first.isdecimal() or first in _OPENERS

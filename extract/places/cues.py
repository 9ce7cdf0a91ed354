"""The cue words of ``lexicon/places.yaml`` as look-ups.

Belongs here: loading, and what the words right before a name say of it. Does not belong here: names (``gazetteer``).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Final, NamedTuple

from extract.lexicon.load import lexicon_file
from extract.places.spelling import accentless, spellings

DISTRICT_TYPES: Final = frozenset({"huyen", "quan", "thi_xa", "thanh_pho"})
COMMUNE_TYPES: Final = frozenset({"xa", "phuong", "thi_tran", "dac_khu"})
_MARKS_BEFORE: Final = "([{\"“”'/,;:-*•"
_MARKS_BEHIND: Final = '):"”'
_ROLES: Final = (
    ("apart", "bodies_apart"), ("beside", "beside"), ("thing", "things"), ("source", "sources"), ("", "not_sources"),
    ("person", "people_and_streets"),
)  # fmt: skip
_REACH: Final = 34  # characters looked at before a name: "huyện đặc biệt khó khăn ..."


class Cue:
    """What stands before a name: ``role`` is type, person, thing, source, beside, apart or empty.

    ``unit_type`` goes with the first. ``beside``: the unit is only compared, visited or bordered; ``apart``: a body
    with tasks of its own stands before the type ("Công an huyện ..."); source: a paper or portal ("Theo Báo ...").
    One object for all cues that are alike (:func:`cue_of`): they are told apart by identity.
    """

    def __init__(self, role: str, unit_type: str, *, beside: bool, apart: bool) -> None:
        self.role, self.unit_type, self.beside, self.apart = role, unit_type, beside, apart


@cache
def cue_of(role: str, unit_type: str = "", *, beside: bool = False, apart: bool = False) -> Cue:
    """The cue of that kind."""
    return Cue(role, unit_type, beside=beside, apart=apart)


def words(kind: str) -> Any:
    """One list or mapping of the cue file. Its form is held to ``places.schema.json`` by a test."""
    return lexicon_file("places")[kind]


def forms(word: str, marked: bool) -> Iterable[str]:
    """The spellings of a cue word in text with marks, or its one form in text that has lost them."""
    return spellings(word) if marked else (accentless(word),)


@cache
def topics(marked: bool) -> tuple[str, ...]:
    """Words of plans and results, one spelling after the other."""
    return tuple(form for word in words("topics") for form in forms(word, marked))


class _Node:
    """Cues that end alike, by their words from the last to the first: the cue that is whole here, and what goes on."""

    def __init__(self) -> None:
        self.cue: Cue | None = None
        self.before: dict[str, _Node] = {}


class Cues(NamedTuple):
    """All cues by their last word, the modifiers, and the last word of each modifier. Words of cues and last words are
    here with a capital and in capitals too: that is faster than making small what stands before each name.
    """

    cues: dict[str, _Node]
    modifiers: frozenset[str]
    last_words: frozenset[str]


@cache
def all_cues(marked: bool) -> Cues:
    """The cues as they are written with marks, or without any."""
    cues: dict[str, _Node] = {}
    for phrase, cue in _phrases(marked).items():
        node = _Node()
        node.before = cues
        for word in reversed(phrase.split()):
            nodes = node.before
            node = nodes.setdefault(word, _Node())
            nodes.update(dict.fromkeys(_written(word), node))
        node.cue = cue
    modifiers = frozenset(form for word in words("modifiers") for form in forms(word, marked))
    last_words = {modifier.split()[-1] for modifier in modifiers}
    return Cues(cues, modifiers, frozenset(form for word in last_words for form in (word, *_written(word))))


def _written(word: str) -> tuple[str, str]:
    return word[:1].upper() + word[1:], word.upper()


def _phrases(marked: bool) -> dict[str, Cue]:
    table: dict[str, Cue] = {}
    for word in words("beside_bare"):
        table.update(dict.fromkeys(forms(word, marked), cue_of("", beside=True)))
    for role, kind in _ROLES:
        for word in words(kind):
            table.update(dict.fromkeys(forms(word, marked), cue_of(role, beside=role == "beside")))
    for unit_type, phrases in words("types").items():
        for word in phrases:
            table.update(dict.fromkeys(forms(word, marked), cue_of("type", unit_type)))
    return table


def cue_before(text: str, start: int, known: Cues) -> Cue | None:
    """What the words that end at ``start`` of the folded ``text`` say of the name that begins there."""
    if not start:
        return None
    cues, _, last_words = known
    reach = start - _REACH if start > _REACH else 0
    line = text.rfind("\n", reach, start) + 1
    if line and text[line].islower():  # the line above goes on
        return _among_words(text, reach, text.rfind("\n", reach, line - 1) + 1 or reach, start, known)
    if line == start:
        return _type_on_line_above(text, reach, line, cues)
    line = line or reach
    end = start - 1 if text[start - 1] == " " else start
    last = text[text.rfind(" ", line, end) + 1 or line : end]
    if last in last_words:
        return _among_words(text, reach, line, start, known)
    if last not in cues:
        bare = last and last.lstrip(_MARKS_BEFORE).rstrip(_MARKS_BEHIND) == last and last.isprintable()
        return None if bare else _among_words(text, reach, line, start, known)
    cue, end = _ending_at(text, line, end, cues)
    if cue is None or cue.role != "type":
        return cue
    earlier, _ = _ending_at(text, line, end, cues)
    return cue if earlier is None else _in_company(cue, earlier)


def _ending_at(text: str, line: int, end: int, cues: dict[str, _Node]) -> tuple[Cue | None, int]:
    """The longest cue between ``line`` and ``end`` that ends there, with the place of its first letter."""
    found, begin = None, end
    while True:
        while end > line and text[end - 1] == " ":
            end -= 1
        at = text.rfind(" ", line, end) + 1 or line
        node = cues.get(text[at:end])
        if node is None:
            return found, begin
        end, cues = at, node.before
        if node.cue is not None:
            found, begin = node.cue, end


def _among_words(text: str, reach: int, line: int, start: int, known: Cues) -> Cue | None:
    """The same as :func:`cue_before`, word by word: behind modifiers, beside marks, over the end of a line."""
    cues, modifiers, last_words = known
    said = text[line:start]
    words_before = said.rsplit(None, 1)
    if not words_before:
        return _type_on_line_above(text, reach, line, cues)
    last = words_before[-1].lower()
    if last not in cues:
        last = last.lstrip(_MARKS_BEFORE).rstrip(_MARKS_BEHIND)
        if last not in cues and last not in last_words:
            return None
    before = said.lower().split()
    before[-1] = last
    direct: Cue | None = None
    end = len(before)
    if last in cues:
        direct, begin = _ending(before, end, cues)
        if direct is not None and direct.role == "type":
            return _with_company(direct, before, begin, cues)
    while end and before[end - 1] in last_words:
        skip = next((n for n in (4, 3, 2, 1) if end >= n and " ".join(before[end - n : end]) in modifiers), 0)
        if not skip:
            break
        end -= skip
        cue, begin = _ending(before, end, cues)
        if cue is not None and cue.role == "type":
            return _with_company(cue, before, begin, cues)
    return direct


def _type_on_line_above(text: str, reach: int, line: int, cues: dict[str, _Node]) -> Cue | None:
    """The type at the end of the line above: some pages break between "UBND huyện" and its name."""
    end = line - 1
    above = text[text.rfind("\n", reach, end) + 1 : end].lower().split() if end > reach else []
    cue, begin = _ending(above, len(above), cues)
    return cue if cue is not None and cue.role == "type" and begin else None


def _with_company(cue: Cue, before: list[str], end: int, cues: dict[str, _Node]) -> Cue:
    """``cue``, marked where "giáp", "so với" ..., a body like the police or a portal stands before the type."""
    if not end or before[end - 1] not in cues:
        return cue
    earlier, _ = _ending(before, end, cues)
    return cue if earlier is None else _in_company(cue, earlier)


def _in_company(cue: Cue, earlier: Cue) -> Cue:
    if earlier.role == "source" and cue.unit_type == "tinh":
        return earlier
    if earlier.role in ("beside", "apart"):
        return cue_of("type", cue.unit_type, beside=earlier.role == "beside", apart=earlier.role == "apart")
    return cue


def _ending(words_before: list[str], end: int, cues: dict[str, _Node]) -> tuple[Cue | None, int]:
    """The longest cue that ends with the last of the first ``end`` words, with the place of its first word."""
    found, begin = None, end
    while end and (node := cues.get(words_before[end - 1])) is not None:
        end -= 1
        cues = node.before
        if node.cue is not None:
            found, begin = node.cue, end
    return found, begin

"""The cue words of ``lexicon/places.yaml`` as look-ups.

Belongs here: loading, and what the words right before a name say of it. Does not belong here: names (``gazetteer``).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from extract.places.spelling import accentless, spellings

FILE = Path(__file__).parent.parent / "lexicon" / "places.yaml"
DISTRICT_TYPES = frozenset({"huyen", "quan", "thi_xa", "thanh_pho"})
COMMUNE_TYPES = frozenset({"xa", "phuong", "thi_tran", "dac_khu"})
_MARKS_BEFORE, _MARKS_BEHIND = "([{\"“”'/,;:-*•", '):"”'
_ROLES = (("apart", "bodies_apart"), ("beside", "beside"), ("thing", "things"), ("person", "people_and_streets"))
_NEAR, _REACH = 22, 34  # characters looked at before a name: "huyện đặc biệt khó khăn ..."


class Cue(NamedTuple):
    """What stands before a name: ``role`` is type, person, thing, beside, apart or empty.

    ``unit_type`` goes with the first. ``beside``: the unit is only compared, visited or bordered; ``apart``: a body
    with tasks of its own stands before the type ("Công an huyện ...").
    """

    role: str
    unit_type: str = ""
    beside: bool = False
    apart: bool = False


@cache
def words(kind: str) -> Any:
    """One list or mapping of the cue file. Its form is held to ``places.schema.json`` by a test."""
    return _load()[kind]


@cache
def _load() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), Loader=loader)
    return loaded


def forms(word: str, marked: bool) -> Iterable[str]:
    """The spellings of a cue word in text with marks, or its one form in text that has lost them."""
    return spellings(word) if marked else (accentless(word),)


@cache
def topics(marked: bool) -> tuple[str, ...]:
    """Words of plans and results, one spelling after the other."""
    return tuple(form for word in words("topics") for form in forms(word, marked))


@cache
def _cues(marked: bool) -> dict[str, list[tuple[int, str, Cue]]]:
    """By the last word of the cue: (number of words, the whole cue, what it says), longest first."""
    by_last: dict[str, list[tuple[int, str, Cue]]] = {}
    for phrase, cue in _phrases(marked).items():
        parts = phrase.split()
        by_last.setdefault(parts[-1], []).append((len(parts), phrase, cue))
    for alternatives in by_last.values():
        alternatives.sort(key=lambda alternative: -alternative[0])
    return by_last


def _phrases(marked: bool) -> dict[str, Cue]:
    table: dict[str, Cue] = {}
    for word in words("beside_bare"):
        table.update(dict.fromkeys(forms(word, marked), Cue("", beside=True)))
    for role, kind in _ROLES:
        for word in words(kind):
            table.update(dict.fromkeys(forms(word, marked), Cue(role, beside=role == "beside")))
    for unit_type, phrases in words("types").items():
        for word in phrases:
            table.update(dict.fromkeys(forms(word, marked), Cue("type", unit_type)))
    return table


@cache
def _modifiers(marked: bool) -> tuple[frozenset[str], frozenset[str]]:
    """The modifiers, and the last word of each."""
    found = frozenset(form for word in words("modifiers") for form in forms(word, marked))
    return found, frozenset(modifier.split()[-1] for modifier in found)


_UNDECIDED = Cue("look at more words")


@cache
def _by_last_word(marked: bool) -> dict[str, tuple[Cue | None, frozenset[str]]]:
    """Last word -> the cue that it is by itself, and the words before it with which it may be more.

    Words that are no part of any cue are left out.
    """
    cues = _cues(marked)
    _, last_of_modifiers = _modifiers(marked)
    company = frozenset(last for last, found in cues.items() for *_, cue in found if cue.role in ("beside", "apart"))
    table: dict[str, tuple[Cue | None, frozenset[str]]] = {
        last: (_UNDECIDED, frozenset()) for last in (*last_of_modifiers, "")
    }
    for last, alternatives in cues.items():
        if last in last_of_modifiers:
            continue
        alone = next((cue for size, _, cue in alternatives if size == 1), None)
        more = {phrase.split()[-2] for size, phrase, _ in alternatives if size > 1}
        is_type = any(cue.role == "type" for *_, cue in alternatives)
        table[last] = (alone, frozenset(more | company | {""}) if is_type else frozenset(more | {""}))
    return table


def cue_before(text: str, start: int, marked: bool = True) -> Cue | None:
    """What the words that end at ``start`` of the folded ``text`` say of the name that begins there."""
    near = text[max(0, start - _NEAR) : start].lower()
    before = near.split(" ")
    if not before[-1]:
        before.pop()
    if len(before) < 3 or "\n" in near:  # the first word may be cut
        return _look_back(text, start, marked)
    known = _by_last_word(marked).get(before[-1].lstrip(_MARKS_BEFORE).rstrip(_MARKS_BEHIND))
    if known is None:
        return None
    cue, more = known
    return _look_back(text, start, marked) if cue is _UNDECIDED or before[-2] in more else cue


def _look_back(text: str, start: int, marked: bool) -> Cue | None:
    reach = max(0, start - _REACH)
    line = max(reach, text.rfind("\n", reach, start) + 1)
    if line > reach and text[line].islower():  # the line above goes on
        line = max(reach, text.rfind("\n", reach, line - 1) + 1)
    before = text[line:start].lower().split()
    if not before:
        return _type_on_line_above(text, reach, line, marked)
    last = before[-1] = before[-1].lstrip(_MARKS_BEFORE).rstrip(_MARKS_BEHIND)
    cues = _cues(marked)
    direct: Cue | None = None
    if last in cues:
        direct, size = _longest(before, cues)
        if direct is not None and direct.role == "type":
            return _with_company(direct, before[:-size], cues)
    modifiers, last_words = _modifiers(marked)
    while before and before[-1] in last_words:
        skip = next((n for n in (4, 3, 2, 1) if len(before) >= n and " ".join(before[-n:]) in modifiers), 0)
        if not skip:
            break
        del before[-skip:]
        cue, size = _longest(before, cues)
        if cue is not None and cue.role == "type":
            return _with_company(cue, before[:-size], cues)
    return direct


def _type_on_line_above(text: str, reach: int, line: int, marked: bool) -> Cue | None:
    """The type at the end of the line above: some pages break between "UBND huyện" and its name."""
    end = line - 1
    above = text[text.rfind("\n", reach, end) + 1 : end].lower().split() if end > reach else []
    cue, size = _longest(above, _cues(marked))
    return cue if cue is not None and cue.role == "type" and len(above) > size else None


def _with_company(cue: Cue, before: list[str], cues: dict[str, list[tuple[int, str, Cue]]]) -> Cue:
    """``cue``, marked where "giáp", "so với" ... or a body like the police stands before the type."""
    earlier, _ = _longest(before, cues)
    role = earlier.role if earlier is not None else ""
    if role in ("beside", "apart"):
        return Cue("type", cue.unit_type, beside=role == "beside", apart=role == "apart")
    return cue


def _longest(before: list[str], cues: dict[str, list[tuple[int, str, Cue]]]) -> tuple[Cue | None, int]:
    """The cue that ends where ``before`` ends, with the number of its words."""
    for size, phrase, cue in cues.get(before[-1], ()) if before else ():
        if size == 1 or (len(before) >= size and " ".join(before[-size:]) == phrase):
            return cue, size
    return None, 0

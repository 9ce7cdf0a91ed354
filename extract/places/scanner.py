"""One pass over a text that finds every name of the gazetteer and the words that say what it is.

Belongs here: matching, longest first, on whole words. Does not belong here: which of its meanings a name has
(``readings``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick_rs

from extract.places.cues import COMMUNE_TYPES, Cue, cue_before
from extract.places.folding import Folded, fold
from extract.places.gazetteer import PlaceName, gazetteer

_JOINS = frozenset({", ", ",", " và ", ", và ", "; ", " - ", "-", " & "})


@dataclass(frozen=True, slots=True)
class Hit:
    """A name as it stands in the folded text. ``alone`` is False where it is part of a longer capitalised name."""

    start: int
    end: int
    name: PlaceName
    text: str
    cue: Cue | None
    alone: bool


@dataclass(frozen=True, slots=True)
class Scan:
    """A folded text and its hits, in order."""

    folded: Folded
    hits: tuple[Hit, ...]


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[PlaceName | None]]:
    names: dict[str, PlaceName | None] = dict(gazetteer().names)
    # "xã Tân Mới": a commune that the gazetteer does not know is a commune all the same
    for word in ("xã ", "phường ", "thị trấn ", "đặc khu "):
        names[word] = None
    for word in ("thị xã", "xã hội", "hợp tác xã"):
        names.setdefault(word, _NOTHING)
    patterns = list(names)
    automaton = ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return automaton, [names[pattern] for pattern in patterns]


_NOTHING = PlaceName()


@lru_cache(maxsize=16)
def scan(text: str) -> Scan:
    """Find the names in the stored ``text``."""
    folded = fold(text)
    lower, cased = folded.text, folded.cased
    automaton, names = _automaton()
    hits: list[Hit] = []
    size = len(lower)
    for index, start, end in automaton.find_matches_as_indexes(lower):
        name = names[index]
        if name is _NOTHING:
            continue
        if name is None:
            if hit := _unknown_commune(cased, start, end):
                hits.append(hit)
            continue
        first = cased[start]
        if first == lower[start] and not first.isdigit():
            continue
        if end < size and lower[end].isalnum():
            continue
        glued = start > 0 and lower[start - 1].isalnum()
        cue = cue_before(lower, start)
        if glued and (cue is None or cue.role != "type"):
            continue
        if cue is None and hits and lower[hits[-1].end : start] in _JOINS:
            cue = _inherited(hits[-1], name)
        if cue is None and not name.districts and not name.provinces:
            continue
        hits.append(Hit(start, end, name, cased[start:end], cue, _stands_alone(cased, start, end)))
    return Scan(folded, tuple(hits))


def _unknown_commune(cased: str, start: int, end: int) -> Hit | None:
    """The capitalised words after a commune's type, where they are no known name (a known one is found by itself)."""
    if start > 0 and cased[start - 1].isalnum():
        return None
    stop = end
    while (word := _word(cased, stop)) and word[0].isupper():
        stop += len(word) + 1
    if stop == end:
        return None
    known = gazetteer().names
    words = cased[end : stop - 1].lower().split(" ")
    if any(" ".join(words[:size]) in known for size in range(len(words), 0, -1)):
        return None
    unit_type = {"x": "xa", "p": "phuong", "t": "thi_tran", "đ": "dac_khu"}[cased[start].lower()]
    return Hit(end, stop - 1, _NOTHING, cased[end : stop - 1], Cue("type", unit_type), True)


def _word(cased: str, start: int) -> str:
    stop = start
    while stop < len(cased) and stop < start + 12 and cased[stop].isalpha():
        stop += 1
    return cased[start:stop]


def _inherited(before: Hit, name: PlaceName) -> Cue | None:
    """In "các xã A, B và C" the type holds for all, as long as the name can be such a unit."""
    cue = before.cue
    if cue is None or cue.role != "type":
        return cue if cue and cue.role in ("other", "beside") else None
    if cue.unit_type in COMMUNE_TYPES:
        return cue if name.communes else None
    if cue.unit_type == "tinh":
        return cue if name.provinces else None
    return cue if any(unit.unit_type.startswith(cue.unit_type) for unit in name.districts) else None


def _stands_alone(cased: str, start: int, end: int) -> bool:
    """Whether no capitalised word touches the name: "Nguyễn Hải Châu" and "Tân Phú Trung" are other names."""
    if cased[start:end].isupper():
        return True
    if end + 1 < len(cased) and cased[end] == " " and cased[end + 1].isupper():
        following = _word(cased, end + 1)
        if len(following) > 1 and not following.isupper():
            return False
    if start >= 2 and cased[start - 1] == " ":
        stop = start - 1
        begin = stop
        while begin > 0 and cased[begin - 1].isalpha():
            begin -= 1
        word = cased[begin:stop]
        if len(word) > 1 and word[0].isupper() and not word.isupper() and not _opens_sentence(cased, begin):
            return False
    return True


def _opens_sentence(cased: str, begin: int) -> bool:
    before = cased[max(0, begin - 2) : begin].rstrip(" ")
    return not before or before[-1] in '.:!?\n"“-*•'

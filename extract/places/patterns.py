"""The patterns of the scan: every spelling of every name and of every word of a level, in one automaton.

Belongs here: what is looked for, and what each pattern means. Does not belong here: the pass over a text (``scanner``).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

import ahocorasick_rs

from extract.places.cues import COMMUNE_TYPES, all_cues, forms, words
from extract.places.folding import HIDING, TYPOGRAPHIC
from extract.places.gazetteer import Commune, PlaceName, gazetteer
from extract.places.spelling import accentless, cases

# how a text must be folded, from what is soon done to what takes long
STRAIGHTEN: Final = 1
CLOSE_UP: Final = 2
FOLD: Final = 3


class Meaning(NamedTuple):
    """What a pattern is: a name, or a word of a level, the type of the commune that is named next, both, or neither."""

    name: PlaceName | None = None
    level: str = ""
    whole: str = ""
    commune_type: str = ""


class Patterns:
    """What the automaton finds, and what it means.

    ``meanings`` are those of the patterns; ``shorter``: the patterns that one begins with, the longest first;
    ``longest``: how many characters one has at most. ``signs`` are those that show how a text must be folded:
    STRAIGHTEN, CLOSE_UP or FOLD. No pattern ends with a space: two may stand there.
    """

    def __init__(
        self,
        meanings: dict[str, Meaning],
        signs: dict[str, int],
        communes: Mapping[str, list[Commune]],
        *,
        marked: bool,
    ) -> None:
        self.meanings, self.signs, self.communes = meanings, signs, communes
        self.shorter, self.longest = _begun(meanings), max(map(len, meanings))
        self.cues, self.marked = all_cues(marked), marked
        # small enough to stay in the cache while an article is read; a DFA is faster only where nothing else runs
        self.automaton = ahocorasick_rs.AhoCorasick(
            list(meanings),
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            store_patterns=True,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )


@cache
def patterns_of(marked: bool) -> Patterns:
    """The automaton, with what each pattern means. Names are patterns with their capitals only: running text has few,
    so the automaton stays near its start, which is most of its speed.
    """
    table: dict[str, Meaning] = {}
    names = gazetteer().names if marked else _accentless_names()
    for spelling, name in names.items():
        table.update(dict.fromkeys(cases(spelling), Meaning(name)))
        if name.typed:
            table[spelling] = Meaning(name)
    for written in gazetteer().written if marked else ():
        if (known := names.get(written.lower())) is not None:
            table.setdefault(written, Meaning(known))
    words_of = [(word, Meaning()) for word in words("not_levels")]
    for level, phrases in words("levels").items():
        of_communes = level == "xa"
        words_of += [
            (word, Meaning(None, level, commune_type=_commune_type(word) if of_communes else "")) for word in phrases
        ]
    for level, phrases in words("whole").items():
        words_of += [(word, Meaning(None, "tinh" if level == "province" else "xa", level)) for word in phrases]
    acronyms = frozenset(words("acronyms"))
    for word, meaning in words_of:
        for form in forms(word, marked):
            short = " ".join(part.upper() if part in acronyms else part for part in form.split(" "))
            table.update(dict.fromkeys((form, short, short[:1].upper() + short[1:], *cases(form)), meaning))
    for unit_type in COMMUNE_TYPES:
        for word in words("types")[unit_type]:
            for form in forms(word, marked):
                table.update(dict.fromkeys((form, *cases(form)), Meaning(commune_type=unit_type)))
    signs: dict[str, int] = {}
    for typographic, plain in TYPOGRAPHIC:
        variants = {name.replace(plain, typographic): table[name] for name in list(table) if plain in name}
        table.update(variants)
        signs.update(dict.fromkeys((typographic, *variants), STRAIGHTEN))
    signs.update({sign: CLOSE_UP if sign == "  " else FOLD for sign in HIDING})
    for sign in signs:
        table.setdefault(sign, Meaning())
    communes = gazetteer().commune_names if marked else _accentless_communes()
    return Patterns(table, signs, communes, marked=marked)


def _begun(table: Mapping[str, Meaning]) -> dict[str, list[str]]:
    """Pattern -> the patterns that it begins with, the longest first."""
    begun = {}
    for pattern in table:
        if shorter := [pattern[:size] for size in range(len(pattern) - 1, 0, -1) if pattern[:size] in table]:
            begun[pattern] = shorter
    return begun


def _commune_type(phrase: str) -> str:
    """The type of commune that ``phrase`` ends with ("đảng bộ xã"), or nothing."""
    ends = (
        unit_type for unit_type in COMMUNE_TYPES for word in words("types")[unit_type] if phrase.endswith(f" {word}")
    )
    return next(ends, "")


def _accentless_names() -> dict[str, PlaceName]:
    """For pages that have lost their marks: all names of one accent-less spelling together."""
    merged: dict[str, PlaceName] = {}
    for spelling, name in gazetteer().names.items():
        entry = merged.setdefault(accentless(spelling), PlaceName())
        entry.typed, entry.needs_type = entry.typed or name.typed, entry.needs_type or name.needs_type
        entry.districts += [unit for unit in name.districts if unit not in entry.districts]
        entry.provinces += [province for province in name.provinces if province not in entry.provinces]
    return merged


def _accentless_communes() -> dict[str, list[Commune]]:
    merged: dict[str, list[Commune]] = {}
    for spelling, communes in gazetteer().commune_names.items():
        entry = merged.setdefault(accentless(spelling), [])
        entry += [commune for commune in communes if commune not in entry]
    return merged

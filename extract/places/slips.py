"""Names with a slip of the pen: "huyện Chư Phưh", "huyện Tủa Chúa".

Belongs here: the district whose name is nearest to an unknown name after its type. Does not belong here: spellings that
are in use (``spelling``, column ``aliases``). Asked only where a page of a known province names no unit that is known.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import Final

from extract.places.cues import DISTRICT_TYPES, forms, words
from extract.places.gazetteer import District, gazetteer
from extract.places.spelling import accentless, cases

_SHORTEST: Final = 6  # letters: in a shorter name one letter is too much
_NAME: Final = r"(?P<name>[^\W\d_a-z][\w']*(?: [^\W\d_a-z][\w']*){0,2})"


def nearest(text: str, province: str, day: str | None) -> tuple[District, ...]:
    """The district of ``province`` on ``day`` that the unknown names after "huyện" ... are nearest to, if it is one."""
    named = Counter(
        (found["type"].lower(), found["name"])
        for found in _typed_name().finditer(text)
        if not (found.start() and text[found.start() - 1].isalnum())
    )
    codes = {unit.code: unit for (word, name), _ in named.items() if (unit := _near(word, name, province, day))}
    return tuple(codes.values()) if len(codes) == 1 else ()


@cache
def _types() -> dict[str, str]:
    return {
        form: unit_type
        for unit_type in DISTRICT_TYPES
        for word in words("types")[unit_type]
        if word.isalpha() or " " in word
        for form in forms(word, True)
    }


@cache
def _typed_name() -> re.Pattern[str]:
    """Types with their capitals, and nothing before them: so the pattern is looked for by its first letters."""
    written = {form for word in _types() for form in (word, *cases(word))}
    types = "|".join(re.escape(form) for form in sorted(written, key=len, reverse=True))
    return re.compile(rf"(?P<type>{types}) {_NAME}")


@lru_cache(maxsize=1024)
def _near(word: str, name: str, province: str, day: str | None) -> District | None:
    """The only district of that type there whose name differs by marks, or by one letter, from the first words."""
    given = name.split()
    found = {}
    for versions in gazetteer().by_code.values():
        if versions[0].province_code != province:
            continue
        unit = gazetteer().unit_on(versions[0].code, day)
        size = len(unit.name.split())
        same_type = unit.unit_type.startswith(_types()[word]) and len(given) >= size
        if same_type and _differ_little(accentless("".join(given[:size])), accentless("".join(unit.name.split()))):
            found[unit.code] = unit
    return found.popitem()[1] if len(found) == 1 else None


def _differ_little(one: str, other: str) -> bool:
    """Whether one letter was put in, left out or exchanged, or none."""
    if min(len(one), len(other)) < _SHORTEST or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    tails = (one[start:], other[start:])
    return any(tails[0][skip[0] :] == tails[1][skip[1] :] for skip in ((0, 0), (1, 1), (1, 0), (0, 1)))

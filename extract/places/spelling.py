"""The spellings of one place name that newspapers use.

Belongs here: rules that hold for every name (tone placement, i for y, apostrophes, dashes, and the syllables of
``lexicon/places.yaml``: Đăk for Đắk). Does not belong here: spellings of single names (column ``aliases`` of the
gazetteer) or the folding of text (``folding``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import product
from typing import Final

from extract.lexicon.load import lexicon_file

# The tone of an open oa, oe or uy stands on the second vowel (hoà) or on the first (hòa): both are in use.
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_FIRST_TONE: Final = {
    unicodedata.normalize("NFC", first + tone + second): unicodedata.normalize("NFC", first + second + tone)
    for first, second in (("o", "a"), ("o", "e"), ("u", "y"))
    for tone in _TONES
}
_OLD_TONE: Final = {new: old for old, new in _FIRST_TONE.items()}
_I_FOR_Y: Final = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_Y_FOR_I: Final = {i: y for y, i in _I_FOR_Y.items()}
_I_OR_Y: Final = re.compile(r"^(?:h|k|l|m|qu|s|t|v)([iíìỉĩịyýỳỷỹỵ])$")
_MARKS_DROPPED: Final = str.maketrans({"đ": "d"})


@cache
def syllable_spellings(syllable: str) -> tuple[str, ...]:
    """Spellings of one lower-case syllable, the given one first."""
    spellings = [syllable, *lexicon_file("places")["syllables"].get(syllable, ())]
    for table in (_FIRST_TONE, _OLD_TONE):
        if (ending := table.get(syllable[-2:])) and not syllable.startswith("qu"):
            spellings.append(syllable[:-2] + ending)
    if match := _I_OR_Y.match(syllable):
        letter = match.group(1)
        spellings.append(syllable[:-1] + (_I_FOR_Y.get(letter) or _Y_FOR_I[letter]))
    return tuple(dict.fromkeys(spellings))


def spellings(name: str) -> list[str]:
    """All spellings of ``name`` in lower case, with plain apostrophes and dashes (see ``folding``), its own first."""
    folded = unicodedata.normalize("NFC", name).lower().replace("’", "'").replace("–", "-")
    bases = [folded]
    if "'" in folded:
        bases += [folded.replace("'", ""), folded.replace("'", " ")]
    if "-" in folded:
        joined = re.sub(r"\s*-\s*", "-", folded)
        bases += [joined, joined.replace("-", " - "), joined.replace("-", " ")]
    found: dict[str, None] = {}
    for base in bases:
        for combination in product(*(syllable_spellings(part) for part in base.split(" "))):
            found[" ".join(combination)] = None
    return list(found)


_WORD_START: Final = re.compile(r"(?:^|(?<=[ \-]))\w")
_WORD_OR_PART_START: Final = re.compile(r"(?:^|(?<=[ \-'.]))\w")


def cases(spelling: str) -> tuple[str, ...]:
    """A lower-case spelling with capitals as they are met: Na Rì, Na rì, NA RÌ; Ea H'leo, Ea H'Leo."""
    words = _WORD_START.sub(lambda match: match.group().upper(), spelling)
    parts = _WORD_OR_PART_START.sub(lambda match: match.group().upper(), spelling)
    return tuple(dict.fromkeys((words, parts, spelling[:1].upper() + spelling[1:], spelling.upper())))


@cache
def accentless(name: str) -> str:
    """``name`` in lower case without marks: ``Pác Nặm`` gives ``pac nam``. For addresses only, never for text."""
    stripped = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    return stripped.translate(_MARKS_DROPPED)


def slug(name: str) -> str:
    """``name`` as it stands in an address of a page: ``Ia H'Drai`` gives ``ia-hdrai``."""
    return re.sub(r"[^a-z0-9]+", "-", accentless(name).replace("'", "").replace("’", "")).strip("-")

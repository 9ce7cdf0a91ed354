"""The cue words of ``lexicon/places.yaml`` as look-ups.

Belongs here: loading, and what the words right before a name say of it. Does not belong here: names (``gazetteer``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from extract.places.spelling import spellings

_LEXICON = Path(__file__).parent.parent / "lexicon"
DISTRICT_TYPES = frozenset({"huyen", "quan", "thi_xa", "thanh_pho"})
COMMUNE_TYPES = frozenset({"xa", "phuong", "thi_tran", "dac_khu"})


@dataclass(frozen=True, slots=True)
class Cue:
    """What stands before a name: ``role`` is type, body, other or beside; ``unit_type`` goes with the first."""

    role: str
    unit_type: str = ""


@cache
def words(kind: str) -> Any:
    """One list or mapping of the cue file. Its form is held to ``places.schema.json`` by a test."""
    return _load()[kind]


@cache
def _load() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load((_LEXICON / "places.yaml").read_text(encoding="utf-8"), Loader=_LOADER)
    return loaded


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _cues() -> dict[str, Cue]:
    table: dict[str, Cue] = {}
    for role, kind in (("beside", "beside"), ("other", "other_things"), ("body", "bodies")):
        for word in words(kind):
            table.update(dict.fromkeys(spellings(word), Cue(role)))
    for unit_type, phrases in words("types").items():
        for word in phrases:
            table.update(dict.fromkeys(spellings(word), Cue("type", unit_type)))
    return table


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(s for word in words("modifiers") for s in spellings(word))


def cue_before(text: str, start: int) -> Cue | None:
    """What the words that end at ``start`` of the folded ``text`` say of the name that begins there."""
    before = text[max(0, start - 32) : start].rsplit("\n", 1)[-1].split()
    if not before:
        return None
    table, modifiers = _cues(), _modifiers()
    modified = False
    while before:
        last = before[-1].lstrip("([{\"“”'/,;:-*•")
        for size in (3, 2):
            if len(before) >= size:
                joined = " ".join((*before[-size:-1], last)) if size == 2 else " ".join(before[-size:])
                if cue := table.get(joined):
                    return cue if not modified or cue.role == "type" else None
        if cue := table.get(last):
            return cue if not modified or cue.role == "type" else None
        for size in (2, 1, 3):
            if len(before) > size - 1 and " ".join(before[-size:]) in modifiers:
                del before[-size:]
                modified = True
                break
        else:
            return None
    return None

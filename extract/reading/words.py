"""The word lists of reading (``words.yaml``), checked against their schema once and turned into patterns.

Belongs here: loading. Does not belong here: what the words are used for (``furniture``, ``dates``, ``legacy``).
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import jsonschema
import yaml

_HERE = Path(__file__).parent


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """The phrases of one list, longest first. Raises jsonschema.ValidationError where the file is malformed."""
    return tuple(sorted(_load()[kind], key=lambda phrase: (-len(phrase), phrase)))


@cache
def _load() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = yaml.safe_load((_HERE / "words.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(loaded, json.loads((_HERE / "words.schema.json").read_text(encoding="utf-8")))
    return loaded


@cache
def phrase_pattern(kind: str) -> re.Pattern[str]:
    """A pattern that finds any phrase of the list as whole words, in lower-cased NFC text."""
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, phrases(kind))) + r")(?!\w)")

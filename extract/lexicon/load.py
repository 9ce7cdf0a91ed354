"""Loading and checking of lexicon files.

Belongs here: reading YAML, checking it against the JSON schema beside it, clear errors. Does not belong here: compiling
patterns (``language/patterns.py``) or deciding what an entry means.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

FOLDER: Final = Path(__file__).parent


class LexiconError(ValueError):
    """A lexicon file that does not fit its schema: names the file, the place and what is expected."""


@cache
def lexicon_file(name: str) -> dict[str, Any]:
    """The lexicon file ``name`` (without ``.yaml``). The schema check runs in ``check_lexicon``, not at each start."""
    path = FOLDER / f"{name}.yaml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except yaml.YAMLError as error:
        raise LexiconError(f"{path.name} is not valid YAML: {error}") from error
    return loaded


def lexicon_names() -> list[str]:
    """Names of all lexicon files that have a schema."""
    return sorted(path.name.removesuffix(".schema.json") for path in FOLDER.glob("*.schema.json"))


def check_lexicon(name: str) -> None:
    """Check one file against ``<name>.schema.json``. Raises LexiconError naming file, place and remedy."""
    import jsonschema

    check_keys(f"{name}.yaml", (FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    error = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(schema).iter_errors(lexicon_file(name)))
    if error is not None:
        place = "/".join(str(part) for part in error.absolute_path) or "top level"
        raise LexiconError(f"{name}.yaml, at {place}: {error.message}. See {name}.schema.json for what is allowed.")


def check_keys(file: str, text: str) -> None:
    """Raises LexiconError where a mapping names a key twice: YAML keeps the last and drops the first in silence."""
    parts = [yaml.compose(text, Loader=yaml.SafeLoader)]
    while parts:
        part = parts.pop()
        if isinstance(part, yaml.SequenceNode):
            parts += part.value
        elif isinstance(part, yaml.MappingNode):
            parts += [value for _, value in part.value]
            seen: set[str] = set()
            for key, _ in part.value:
                if key.value in seen:
                    line = key.start_mark.line + 1
                    raise LexiconError(f"{file}, line {line}: '{key.value}' stands twice. Join the two entries.")
                seen.add(key.value)

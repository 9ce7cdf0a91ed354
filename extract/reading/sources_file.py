"""The sources file as YAML: loading it, and naming line and field of every mistake in it.

Belongs here: line numbers, the JSON schema (``sources.schema.json``) and the checks that a schema cannot say. Does not
belong here: what the fields mean to a crawl (``sources``).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

_SCHEMA = Path(__file__).parent / "sources.schema.json"


class SourcesError(ValueError):
    """The sources file is wrong; the message names file, line, field, reason and remedy for every mistake."""


def load_checked(path: Path) -> dict[str, Any]:
    """The YAML document of a sources file that fits the schema. Dates stay text. Raises SourcesError."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SourcesError(f"{path} does not exist; copy the bundled data/sources.yaml and edit it") from error
    except UnicodeDecodeError as error:
        raise SourcesError(f"{path}: not UTF-8 (byte {error.start}); save the file as UTF-8") from error
    loaded, lines = _load_with_lines(path, text)
    problems = sorted(_problems(loaded, lines))
    if problems:
        raise SourcesError("\n".join(f"{path}:{line}: {field}: {reason}" for line, field, reason in problems))
    checked: dict[str, Any] = loaded
    return checked


_Path = tuple[str | int, ...]


def _load_with_lines(path: Path, text: str) -> tuple[Any, dict[_Path, int]]:
    """The YAML document and the line of each of its parts. Raises SourcesError for broken YAML and repeated keys."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        lines: dict[_Path, int] = {}
        for place, line, key in _walk(node):
            if place in lines and key:
                raise SourcesError(f"{path}:{line}: {place[-1]}: set twice; keep one of the two lines")
            lines.setdefault(place, line)
        return yaml.load(text, Loader=_Loader), lines
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SourcesError(
            f"{path}:{line}: broken YAML: {error.problem}; check indentation, colons and quotes"
        ) from error


class _Loader(yaml.SafeLoader):
    """SafeLoader that leaves dates as they are written, so that the schema sees text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _walk(node: yaml.Node | None, place: _Path = ()) -> Iterator[tuple[_Path, int, bool]]:
    """(place, line, whether it is a key) of every part of a YAML tree."""
    if node is None:
        return
    if not place:
        yield place, node.start_mark.line + 1, False
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*place, key.value), key.start_mark.line + 1, True
            yield from _walk(value, (*place, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield (*place, number), item.start_mark.line + 1, False
            yield from _walk(item, (*place, number))


@cache
def _validator() -> Any:
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    checker = jsonschema.FormatChecker(formats=("regex",))
    return jsonschema.Draft202012Validator(schema, format_checker=checker)


def _problems(loaded: Any, lines: dict[_Path, int]) -> Iterator[tuple[int, str, str]]:
    """(line, field, reason with remedy) of every mistake."""

    def line_of(place: _Path) -> int:
        while place not in lines and place:
            place = place[:-1]
        return lines.get(place, 1)

    def named(place: _Path) -> str:
        if len(place) >= 2 and place[0] == "sources":
            entry = loaded["sources"][place[1]]
            name = entry.get("name") if isinstance(entry, dict) else None
            return ".".join(map(str, (f"sources[{name or place[1]}]", *place[2:])))
        return ".".join(map(str, place)) or "file"

    broken = False
    for error in _validator().iter_errors(loaded):
        broken = True
        place: _Path = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            place = (*place, _unknown_fields(error)[0])
        yield line_of(place), named(place), _in_words(error)
    if broken:
        return
    seen: dict[str, int] = {}
    for number, entry in enumerate(loaded["sources"]):
        line, name = line_of(("sources", number)), entry["name"]
        if name in seen:
            yield line, f"sources[{name}].name", f"already used at line {seen[name]}; give each source its own name"
        seen.setdefault(name, line)
        if entry["kind"] in ("feed", "sitemap", "pages") and entry.get("enabled", True) and "contact" not in loaded:
            yield (
                line,
                f"sources[{name}].enabled",
                ("sites must be able to reach you; add a line 'contact: you@example.org' at the top of the file"),
            )
        if "since" in entry and not _is_day(entry["since"]):
            yield line_of(("sources", number, "since")), f"sources[{name}].since", f"no such day: {entry['since']}"


def _in_words(error: Any) -> str:
    """jsonschema's message, in the words of the file."""
    if error.validator == "additionalProperties":
        extra = ", ".join(map(repr, _unknown_fields(error)))
        return f"unknown field {extra}; known here: {', '.join(sorted(error.schema['properties']))}"
    if error.validator == "required":
        missing = sorted(set(error.validator_value) - set(error.instance))
        return f"field {', '.join(map(repr, missing))} is missing; add it"
    if error.validator == "anyOf":
        return "give urls (article addresses), or index (index pages) together with articles (a pattern)"
    if error.validator == "enum":
        return f"{error.instance!r} is not one of {', '.join(map(str, error.validator_value))}"
    if error.validator == "type":
        return f"{error.instance!r} is not of type {error.validator_value}"
    if error.validator == "format":
        return f"{error.instance!r} is not a regular expression"
    if error.validator == "pattern":
        hints = {
            "url": "write http:// or https:// and a host", "contact": "write a mail or web address",
            "since": "write YYYY-MM-DD", "name": "use small letters, digits, '-', '_' and '.', and no site- in front",
        }  # fmt: skip
        last = next((str(part) for part in reversed(error.absolute_path) if isinstance(part, str)), "")
        return (
            f"{error.instance!r} is not allowed; {hints.get(last, hints['url'] if last in ('urls', 'index') else '')}"
        )
    return str(error.message)


def _unknown_fields(error: Any) -> list[str]:
    return [key for key in error.instance if key not in error.schema["properties"]]


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True

"""Captions of tables by district: "Lúa đông xuân: diện tích phân theo huyện/thành phố thuộc tỉnh", or, where there is
none that says so, the head "Huyện, thị xã" with the lines above it.

Belongs here: where such a table begins, and the words that name its figures. Does not belong here: its rows and columns
(``by_district.py``).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from extract.statements.tables.grid import Page, listed, opens_with

# lines of the longest caption above the one that says "theo huyện", and tokens of each
CAPTION_LINES: Final = 4
CAPTION_LENGTH: Final = 30
# tokens of the longest phrase of the lexicon, and of the longest line of heads
_LONGEST: Final = 10
_HEAD_CELLS: Final = 30
_ENDS: Final = frozenset(".;!?")
_MARKS: Final = frozenset(".:-–)")


@dataclass(slots=True)
class Caption:
    """Tokens ``first`` to ``last``, and those that name the figures; ``said``: it says that districts are the rows."""

    first: int
    last: int
    name: list[int]
    said: bool


def captions(page: Page) -> list[Caption]:
    """All captions in order."""
    found = [caption for at, word in enumerate(page.words) if word == "theo" and (caption := _said(page, at))]
    if "|" in page.text or "\t" in page.text or found:
        found += [caption for line in range(len(page.lines)) for caption in _headed(page, line)]
    found.sort(key=lambda caption: (caption.first, not caption.said))
    return found


def _said(page: Page, at: int) -> Caption | None:
    """The caption that says "theo huyện" at token ``at``."""
    following = [p for p in range(at, min(len(page.words), at + _LONGEST)) if page.words[p] != "\n"]
    size = opens_with([page.words[p] for p in following], "by_district")
    if not size:
        return None
    line = bisect_right(page.lines, (at, len(page.words))) - 1
    first, end = page.lines[line]
    if at - first > CAPTION_LENGTH or end - at > CAPTION_LENGTH or "|" in page.words[first:at]:
        return None
    name = _undivided(page, list(range(first, at)))
    above = line
    while above and line - above < CAPTION_LINES and (not name or _goes_on(page, name, above)):
        above -= 1
        begins, stops = page.lines[above]
        if stops - begins > CAPTION_LENGTH or "|" in page.words[begins:stops] or not _has_letters(page, begins, stops):
            break
        name = _undivided(page, [*range(begins, stops), *name])
        first = begins
    name = _unnumbered(page, name)
    if any(page.words[p] in _ENDS for p in name[:-1]):
        return None  # a sentence
    return Caption(first, following[size - 1] + 1, name, True)


def _headed(page: Page, line: int) -> list[Caption]:
    """What begins with a line of heads, one of which is that of districts; the lines above it are its caption."""
    first, end = page.lines[line]
    if end - first > _HEAD_CELLS * 3 or page.words[first].isdecimal():
        return []
    cells: list[list[str]] = [[]]
    for at in range(first, end):
        if page.words[at] == "|" or (
            at > first and "\t" in page.text[page.tokens.end(at - 1) : page.tokens.starts[at]]
        ):
            cells.append([])
        if page.words[at] != "|":
            cells[-1].append(page.words[at])
    if not any(tuple(cell) in listed("district_heads") for cell in cells):
        return []
    begins = first
    name: list[int] = []
    for above in range(line - 1, max(-1, line - 1 - CAPTION_LINES), -1):
        start, stop = page.lines[above]
        if stop - start > CAPTION_LENGTH or "|" in page.words[start:stop] or page.words[stop - 1] in _ENDS:
            break
        begins, name = start, [*range(start, stop), *name]
        if opens_with(page.words[start:stop], "captions"):
            break
    return [Caption(begins, first, _unnumbered(page, name), False)]


def _goes_on(page: Page, name: list[int], line: int) -> bool:
    """True where the caption began on the line above: its own line is in small letters, or both are in capitals."""
    opens = page.lines[line][0]
    start = page.text[page.tokens.starts[opens] : page.tokens.end(opens)]
    if start[:1].islower():
        return True
    if start.isdecimal() or not line:
        return False
    above = page.lines[line - 1]
    lines = [page.text[page.tokens.starts[a] : page.tokens.end(b - 1)] for a, b in (above, page.lines[line])]
    return lines[0].isupper() and page.text[page.tokens.starts[name[0]] : page.tokens.end(name[-1])].isupper()


def _has_letters(page: Page, first: int, last: int) -> bool:
    return any(page.words[at].isalpha() for at in range(first, last))


def _undivided(page: Page, name: list[int]) -> list[int]:
    """A name without "phân", "chia" ... at its end."""
    while name:
        size = max(
            (len(p) for p in listed("divided") if tuple(page.words[at] for at in name[-len(p) :]) == p), default=0
        )
        if not size:
            return name
        name = name[:-size]
    return name


def _unnumbered(page: Page, name: list[int]) -> list[int]:
    """A name without "Biểu 12." or "153" before it."""
    words = [page.words[at] for at in name]
    start = opens_with(words, "captions")
    while start < len(words) and (words[start][0].isdecimal() or words[start] in _MARKS):
        start += 1
    return name[start:]

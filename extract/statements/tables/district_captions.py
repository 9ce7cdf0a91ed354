"""Captions of tables by district: "Lúa đông xuân: diện tích phân theo huyện/thành phố thuộc tỉnh", or, where there is
none that says so, the head "Huyện, thị xã" with the lines above it.

Belongs here: where such a table begins, and the words that name its figures. Does not belong here: its rows and columns
(``by_district.py``).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from extract.statements.tables.grid import Page, listed, opens_with

# lines of the longest caption above the one that says "theo huyện", and tokens of each
CAPTION_LINES: Final = 4
CAPTION_LENGTH: Final = 30
# tokens of the longest phrase of the lexicon, and of the longest line of heads
_LONGEST: Final = 10
_HEAD_CELLS: Final = 30
# figures that captions and units may have in them ("1000 tấn")
_FIGURES_BETWEEN: Final = 4
# lines between the head of a table and a line "Phân theo huyện" among its rows
BLOCK: Final = 16
_ENDS: Final = frozenset(".;!?")
_MARKS: Final = frozenset(".:-–)")


@dataclass(slots=True)
class Caption:
    """Tokens ``first`` to ``last``, and those that name the figures; ``said``: it says that districts are the rows.

    ``behind``: what it says behind that, maybe a time.
    """

    first: int
    last: int
    name: list[int]
    said: bool
    behind: list[int] = field(default_factory=list)


def captions(page: Page) -> list[Caption]:
    """All captions in order."""
    begun = {phrase[0] for phrase in listed("by_district")}
    found = [caption for at, word in enumerate(page.words) if word in begun and (caption := _said(page, at))]
    if "|" in page.text or "\t" in page.text or found:
        said = sorted(found, key=lambda caption: caption.last)
        ends = [caption.last for caption in said]
        for line in range(len(page.lines)):
            for caption in _headed(page, line):
                above = bisect_right(ends, caption.last)  # farther ones have more figures between
                if not above or not _is_under(page, caption, said[above - 1]):
                    found.append(caption)
    found.sort(key=lambda caption: caption.first)
    return found


def _is_under(page: Page, head: Caption, caption: Caption) -> bool:
    """True for a head that stands below a caption, with no figures of rows between them."""
    digits = page.tokens.digits
    return bisect_right(digits, head.last) - bisect_right(digits, caption.last) <= _FIGURES_BETWEEN


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
    if not name and line and (caption := _of_block(page, line)):
        return caption
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
    begins = following[size - 1] + 1
    stop = next((p for p in range(begins, end) if page.words[p] == "|"), max(begins, end))
    return Caption(first, stop, name, True, list(range(begins, stop)))


def _of_block(page: Page, line: int) -> Caption | None:
    """The caption of a table among whose rows "Phân theo huyện" stands: the words above the line of years."""
    first, last = page.lines[line - 1]
    if not page.is_number(last - 1 if page.words[last - 1] != "|" else last - 2):
        return None
    head = next((at for at in range(line - 1, max(-1, line - BLOCK), -1) if _is_head(page, at)), 0)
    above = head - 1
    while above >= max(0, head - CAPTION_LINES) and not _is_caption(page, above):
        above -= 1
    if above < max(0, head - CAPTION_LINES):
        return None
    first, last = page.lines[above]
    name = list(range(first, last))
    while above and _goes_on(page, name, above):
        above -= 1
        first = page.lines[above][0]
        name = [*range(*page.lines[above]), *name]
    return Caption(first, last, _unnumbered(page, name), True)


def _is_head(page: Page, line: int) -> bool:
    """True for a line of years and no other figures."""
    positions = range(*page.lines[line])
    years = sum(1 for at in positions if page.plain[at] == "yyyy")
    return years > 0 and years == sum(1 for at in positions if page.is_number(at))


def _is_caption(page: Page, line: int) -> bool:
    """True for a line of words with marks that is not the unit of the table."""
    words = page.words[slice(*page.lines[line])]
    marked = any(word.isalpha() and not word.isascii() for word in words)
    return marked and len(words) <= CAPTION_LENGTH and not opens_with(words, "unit_of_table") and not any(
        opens_with(words[at:], "preliminary") for at in range(len(words))
    )  # fmt: skip


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

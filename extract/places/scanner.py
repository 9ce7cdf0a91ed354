"""One pass over a text that finds every name of the gazetteer, and the words of each level.

Belongs here: matching, longest first, on whole words. Does not belong here: what is looked for (``patterns``), or which
of its meanings a name has (``readings``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from extract.places.cues import COMMUNE_TYPES, Cue, cue_before, cue_of, forms, words
from extract.places.folding import Folded, closed_up, fold, straightened
from extract.places.gazetteer import Commune, PlaceName
from extract.places.layout import in_one_run
from extract.places.patterns import CLOSE_UP, FOLD, STRAIGHTEN, Patterns, patterns_of

_LONGEST_JOIN: Final = 5  # characters
_END_OF_NAME: Final = re.compile(r"[\n,.;:()\[\]\"“”/–]")
_MARKED_LETTER: Final = re.compile("[À-ỹ]|[\u0300-\u0323]")
_LONGEST_COMMUNE: Final = 5  # words
_ONE_SYLLABLE: Final = 4  # letters: Vinh, Lắk, Huế; ethnic names in one word are longer
_NO_NAME: Final = PlaceName()
_FOLDINGS: Final = {STRAIGHTEN: straightened, CLOSE_UP: closed_up, FOLD: fold}
_COMMUNE_CUES: Final = {unit_type: cue_of("type", unit_type) for unit_type in COMMUNE_TYPES}


class Hit:
    """A name as it stands in the folded text, with the cue before it, if any.

    ``name`` is what it means as a district or province, ``communes`` what it means as a commune. ``alone`` is False
    where it is part of a longer capitalised name and no type stands before it.
    """

    def __init__(
        self, start: int, end: int, text: str, cue: Cue | None, name: PlaceName = _NO_NAME,
        communes: tuple[Commune, ...] = (), alone: bool = True,
    ) -> None:  # fmt: skip
        self.start, self.end, self.text, self.cue = start, end, text, cue
        self.name, self.communes, self.alone = name, communes, alone


class Scan:
    """A folded text, its hits in order, where the words of each level stand, with a name or without, and spans such as
    "toàn tỉnh" by level.
    """

    def __init__(self, folded: Folded, marked: bool) -> None:
        self.folded, self.marked = folded, marked
        self.hits: list[Hit] = []
        self.levels: list[tuple[int, str]] = []
        self.whole: list[tuple[int, int, str]] = []


@cache
def _join() -> re.Pattern[str]:
    """What may stand between two names of one list."""
    joins = "|".join(form for word in words("joins") for marked in (True, False) for form in forms(word, marked))
    return re.compile(rf",? (?:{joins}) |[,;] ?| [-&] |-")


@cache
def _numbered() -> re.Pattern[str]:
    """A number that is the name of a phường."""
    other = "|".join(words("not_behind_numbers"))
    return re.compile(rf"\d{{1,2}}(?=$|[,;.:)\n] |[)\n]| (?!{other}))")


@cache
def _counted(marked: bool) -> re.Pattern[str]:
    """What shows, behind a number, that it counts and is no name: "quận 6 tháng đầu năm"."""
    units = "|".join(form for word in words("counted") for form in forms(word, marked))
    return re.compile(rf" (?:{units})\b(?! ?\d)")


def is_marked(text: str) -> bool:
    """Whether ``text`` has any Vietnamese letter; a page without one has lost its marks."""
    return _MARKED_LETTER.search(text) is not None


@lru_cache(maxsize=2)  # title and text of one article: the units that its text names are asked for later
def scan(text: str, marked: bool) -> Scan:
    """Find the names in the stored ``text``; ``marked`` is False for text that has lost all its tone marks."""
    patterns = patterns_of(marked)
    matches: list[str] = patterns.automaton.find_matches_as_strings(text)
    folded = tuple.__new__(Folded, (text, ()))  # the constructor would take as long as the scan of a headline
    folding = 0
    for match in matches:
        if (sign := patterns.signs.get(match)) is not None and sign > folding:
            folding = sign
    if folding:
        folded = _FOLDINGS[folding](text)
        if folding > STRAIGHTEN and folded.text != text:
            text = folded.text
            matches = patterns.automaton.find_matches_as_strings(text)
    found = Scan(folded, marked)
    if matches:
        _read_matches(found, text, matches, patterns, 0, len(text), 0)
    return found


def _read_matches(
    found: Scan, text: str, matches: list[str], patterns: Patterns, end: int, limit: int, reached: int
) -> int:
    """Add the hits and levels that the ``matches`` are: the patterns that ``text`` holds from ``end`` on, in order,
    without overlap. Those that start at ``limit`` are left out, and those before ``reached``, which what was found
    before reaches to; it is handed back.

    Where each stands is soon found again: the first place behind the match before. Counting the characters up to all
    of them would take longer.
    """
    line, meanings, hits = found.folded.text, patterns.meanings, found.hits
    size = len(line)
    for match in matches:
        start = text.find(match, end)
        end = start + len(match)
        if start >= limit:
            break
        if start < reached:
            continue
        stop = end
        if stop < size and (following := line[stop]) != " " and following.isalnum() and line[stop - 1] != ".":
            # no whole word: one that it begins with may be
            whole = [begun for begun in patterns.shorter.get(match, ()) if not line[start + len(begun)].isalnum()]
            reached = _read_matches(found, text, whole[:1], patterns, start, limit, reached)
            reached = _read_inside(found, text, match, patterns, start, limit, reached)
            continue
        name, level, of_whole, commune_type = meanings[match]
        if name is not None:
            reached = stop
            if hit := _place(line, start, stop, name, hits, patterns):
                hits.append(hit)
            continue
        if start and (before := line[start - 1]) != " " and before.isalnum():
            reached = _read_inside(found, text, match, patterns, start, limit, reached)
            continue
        if level and not _is_counted(line, start):
            found.levels.append((start, level))
            if of_whole:
                found.whole.append((start, stop, of_whole))
        # the type of a commune alone hides nothing: a longer word may begin with it
        reached = stop if level or not commune_type else start
        if commune_type:
            first = line[stop : stop + 2].lstrip(" ")[:1]
            if (first.isupper() or first.isdecimal()) and (
                communes := _communes(line, stop, commune_type, patterns.communes)
            ):
                hits += communes
                reached = communes[-1].end
    return reached


def _read_inside(found: Scan, text: str, match: str, patterns: Patterns, start: int, limit: int, reached: int) -> int:
    """The same for what begins at a later word of a ``match`` that does not count, since another word is glued to it:
    "củaĐảng bộ xã Vọng Đông" names a commune.
    """
    if " " not in match:
        return reached
    end = start + len(match)
    inside: list[str] = patterns.automaton.find_matches_as_strings(text[start + 1 : end + patterns.longest])
    return _read_matches(found, text, inside, patterns, start + 1, min(end, limit), reached)


def _is_counted(line: str, start: int) -> bool:
    """ "98 xã và 01 huyện": a number before the word counts such units; a year does not."""
    before = line[max(0, start - 4) : start]
    return before[-1:] == " " and before[-2:-1].isdecimal() and not before[-4:-3].isdecimal()


def _place(text: str, start: int, end: int, name: PlaceName, hits: list[Hit], patterns: Patterns) -> Hit | None:
    """The hit for the name of a district or province, or None where a word only begins like it."""
    if name.typed and text[end - 1].isdecimal() and _counted(patterns.marked).match(text, end):
        return None
    cue = cue_before(text, start, patterns.cues)
    role = "" if cue is None else cue.role
    typed = role == "type"
    if not typed and start > 0 and (before := text[start - 1]) != " " and before.isalnum():
        return None
    if hits:
        reached, last = hits[-1].end, hits[-1].cue
        if cue is None:
            if start - reached <= _LONGEST_JOIN and _join().fullmatch(text, reached, start):
                cue = _inherited(hits[-1], name)
                typed = cue is not None and cue.role == "type"
        elif typed and last is not None and (last.beside or last.apart) and in_one_run(text, reached, start):
            cue = _in_company(cue, last)
    said = text[start:end]
    if role == "source":
        alone = not _goes_on(text, end) or _word(text, end + 1).lower() in words("behind_sources")
    else:
        alone = typed or _stands_alone(text, start, end, said)
    return Hit(start, end, said, cue, name, (), alone)


def _in_company(cue: Cue, last: Cue) -> Cue:
    """In "giáp huyện A và thị xã B" both are only bordered."""
    return cue_of("type", cue.unit_type, beside=last.beside, apart=last.apart)


def _inherited(before: Hit, name: PlaceName) -> Cue | None:
    """In "các huyện A, B và C" the type holds for all, as long as the name can be such a unit."""
    cue = before.cue
    if cue is None or cue.role != "type":
        return cue if cue and cue.role in ("person", "beside") else None
    if cue.unit_type == "tinh":
        return cue if name.provinces else None
    return cue if any(unit.unit_type.startswith(cue.unit_type) for unit in name.districts) else None


def _communes(text: str, start: int, unit_type: str, known: Mapping[str, list[Commune]]) -> list[Hit]:
    """The communes named at ``start``, right after their type: "(các xã) A, B và C". The first need not be known."""
    hits: list[Hit] = []
    cue = _COMMUNE_CUES[unit_type]
    while hit := _commune(text, start, cue, known, must_be_known=bool(hits)):
        hits.append(hit)
        join = _join().match(text, hit.end)
        if join is None:
            break
        start = join.end()
    return hits


def _commune(text: str, start: int, cue: Cue, known: Mapping[str, list[Commune]], must_be_known: bool) -> Hit | None:
    if text[start : start + 1] == " ":
        start += 1
    if number := _numbered().match(text, start):
        return (
            Hit(start, number.end(), number.group(), cue) if cue.unit_type == "phuong" and not must_be_known else None
        )
    if not text[start : start + 1].isupper():
        return None
    ahead = text[start : start + 40].lower()
    if stop := _END_OF_NAME.search(ahead):
        ahead = ahead[: stop.start()]
    parts = ahead.split(" ")[:_LONGEST_COMMUNE]
    for size in range(len(parts), 0, -1):
        if communes := known.get(name := " ".join(parts[:size])):
            end = start + len(name)
            return Hit(start, end, text[start:end], cue, _NO_NAME, tuple(communes))
    if standard := next((said for said in words("not_communes") if ahead.startswith(said)), None):
        return _commune(text, start + len(standard), cue, known, must_be_known)  # "Xã NTM nâng cao Bộc Bố"
    end = start
    while not must_be_known and text[end : end + 1].isupper():
        end += len(_word(text, end)) + 1
    return Hit(start, end - 1, text[start : end - 1], cue) if end > start else None


def _word(text: str, start: int) -> str:
    stop = start
    while stop < len(text) and stop < start + 12 and (text[stop].isalpha() or text[stop] == "'"):
        stop += 1
    return text[start:stop]


def _stands_alone(text: str, start: int, end: int, name: str) -> bool:
    """Whether no capitalised word touches the ``name``: "Nguyễn Hải Châu" and "Tân Phú Trung" are other names."""
    if name.isupper():
        return True
    if end + 1 < len(text) and text[end] == " ":
        if end - start <= _ONE_SYLLABLE and _opens_sentence(text, start):
            return False  # "Vinh danh ...": one syllable at the beginning of a sentence is any word
        if _goes_on(text, end):
            return False
    if start >= 2 and text[start - 1] == " ":
        word = _word_before(text, start - 1)
        if len(word) > 1 and word[0].isupper() and not word.isupper():
            return _opens_sentence(text, start - 1 - len(word))
    return True


def _word_before(text: str, stop: int) -> str:
    """The letters that end at ``stop``."""
    word = text[text.rfind(" ", 0, stop) + 1 : stop]
    if not word or word.isalpha():
        return word
    begin = len(word)
    while begin and word[begin - 1].isalpha():
        begin -= 1
    return word[begin:]


def _goes_on(text: str, end: int) -> bool:
    """Whether a capitalised word follows the name that ends at ``end``."""
    if end + 1 >= len(text) or text[end] != " " or not text[end + 1].isupper():
        return False
    following = _word(text, end + 1)
    return len(following) > 1 and not following.isupper()


def _opens_sentence(text: str, begin: int) -> bool:
    before = text[max(0, begin - 2) : begin].rstrip(" ")
    return not before or before[-1] in '.:!?\n"“-*•'

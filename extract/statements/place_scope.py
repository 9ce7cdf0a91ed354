"""Whose figure it is: the article's district, another district, or a commune inside it.

Belongs here: what the units named in the text mean for the figures near them. Does not belong here: finding and
resolving names of units (``places/``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter

from extract.extraction import DocumentPlace
from extract.language.tokens import Tokens
from extract.lexicon.grammar import first_words, phrases
from extract.lexicon.grammar import words as grammar
from extract.places.mentions import PlaceMention
from extract.statements.windows import Window

# tokens between the commune that a sentence is about and a figure of it
_SUBJECT_REACH = 60

_begins = attrgetter("char_start")


class PlaceScope:
    """Answers for each figure. ``mentions`` are all units named in the text, in order."""

    def __init__(self, tokens: Tokens, mentions: list[PlaceMention], place: DocumentPlace) -> None:
        self._tokens, self._place = tokens, place
        self._districts = [m for m in mentions if m.kind == "district" and m.code is not None]
        self._all_communes = [m for m in mentions if m.kind == "commune"]
        self._communes = [m for m in mentions if m.kind == "commune" and m.typed]
        self._others = any(m.code != place.district_code for m in self._districts)
        self._line_start = 0
        self._current: str | None = None
        self._at = 0

    def at_line(self) -> None:
        """A new line: figures are the article's district's again, until another is named."""
        self._current = None

    def district(self, window: Window) -> str | None:
        """The code of the other district that the figure belongs to, or None for the article's own."""
        if not self._others:
            return None
        position = self._tokens.starts[window.figure.first]
        while self._at < len(self._districts) and self._districts[self._at].char_start < position:
            mention = self._districts[self._at]
            self._at += 1
            if mention.code == self._place.district_code:
                self._current = None
            elif mention.typed and not mention.beside and self._on_this_line(mention, window):
                self._current = mention.code
        before = self._districts[self._at - 1] if self._at else None
        if before is not None and before.code != self._place.district_code and 0 <= position - before.char_end <= 12:
            between = self._between(before.char_end, position)
            if (between and between[0] == "(") or (len(between) == 1 and between[0] in grammar("reaches")):
                return before.code
        return self._current

    def names_district_behind(self, window: Window) -> bool:
        """True where a district stands right behind the figure: "gần 3 lần Hạ Long"."""
        end = self._tokens.ends[window.figure.last - 1]
        at = bisect_left(self._districts, end, key=_begins)
        return at < len(self._districts) and self._districts[at].char_start - end <= 1

    def _on_this_line(self, mention: PlaceMention, window: Window) -> bool:
        tokens = self._tokens
        position = window.sentence.first
        while position > 0 and tokens.words[position - 1] != "\n":
            position -= 1
        return mention.char_start >= tokens.starts[position]

    def _between(self, start: int, end: int) -> list[str]:
        tokens = self._tokens
        return tokens.words[bisect_left(tokens.starts, start) : bisect_right(tokens.ends, end)]

    def _is_extreme(self, window: Window) -> bool:
        """ "nơi giảm nhiều nhất huyện là Hướng Hiệp, giảm 87 hộ": of a commune that is named behind a superlative."""
        tokens, figure = self._tokens, window.figure
        start = max(window.sentence.first, figure.first - _SUBJECT_REACH)
        at = bisect_left(self._all_communes, tokens.starts[start], key=_begins)
        if at == len(self._all_communes) or self._all_communes[at].char_start >= tokens.starts[figure.first]:
            return False
        stop = bisect_left(tokens.starts, self._all_communes[at].char_start)
        said = " ".join(tokens.words[start:stop])
        return any(phrase in said for phrase in phrases("superlative"))

    def _subject_is_commune(self, window: Window) -> bool:
        """True where a commune opens the sentence and neither a semicolon nor the district comes between."""
        tokens, first = self._tokens, window.sentence.first
        if window.figure.first - first > _SUBJECT_REACH:
            return False
        while first < window.figure.first and not tokens.words[first].isalpha():
            first += 1
        at = bisect_left(self._communes, tokens.starts[first], key=_begins)
        if at == len(self._communes) or self._communes[at].char_start > tokens.starts[min(first + 1, len(tokens) - 1)]:
            return False
        words = tokens.words[first : window.figure.first]
        said = " ".join(words)
        return ";" not in words and not any(phrase in said for phrase in phrases("district_again"))

    def is_commune(self, window: Window) -> bool:
        """True where a commune is the subject of the figure's clause: "xã Đắk Trăm có 16/19 tiêu chí"."""
        if (window.figure.family or "") in ("count:commune", "count:village"):
            return False
        tokens, figure = self._tokens, window.figure
        start = window.since
        for event in window.left:
            if event.kind == "mark" and event.id in ",;:(":
                start = event.last
        first = tokens.words[start]
        if first in first_words("extreme_commune") and " ".join(tokens.words[start : figure.first]).startswith(
            phrases("extreme_commune")
        ):
            return True
        if self._is_extreme(window):
            return True
        if not self._communes:
            return False
        if self._subject_is_commune(window):
            return True
        low, high = tokens.starts[start], tokens.starts[figure.first]
        at = bisect_left(self._communes, low, key=_begins)
        if at == len(self._communes) or self._communes[at].char_start >= high:
            return False
        words = " ".join(tokens.words[start : figure.first])
        return not any(said in words for said in phrases("whole_district"))

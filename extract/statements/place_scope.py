"""Whose figure it is: the article's district, another district, or a commune inside it.

Belongs here: what the units named in the text mean for the figures near them. Does not belong here: finding and
resolving names of units (``places/``).
"""

from __future__ import annotations

from extract.extraction import DocumentPlace
from extract.language.tokens import Tokens
from extract.lexicon.grammar import phrases
from extract.places.mentions import PlaceMention
from extract.statements.windows import Window


class PlaceScope:
    """Answers for each figure. ``mentions`` are all units named in the text, in order."""

    def __init__(self, tokens: Tokens, mentions: list[PlaceMention], place: DocumentPlace) -> None:
        self._tokens, self._place = tokens, place
        self._districts = [m for m in mentions if m.kind == "district" and m.code is not None]
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
        before = [m for m in self._districts if m.char_end <= position]
        if before and before[-1].code != self._place.district_code and position - before[-1].char_end <= 12:
            between = self._between(before[-1].char_end, position)
            if (between and between[0] == "(") or between in (["có"], ["đạt"]):
                return before[-1].code
        return self._current

    def _on_this_line(self, mention: PlaceMention, window: Window) -> bool:
        tokens = self._tokens
        position = window.sentence.first
        while position > 0 and tokens.words[position - 1] != "\n":
            position -= 1
        return mention.char_start >= tokens.starts[position]

    def _between(self, start: int, end: int) -> list[str]:
        tokens = self._tokens
        return [w for w, s, e in zip(tokens.words, tokens.starts, tokens.ends, strict=True) if s >= start and e <= end]

    def is_commune(self, window: Window) -> bool:
        """True where a commune is the subject of the figure's clause: "xã Đắk Trăm có 16/19 tiêu chí"."""
        if not self._communes or (window.figure.family or "") in ("count:commune", "count:village"):
            return False
        tokens, figure = self._tokens, window.figure
        start = window.sentence.first
        for event in window.sentence.events:
            if event.last > figure.first:
                break
            if (event.kind == "mark" and event.id in ",;:(") or event.is_value:
                start = event.last
        low, high = tokens.starts[start], tokens.starts[figure.first]
        inside = [m for m in self._communes if low <= m.char_start < high]
        if not inside:
            return False
        words = " ".join(tokens.words[start : figure.first])
        return not any(said in words for said in phrases("whole_district"))

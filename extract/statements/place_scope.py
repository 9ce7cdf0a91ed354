"""Whose figure it is: the article's district, another district, or a commune inside it.

Belongs here: what the communes named in the text mean for the figures near them. Does not belong here: finding and
resolving names of units (``places/``), or how far the name of a district reaches (``district_scope``).
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import Final

from extract.extraction import DocumentPlace
from extract.language.tokens import Tokens
from extract.lexicon.grammar import first_words, phrase_at, phrases
from extract.places.mentions import PlaceMention
from extract.statements.district_scope import SEVERAL, DistrictScope
from extract.statements.events import Sentence
from extract.statements.hints import EXTREME
from extract.statements.other_subjects import OtherSubjects
from extract.statements.windows import Window

# tokens between the commune that a sentence is about and a figure of it
_SUBJECT_REACH: Final = 60

_begins: Final = attrgetter("char_start")


class PlaceScope:
    """Answers for each figure. ``mentions`` are all units named in the text, in order."""

    def __init__(self, tokens: Tokens, text: str, mentions: list[PlaceMention], place: DocumentPlace) -> None:
        self._tokens = tokens
        self._districts = [m for m in mentions if m.kind == "district" and m.code is not None]
        self._all_communes = [m for m in mentions if m.kind == "commune"]
        self._communes = [m for m in mentions if m.kind == "commune" and m.typed]
        self._names: frozenset[str] | None = None
        self._scope = DistrictScope(tokens, text, mentions, place)
        named = [m.char_start for m in self._districts]
        self._subjects = OtherSubjects(tokens, text, named, of_district=place.unit_level == "district")

    def district(self, window: Window) -> str | None:
        """The code of the other district that the figure belongs to, or None for the article's own."""
        return self._scope.of(window)

    def names(self) -> frozenset[str]:
        """The names of the districts that the text names, in lower case."""
        if self._names is None:
            self._names = frozenset([mention.name.lower() for mention in self._districts])
        return self._names

    def is_of_several(self, window: Window) -> bool:
        """True for a figure of several districts together: "các huyện A, B và C thu 300 tỷ đồng"."""
        return self._scope.of(window) == SEVERAL

    def at_sentence(self, sentence: Sentence) -> None:
        """A new sentence: all of them are told, also those without figures."""
        self._subjects.at_sentence(sentence)

    def other_subject(self, window: Window) -> str | None:
        """Whose a figure is that a clause about one company, project or commune tells, or one about the province."""
        return self._subjects.reason(window)

    def names_district_behind(self, window: Window) -> bool:
        """True where a district stands right behind the figure: "gần 3 lần Hạ Long"."""
        end = self._tokens.end(window.figure.last - 1)
        at = bisect_left(self._districts, end, key=_begins)
        return at < len(self._districts) and self._districts[at].char_start - end <= 1

    def _is_extreme(self, window: Window) -> bool:
        """ "nơi giảm nhiều nhất huyện là Hướng Hiệp, giảm 87 hộ": of a commune that is named behind a superlative."""
        tokens, figure = self._tokens, window.figure
        start = max(window.sentence.first, figure.first - _SUBJECT_REACH)
        at = bisect_left(self._all_communes, tokens.starts[start], key=_begins)
        if at == len(self._all_communes) or self._all_communes[at].char_start >= tokens.starts[figure.first]:
            return False
        stop = bisect_left(tokens.starts, self._all_communes[at].char_start)
        said = " ".join(tokens.words[start:stop])
        return any(phrase in said for phrase in phrases["superlative"])

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
        return ";" not in words and not any(phrase in said for phrase in phrases["district_again"])

    def _commune_behind(self, window: Window) -> bool:
        """ "hơn 700 ha là diện tích vải thiều của toàn xã": told behind the figure, in its clause."""
        tokens, figure = self._tokens, window.figure
        stop = next(
            (e.first for e in window.right if e.kind == "mark" and e.first >= figure.last), window.sentence.last
        )
        at = bisect_left(self._communes, tokens.starts[figure.last - 1], key=_begins)
        if at == len(self._communes) or self._communes[at].char_start >= tokens.end(stop - 1):
            return False
        first = bisect_left(tokens.starts, self._communes[at].char_start)
        return phrase_at("whole_commune", tokens.words, first) > 0

    def is_commune(self, window: Window) -> bool:
        """True where a commune is the subject of the figure's clause: "xã Đắk Trăm có 16/19 tiêu chí"."""
        tokens, figure = self._tokens, window.figure
        extreme = window.sentence.hints & EXTREME != 0
        if not (extreme or self._all_communes) or (figure.family or "") in ("count:commune", "count:village"):
            return False
        start = window.since
        for event in window.left:
            if event.kind == "mark" and event.id in ",;:(":
                start = event.last
        if extreme and tokens.words[start] in first_words["extreme_commune"]:
            said = " ".join(tokens.words[start : figure.first])
            if said.startswith(phrases["extreme_commune"]):
                return True
        if self._all_communes and self._is_extreme(window):
            return True
        if not self._communes:
            return False
        if self._commune_behind(window):
            return True
        if self._subject_is_commune(window):
            return True
        low, high = tokens.starts[start], tokens.starts[figure.first]
        at = bisect_left(self._communes, low, key=_begins)
        if at == len(self._communes) or self._communes[at].char_start >= high:
            return False
        words = " ".join(tokens.words[start : figure.first])
        return not any(phrase in words for phrase in phrases["whole_district"])

"""Subjects other than the district that a clause opens with: one company, school, project or commune; the province.

Belongs here: how far such a subject reaches over the figures behind it. Does not belong here: communes beside a figure
(``place_scope``), other districts (``district_scope``), or why else a figure is not taken (``not_taken``).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import takewhile
from typing import Final

from extract.language.tokens import Tokens
from extract.lexicon.grammar import first_words, phrase_at, phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.events import Sentence
from extract.statements.hints import DESCRIBES, SEMICOLON, SPEAKER
from extract.statements.windows import Window

# tokens from the noun of a body to its name; of what may stand before a subject
_TO_NAME: Final = 3
_LEAD: Final = 10
# from an office to the verb of speech
_SPEECH: Final = 16
_NOUNS: Final = ("single_subjects", "named_places", "named_bodies", "larger_subjects")
SMALLER: Final = "of a subject smaller than the district"
LARGER: Final = "about the province or the country"


class _Span:
    """Figures from token ``first`` to ``last`` are not taken: ``why``."""

    def __init__(self, first: int, last: int, why: str = SMALLER) -> None:
        self.first, self.last, self.why = first, last, why


class OtherSubjects:
    """Answers for each figure of one article, in order.

    ``districts``: where districts are named (offsets in the text). ``of_district``: the article is about a district;
    elsewhere the province's own total names what its parts are of.
    """

    def __init__(self, tokens: Tokens, text: str, districts: list[int], *, of_district: bool) -> None:
        self._tokens, self._words, self._text, self._of_district = tokens, tokens.words, text, of_district
        self._districts, self._nouns = districts, _nouns()
        self._leads, self._describing = grammar["before_subject"], first_words["is_a_commune"]
        self._sentence: Sentence | None = None
        self._spans: list[_Span] = []
        self._described = -1  # the paragraph in which a commune is described, and the token up to which it is
        self._described_to = -1
        self._larger_to = -1  # the token up to which a paragraph that the province opens tells of it

    def at_sentence(self, sentence: Sentence) -> None:
        """A new sentence, with figures or not: it may describe a commune, or go on with that."""
        if self._goes_on_with_commune(sentence) or self._describes_commune(sentence):
            self._described, self._described_to = sentence.paragraph, sentence.last
        if self._of_district and self._is_of_larger(sentence):
            self._larger_to = sentence.last

    def reason(self, window: Window) -> str | None:
        """Whose the figure is, where its clause opens with a subject that is not the district."""
        sentence = window.sentence
        if sentence is not self._sentence:
            self._sentence, self._spans = sentence, self._spans_of(sentence)
        at = window.figure.first
        for span in self._spans:
            if span.first <= at < span.last:
                return span.why
        return None

    def _spans_of(self, sentence: Sentence) -> list[_Span]:
        first, last = sentence.first, sentence.last
        if self._described_to == last:
            return [_Span(first, self._district_again(first, last))]
        if self._larger_to == last:
            return [_Span(first, last, LARGER)]
        found = []
        values: set[int] | None = None  # where they stand, asked for once
        stops = [event.last for event in sentence.events if event.id == ";"] if sentence.hints & SEMICOLON else []
        stops.append(last)
        start = first
        for stop in stops:
            at = self._opening(start, stop, sentence)
            start = stop
            if at is not None and phrase_at("larger_subjects", self._words, at):
                found.append(_Span(at, self._district_named(at, stop), LARGER))
            elif at is not None:
                if values is None:
                    values = {event.first for event in sentence.events if event.is_value}
                found.append(_Span(at, self._district_again(at, self._reach(at, stop, values))))
        speaker = self._speaker(sentence)
        if speaker is not None:
            found.append(_Span(speaker, self._district_again(speaker, last)))
        return found

    def _reach(self, at: int, stop: int, values: set[int]) -> int:
        """Where the subject's clause ends: at a colon, or at its first comma where nothing is told of it until then.

        "Mô hình được nhân rộng, tỷ lệ hộ nghèo còn 8%" goes on with the district; "HTX A có 12 thành viên, doanh thu
        5 tỷ đồng" with the cooperative, and so does "Tại xã A, 65 ha thuốc lá ...".
        """
        words, told = self._words, False
        for position in range(at, stop):
            if words[position] == ":":
                return position
            told = told or position in values
            if words[position] == "," and not told:
                return stop if position + 1 in values else position
        return stop

    def _opening(self, start: int, stop: int, sentence: Sentence) -> int | None:
        """The token at which a smaller subject opens the clause, at its start or behind a leading "Năm 2023,"."""
        at = self._skip(start, stop)
        opened = sentence.events[0] if start == sentence.first and sentence.events else None
        behind_time = opened.last if opened is not None and opened.kind == "time" and opened.first == at else stop
        if behind_time < stop and self._words[behind_time] != ",":
            at = self._skip(behind_time, stop)  # "Tới nay Cụm công nghiệp A ..."
        if self._is_subject(at):
            return at
        for behind in range(at, min(at + _LEAD, stop)):
            if self._words[behind] == ",":
                subject = self._skip(behind + 1, stop)
                if not self._is_subject(subject):
                    return None
                led = [e for e in sentence.events if at <= e.first < behind]
                return None if any(e.kind == "name" or e.is_value for e in led) else subject
        return None

    def _skip(self, at: int, stop: int) -> int:
        words, leads = self._words, self._leads
        while at < stop - 1:
            word = words[at]
            if word not in leads and (len(word) > 1 or word.isalnum()):
                break  # no mark
            at += 1
        return at

    def _is_subject(self, at: int) -> bool:
        if at >= len(self._words) or self._words[at] not in self._nouns:
            return False
        return (
            (self._of_district and phrase_at("larger_subjects", self._words, at) > 0)
            or phrase_at("single_subjects", self._words, at) > 0
            or self._is_named(at, "named_places", 1)
            or self._is_named(at, "named_bodies", _TO_NAME)
        )

    def _is_named(self, at: int, nouns: str, reach: int) -> bool:
        """True where a word with a capital stands at most ``reach`` words behind one of the ``nouns``."""
        length = phrase_at(nouns, self._words, at)
        if not length:
            return False
        following = range(at + length, min(at + length + reach, len(self._words)))
        behind = takewhile(lambda i: self._words[i].isalpha(), following)
        return any(self._is_name(i) for i in behind)

    def _is_name(self, at: int) -> bool:
        """A word with a capital that is no abbreviation ("NTM") and no word that always has one ("Quốc gia")."""
        first, last = self._tokens.starts[at], self._tokens.end(at)
        written = self._text[first:last]
        return written[0].isupper() and written[1:].islower() and self._words[at] not in grammar["no_names"]

    def _speaker(self, sentence: Sentence) -> int | None:
        """ "Ông A, Chủ tịch UBND xã B cho biết: ...": what is told is of that commune."""
        if not sentence.hints & SPEAKER:
            return None
        words, offices = self._words, first_words["speaks_for_smaller"]
        for at in range(sentence.first, sentence.last):
            if words[at] in offices and phrase_at("speaks_for_smaller", words, at):
                said = " ".join(words[at : at + _SPEECH])
                return at if any(verb in said for verb in phrases["says"]) else None
        return None

    def _describes_commune(self, sentence: Sentence) -> bool:
        """ "Kim Lư là xã vùng thấp của huyện ..."."""
        if not sentence.hints & DESCRIBES:
            return False
        at = sentence.first
        behind = at + 1
        if behind >= sentence.last or not (self._words[behind] in self._describing or self._has_capital(behind)):
            return False  # as for most sentences
        while at < sentence.last and self._has_capital(at):
            at += 1
        return at > sentence.first and phrase_at("is_a_commune", self._words, at) > 0

    def _has_capital(self, at: int) -> bool:
        return self._text[self._tokens.starts[at]].isupper()

    def _goes_on_with_commune(self, sentence: Sentence) -> bool:
        """A sentence right behind the description of a commune that names nothing else as its subject."""
        goes_on = sentence.paragraph == self._described and sentence.first == self._described_to
        return goes_on and self._district_named(sentence.first, sentence.last) == sentence.last

    def _is_of_larger(self, sentence: Sentence) -> bool:
        """A line that opens with the province and tells figures of it, and what goes on without naming a district."""
        first, last = sentence.first, sentence.last
        opens = sentence.opens and self._names_larger(self._skip(first, last))
        goes_on = not sentence.opens and self._larger_to == first
        return (opens or goes_on) and self._district_named(first, last) == last

    def _names_larger(self, at: int) -> bool:
        return self._words[at] in self._nouns and phrase_at("larger_subjects", self._words, at) > 0

    def _district_again(self, first: int, stop: int) -> int:
        """The token from which the clause is about the whole district again, or ``stop``."""
        words = self._words
        for at in range(first, stop):
            if phrase_at("whole_again", self._words, at) and (again := self._clause_of(at, first)) > first:
                return again
            if at > first and words[at - 1] in grammar["opens_subject"]:
                named = self._skip(at, stop)
                if " ".join(words[named : named + 2]).startswith(phrases["district_types"]):
                    return at
        return stop

    def _district_named(self, first: int, stop: int) -> int:
        """The token at which a district is named at all, or ``stop``."""
        words = self._words
        begins, ends = self._tokens.starts[first], self._tokens.end(stop - 1)
        named = (bisect_left(self._tokens.starts, at) for at in self._districts if begins < at < ends)
        said = (at for at in range(first + 1, stop) if words[at] in grammar["district_words"])
        return min([*named, *said, stop])

    def _clause_of(self, at: int, first: int) -> int:
        """Where the comma clause of ``at`` begins: "nâng số trường của huyện lên 26" is of the district as a whole."""
        while at > first and self._words[at - 1] not in grammar["opens_subject"]:
            at -= 1
        return at


@cache
def _nouns() -> frozenset[str]:
    """The first words of all nouns of subjects: most words are none of them, and need no further look."""
    return frozenset(word for name in _NOUNS for word in first_words[name])

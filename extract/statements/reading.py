"""Reading an article's statements: one pass over its sentences and their events, figure by figure.

Belongs here: the walk, and which line goes on with which list or header. Does not belong here: what is decided of one
figure (``deciding.py``) or the making of rows (``assembly.py``).
"""

from __future__ import annotations

from typing import Final

from extract.language.tokens import Tokens
from extract.lexicon.grammar import phrase_at
from extract.statements.aims import aim_behind
from extract.statements.binding import Binder
from extract.statements.deciding import Decider
from extract.statements.document_times import DocumentTimes
from extract.statements.estimates import Estimates
from extract.statements.events import Event, Sentence
from extract.statements.hints import ESTIMATE, PART, PLAN, TARGET, TELLS_KIND
from extract.statements.lists import align_lists, share_references, share_units
from extract.statements.place_scope import PlaceScope
from extract.statements.scope import ScopeTracker
from extract.statements.sentences import HEADER_LENGTH
from extract.statements.time_subjects import TimeSubjects
from extract.statements.windows import windows

# a name that opens its sentence stands at most this many tokens behind its start
LEAD_REACH: Final = 3
# cues of what the figures behind them are: outcomes, targets, estimates
_PLANNED: Final = PLAN | TARGET
_OF_KIND: Final = TELLS_KIND | ESTIMATE | _PLANNED
_LIST_MARKS: Final = frozenset({"-", "+", "*", "•"})


class StatementReader:
    """Reads one article into ``statements`` and ``skipped``. Make a new one for each."""

    def __init__(self, tokens: Tokens, text: str, times: DocumentTimes, places: PlaceScope) -> None:
        self._tokens, self._words = tokens, tokens.words
        self._scopes = ScopeTracker(times)
        self._estimates, self._places = Estimates(), places
        self._subjects = TimeSubjects(tokens.words)
        self._list_mark: str | None = None  # of the items of a list that a line above announced
        self._of_sectors = False  # such items without a mark
        binder = Binder(tokens, text, places.names)
        self._carried = binder.carried
        self._decider = Decider(tokens, times, places, self._scopes, binder, self._estimates)
        self.statements, self.skipped = self._decider.statements, self._decider.skipped

    def read(self, sentences: list[Sentence]) -> None:
        """Read all sentences in order."""
        previous: Sentence | None = None
        for sentence in sentences:
            tells = previous is not None and self._tells_plan(sentence, previous)
            listed = tells or (previous is not None and self._announces(previous))
            if sentence.opens:
                continues = tells or (previous is not None and self._continues(sentence, previous))
                self._scopes.at_line(continues=continues, headed=listed)
            self._sentence(sentence, listed=listed)
            previous = sentence

    # -- lines

    def _continues(self, sentence: Sentence, previous: Sentence) -> bool:
        """True where a line goes on with the list or header of the line before."""
        last, first = self._words[previous.last - 1], self._words[sentence.first]
        if last == ":":
            return True
        if previous.paragraph == 0:
            return False  # a headline heads nothing
        scope = self._scopes.scope
        headed = self._is_header(previous) and scope.kind == "target" and scope.explicit
        return last in (";", ",") or first in _LIST_MARKS or first.isdecimal() or headed

    def _announces(self, previous: Sentence) -> bool:
        return self._words[previous.last - 1] == ":" or self._is_header(previous)

    def _tells_plan(self, sentence: Sentence, previous: Sentence) -> bool:
        """ "... Nghị quyết được thông qua. Theo đó, ...": a headline announces nothing, nor what has figures."""
        if previous.paragraph == 0 or not self._scopes.announced:
            return False
        told = phrase_at("tells_announced", self._words, sentence.first) > 0
        return told and not any(event.is_value for event in previous.events)

    def _is_header(self, sentence: Sentence) -> bool:
        """A short line without a full stop, after the headline; a number may stand before it."""
        short = sentence.last - sentence.first <= HEADER_LENGTH
        return (
            (sentence.opens or sentence.numbered)
            and sentence.paragraph > 0
            and short
            and self._words[sentence.last - 1] not in ".!?…|"
        )

    # -- sentences and their events

    def _sentence(self, sentence: Sentence, *, listed: bool) -> None:
        events = sentence.events
        parts = _opens_parts(sentence)
        self._carried.at_sentence(
            paragraph=sentence.opens and not self._goes_on_list(sentence, listed=listed), part=parts
        )
        self._scopes.at_sentence(listed=listed)
        self._places.at_sentence(sentence)
        goes_on = not sentence.opens or self._words[sentence.first] in _LIST_MARKS or listed
        self._estimates.at_sentence(sentence, listed=listed, goes_on=goes_on, parts=parts)
        found = windows(sentence)
        if len(found) > 1:
            align_lists(found, self._tokens)
            share_units(found, self._words)
            share_references(found, self._words)
        decided = 0
        time_said = planned = False
        aim = aim_behind(sentence, self._words) if found else None
        for position, event in enumerate(events):
            if aim is not None and position == aim.first:
                self._at_aim(events[aim.behind :])
            if event.kind == "cue":
                if event.hints & _OF_KIND:
                    self._cue(event, time_said=time_said)
                    planned = planned or event.hints & _PLANNED != 0
            elif event.time is not None:
                if self._subjects.is_subject(sentence, position):
                    self._scopes.at_time(event.time, local=self._subjects.is_local(sentence, position), planned=planned)
                    time_said = time_said or event.id != "other"
            elif event.name is not None:
                self._carried.see(event, leads=event.first - sentence.first <= LEAD_REACH)
            elif event.kind == "mark":
                if event.id == "(":
                    self._scopes.open_bracket()
                elif event.id == ")":
                    self._scopes.close_bracket()
            elif event.figure is not None:
                if event.figure.mask is None:
                    self._decider.figure(found[decided])
                    decided += 1
                elif event.figure.mask != "year":
                    self._decider.skip(event.first, event.last, event.figure.mask)

    def _at_aim(self, behind: list[Event]) -> None:
        """The figures before an aim are targets, of the time that is named behind it."""
        times = [event.time for event in behind if event.time is not None]
        for time in times:
            self._scopes.at_time(time, local=False, planned=True)
        self._scopes.at_cue("target", time_in_sentence=bool(times))

    def _goes_on_list(self, sentence: Sentence, *, listed: bool) -> bool:
        """True for the items below "Cơ cấu kinh tế:", as long as they begin with the same mark."""
        mark = self._words[sentence.first]
        if mark not in _LIST_MARKS:
            self._list_mark = None
            # without marks: "Cơ cấu kinh tế năm 2022:", and then a line for each sector
            self._of_sectors = (
                (listed or self._of_sectors) and self._carried.head is not None and _opens_sector(sentence)
            )
            return self._of_sectors
        self._of_sectors = False
        if listed:
            self._list_mark = mark
        return mark == self._list_mark

    def _cue(self, event: Event, *, time_said: bool) -> None:
        if event.hints & TELLS_KIND:
            if not event.inside:
                self._scopes.at_cue(event.id, time_in_sentence=time_said)
        elif event.hints & ESTIMATE:
            self._estimates.at_cue()


def _opens_sector(sentence: Sentence) -> bool:
    """True for a line that begins with a sector: "Nhóm ngành nông, lâm, ngư nghiệp ..."."""
    first = next((e for e in sentence.events if e.kind != "mark"), None)
    return first is not None and first.names_sector and first.first - sentence.first <= LEAD_REACH


def _opens_parts(sentence: Sentence) -> bool:
    """True for a sentence that goes on with parts of what was said: "Trong đó, ..."."""
    if not sentence.hints & PART:
        return False
    first = next((e for e in sentence.events if e.kind != "mark"), None)
    if first is None or first.id != "part" or first.first - sentence.first > 1:
        return False
    # "Riêng năm 2018, ..." opens something new
    return not any(e.kind == "time" and e.first == first.last for e in sentence.events)

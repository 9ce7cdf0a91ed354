"""Times that figures are about, told from times that are only mentioned: bases, terms of councils, names of papers.

Belongs here: whether a mention of time is the subject of the figures behind it, or of one figure only. Does not belong
here: what the time means for them (``scope.py``).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from extract.language.periods import is_year
from extract.lexicon.grammar import first_words, phrase_at, phrases
from extract.lexicon.grammar import words as grammar
from extract.statements.around import is_index
from extract.statements.document_times import is_base
from extract.statements.events import Event, Sentence
from extract.statements.hints import ACCOUNTS
from extract.statements.windows import GOVERNING_REACH

# the term of a session stands at most this many tokens behind the word for it
SESSION_REACH: Final = 10
# so far (tokens) before its year the word for closed accounts may stand
ACCOUNTS_REACH: Final = 14
# and so far behind its year the value that it is told with
VALUE_REACH: Final = 4
# tokens of "thị xã được thành lập" before its year
_FOUNDED_REACH: Final = 6
# the name of a programme may be this long
PROGRAMME_REACH: Final = 40
# a year between a name and its figure stands at most this many tokens behind the name
LOCAL_REACH: Final = 4
# tokens in which "từ" stands before the first value of a pair, and "lên", "xuống" or "còn" behind its year
_FROM_REACH: Final = 2
_ARRIVES_REACH: Final = 2


class TimeSubjects:
    """Answers for the times of one article, by its words."""

    def __init__(self, words: list[str]) -> None:
        self._words, self._ends_founding = words, _ends_founding()

    def is_subject(self, sentence: Sentence, position: int) -> bool:
        """True for a time that figures are about: no base, no session's term, no year in brackets behind a figure."""
        event = sentence.events[position]
        if is_base(sentence, position, self._words):
            return False
        if event.id == "term" and self._is_season(event):
            return False
        if event.id == "term" and (self._is_session_term(event) or self._names_programme(sentence, position)):
            return False
        if event.id == "year":
            if self._is_of_accounts(sentence, position) or self._is_founding(event):
                return False
            if self._is_of_disaster(sentence, event):
                return False
        if not position:
            return True  # behind nothing
        if self._is_of_plan(sentence, position) or self._is_of_multiple(sentence, position):
            return False
        last = sentence.events[position - 1]
        if event.id == "year" and self._starts_pair(last, event):
            return False
        if last.id != "(" or position < 2 or sentence.events[position - 2].kind not in ("figure", "name"):
            return True
        behind = sentence.events[position + 1 : position + 3]
        return not any(e.kind == "mark" and e.id == ")" for e in behind) or any(e.is_value for e in behind)

    def _is_season(self, event: Event) -> bool:
        """ "vụ lúa đông xuân 2015-2016": two years in a row that nothing calls a term are a season."""
        time = event.time
        if time is None or time.year is None or time.year_from is None or time.year - time.year_from != 1:
            return False
        if self._words[event.first].isdecimal() and not is_year(self._words[event.first]):
            return False  # "2 năm 2022 - 2023"
        return grammar["terms"].isdisjoint(self._words[event.first : event.last])

    def _is_of_accounts(self, sentence: Sentence, position: int) -> bool:
        """ "phê chuẩn tổng quyết toán thu ngân sách năm 2016": of a paper on the agenda, not of what is told."""
        if not sentence.hints & ACCOUNTS:
            return False
        event = sentence.events[position]
        before = self._words[max(sentence.first, event.first - ACCOUNTS_REACH) : event.first]
        if first_words["accounts"].isdisjoint(before):
            return False
        said = " ".join(before).rsplit(";", 1)[-1]
        if not any(phrase in said for phrase in phrases["accounts"]):
            return False
        if not any(phrase in said for phrase in phrases["on_agenda"]):
            return False
        behind = sentence.events[position + 1 : position + 3]
        return not any(e.is_value and e.first - event.last <= VALUE_REACH for e in behind)

    def _is_of_disaster(self, sentence: Sentence, event: Event) -> bool:
        """ "do hậu quả lũ lụt năm 2020, ...": of what struck, where no figure is told of it."""
        at = event.first - 1
        while at > sentence.first and (self._words[at].isdecimal() or self._words[at] in grammar["numbers_storms"]):
            at -= 1
        return self._words[at] in grammar["struck"] and not any(e.is_value for e in sentence.events)

    def _is_founding(self, event: Event) -> bool:
        """ "huyện được tái lập năm 2003"."""
        if not event.first or self._words[event.first - 1] not in self._ends_founding:
            return False
        said = " ".join(self._words[max(0, event.first - _FOUNDED_REACH) : event.first])
        return said.endswith(phrases["founded"])

    def _is_of_plan(self, sentence: Sentence, position: int) -> bool:
        """ "11/15 chỉ tiêu vượt kế hoạch Đại hội đề ra cho năm 2020": the year is the plan's, behind its result."""
        event = sentence.events[position]
        planned = False
        for at in range(position - 1, max(-1, position - 1 - GOVERNING_REACH), -1):
            before = sentence.events[at]
            if before.figure is not None and before.figure.mask is not None:
                continue  # no value
            if not planned:
                planned = before.id == "plan" and event.first - before.last <= SESSION_REACH
                if not planned:
                    return False
            elif before.kind == "mark" and before.id in ";:":
                return False
            elif before.figure is not None:
                return True
        return False

    def _is_of_multiple(self, sentence: Sentence, position: int) -> bool:
        """ "gấp 1,5 lần năm 2005", "bằng 232% năm 2020": the year is the base."""
        event = sentence.events[position]
        for at in range(position - 1, max(-1, position - 1 - GOVERNING_REACH), -1):
            before = sentence.events[at]
            if before.figure is not None and before.figure.mask is None:
                touches = event.first == before.last
                return touches and (before.figure.family == "times" or is_index(before, self._words))
        return False

    def _starts_pair(self, figure: Event, year: Event) -> bool:
        """ "từ gần 7,57% năm 2014 (tăng) lên 8,60%": the year is of the first value only."""
        if figure.kind != "figure" or year.first - figure.last > 1:
            return False
        before = self._words[max(0, figure.first - _FROM_REACH) : figure.first]
        behind = self._words[year.last : year.last + _ARRIVES_REACH]
        return not grammar["from"].isdisjoint(before) and not grammar["arrives"].isdisjoint(behind)

    def _is_session_term(self, event: Event) -> bool:
        """The term of a council or congress ("HĐND khóa XIX, nhiệm kỳ 2016-2021") is no period of figures."""
        for at in range(event.first - 1, max(-1, event.first - 1 - SESSION_REACH), -1):
            if self._words[at] in (".", "\n"):
                return False
            if self._words[at] in grammar["sessions"] or phrase_at("congress", self._words, at):
                return True
        return False

    def _names_programme(self, sentence: Sentence, position: int) -> bool:
        """ "Nghị quyết số 39 về chính sách hỗ trợ ... giai đoạn 2019-2020": the term is of the paper.

        So is that of "năm 2020 khép lại kế hoạch phát triển kinh tế - xã hội 5 năm 2016 - 2020".
        """
        event = sentence.events[position]
        start = max(sentence.first, event.first - PROGRAMME_REACH)
        said = " ".join(self._words[start : event.first])
        years = (e.id in ("year", "until") and e.time is not None for e in sentence.events[:position])
        closing = any(phrase in said for phrase in phrases["whole_plan"]) and any(years)
        if not closing and not any(phrase in said for phrase in phrases["programme"]):
            return False
        between = (e for e in _before(sentence, position) if e.first >= start)
        return not any(e.is_value or e.id == "target" for e in between)

    def is_local(self, sentence: Sentence, position: int) -> bool:
        """A year between a name and its figure is said of that figure: "thu nhập năm 2019 ở mức 32 triệu"."""
        event = sentence.events[position]
        if event.id not in ("year", "until", "date"):
            return False
        for at in range(position - 1, -1, -1):
            other = sentence.events[at]
            if other.kind == "mark" or (other.figure is not None and other.figure.mask != "year"):
                return False
            if event.first - other.last > LOCAL_REACH:
                return False
            if other.name is not None and other.name.strong:
                return True
        return False


@cache
def _ends_founding() -> frozenset[str]:
    """The last words of what tells a founding."""
    return frozenset([phrase.split()[-1] for phrase in phrases["founded"]])


def _before(sentence: Sentence, position: int) -> list[Event]:
    """The events before the one at ``position``, the nearest first, as far back as they can matter."""
    return sentence.events[max(0, position - GOVERNING_REACH) : position][::-1]

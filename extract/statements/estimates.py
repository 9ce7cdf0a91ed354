"""Estimates: which figures are told as estimates ("ước đạt", under "Dự ước kết quả năm 2023:").

Belongs here: how far such a word reaches, over figures and lists. Does not belong here: other cues of kind
(``scope.py``).
"""

from __future__ import annotations

from typing import Final

from extract.indicators.lexicon import concepts
from extract.statements.events import Sentence
from extract.statements.hints import CUMULATIVE, EQUAL, ESTIMATE, EXPECTED, MOVES, PART
from extract.statements.windows import Topic, Window

# what tells a part by itself
_STATES: Final = MOVES | EQUAL


class Estimates:
    """Follows estimates through an article; ``said`` is whether the figures here are some."""

    def __init__(self) -> None:
        self.said = False
        self._under_header = self._header = False  # under a header that says so, and the header itself
        self._over_stop = False  # parts of an estimate that the sentence before told

    def at_sentence(self, sentence: Sentence, *, listed: bool, goes_on: bool, parts: bool) -> None:
        """A new sentence; ``listed``: the one before announced a list, ``goes_on``: it may be of an earlier list;
        ``parts``: it goes on with parts of what was said."""
        self._under_header = (listed and self._header) or (goes_on and self._under_header)
        self._over_stop = parts and self.said and not sentence.opens
        self.said = self._under_header or self._over_stop
        self._header = _announces(sentence)

    def at_cue(self) -> None:
        """A word that says so."""
        self.said = True

    def at_figure(self, topic: Topic | None, window: Window, *, total: Topic | None) -> None:
        """An estimate governs the figures of its indicator and of its parts, not the next indicator.

        ``total`` is what a part may be of: None outside "trong đó".
        """
        if window.has_cue(ESTIMATE | EXPECTED):
            self.said = True
        elif topic is not None and topic.inherited and window.has_cue(CUMULATIVE) and window.has_cue(EQUAL):
            self.said = self._under_header  # "ước đạt 56 tỷ đồng; lũy kế 10 tháng đạt 2.642 tỷ đồng"
        elif self._over_stop and window.has_cue(PART) and window.has_cue(_STATES):
            self.said = self._under_header  # "... ước đạt 56 tỷ đồng. Trong đó, thu thuế đạt 30 tỷ đồng"
        elif topic is not None and not topic.inherited and not window.has_cue(PART):
            self.said = self._under_header or (self.said and total is not None and _goes_on(topic, window, total))


def _goes_on(topic: Topic, window: Window, total: Topic) -> bool:
    """True for a part that is told with its total: "..., trong đó A tăng 6%; B tăng 19%", but not "A đạt 60 tỷ"."""
    if window.has_cue(EQUAL):
        return False
    return _is_part(topic, total) or window.has_cue(MOVES)


def _is_part(topic: Topic, total: Topic) -> bool:
    """True for a sector, a named part of the same indicator, or a crop: "trong đó lúa 1.436 ha, ngô 1.257 ha"."""
    name = topic.event.name if topic.event is not None else None
    of_sown = name is not None and name.crop and total.code == concepts["area_of_crops"]
    named = topic.segment is not None and topic.code == total.code
    return of_sown or named or (name is not None and name.sector is not None)


def _announces(sentence: Sentence) -> bool:
    """True for a line that announces a list of estimates: "Dự ước kết quả năm 2023:"."""
    said = False
    for event in sentence.events:
        if event.is_value:
            return False
        said = said or event.id == "est"
    return said

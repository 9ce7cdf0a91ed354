"""Whose table it is: the article's district's, or another unit's by its caption or the name of a row.

Belongs here: units that tables and rows name. Does not belong here: figures of prose (``place_scope.py``).
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import Final

from extract.extraction import DocumentPlace
from extract.language.tokens import Tokens
from extract.places.mentions import PlaceMention
from extract.statements.tables.grid import says

_begins: Final = attrgetter("char_start")


class Owner:
    """Answers for the captions and rows of one article. ``mentions`` are all units named in the text, in order."""

    def __init__(self, tokens: Tokens, mentions: list[PlaceMention], place: DocumentPlace) -> None:
        self._tokens, self._code = tokens, place.district_code
        self._mentions = [m for m in mentions if m.typed]

    def other(self, positions: list[int]) -> str | None:
        """Why words are of another unit than the article's, or None."""
        if not positions:
            return None
        low, high = self._tokens.starts[positions[0]], self._tokens.end(positions[-1])
        at = bisect_left(self._mentions, low, key=_begins)
        own = False  # "huyện Đoan Hùng, tỉnh Phú Thọ"
        while at < len(self._mentions) and self._mentions[at].char_start < high:
            mention = self._mentions[at]
            if mention.kind == "commune":
                return "a commune's own figure"
            own = own or mention.code == self._code
            elsewhere = mention.kind != "province" or not own
            if mention.code is not None and mention.code != self._code and elsewhere:
                return "another district's figure"
            at += 1
        others = says([self._tokens.words[at] for at in positions], "others")
        return "of the province, the country or one of its parts" if others else None

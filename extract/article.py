"""The article: one published page, as it is stored, and its stable identity.

Belongs here: the value object that every other module takes. Does not belong here: where articles come from
(``reading/``) or how their text is normalised (``language/``).
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One published page. ``text`` is the stored text: every offset of every row points into it (code points).

    ``published_on`` is ``YYYY-MM-DD``, or ``YYYY-MM`` where only the month is known, or None.
    """

    article_id: str
    title: str
    text: str
    url: str | None = None
    publisher: str | None = None
    published_on: str | None = None


def article_id_for(url: str | None, title: str, text: str) -> str:
    """A content-addressed id (16 hex digits): the same page read twice, by any road, is the same article.

    The url takes part, so that one report on two sites is two articles (grouped later, counted once); Unicode
    form and white space do not.
    """
    parts = (url or "", title, text)
    canonical = "\x1f".join(" ".join(unicodedata.normalize("NFC", part).split()) for part in parts)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]

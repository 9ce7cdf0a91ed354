"""Vietnamese from before Unicode: windows-1258, VNI and TCVN3 (ABC).

Belongs here: telling such text by the words that it yields, and turning it into Unicode. The letters are data
(``legacy.csv``). Does not belong here: Unicode encodings (``encoding``).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

from extract.reading.words import phrases

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 0.04  # share of marked common words among all words; ordinary news has 0.15-0.35, misread text 0-0.01


def vietnamese_share(text: str) -> float:
    """Share of words that are among the commonest words with marks (0 to 1), over the first 20,000 characters."""
    common = set(phrases("common_words"))
    words = _WORD.findall(unicodedata.normalize("NFC", text[:20_000]).lower())
    return sum(word in common for word in words) / len(words) if words else 0.0


def from_legacy_bytes(data: bytes) -> str | None:
    """Text of bytes in windows-1258, VNI or TCVN3, whichever gives Vietnamese, or None."""
    readings = [from_windows_1258(data)]
    latin = data.decode("latin-1")
    readings += [decoder(latin) for decoder in (from_tcvn3, from_vni)]
    best = max((text for text in readings if text is not None), key=vietnamese_share)
    return best if vietnamese_share(best) >= _ENOUGH else None


def repair(text: str) -> str:
    """Text that is really VNI or TCVN3 letters (``HuyÖn``, ``Huyeän``) as proper Vietnamese; other text unchanged.

    Only text without Vietnamese words of its own is tried, so a proper page never changes.
    """
    if text.isascii() or vietnamese_share(text) >= _ENOUGH:
        return text
    readings = [decoder(text) for decoder in _DECODERS]
    best = max(readings, key=vietnamese_share)
    return best if vietnamese_share(best) >= _ENOUGH else text


def from_windows_1258(data: bytes) -> str | None:
    """windows-1258 bytes as composed Unicode, or None where a byte is not assigned."""
    try:
        return unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        return None


def from_tcvn3(text: str) -> str:
    """TCVN3 (ABC) letters as Unicode. Capitals with marks need a second font there and stay as they are written."""
    return text.translate(_letters("tcvn3"))


def from_vni(text: str) -> str:
    """VNI letters (a letter and a mark behind it) as Unicode."""
    pairs = _pairs("vni")
    return _pair_pattern("vni").sub(lambda found: pairs[found[0]], text)


_DECODERS: tuple[Callable[[str], str], ...] = (from_tcvn3, from_vni)


@cache
def _pairs(name: str) -> dict[str, str]:
    """Legacy spelling to Unicode letter. The two Latin charsets differ at 0x80-0x9f only, where VNI has no letter."""
    with (Path(__file__).parent / "legacy.csv").open(encoding="utf-8", newline="") as file:
        return {row[name]: row["letter"] for row in csv.DictReader(file) if row[name]}


@cache
def _letters(name: str) -> dict[int, str]:
    return {ord(spelling): letter for spelling, letter in _pairs(name).items()}


@cache
def _pair_pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(pair) for pair in sorted(_pairs(name), key=len, reverse=True)))

"""The fingerprint of the reader: code and lexicon together, so that a change of either asks for reading again."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from extract.compiled import digest_of

_READS_WITH = ("*.py", "*.yaml", "*.csv")


@cache
def extractor_version() -> str:
    """12 hex digits over every code and lexicon file of this package (names and contents)."""
    folder = Path(__file__).parent
    files = {path for pattern in _READS_WITH for path in folder.rglob(pattern)}
    return digest_of(files)[:12]

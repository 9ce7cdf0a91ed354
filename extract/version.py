"""The fingerprint of the reader: code and lexicon together, so that a change of either asks for reading again."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_READS_WITH = ("*.py", "*.yaml", "*.csv")


@cache
def extractor_version() -> str:
    """12 hex digits over every code and lexicon file of this package (names and contents)."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    files = {path for pattern in _READS_WITH for path in folder.rglob(pattern)}
    for path in sorted(files, key=lambda p: p.relative_to(folder).as_posix()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]

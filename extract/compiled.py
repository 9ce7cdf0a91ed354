"""Whether the reader runs compiled, and the refusal of one that was compiled from other code than stands here.

Belongs here: which modules ``make compile`` turns into machine code, and the check at import. Does not belong here: the
compiling (``setup.py``), which only a development environment does.

Plain Python is what every install begins with. The compiled modules lie beside their sources, where Python prefers
them, so that an edited source would be read by nobody: hence the check.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent
# the fingerprint of the sources that were compiled; stands there as long as the compiled modules do
STAMP: Final = _FOLDER / "compiled.sha256"
# what reads text: each is pure computation, without files of its own
_PACKAGES: Final = ("language", "indicators", "places", "statements", "statements/tables")
_MODULES: Final = ("reader.py", "gate.py", "lexicon/grammar.py")


def sources() -> list[Path]:
    """The modules that are compiled, in the order of their paths."""
    found = [path for package in _PACKAGES for path in (_FOLDER / package).glob("*.py") if path.name != "__init__.py"]
    return sorted([*found, *(_FOLDER / module for module in _MODULES)])


def fingerprint() -> str:
    """A digest over the names and contents of ``sources``."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(path.relative_to(_FOLDER).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_compiled() -> bool:
    """True where the reader runs as machine code."""
    return STAMP.exists()


def check() -> None:
    """Raise ImportError where the compiled modules are not of this code. Costs one look for a file in plain Python."""
    if is_compiled() and STAMP.read_text(encoding="ascii").strip() != fingerprint():
        raise ImportError(
            f"The compiled modules in {_FOLDER} are of other code than stands there: "
            "run `make compile` to compile it anew, or `make plain` to go back to plain Python."
        )

"""Whether the reader runs compiled, and the refusal of one that was compiled from other code than stands here.

    python extract/compiled.py is-current    succeeds where the reader is compiled from the code that stands here
    python extract/compiled.py remove        back to plain Python

Belongs here: which modules ``make compile`` turns into machine code, the check at import, and taking them away. Does
not belong here: the compiling (``setup.py``), which only a development environment does.

Plain Python is what every install begins with. The compiled modules lie beside their sources, where Python prefers
them, so that an edited source would be read by nobody: hence the check. This file imports nothing of the package, so
that it runs as a script where the check refuses the package.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent
# one library holds all; it stands there as long as anything is compiled, for this version of Python
_SUFFIX: Final = EXTENSION_SUFFIXES[0]
_LIBRARY: Final = _FOLDER / f"_reader__mypyc{_SUFFIX}"
# the fingerprint of the sources that were compiled, or another word while modules are put there or taken away
STAMP: Final = _FOLDER / "compiled.sha256"
UNFINISHED: Final = "unfinished"
# what reads text: each is pure computation, without files of its own
_PACKAGES: Final = ("language", "indicators", "places", "statements", "statements/tables")
_MODULES: Final = ("reader.py", "gate.py", "lexicon/grammar.py")


def sources() -> list[Path]:
    """The modules that are compiled, always in the same order."""
    found = [path for package in _PACKAGES for path in (_FOLDER / package).glob("*.py") if path.name != "__init__.py"]
    return sorted([*found, *(_FOLDER / module for module in _MODULES)])


def digest_of(paths: Iterable[Path]) -> str:
    """64 hex digits over the names (below this package) and contents of ``paths``, whatever their order."""
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(_FOLDER).as_posix(), path) for path in paths):
        digest.update(name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def fingerprint() -> str:
    """The digest of ``sources``."""
    return digest_of(sources())


def stamp(word: str) -> None:
    """Say what the compiled modules are of: a fingerprint, or ``UNFINISHED``, which no import accepts."""
    STAMP.write_text(f"{word}\n", encoding="ascii")


def is_compiled() -> bool:
    """True where the reader runs as machine code in this version of Python."""
    return _LIBRARY.exists()


def is_current() -> bool:
    """True where all of it is compiled, from the code that stands here."""
    return is_compiled() and _is_of_this_code() and all(path.with_suffix(_SUFFIX).exists() for path in sources())


def check() -> None:
    """Raise ImportError where the compiled modules are not of this code. Costs one look for a file in plain Python."""
    if is_compiled() and not _is_of_this_code():
        raise ImportError(
            f"The compiled modules in {_FOLDER} are of other code than stands there, or not all there: "
            "run `make compile` to compile it anew, or `make plain` to go back to plain Python."
        )


def remove() -> None:
    """Take the compiled modules away, the library last: what is left of an interrupted removal is refused."""
    if not STAMP.exists() and not is_compiled():
        return
    stamp(UNFINISHED)
    for path in [*_FOLDER.rglob("*.so"), *_FOLDER.rglob("*.pyd")]:
        if not path.name.startswith("_reader__mypyc"):
            path.unlink()
    for path in _FOLDER.glob("_reader__mypyc*"):
        path.unlink()
    STAMP.unlink()


def _is_of_this_code() -> bool:
    return STAMP.exists() and STAMP.read_text(encoding="ascii").strip() == fingerprint()


if __name__ == "__main__":
    if sys.argv[1:] == ["remove"]:
        remove()
    elif sys.argv[1:] == ["is-current"]:
        sys.exit(not is_current())
    else:
        sys.exit(__doc__)

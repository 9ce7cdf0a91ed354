"""The reader as machine code reads what plain Python reads, and one that is of other code is refused.

The compiled modules are made in a copy of the sources, as ``make compile`` makes them, so that the tree stays as it is.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
ANNOTATED = REPOSITORY / "tests" / "golden" / "annotated"
# says how it runs, and what it reads from the annotated articles: places, rows with evidence, and reasons
READ = """
import gc, hashlib, json, sys
from pathlib import Path
from extract.article import Article
from extract.compiled import is_compiled
from extract.reader import read_article
import extract.reader
lines = [line for path in sorted(Path(sys.argv[1]).glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
fields = ("id", "title", "text", "url", "publisher", "published_on")
articles = [Article(*map(json.loads(line).get, fields)) for line in lines]
digest, rows = hashlib.sha256(), 0
for article in articles:
    read = read_article(article)
    rows += len(read.rows)
    told = [*map(tuple, read.rows), *map(tuple, read.skipped), tuple(read.place), read.figures_seen]
    digest.update(repr(told).encode())
print(is_compiled(), extract.reader.__file__.endswith(".py"), rows, digest.hexdigest())
"""
# how many blocks of memory reading an article once more leaves behind, at most
KEPT = """
gc.freeze()  # what is loaded need not be looked at again
def blocks():
    gc.collect()
    return sys.getallocatedblocks()
def kept(article, times):
    for _ in range(3):
        read_article(article)
    before = blocks()
    for _ in range(times):
        read_article(article)
    return (blocks() - before) / times
# twenty times first: a few blocks more or less are tables that grow
kept_first = [article for article in articles[::10] if kept(article, 20) >= 0.5]
print(max((kept(article, 300) for article in kept_first), default=0.0))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the reader without compiled modules, which this machine can compile."""
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    header = Path(sysconfig.get_path("include")) / "Python.h"
    if shutil.which(compiler) is None or not header.exists():
        pytest.skip(f"compiling needs {compiler} and {header}")
    folder = tmp_path_factory.mktemp("compiled")
    shutil.copytree(
        REPOSITORY / "extract", folder / "extract", ignore=shutil.ignore_patterns("*.so", "*.sha256", "__pycache__")
    )
    for name in ("setup.py", "pyproject.toml", "README.md"):
        shutil.copy(REPOSITORY / name, folder)
    return folder


def test_compiled_it_reads_the_same_and_other_code_is_refused(copy: Path) -> None:
    plain = _read(copy)
    built = _python(copy, "setup.py", "--quiet", "build_ext", "--inplace", "--parallel", "2")
    assert built.returncode == 0, built.stdout + built.stderr
    compiled = _read(copy)
    assert plain[:2] == ["False", "True"]
    assert compiled[:2] == ["True", "False"]
    assert int(plain[2]) > 5000
    assert compiled[2:] == plain[2:]
    kept = _read(copy, READ + KEPT)
    assert float(kept[-1]) < 0.5, "machine code forgets to give something back: an attribute that is a property?"

    edited = copy / "extract" / "statements" / "when.py"
    edited.write_text(edited.read_text(encoding="utf-8") + "\n# another word\n", encoding="utf-8")
    refused = _python(copy, "-c", READ, str(ANNOTATED))
    assert refused.returncode != 0
    assert "make compile" in refused.stderr
    assert "make plain" in refused.stderr
    assert _python(copy, "extract/compiled.py", "is-current").returncode == 1
    assert _python(copy, "extract/compiled.py", "remove").returncode == 0
    assert not [*(copy / "extract").rglob("*.so"), *(copy / "extract").rglob("compiled.sha256")]
    assert _read(copy)[:2] == ["False", "True"]


def _read(folder: Path, script: str = READ) -> list[str]:
    run = _python(folder, "-c", script, str(ANNOTATED))
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


def _python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in ``folder``, where ``extract`` is found before the installed one."""
    return subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)

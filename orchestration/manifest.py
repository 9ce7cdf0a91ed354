"""The manifest of the dbt project: parsed once, and again only when a file of the project changed.

Belongs here: keeping ``manifest.json`` fresh. Does not belong here: what Dagster makes of it (``dbt``).

dagster-dbt's own preparer parses on every start of every process (4 seconds each, and three processes a run); here the
contents of the project are compared with those of the last parse, which takes milliseconds.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from orchestration.folders import PROJECT_ROOT

DBT_PROJECT = PROJECT_ROOT / "dbt_project"
DBT_EXECUTABLE = Path(sys.executable).with_name("dbt")
PARTIAL_PARSE = "partial_parse.msgpack"
_PARSED = DBT_PROJECT / "target" / "parsed"
_FOLDERS = (DBT_PROJECT, PROJECT_ROOT / "extract" / "lexicon" / "gazetteer")  # seed-paths of dbt_project.yml
_INPUTS = ("*.sql", "*.yml", "*.yaml", "*.csv", "*.md")


class DbtProjectError(RuntimeError):
    """The dbt project cannot be parsed; the message holds dbt's own words."""


def prepared_manifest() -> Path:
    """Path of a manifest that fits the project as it is now. Raises DbtProjectError where dbt cannot parse it."""
    fingerprint = _fingerprint()
    manifest, mark = _PARSED / "manifest.json", _PARSED / "fingerprint"
    if not (manifest.exists() and mark.exists() and mark.read_text() == fingerprint):
        _parse(fingerprint)
    return manifest


def seed_partial_parse(target: Path) -> None:
    """Put the parsed state into the target folder of a run, so that dbt need not parse again.

    That of the last run beside it comes first: dbt parses everything again (6 seconds) where the data root is another
    one than that of the parse, and the project is parsed once for all of them.
    """
    beside = sorted(target.parent.glob(f"run-*/{PARTIAL_PARSE}"), key=lambda path: path.stat().st_mtime)
    target.mkdir(parents=True, exist_ok=True)
    for parsed in [*reversed(beside), _PARSED / PARTIAL_PARSE]:
        if parsed.exists():
            shutil.copy(parsed, target / PARTIAL_PARSE)
            return


def _parse(fingerprint: str) -> None:
    """Parse into a folder of its own and swap the files in: another process may be reading or parsing as well."""
    _PARSED.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_PARSED.parent, prefix="parsing-") as beside:
        environment = {
            **os.environ, "DBT_TARGET_PATH": beside, "DBT_LOG_PATH": beside, "DBT_PROFILES_DIR": str(DBT_PROJECT),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        }  # fmt: skip
        done = subprocess.run(
            [str(DBT_EXECUTABLE), "parse", "--quiet"], cwd=DBT_PROJECT, env=environment, capture_output=True, text=True
        )
        if done.returncode:
            words = done.stdout[-3000:]
            raise DbtProjectError(f"dbt cannot parse {DBT_PROJECT}; mend the file that it names:\n{words}")
        (Path(beside) / "fingerprint").write_text(fingerprint)
        for name in (PARTIAL_PARSE, "manifest.json", "fingerprint"):  # the mark last: it says that the rest is there
            os.replace(Path(beside) / name, _PARSED / name)


def _fingerprint() -> str:
    """Contents of everything that dbt parses."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in _FOLDERS for pattern in _INPUTS for path in folder.rglob(pattern)):
        relative = path.relative_to(PROJECT_ROOT)
        if not {"target", "logs"} & set(relative.parts):
            digest.update(f"{relative}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()

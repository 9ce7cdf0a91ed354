"""The dbt documentation as one page: every model with its columns, tests and SQL, and the lineage as a picture.

Belongs here: having dbt write the page. Does not belong here: any wording (``dbt_project/dictionary/`` and
``dbt_project/models/overview.md``).
"""

import os
import subprocess
import tempfile
from pathlib import Path

from orchestration.folders import HOME_VARIABLE, DataFolders
from orchestration.manifest import DBT_EXECUTABLE, DBT_PROJECT, DbtProjectError, prepared_manifest, seed_partial_parse


class NothingToDocumentError(RuntimeError):
    """The warehouse is not built yet: the page tells its types, sizes and comments."""


def write_docs(folders: DataFolders) -> Path:
    """Write the page and return its path; it opens in a browser without a server or a network.

    Raises NothingToDocumentError, or DbtProjectError with dbt's own words (as while a build holds the file).
    """
    if not folders.warehouse.exists():
        raise NothingToDocumentError(f"{folders.warehouse} is not there yet; run `sohuyen demo` (make demo) first")
    prepared_manifest()
    folders.docs.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folders.docs.parent, prefix=".writing-") as beside:
        seed_partial_parse(Path(beside))
        command = [
            str(DBT_EXECUTABLE), "--quiet", "docs", "generate", "--static", "--profiles-dir", str(DBT_PROJECT),
            "--target-path", beside, "--log-path", beside,
        ]  # fmt: skip
        environment = {**os.environ, HOME_VARIABLE: folders.home, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
        done = subprocess.run(command, cwd=DBT_PROJECT, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise DbtProjectError(f"dbt cannot write its documentation:\n{done.stdout[-3000:]}")
        os.replace(Path(beside) / "static_index.html", folders.docs)
    return folders.docs

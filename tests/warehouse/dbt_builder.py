"""dbt in this process: the project parsed once, commands run over a scratch data folder.

Belongs here: starting dbt and what it said. Does not belong here: what is built.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
from dbt.cli.main import dbtRunner

PROJECT = Path(__file__).parents[2] / "dbt_project"


@dataclass(frozen=True)
class Result:
    """Names of the nodes that failed, and of those that were skipped for it."""

    failed: list[str]
    skipped: list[str]


@dataclass
class Builder:
    """dbt over the data folder ``home``."""

    home: Path
    project: Path

    @property
    def database(self) -> Path:
        """The private file of the build."""
        return self.home / "warehouse" / "sohuyen.duckdb"

    @cached_property
    def _runner(self) -> dbtRunner:
        (self.home / "warehouse").mkdir(exist_ok=True)
        parsed = dbtRunner().invoke(["--quiet", "parse", *self._folders])
        assert parsed.success, parsed.exception
        return dbtRunner(manifest=parsed.result)

    @property
    def _folders(self) -> list[str]:
        return ["--project-dir", str(self.project), "--profiles-dir", str(self.project),
                "--target-path", str(self.home / "target"), "--log-path", str(self.home / "logs")]  # fmt: skip

    def run(self, command: str, *options: str) -> Result:
        """Run a dbt command. Raises what dbt raised where it did not get as far as its nodes."""
        done: Any = self._runner.invoke(["--quiet", command, *self._folders, *options])
        if done.exception:
            raise done.exception
        by_status = {str(status): [] for status in ("fail", "error", "skipped")}
        for node in done.result.results:
            by_status.setdefault(str(node.status), []).append(node.node.name)
        return Result(by_status["fail"] + by_status["error"], by_status["skipped"])


@dataclass(frozen=True)
class Warehouse:
    """A finished file."""

    path: Path

    def fingerprints(self) -> dict[str, str]:
        """Table of schema main -> hash of its rows in their order, written as CSV."""
        prints = {}
        with duckdb.connect(str(self.path), read_only=True) as connection:
            for (name,) in connection.sql(
                "select table_name from duckdb_tables() where schema_name = 'main'"
            ).fetchall():
                written = self.path.with_name(f"{name}.csv")
                connection.sql(f'from main."{name}"').write_csv(str(written))
                prints[name] = hashlib.sha256(written.read_bytes()).hexdigest()
        return prints

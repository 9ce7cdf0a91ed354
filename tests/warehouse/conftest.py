"""A warehouse that dbt really builds, once for all tests of this folder, from rows written by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import duckdb
import pytest
from dbt_builder import PROJECT, Builder, Warehouse
from warehouse_story import story


@pytest.fixture(scope="session")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    """dbt, parsed once, over one scratch data folder."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOHUYEN_HOME", str(home))
        patched.setenv("SOHUYEN_BUILT_AT", "2026-11-20T00:00:00+00:00")
        patched.setenv("SOHUYEN_GIT_REVISION", "0000000")
        patched.setenv("DO_NOT_TRACK", "1")
        yield Builder(home, PROJECT)


@pytest.fixture(scope="session")
def warehouse(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The warehouse of the story, with every data test passed."""
    story().write(builder.home)
    result = builder.run("build", "--exclude-resource-type", "unit_test")
    assert result.failed == []
    kept = tmp_path_factory.mktemp("kept") / "sohuyen.duckdb"
    shutil.copy(builder.database, kept)
    return Warehouse(kept)


@pytest.fixture
def ask(warehouse: Warehouse) -> Callable[[str], list[tuple[object, ...]]]:
    """Ask the warehouse of the story, read-only."""

    def rows(query: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(warehouse.path), read_only=True) as connection:
            return connection.sql(query).fetchall()

    return rows

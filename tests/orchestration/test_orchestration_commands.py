"""Commands that cannot do what they are asked say why and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from orchestration.cli import main
from orchestration.folders import HOME_VARIABLE, DataFolders


def call(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *arguments])


@pytest.fixture(autouse=True)
def _restored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The option --home sets the variable for the whole process."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))


def test_help_names_every_command(tmp_path: Path) -> None:
    said = call(tmp_path, "--help").output
    for command in ("demo", "collect", "backfill", "facts", "release", "docs", "dev", "extract", "preview"):
        assert f"  {command} " in said


@pytest.mark.parametrize("command", [["facts", "--district", "Na Rì"], ["release"]])
def test_nothing_is_published_yet(tmp_path: Path, command: list[str]) -> None:
    result = call(tmp_path, *command)
    assert result.exit_code == 1
    assert f"{tmp_path / 'published' / 'sohuyen.duckdb'} is not there yet" in result.output
    assert "sohuyen demo" in result.output


def test_nothing_is_built_yet(tmp_path: Path) -> None:
    result = call(tmp_path, "docs")
    assert result.exit_code == 1
    assert f"{tmp_path / 'warehouse' / 'sohuyen.duckdb'} is not there yet" in result.output
    assert "sohuyen demo" in result.output


def test_a_month_that_is_none(tmp_path: Path) -> None:
    result = call(tmp_path, "backfill", "--from", "2023-13", "--to", "2024-01")
    assert result.exit_code == 1
    assert "'2023-13' is not a month" in result.output
    assert "write YYYY-MM" in result.output


def test_the_data_root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "elsewhere"))
    assert DataFolders.from_environment().published == tmp_path / "elsewhere" / "published" / "sohuyen.duckdb"
    monkeypatch.delenv(HOME_VARIABLE)
    assert DataFolders.from_environment().root == Path(__file__).parents[2] / "data"

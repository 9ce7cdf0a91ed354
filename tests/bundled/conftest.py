"""The demo, run once as a user runs it, in a data root of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class Demo:
    """What ``sohuyen demo`` said, and where it published."""

    said: str
    published: Path


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    home = tmp_path_factory.mktemp("demo")
    command = Path(sys.executable).with_name("sohuyen")
    environment = {**os.environ, "SOHUYEN_HOME": str(home), "COLUMNS": "160"}
    done = subprocess.run([command, "demo"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return Demo(done.stdout, home / "published" / "sohuyen.duckdb")

"""Article files to drop, the type of the fixture that runs jobs, and what dbt ran."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from dagster import ExecuteInProcessResult

from orchestration.folders import DataFolders

Run = Callable[..., ExecuteInProcessResult]


def article(title: str, published_on: str | None, text: str = "", url: str | None = None) -> str:
    """An article file: front matter and text."""
    fields = [f'title: "{title}"', *([f"published_on: {published_on}"] if published_on else [])]
    fields += [f'url: "{url}"'] if url else []
    body = text or f"{title}. Thu ngân sách nhà nước trên địa bàn phấn đấu đạt 23 tỷ đồng."
    return "---\n" + "\n".join(fields) + f"\n---\n{body}\n"


def drop(folders: DataFolders, name: str, text: str) -> Path:
    """Put a file into the inbox."""
    path = folders.inbox / name
    path.write_text(text, encoding="utf-8")
    return path


def ran_last(folders: DataFolders) -> set[str]:
    """The names of what dbt ran last: models, seeds and tests."""
    latest = max((folders.root / "dbt").glob("run-*/run_results.json"), key=lambda path: path.stat().st_mtime_ns)
    results = json.loads(latest.read_text(encoding="utf-8"))["results"]
    return {result["unique_id"].split(".")[2] for result in results}

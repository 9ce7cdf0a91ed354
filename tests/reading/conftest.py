"""The news site on loopback, and sources that crawl it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from news_site import Site

from extract.reading.sources import Sources, load_sources

HEADER = """contact: test@example.org
dates: dates.csv
web: {delay_seconds: 0, at_once: 2, retry_seconds: 0.01, recheck_pause_hours: 0}
sources:
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(slow_seconds=20.0) as served:
        yield served


@pytest.fixture
def declare(tmp_path: Path) -> Callable[..., Sources]:
    """Writes a sources file with the given entries and loads it; web sources may ask loopback."""

    def write(*entries: str) -> Sources:
        lines = []
        for entry in entries:
            web = "url:" in entry or "urls:" in entry or "index:" in entry
            private = "" if "private_addresses" in entry or not web else ", private_addresses: true"
            lines.append(f"  - {{{entry}{private}}}")
        path = tmp_path / "sources.yaml"
        path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
        return load_sources(path)

    return write

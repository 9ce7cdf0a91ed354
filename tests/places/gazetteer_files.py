"""The gazetteer's files as they stand."""

from __future__ import annotations

import csv

from extract.places.gazetteer import FOLDER


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one file of the gazetteer, with its header's names."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))

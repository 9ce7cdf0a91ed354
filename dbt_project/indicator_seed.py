"""Writes seeds/indicators.csv from the lexicon, which stays the only place where an indicator is described.

Belongs here: which fields of the lexicon the warehouse needs. Does not belong here: the indicators.

    python dbt_project/indicator_seed.py            writes the seed
    python dbt_project/indicator_seed.py --check    only says whether it is stale (a test runs it)
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
LEXICON = HERE.parent / "extract" / "lexicon" / "indicators.yaml"
SEED = HERE / "seeds" / "indicators.csv"
COLUMNS = (
    "code", "name_vi", "name_en", "domain", "unit", "kind", "direction", "range_low", "range_high", "official_code",
)  # fmt: skip


def row(indicator: dict[str, Any]) -> dict[str, Any]:
    """The seed's row of one entry of the lexicon. A null stays an empty cell."""
    low, high = indicator.get("range") or (None, None)
    return {**{column: indicator.get(column) for column in COLUMNS}, "range_low": low, "range_high": high}


def rendered(lexicon: Path = LEXICON) -> str:
    """The seed as text, in the order of the lexicon."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row(entry) for entry in yaml.safe_load(lexicon.read_text(encoding="utf-8"))["indicators"])
    return buffer.getvalue()


def main(check: bool) -> int:
    """Write the seed if it is stale (or only say so): the exit code."""
    text = rendered()
    if SEED.exists() and SEED.read_text(encoding="utf-8") == text:
        return 0
    print(f"{'stale' if check else 'written'}: {SEED.relative_to(HERE.parent)}")
    if not check:
        SEED.write_text(text, encoding="utf-8")
    return 1 if check else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))

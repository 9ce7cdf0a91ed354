"""How well the reader does on the golden documents: the share of facts that it finds, and of rows that are facts.

    python tests/golden/golden_score.py            the measures, and what is missing or not due
    python tests/golden/golden_score.py --raise    write the measures as floors, where they are higher

Belongs here: reading the documents, and comparing. Does not belong here: how good is good enough (``floors.yaml``).

A row is right in *number* when measure, value and upper value are right; in *core* when district, kind, indicator,
year and period are right as well; in *full* when segment, denominator, unit, comparator and estimate are, too. Each
measure is an F1: the harmonic mean of the share of rows that are right and the share of facts that were found.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from extract.article import Article
from extract.reader import read_article

FOLDER = Path(__file__).parent
NUMBER = ("measure", "value", "value_max")
CORE = (*NUMBER, "district_code", "kind", "indicator", "year", "period")
FULL = (*CORE, "segment", "of", "unit", "comparator", "estimated")
HEAD = "# What the reader must reach on the golden documents. They only rise: golden_score.py --raise writes them.\n"
MEASURES = {"number": NUMBER, "core": CORE, "full": FULL}


@cache
def documents() -> tuple[dict[str, Any], ...]:
    """The golden documents. Each fact has the document's district where it names none."""
    read = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("documents/*.yaml"))]
    for document in read:
        document["facts"] = [{"district_code": document["district_code"], **fact} for fact in document["facts"]]
    return tuple(read)


def documents_hash() -> str:
    """Twelve hex digits that change with any change of the documents: floors hold for one set of them."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("documents/*.yaml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def rows_of(document_id: str) -> tuple[dict[str, Any], ...]:
    """What the reader takes from a document: the rows that become facts, as mappings of the fields of ``FULL``."""
    document = next(d for d in documents() if d["id"] == document_id)
    article = Article(*(document[name] for name in ("id", "title", "text", "url", "publisher", "published_on")))
    rows = [row for row in read_article(article).rows if row.indicator is not None and row.district_code is not None]
    return tuple({name: getattr(row, name) for name in FULL} for row in rows)


def measure() -> dict[str, float]:
    """All measures of the golden set, rounded down to three digits."""
    found = {name: _f1(fields) for name, fields in MEASURES.items()}
    silent = [document for document in documents() if not document["facts"]]
    found["silent"] = sum(not rows_of(document["id"]) for document in silent) / len(silent)
    return {name: int(value * 1000) / 1000 for name, value in found.items()}


def differences(fields: tuple[str, ...] = FULL) -> Iterator[str]:
    """One line for each fact that is missing and each row that is not due."""
    for document in documents():
        due, read = _due_and_read(document, fields)
        for name, keys in (("missing", due - read), ("not due", read - due)):
            for key in keys.elements():
                yield f"{document['id']}  {name}  {' '.join(map(str, key))}"


def _due_and_read(document: dict[str, Any], fields: tuple[str, ...]) -> tuple[Counter[Any], Counter[Any]]:
    due, read = (
        Counter(_key(fact, fields) for fact in facts) for facts in (document["facts"], rows_of(document["id"]))
    )
    return due, read


def _f1(fields: tuple[str, ...]) -> float:
    hits = facts = rows = 0
    for document in documents():
        due, read = _due_and_read(document, fields)
        hits, facts, rows = hits + (due & read).total(), facts + due.total(), rows + read.total()
    return 2 * hits / (facts + rows)


def _key(fact: dict[str, Any], fields: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(f"{value:.6g}" if isinstance(value := fact[name], float | int) else value for name in fields)


def main() -> None:
    """Print the measures; raise the floors on request."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--raise", dest="raising", action="store_true", help="write higher floors")
    raising = parser.parse_args().raising
    print(*differences(), sep="\n")
    measured = measure()
    path = FOLDER / "floors.yaml"
    old = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    floors = old.get("floors", {}) if old.get("documents") == documents_hash() else {}
    for name, value in measured.items():
        print(f"{name:8s} {value:.3f}   floor {floors.get(name, 0.0):.3f}")
    if raising:
        raised = {name: max(value, floors.get(name, 0.0)) for name, value in measured.items()}
        written = yaml.safe_dump({"documents": documents_hash(), "floors": raised}, sort_keys=False)
        path.write_text(HEAD + written, encoding="utf-8")


if __name__ == "__main__":
    main()

"""How well the reader does on the annotated articles (``annotated/``), by set, kind and measure.

    python tests/golden/annotated_score.py [--errors] [--raise]

Belongs here: comparing rows with annotated facts, where some facts count neither way. Does not belong here: the
articles, or how good is good enough (``annotated_floors.yaml``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from golden_score import CORE, FULL, NUMBER

from extract.article import Article
from extract.reader import read_article

FOLDER = Path(__file__).parent
FLOORS = FOLDER / "annotated_floors.yaml"
SETS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh")
MEASURES = {"number": NUMBER, "core": CORE, "full": FULL}
HEAD = (
    "# What the reader must reach on the annotated articles. They only rise: annotated_score.py --raise writes them.\n"
)


@dataclass(slots=True)
class Tally:
    """Rows that are right, rows read, facts due; and the districts that were found."""

    hits: int = 0
    rows: int = 0
    facts: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The harmonic mean of the share of rows that are right and the share of facts that were found."""
        return 2 * self.hits / (self.rows + self.facts) if self.rows + self.facts else 1.0


@cache
def documents(name: str) -> tuple[dict[str, Any], ...]:
    """The articles of a set."""
    lines = (FOLDER / "annotated" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def documents_hash(name: str) -> str:
    """Twelve hex digits that change with any change of a set's articles: its floors hold for one state of them."""
    return hashlib.sha256((FOLDER / "annotated" / f"{name}.jsonl").read_bytes()).hexdigest()[:12]


@cache
def measured(name: str) -> dict[str, Tally]:
    """The tallies of a set: number, core, full, and core by kind and by measure."""
    tallies: dict[str, Tally] = {key: Tally() for key in (*MEASURES, "districts", "silent")}
    for document in documents(name):
        article = Article(*(document[key] for key in ("id", "title", "text", "url", "publisher", "published_on")))
        extraction = read_article(article)
        rows = [
            {key: getattr(row, key) for key in FULL}
            for row in extraction.rows
            if row.indicator is not None and row.district_code is not None
        ]
        _count_districts(tallies, document, extraction.place.district_code, rows)
        facts, neutral = _facts(document)
        for key, fields in MEASURES.items():
            _count(tallies[key], facts, rows, neutral, fields, document["id"])
        for by in ("kind", "measure"):
            for value in {fact[by] for fact in facts} | {row[by] for row in rows}:
                tally = tallies.setdefault(f"{by} {value}", Tally())
                some = ([x for x in facts if x[by] == value], [x for x in rows if x[by] == value])
                _count(tally, *some, neutral, CORE, document["id"])
    return tallies


def _facts(document: dict[str, Any]) -> tuple[list[dict[str, Any]], Counter[Any]]:
    """(facts that count, facts that count neither way by measure and value)."""
    facts, neutral = [], Counter[Any]()
    for fact in document["facts"]:
        whole = {**fact, "district_code": fact.get("district_code") or document["district_code"]}
        if fact.get("ambiguous") or fact["indicator"].startswith("other:"):
            neutral[_key(whole, NUMBER)] += 1
        else:
            facts.append(whole)
    return facts, neutral


def _count(
    tally: Tally,
    facts: list[dict[str, Any]],
    rows: list[dict[str, Any]],
    neutral: Counter[Any],
    fields: tuple[str, ...],
    name: str,
) -> None:
    due = Counter(_key(fact, fields) for fact in facts)
    read = Counter(_key(row, fields) for row in rows)
    free = neutral.copy()
    tally.hits += (due & read).total()
    tally.facts += due.total()
    tally.lines += [f"{name}  missing  {' '.join(map(str, key))}" for key in (due - read).elements()]
    for key in (read - due).elements():
        if free[key[: len(NUMBER)]] > 0:
            free[key[: len(NUMBER)]] -= 1
        else:
            tally.rows += 1
            tally.lines.append(f"{name}  not due  {' '.join(map(str, key))}")
    tally.rows += (due & read).total()


def _count_districts(
    tallies: dict[str, Tally], document: dict[str, Any], code: str | None, rows: list[dict[str, Any]]
) -> None:
    found = tallies["districts"]
    found.facts += 1
    found.rows += 1
    found.hits += code == document["district_code"]
    if not document["facts"]:
        silent = tallies["silent"]
        silent.facts += 1
        silent.rows += 1
        silent.hits += not rows


def _key(fact: dict[str, Any], fields: tuple[str, ...]) -> tuple[Any, ...]:
    values = (fact.get(name) for name in fields)
    return tuple(
        f"{value:.6g}"
        if isinstance(value, float | int) and not isinstance(value, bool)
        else value.casefold()
        if isinstance(value, str)
        else value
        for value in values
    )


def floors_of(name: str) -> dict[str, float]:
    """What may be a floor: the main measures of a set, rounded down to three digits."""
    return {key: int(measured(name)[key].f1 * 1000) / 1000 for key in (*MEASURES, "districts", "silent")}


def main() -> None:
    """Print the measures; raise the floors on request."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--errors", action="store_true", help="print what is missing and what is not due")
    parser.add_argument("--raise", dest="raising", action="store_true", help="write higher floors")
    options = parser.parse_args()
    old = yaml.safe_load(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    hashes = {name: documents_hash(name) for name in SETS}
    raised = {}
    for name in SETS:
        print(f"\n{name}: {len(documents(name))} articles")
        for key, tally in measured(name).items():
            right, found = tally.hits / max(1, tally.rows), tally.hits / max(1, tally.facts)
            print(f"  {key:20s} {tally.f1:.3f}   of rows {right:.3f}   of facts {found:.3f}   ({tally.facts})")
        if options.errors:
            print(*measured(name)["core"].lines, sep="\n")
        same = old.get("documents", {}).get(name) == hashes[name]
        kept = old["floors"][name] if same else {}  # other articles: measured anew
        raised[name] = {key: max(value, kept.get(key, 0.0)) for key, value in floors_of(name).items()}
    if options.raising:
        written = yaml.safe_dump({"documents": hashes, "floors": raised}, sort_keys=False)
        FLOORS.write_text(HEAD + written, encoding="utf-8")


if __name__ == "__main__":
    main()

"""The reader keeps what it has reached on the annotated articles, and the articles are well formed."""

from __future__ import annotations

import pytest
import yaml
from annotated_score import FLOORS, SETS, documents, documents_hash, floors_of, measured

from extract.indicators.lexicon import indicators
from extract.schemas import contract


def test_floors_are_of_these_articles() -> None:
    floors = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))
    assert floors["documents"] == {name: documents_hash(name) for name in SETS}, (
        "the articles changed: run annotated_score.py --raise"
    )
    assert set(floors["floors"]) == set(SETS)


@pytest.mark.parametrize("name", SETS)
def test_measures_are_not_below_their_floors(name: str) -> None:
    floors = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))["floors"][name]
    fallen = {key: (value, floors[key]) for key, value in floors_of(name).items() if value < floors[key]}
    assert not fallen, "\n".join([str(fallen), *measured(name)["core"].lines])


@pytest.mark.parametrize("name", SETS)
def test_articles_are_well_formed(name: str) -> None:
    enums = {column["name"]: column["enum"] for column in contract("statement")["columns"] if "enum" in column}
    seen = set()
    for document in documents(name):
        assert document["id"] not in seen
        seen.add(document["id"])
        for fact in document["facts"]:
            assert fact["quote"] in document["text"], document["id"]
            assert fact["indicator"] in indicators() or fact["indicator"].startswith("other:"), document["id"]
            for field, allowed in enums.items():
                assert fact.get(field) is None or fact[field] in allowed, (document["id"], field, fact[field])

"""The reader keeps what it has reached on the golden documents, and the floors never fall."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest
import yaml
from golden_score import FOLDER, FULL, MEASURES, differences, documents, documents_hash, measure

from extract.article import Article
from extract.gate import READ, first_look
from extract.schemas import contract

FLOORS = FOLDER / "floors.yaml"


def _floors() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))
    return loaded


def test_floors_are_of_these_documents() -> None:
    assert _floors()["documents"] == documents_hash(), "the documents changed: run golden_score.py --raise"
    assert set(_floors()["floors"]) == {*MEASURES, "silent"}


@pytest.mark.parametrize("name", [*MEASURES, "silent"])
def test_measure_is_not_below_its_floor(name: str) -> None:
    floor = _floors()["floors"][name]
    assert measure()[name] >= floor, "\n".join(differences(MEASURES.get(name, FULL)))


def test_floors_never_fell() -> None:
    """Every floor that was ever committed for these documents still holds."""

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=FOLDER, capture_output=True, text=True, check=False)
        return done.stdout if done.returncode == 0 else ""

    now = _floors()
    for commit in git("log", "--format=%H", "--", FLOORS.name).split():
        then = yaml.safe_load(git("show", f"{commit}:./{FLOORS.name}") or "{}")
        if then.get("documents") == now["documents"]:
            assert all(now["floors"][name] >= floor for name, floor in then["floors"].items()), commit


@pytest.mark.parametrize("document", documents(), ids=lambda document: document["id"])
def test_document_is_well_formed(document: dict[str, Any]) -> None:
    enums = {column["name"]: column["enum"] for column in contract("statement")["columns"] if "enum" in column}
    for fact in document["facts"]:
        assert fact["quote"] in document["text"]
        assert all(fact[name] in allowed for name, allowed in enums.items() if name in fact and fact[name] is not None)
    assert bool(document["facts"]) == (document["district_code"] is not None)


@pytest.mark.parametrize("document", [d for d in documents() if d["facts"]], ids=lambda document: document["id"])
def test_gate_lets_a_document_with_facts_through(document: dict[str, Any]) -> None:
    assert first_look(Article("a", document["title"], document["text"])) == READ

"""What stretch of time some words name."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.language.periods import PeriodReader, generic, months_period
from extract.language.tokens import tokenise
from extract.schemas import contract

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "times.yaml").read_text(encoding="utf-8"))


@cache
def reader() -> PeriodReader:
    return PeriodReader()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_times(case: dict[str, Any]) -> None:
    tokens = tokenise(case["text"])
    read = reader().read(tokens.words, generic(tokens))
    assert len(read) == len(case["times"]), read
    for expected, time in zip(case["times"], read, strict=True):
        assert {name: getattr(time, name) for name in expected} == expected


def test_every_number_of_months_is_a_period_of_the_contract() -> None:
    allowed = next(column["enum"] for column in contract("statement")["columns"] if column["name"] == "period")
    read = [months_period(months) for months in range(2, 13)]
    assert set(read) <= set(allowed)
    assert len(set(read)) == len(read)

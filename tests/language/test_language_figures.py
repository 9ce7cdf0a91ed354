"""What the numbers of a text are: formats, magnitudes, units, ranges, slash pairs, and numbers that are no values."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.language.figures import FigureReader, parse_number
from extract.language.tokens import tokenise

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "figures.yaml").read_text(encoding="utf-8"))


@cache
def reader() -> FigureReader:
    return FigureReader()


@pytest.mark.parametrize(("word", "value"), CASES["numbers"].items())
def test_number(word: str, value: float | None) -> None:
    assert parse_number(word) == value


@pytest.mark.parametrize("case", CASES["figures"], ids=lambda case: case["text"])
def test_figures(case: dict[str, Any]) -> None:
    figures = reader().read(tokenise(case["text"]))
    assert len(figures) == len(case["figures"]), figures
    for expected, figure in zip(case["figures"], figures, strict=True):
        if "mask" in expected:
            assert figure.mask is not None
            assert expected["mask"] in ("any", figure.mask)
            continue
        assert figure.mask is None, figure.mask
        for name, value in expected.items():
            number = isinstance(value, float | int) and not isinstance(value, bool)
            assert getattr(figure, name) == (pytest.approx(value) if number else value), name


@pytest.mark.parametrize("case", CASES["figures"], ids=lambda case: case["text"])
def test_figures_lie_in_order_and_apart(case: dict[str, Any]) -> None:
    tokens = tokenise(case["text"])
    position = 0
    for figure in reader().read(tokens):
        assert position <= figure.first < figure.last <= len(tokens)
        position = figure.first + 1

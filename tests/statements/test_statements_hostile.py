"""Texts that repeat one piece without end cost no more than in proportion to their length.

Work is counted, not timed: the lines of Python that a reading executes (``work.py``). What regular expressions do
inside one line is not seen there, so the processor time of two lengths is compared as well: only their ratio, and only
where the longer one takes long enough to be measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from case_tables import district_place
from work import work

from extract.article import Article
from extract.compiled import is_compiled
from extract.extraction import DocumentPlace, Extraction
from extract.reader import read_article

DAY = "2023-12-20"
TITLE = "Huyện Na Rì (Bắc Kạn) tổng kết năm 2023"
TIMES_LONGER = 4
MOST_WORK = 1.2 * TIMES_LONGER  # a little more than in proportion: a part of the work is the same for every text
MOST_TIME = 2.5 * TIMES_LONGER  # four times the text: 4 when linear, 16 when quadratic
MEASURABLE = 0.2  # seconds
READINGS = 3

HOSTILE = yaml.safe_load((Path(__file__).parent / "hostile.yaml").read_text(encoding="utf-8"))


def _parameters() -> list[object]:
    return [
        pytest.param(
            case,
            id=case["name"],
            # compiled, nothing is counted, and the text is short enough to be read in time
            marks=[pytest.mark.xfail(reason=case["gap"], strict=not is_compiled())] if "gap" in case else [],
        )
        for case in HOSTILE
    ]


def _reading(case: dict[str, Any], length: int, place: DocumentPlace | None) -> Callable[[], Extraction]:
    text = case.get("head", "") + case["piece"] * (length // len(case["piece"])) + case.get("tail", "")
    article = Article(case["name"], TITLE, text, published_on=DAY)
    return lambda: read_article(article, place)


@pytest.mark.parametrize("case", _parameters())
def test_cost_is_linear(case: dict[str, Any]) -> None:
    for place in (None, district_place("066", DAY)):
        _reading(case, 500, place)()  # automata make their states when first visited
        short, long = (work(_reading(case, length, place)) for length in (1000, 1000 * TIMES_LONGER))
        assert long < MOST_WORK * short, (
            f"{short} lines of work for 1,000 characters, {long} for {1000 * TIMES_LONGER:,}"
        )
    short, long = (_seconds(_reading(case, length, None)) for length in (2000, 2000 * TIMES_LONGER))
    assert long < max(MEASURABLE, MOST_TIME * short), f"{short:.3f} s for 2,000 characters, {long:.3f} s for 8,000"


def test_the_count_of_work_sees_what_is_not_linear() -> None:
    def quadratic(length: int) -> int:
        return sum(1 for i in range(length) for j in range(length))

    short, long = (work(lambda n=n: quadratic(n)) for n in (50, 50 * TIMES_LONGER))
    assert long > 2 * MOST_WORK * short


def _seconds(call: Callable[[], object]) -> float:
    """Of the processor, the least of a few readings where the first is long: a busy machine makes some longer."""
    readings: list[float] = []
    while len(readings) < READINGS and min(readings, default=MEASURABLE) >= MEASURABLE:
        before = time.process_time()
        call()
        readings.append(time.process_time() - before)
    return min(readings)

"""Each case of the case tables gives its rows and no others; a known gap fails until the reader learns it."""

from __future__ import annotations

import pytest
from case_tables import Case, differences, shown, tables

HINT = "(if a known gap reads well now: remove it from the table's gaps)"


def _marks(gap: str | None) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=gap, strict=True)] if gap else []


def _parameters() -> list[object]:
    return [
        pytest.param(case, id=f"{case.table}-{case.id}", marks=_marks(case.gap))
        for cases in tables().values()
        for case in cases
    ]


@pytest.mark.parametrize("case", _parameters())
def test_case_gives_its_rows_and_no_others(case: Case) -> None:
    missing, extra = differences(case)
    lines = [f"missing  {shown(row)}" for row in missing] + [f"not due  {shown(row)}" for row in extra]
    assert not lines, "\n".join([case.article.text, *lines, HINT])


def test_ids_are_unique() -> None:
    ids = [f"{case.table}/{case.id}" for cases in tables().values() for case in cases]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", sorted(tables()))
def test_every_table_has_cases_that_must_give_nothing(name: str) -> None:
    assert any(not case.rows for case in tables()[name]), f"{name}.yaml has no negative case"

"""The demo publishes what the README promises, and the README's questions get the README's answers."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def warehouse(demo):
    with duckdb.connect(demo.published, read_only=True) as connection:
        yield connection


def test_the_demo_says_where_the_warehouse_is(demo) -> None:
    assert str(demo.published) in demo.said
    assert "Pác Nặm" in demo.said


@pytest.mark.parametrize("question", QUESTIONS, ids=range(1, len(QUESTIONS) + 1))
def test_the_questions_of_the_readme_have_answers(warehouse, question: str) -> None:
    assert warehouse.sql(question).fetchall()


def test_the_missed_targets_are_those_of_the_readme(warehouse) -> None:
    columns = ["full_name_vi", "indicator", "target_level", "target_change", "outcome_level", "outcome_change"]
    answer = warehouse.sql(QUESTIONS[0]).select(*columns, "stated_plan_ratio").fetchall()
    printed = re.findall(r"^\| (Huyện [^|]+) \|(.*)\|$", README, re.MULTILINE)
    told = [(name, *(cell.strip() or None for cell in cells.split("|"))) for name, cells in printed]
    assert [tuple(None if cell is None else str(cell) for cell in row) for row in answer] == told


def test_every_table_that_the_readme_names_is_published(warehouse) -> None:
    [section] = re.findall(r"## What you get\n(.*?)\n### ", README, re.DOTALL)
    named = set(re.findall(r"`((?:dim|fct|rpt)_\w+|district_year|meta)`", section))
    published = {name for (name,) in warehouse.sql("select table_name from duckdb_tables()").fetchall()}
    assert named == published


def test_one_report_on_two_sites_counts_once(warehouse) -> None:
    reports = warehouse.sql("select report_id, count(*) from dim_article group by all having count(*) > 1").fetchall()
    assert [articles for _, articles in reports] == [2]
    sources = warehouse.sql(
        "select distinct sources from fct_outcomes where district_code = '060' and year = 2023 and period = 'H1'"
    ).fetchall()
    assert sources == [(1,)]


def test_the_books_after_the_year_win_over_the_estimate(warehouse) -> None:
    fact = warehouse.sql(
        "select level, level_estimated, published_on::varchar from fct_outcomes "
        "where district_code = '060' and year = 2023 and period = 'FY' and indicator = 'total_production_value'"
    ).fetchall()
    assert fact == [(723.0, False, "2024-01-01")]

"""The demo publishes what the README promises, and the README's questions get the README's answers."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"```sql\n(.*?)```\n\n((?:\|[^\n]*\n)+)", README, re.DOTALL)


@pytest.fixture
def warehouse(demo):
    with duckdb.connect(demo.published, read_only=True) as connection:
        yield connection


def test_the_demo_says_where_the_warehouse_is(demo) -> None:
    assert str(demo.published) in demo.said
    assert "Pác Nặm" in demo.said


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_the_questions_of_the_readme_get_its_answers(warehouse, number: int) -> None:
    """The table behind each question is its answer, column by column (it may leave some out), row by row."""
    question, printed = QUESTIONS[number]
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in printed.splitlines()]
    answer = warehouse.sql(question).select(*head).fetchall()
    cells = [["" if cell is None else str(cell) for cell in row] for row in answer]
    now = "".join(f"| {' | '.join(row)} |\n" for row in cells)
    assert cells == rows, f"the demo answers otherwise; look at it, then write in the README:\n{now}"


def test_the_sentences_of_the_readme_are_those_of_the_missed_targets(warehouse) -> None:
    [text] = re.findall(r"The last two columns(.*?)\n\n", README, re.DOTALL)
    said = [" ".join(quote.split()) for quote in re.findall(r'\*"(.*?)"\*', text, re.DOTALL)]
    sentences = [
        sentence
        for row in warehouse.sql(QUESTIONS[0][0]).select("target_sentence", "outcome_sentence").fetchall()
        for sentence in row if sentence
    ]  # fmt: skip
    assert len(said) == 3
    assert [quote for quote in said if not any(quote in sentence for sentence in sentences)] == []


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

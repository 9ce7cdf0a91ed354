"""What stops a build, and what does not: each rule by dbt's own unit tests, then broken lakes and stale corrections."""

import shutil

import duckdb
import pytest
from dbt_builder import PROJECT, Builder, Result
from lake_writer import Lake
from warehouse_story import story

# the models of the facts with the tests of their evidence
FACTS = ("--select", "+fct_targets", "+fct_outcomes", "+fct_statements", "dim_article",
         "--exclude", "test_type:unit", "test_type:generic")  # fmt: skip
CORRECTIONS = "correction_id,article_id,statement_id,column_name,expected,corrected,reason,corrected_on\n"


def test_every_rule_holds(builder, warehouse):
    assert builder.run("test", "--select", "test_type:unit").failed == []


def test_an_empty_lake_builds_an_empty_warehouse(builder, warehouse):
    Lake().write(builder.home)
    assert builder.run("run").failed == []
    with duckdb.connect(str(builder.database), read_only=True) as connection:
        assert connection.sql("select count(*) from fct_statements").fetchall() == [(0,)]
        assert connection.sql("select count(*) from dim_indicator").fetchall()[0][0] > 100


def test_a_quote_that_is_not_at_its_offsets_stops_the_build(builder, warehouse):
    lake = story()
    lake.statements[0]["char_start"] += 1
    lake.statements[0]["char_end"] += 1
    lake.write(builder.home)
    result = builder.run(
        "build", "--select", "int_articles", "int_statements", "int_reports", "--exclude", "test_type:unit"
    )
    assert result.failed == ["evidence_stands_at_its_offsets"]
    assert "int_reports" in result.skipped


def test_lost_rows_and_values_that_nobody_said_stop_the_build(builder, warehouse):
    lake = story()
    lake.articles = [row for row in lake.articles if row["article_id"] != "final"]
    for row in lake.statements:
        row["value"] += 0.777
    lake.write(builder.home)
    result = builder.run("build", *FACTS)
    assert sorted(result.failed) == ["nothing_is_lost", "value_mostly_stands_in_its_sentence"]


@pytest.fixture(scope="module")
def corrected(builder, warehouse, tmp_path_factory):
    """Builds the story with one line of corrections, in a copy of the project."""
    root = tmp_path_factory.mktemp("copy")
    shutil.copytree(PROJECT, root / "dbt_project", ignore=shutil.ignore_patterns("target", "logs"))
    lexicon = "extract/lexicon/gazetteer"
    shutil.copytree(PROJECT.parent / lexicon, root / lexicon)
    copy = Builder(builder.home, root / "dbt_project")
    lake = story()
    (slip,) = [row["statement_id"] for row in lake.statements if row["value"] == 19000]
    lake.write(builder.home)

    def build(line: str) -> Result:
        (copy.project / "seeds" / "corrections.csv").write_text(f"{CORRECTIONS}{line.format(slip=slip)}\n")
        return copy.run(
            "build", "--select", "corrections", "int_articles", "int_statements", "--exclude", "test_type:unit"
        )

    return build


def test_a_correction_is_applied_while_the_source_says_what_was_expected(corrected, builder):
    assert corrected("c1,slip,{slip},value,19000,19,unit slip in the paper,2026-11-20").failed == []
    with duckdb.connect(str(builder.database), read_only=True) as connection:
        found = connection.sql(
            "select value, corrected from intermediate.int_statements where article_id = 'slip' and year = 2021"
        )
        assert found.fetchall() == [(19.0, True)]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("c1,slip,{slip},value,18000,19,the source was mended,2026-11-20", id="source-changed"),
        pytest.param("c1,slip,gone,value,19000,19,the reader finds no such statement,2026-11-20", id="statement-gone"),
    ],
)
def test_a_correction_whose_source_changed_stops_the_build(corrected, line):
    result = corrected(line)
    assert result.failed == ["corrections_still_apply"]
    assert "int_statements" in result.skipped


def test_a_correction_of_an_article_that_is_not_in_this_lake_is_left_alone(corrected):
    assert corrected("c1,elsewhere,some_id,value,1,2,of another lake,2026-11-20").failed == []

"""What holds for every published table: comments, keys, names, and the same rows whenever they are built."""

import re

from dbt_builder import Warehouse
from warehouse_story import story


def test_every_table_and_column_is_explained_in_two_languages(ask):
    for what, comment in ask("""
        select table_name, comment from duckdb_tables() where schema_name = 'main'
        union all
        select table_name || '.' || column_name, comment from duckdb_columns()
        where schema_name = 'main' and not internal
    """):
        assert comment, f"{what} has no comment"
        assert re.fullmatch(r".{8,}\s\[.+\]", comment, re.DOTALL), f"{what} lacks its Vietnamese label: {comment}"


def test_published_are_tables_with_a_primary_key_and_no_views(ask):
    tables = ask("select table_name, has_primary_key from duckdb_tables() where schema_name = 'main'")
    assert len(tables) > 15
    assert [name for name, has_key in tables if not has_key] == []
    assert ask("select view_name from duckdb_views() where schema_name = 'main' and not internal") == []


def test_every_code_that_is_used_has_a_name(ask):
    """Whatever stands in a column that a list of dim_code is about is in that list."""
    lists = {name for (name,) in ask("select distinct code_list from dim_code")}
    columns = ask("select table_name, column_name from duckdb_columns() where schema_name = 'main' and not internal")
    checked = set()
    for table, column in columns:
        code_list = max((name for name in lists if f"_{column}".endswith(f"_{name}")), key=len, default=None)
        # what a change is held against may also be said in the words of the text
        if code_list and table != "dim_code" and column not in ("change_compared_with", "growth_compared_with"):
            checked.add(code_list)
            unnamed = ask(f"""
                select distinct {column} from {table} where {column} is not null
                and {column} not in (select code from dim_code where code_list = '{code_list}')
            """)
            assert unnamed == [], f"{table}.{column}"
    assert checked == lists


def test_meta_counts_every_published_table(ask):
    counted = dict(ask("select name, number from meta where section = 'rows'"))
    tables = [name for (name,) in ask("select table_name from duckdb_tables() where schema_name = 'main'")]
    assert sorted(counted) == sorted(set(tables) - {"meta"})
    for name, number in counted.items():
        assert ask(f"select count(*) from {name}") == [(number,)], name
    about = dict(ask("select name, value from meta where section = 'build'"))
    assert (about["built_at"], about["git_revision"]) == ("2026-11-20T00:00:00+00:00", "0000000")
    assert about["extractor_version"] == "test"


def test_column_names_keep_the_convention(ask):
    """docs/warehouse.md: lower case words; the end of a name says its type; one name, one type."""
    ends = {
        "_id": "VARCHAR", "_code": "VARCHAR", "_on": "DATE", "_pct": "DOUBLE", "_vi": "VARCHAR", "_en": "VARCHAR",
        "_sources": "BIGINT", "_agreement": "DOUBLE", "_comparator": "VARCHAR", "_estimated": "BOOLEAN",
    }  # fmt: skip
    types: dict[str, str] = {}
    for table, column, kind in ask(
        "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'main' and not internal"
    ):
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", column), f"{table}.{column}"
        for end, wanted in ends.items():
            assert not column.endswith(end) or kind == wanted, f"{table}.{column} is {kind}"
        if column != "value":
            assert types.setdefault(column, kind) == kind, f"{table}.{column} is {kind}, elsewhere {types[column]}"


def test_rebuilds_are_the_same_byte_for_byte_whatever_the_order_of_the_rows(builder, warehouse):
    story().write(builder.home, shuffled=1)
    assert builder.run("run").failed == []
    assert Warehouse(builder.database).fingerprints() == warehouse.fingerprints()

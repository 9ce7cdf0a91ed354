"""A release: files that others can check, spreadsheets can open, and a report of what changed."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
from pathlib import Path

import duckdb
import polars as pl
import pytest
from dagster import DagsterInstance, materialize

from orchestration.assets.release import release
from orchestration.folders import DataFolders


def publish(folders: DataFolders, built_at: str, facts: list[tuple[str, float, str | None]]) -> None:
    """A small published warehouse."""
    folders.published.parent.mkdir(parents=True, exist_ok=True)
    folders.published.unlink(missing_ok=True)
    with duckdb.connect(str(folders.published)) as connection:
        connection.execute("""
            create table meta
                (section varchar, name varchar, value varchar, number bigint, primary key (section, name));
            create table dim_article (article_id varchar primary key, publisher varchar);
            insert into dim_article values ('a1', 'baobackan.com.vn'), ('a2', 'baobackan.com.vn'), ('a3', null),
                ('a4', 'baogialai.com.vn');
            create table fct_outcomes (fact_id varchar primary key, article_id varchar not null
                references dim_article (article_id), level double, quote varchar, published_on date);
            comment on table fct_outcomes is 'Kết quả';
            comment on column fct_outcomes.level is 'Giá trị';
        """)
        connection.executemany("insert into meta values ('build', $name, $value, null)", [
            {"name": "built_at", "value": built_at}, {"name": "git_revision", "value": built_at},
            {"name": "schema_version", "value": "1"},
        ])  # fmt: skip
        connection.executemany("insert into fct_outcomes values (?, 'a1', ?, ?, '2023-12-12')", facts)


def make(folders: DataFolders, **config: object) -> dict[str, object]:
    """Materialise the asset; returns its metadata."""
    with DagsterInstance.ephemeral() as instance:
        result = materialize(
            [release], resources={"folders": folders}, instance=instance,
            run_config={"ops": {"release": {"config": config}}},
        )  # fmt: skip
    [made] = result.asset_materializations_for_node("release")
    return {name: value.value for name, value in made.metadata.items()}


FIRST = [("f1", 721.0, "721 tỷ đồng"), ("f2", -4.0, "=HYPERLINK(1)"), ("f3", 5.0, None)]


@pytest.fixture
def first(folders: DataFolders) -> Path:
    publish(folders, "2026-11-20T10:00:00+00:00", FIRST)
    told = make(folders)
    return Path(str(told["folder"]))


def package(folder: Path) -> dict[str, object]:
    loaded: dict[str, object] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return loaded


def test_every_file_is_described_with_its_hash(first: Path) -> None:
    resources = package(first)["resources"]
    assert {item["path"] for item in resources} == {
        path.name for path in first.iterdir() if path.suffix in (".csv", ".parquet")
    }
    for item in resources:
        data = (first / item["path"]).read_bytes()
        assert item["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
        assert item["bytes"] == len(data)


def test_every_file_follows_its_schema(first: Path) -> None:
    """What a validator of data packages checks: columns in order, types, required values, keys."""
    readable = {"string": str, "integer": int, "number": float, "date": dt.date.fromisoformat}
    tabular = [item for item in package(first)["resources"] if item["format"] == "csv"]
    assert len(tabular) == 3
    for item in tabular:
        schema, names = item["schema"], [field["name"] for field in item["schema"]["fields"]]
        path = first / item["path"]
        with path.open(encoding=item["encoding"], newline="") as file:
            head, *rows = csv.reader(file)
        assert head == names
        for row in rows:
            for field, cell in zip(schema["fields"], row, strict=True):
                if cell:
                    readable[field["type"]](cell)
                else:
                    assert not field.get("constraints", {}).get("required"), field["name"]
        keys = [tuple(row[names.index(column)] for column in schema["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)


def test_parquet_and_csv_hold_the_same_rows(first: Path) -> None:
    columnar = pl.read_parquet(first / "fct_outcomes.parquet")
    comma = pl.read_csv(first / "fct_outcomes.csv", schema_overrides=columnar.schema)
    assert comma.drop("quote").equals(columnar.drop("quote"))


def test_others_data_is_released_with_their_licence(first: Path) -> None:
    notice = (first / "NOTICE").read_text(encoding="utf-8")
    assert "Permission is hereby granted, free of charge" in notice
    assert "vietnamadminunits" in notice
    assert "vietnamadminunits" in package(first)["sources"][0]["title"]


def test_the_package_names_fields_keys_licence_and_sources(first: Path) -> None:
    described = package(first)
    [outcomes] = [item for item in described["resources"] if item["name"] == "fct_outcomes_csv"]
    assert outcomes["description"] == "Kết quả"
    assert outcomes["schema"]["fields"][2] == {"name": "level", "type": "number", "description": "Giá trị"}
    assert outcomes["schema"]["fields"][4]["type"] == "date"
    assert outcomes["schema"]["primaryKey"] == ["fact_id"]
    assert outcomes["schema"]["foreignKeys"] == [
        {"fields": ["article_id"], "reference": {"resource": "dim_article_csv", "fields": ["article_id"]}}
    ]
    assert [licence["name"] for licence in described["licenses"]] == ["Apache-2.0"]
    assert described["sources"][1:] == [
        {"title": "baobackan.com.vn (2 articles)", "path": "https://baobackan.com.vn"},
        {"title": "baogialai.com.vn (1 article)", "path": "https://baogialai.com.vn"},
    ]
    assert described["created"] == "2026-11-20T10:00:00+00:00"


def test_spreadsheets_open_the_csv(first: Path) -> None:
    data = (first / "fct_outcomes.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [row["quote"] for row in rows] == ["721 tỷ đồng", "'=HYPERLINK(1)", ""]
    assert rows[1]["level"] == "-4.0", "a number is no formula"
    assert pl.read_parquet(first / "fct_outcomes.parquet")["quote"].to_list() == ["721 tỷ đồng", "=HYPERLINK(1)", None]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_no_cell_runs_as_a_formula(folders: DataFolders, sign: str) -> None:
    publish(folders, "2026-11-20T10:00:00+00:00", [("f1", 1.0, f"{sign}1+1")])
    frame = pl.read_csv(Path(str(make(folders, byte_order_mark=False)["folder"])) / "fct_outcomes.csv")
    assert frame["quote"].to_list() == [f"'{sign}1+1"]


def test_without_byte_order_mark(folders: DataFolders) -> None:
    publish(folders, "2026-11-20T10:00:00+00:00", FIRST)
    folder = Path(str(make(folders, byte_order_mark=False)["folder"]))
    assert (folder / "fct_outcomes.csv").read_bytes().startswith(b"fact_id,")
    encodings = {item.get("encoding") for item in package(folder)["resources"]}
    assert encodings == {"utf-8", None}


def test_the_same_rows_make_no_second_release(folders: DataFolders, first: Path) -> None:
    publish(folders, "2026-11-21T10:00:00+00:00", FIRST)
    told = make(folders)
    assert (told["new"], told["release"]) == (False, first.name)
    assert [path.name for path in folders.releases.iterdir()] == [first.name]


def test_the_report_tells_what_changed(folders: DataFolders, first: Path) -> None:
    publish(
        folders, "2026-11-21T10:00:00+00:00", [("f1", 723.0, "723 tỷ đồng"), ("f3", 5.0, None), ("f4", 9.0, "9 ha")]
    )
    told = make(folders)
    assert told["compared with"] == first.name
    page = (Path(str(told["folder"])) / "CHANGES.md").read_text(encoding="utf-8")
    assert "| fct_outcomes | 3 | 3 | 1 | 1 | 1 |" in page
    assert "- added: f4" in page
    assert "- gone: f2" in page
    assert "- changed: f1: level 721.0 → 723.0; quote 721 tỷ đồng → 723 tỷ đồng" in page
    assert "| dim_article | 4 | 4 | 0 | 0 | 0 |" in page


def test_rows_that_come_back_are_a_release_again(folders: DataFolders, first: Path) -> None:
    publish(folders, "2026-11-21T10:00:00+00:00", FIRST[:2])
    make(folders)
    publish(folders, "2026-11-22T10:00:00+00:00", FIRST)
    assert make(folders)["new"] is True
    assert len(list(folders.releases.iterdir())) == 3

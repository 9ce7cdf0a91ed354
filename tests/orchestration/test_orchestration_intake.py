"""Taking articles in: the union of what is stored and what arrives, and what cannot be taken."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import polars as pl
import pytest
from article_files import Run, article, drop

from extract.reading import ArticleRecord, Quarantined
from extract.reading.store import store_articles
from orchestration.checks import _failure_cases
from orchestration.folders import DataFolders
from orchestration.lake import DATASETS, Lake

READING = "read_months"


def contents(folders: DataFolders) -> dict[str, str]:
    """Every file of the lake with a hash of its bytes."""
    files = sorted(folders.lake.rglob("*.parquet"))
    return {str(path.relative_to(folders.lake)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def stored(folders: DataFolders) -> list[tuple[str, str]]:
    """(month, title) of every stored article."""
    lake = Lake(folders.lake)
    return [(month, title) for month in lake.months("articles") for title in lake.read("articles", [month])["title"]]


def test_reading_twice_changes_no_byte(bundled: DataFolders, run: Run) -> None:
    assert run(READING).success
    first = contents(bundled)
    assert {Path(name).parts[0] for name in first} == {*DATASETS, "quarantine"}
    assert len(stored(bundled)) == 24
    assert run(READING).success
    assert contents(bundled) == first


def test_one_month_alone_leaves_the_others(bundled: DataFolders, run: Run) -> None:
    assert run(READING, "2023-07", "2023-07").success
    assert {month for month, _ in stored(bundled)} == {"2023-07"}
    assert Lake(bundled.lake).months("statements") == ["2023-07"]


def test_nothing_is_lost_when_the_file_goes(folders: DataFolders, run: Run) -> None:
    path = drop(folders, "a.md", article("Huyện Na Rì họp", "2023-07-18"))
    assert run(READING, "2023-07", "2023-07").success
    path.unlink()
    drop(folders, "b.md", article("Huyện Na Rì tổng kết", "2023-07-20"))
    assert run(READING, "2023-07", "2023-07").success
    assert sorted(stored(folders)) == [("2023-07", "Huyện Na Rì họp"), ("2023-07", "Huyện Na Rì tổng kết")]


def test_a_corrected_date_moves_the_article_and_its_rows(folders: DataFolders, run: Run) -> None:
    drop(folders, "a.md", article("Huyện Na Rì họp", "2023-07-18"))
    assert run(READING, "2023-07", "2023-07").success
    drop(folders, "a.md", article("Huyện Na Rì họp", "2024-01-18"))
    assert run(READING, "2024-01", "2024-01").success
    lake = Lake(folders.lake)
    assert stored(folders) == [("2024-01", "Huyện Na Rì họp")]
    assert {dataset: lake.months(dataset) for dataset in ("articles", "documents", "statements")} == {
        "articles": ["2024-01"], "documents": ["2024-01"], "statements": ["2024-01"],
    }  # fmt: skip


def test_an_edited_file_replaces_its_article(folders: DataFolders, run: Run) -> None:
    drop(folders, "a.md", article("Huyện Na Rì họp", "2023-07-18", "Thu ngân sách đạt 23 tỷ đồng."))
    assert run(READING, "2023-07", "2023-07").success
    drop(folders, "a.md", article("Huyện Na Rì họp", "2023-07-18", "Thu ngân sách đạt 32 tỷ đồng."))
    assert run(READING, "2023-07", "2023-07").success
    texts = Lake(folders.lake).read("articles")["text"].to_list()
    assert texts == ["Thu ngân sách đạt 32 tỷ đồng."]


def test_another_article_under_the_same_file_name_stays_beside(folders: DataFolders, run: Run) -> None:
    drop(folders, "today.md", article("Huyện Na Rì họp", "2023-07-18", url="https://a.example.vn/1"))
    assert run(READING, "2023-07", "2023-07").success
    drop(folders, "today.md", article("Huyện Pác Nặm tổng kết", "2023-07-19", url="https://a.example.vn/2"))
    assert run(READING, "2023-07", "2023-07").success
    assert [title for _, title in sorted(stored(folders))] == ["Huyện Na Rì họp", "Huyện Pác Nặm tổng kết"]


def test_what_sources_collected_waits_for_its_month(folders: DataFolders, run: Run) -> None:
    drop(folders, "a.md", article("Huyện Na Rì họp", "2023-07-18"))
    lake = Lake(folders.lake)
    assert run(READING, "2023-07", "2023-07").success
    [record] = [ArticleRecord(**row) for row in lake.read("articles").iter_rows(named=True)]
    later = ArticleRecord(**{**vars_of(record), "article_id": "0" * 16, "title": "Thu thập", "origin": "site/1"})
    assert list(store_articles([later, Quarantined("x", "file", "r", "m")], lake.collected)) != []
    assert run(READING, "2024-01", "2024-01").success
    assert len(stored(folders)) == 1, "its month was not run"
    assert run(READING, "2023-07", "2023-07").success
    assert sorted(title for _, title in stored(folders)) == ["Huyện Na Rì họp", "Thu thập"]
    assert not list(lake.collected.glob("*/*.parquet"))
    assert run(READING, "2023-07", "2023-07").success
    assert len(stored(folders)) == 2


def vars_of(record: ArticleRecord) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__}


@pytest.fixture
def bad_inbox(folders: DataFolders) -> DataFolders:
    """One good article among every kind of bad input."""
    drop(folders, "good.md", article("Huyện Na Rì bàn kế hoạch", "2023-07-18"))
    drop(folders, "empty.txt", "")
    (folders.inbox / "binary.txt").write_bytes(bytes(range(256)) * 20)
    drop(folders, "no-date.md", article("Huyện Na Rì bàn kế hoạch năm sau", None))
    drop(folders, "no-district.md", article("Kinh tế khởi sắc", "2023-07-19", "Thu ngân sách đạt 23 tỷ đồng."))
    lines = [json.dumps({"title": "Huyện Ba Bể họp", "text": "Thu ngân sách 9 tỷ đồng.", "published_on": "2023-07-20"}),
             '{"title": "broken']  # fmt: skip
    drop(folders, "dump.jsonl", "\n".join(lines))
    with (folders.inbox / "huge.html").open("wb") as huge:
        huge.write(b"<html><body>" + b"<p>tin</p>" * (5 * 2**20))
    return folders


def test_bad_input_is_told_and_the_rest_goes_on(bad_inbox: DataFolders, run: Run) -> None:
    result = run(READING, "2023-07", "2023-07")
    assert result.success
    quarantined = Lake(bad_inbox.lake).read_quarantine()
    told = {file: (field, reason) for file, field, reason in quarantined.select("file", "field", "reason").iter_rows()}
    assert {file.split("/")[-1].split(":")[0] for file in told} == {
        "empty.txt", "binary.txt", "no-date.md", "dump.jsonl", "huge.html",
    }  # fmt: skip
    assert told["inbox/empty.txt"][1] == "the file is empty"
    assert "binary" in told["inbox/binary.txt"][1]
    assert told["inbox/no-date.md"][0] == "published_on"
    assert "MB" in told["inbox/huge.html"][1]
    assert quarantined.filter(pl.col("remedy").str.len_chars() < 10).is_empty()
    assert sorted(title for _, title in stored(bad_inbox)) == [
        "Huyện Ba Bể họp", "Huyện Na Rì bàn kế hoạch", "Kinh tế khởi sắc",
    ]  # fmt: skip
    documents = Lake(bad_inbox.lake).read("documents").join(Lake(bad_inbox.lake).read("articles"), on="article_id")
    assert documents.filter(pl.col("title") == "Kinh tế khởi sắc")["district_code"].to_list() == [None]


def test_the_quarantine_is_in_the_metadata_and_a_check(bad_inbox: DataFolders, run: Run) -> None:
    result = run(READING, "2023-07", "2023-07")
    [shown] = [m.metadata["articles"].value for m in result.asset_materializations_for_node("quarantined_articles")]
    assert "inbox/no-date.md" in shown
    assert "add published_on" in shown
    checks = {e.check_name: e for e in result.get_asset_check_evaluations()}
    assert not checks["nothing_quarantined"].passed
    assert not checks["nothing_quarantined"].blocking


def test_a_mended_file_leaves_the_quarantine(folders: DataFolders, run: Run) -> None:
    drop(folders, "a.md", article("Huyện Na Rì họp", None))
    assert run(READING, "2023-07", "2023-07").success
    assert Lake(folders.lake).read_quarantine()["file"].to_list() == ["inbox/a.md"]
    drop(folders, "a.md", article("Huyện Na Rì họp", "2023-07-18"))
    assert run(READING, "2023-07", "2023-07").success
    assert Lake(folders.lake).read_quarantine().is_empty()
    assert stored(folders) == [("2023-07", "Huyện Na Rì họp")]


def test_a_file_of_an_earlier_version_is_read_by_the_contract(folders: DataFolders, tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    path = lake.folder / "documents" / "2023-07.parquet"
    path.parent.mkdir(parents=True)
    pl.DataFrame({"article_id": ["a"], "figures_seen": [3], "gone": [1]}).write_parquet(path)
    read = lake.read("documents")
    assert dict(read.schema) == lake.types("documents")
    assert read["figures_seen"].to_list() == [3]
    assert read["unit_level"].to_list() == [None]


def test_what_breaks_the_contract_is_told_with_its_month(folders: DataFolders) -> None:
    types = Lake.types("documents")
    row = dict.fromkeys(types, "x") | {"unit_level": "nonsense", "place_score": 2.0}
    row |= dict.fromkeys(("figures_seen", "statements", "rejected"), 1)
    [cases] = _failure_cases("documents", "2023-07", pl.DataFrame([row], schema=types))
    assert cases.select("column", "failure_case", "month").rows() == [
        ("unit_level", "nonsense", "2023-07"), ("place_score", "2.0", "2023-07"),
    ]  # fmt: skip
    assert _failure_cases("documents", "2023-07", pl.DataFrame(schema=types)) == []

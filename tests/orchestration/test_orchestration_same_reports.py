"""One report in several places: found across months, compared once, counted once in the published warehouse."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pytest
from article_files import Run, article, drop
from dagster import AssetKey, ExecuteInProcessResult

from extract.reading import sameness
from orchestration.folders import DataFolders
from orchestration.lake import Lake

FIGURES = (
    "Thu ngân sách nhà nước trên địa bàn ước đạt {revenue} tỷ đồng, bằng 104% kế hoạch. Sản lượng lương thực có hạt "
    "đạt 18.250 tấn. Tỷ lệ hộ nghèo giảm 3,5%. Trong kỳ, huyện trồng mới 515 ha rừng, đạt 103% kế hoạch giao đầu năm. "
    "Kết luận hội nghị, lãnh đạo huyện đề nghị các xã, thị trấn bám sát chỉ tiêu được giao để chỉ đạo thực hiện."
)


def report(revenue: str = "23,5") -> str:
    """The text of one report of Na Rì district."""
    opening = "Huyện Na Rì họp tổng kết tình hình kinh tế - xã hội năm 2023, bàn nhiệm vụ năm 2024."
    return f"{opening}\n{FIGURES.format(revenue=revenue)}"


def put(folders: DataFolders, place: str, day: str, text: str) -> Path:
    """The report at one more place."""
    title = "Huyện Na Rì tổng kết năm 2023"
    return drop(folders, f"{place}.md", article(title, day, text, url=f"https://{place}.example.vn/tin/1"))


def groups(folders: DataFolders) -> dict[str, tuple[str, str]]:
    """place -> (place of the report's first article, relation)."""
    lake = Lake(folders.lake)
    places = {
        row[0]: row[1].split("//")[1].split(".")[0]
        for row in lake.read("articles").select("article_id", "url").iter_rows()
    }
    rows = lake.read("same_reports").select("article_id", "report_id", "relation").iter_rows()
    return {places[one]: (places[first], relation) for one, first, relation in rows}


def compared(result: ExecuteInProcessResult) -> int:
    """How many months the run compared."""
    [done] = result.asset_materializations_for_node("same_reports")
    return int(done.metadata["months compared"].value)  # type: ignore[arg-type]


def contents(folders: DataFolders) -> dict[str, str]:
    """Every file of links and groups with a hash of its bytes."""
    files = [*(folders.lake / "links").glob("*.parquet"), *(folders.lake / "same_reports").glob("*.parquet")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def two_months(folders: DataFolders, run: Run) -> DataFolders:
    """The report on the portal in December and in the paper in January, another one in between, an old one."""
    put(folders, "portal", "2023-12-29", report())
    put(folders, "paper", "2024-01-02", "Tăng cỡ chữ Giảm cỡ chữ\n" + report())
    drop(folders, "other.md", article("Huyện Ba Bể họp", "2023-12-30", url="https://other.example.vn/1"))
    drop(folders, "old.md", article("Huyện Ba Bể họp bàn", "2019-05-30", url="https://old.example.vn/1"))
    assert run("read_months", "2019-05", "2024-03").success
    return folders


def compare(run: Run) -> ExecuteInProcessResult:
    result = run("whole_line", asset_selection=[AssetKey("same_reports")])
    assert result.success
    return result


def test_a_report_is_found_over_the_end_of_a_month_and_nothing_is_dropped(two_months: DataFolders, run: Run) -> None:
    assert compared(compare(run)) == 3
    assert groups(two_months) == {"portal": ("portal", "original"), "paper": ("portal", "same")}
    assert Lake(two_months.lake).months("same_reports") == ["2023-12", "2024-01"]
    assert Lake(two_months.lake).read("articles").height == 4


def test_a_second_run_compares_nothing_and_changes_no_byte(two_months: DataFolders, run: Run) -> None:
    compare(run)
    before = contents(two_months)
    assert run("read_months", "2019-05", "2024-03").success, "months are written again, with the same bytes"
    assert compared(compare(run)) == 0
    assert contents(two_months) == before


def test_a_late_article_costs_its_own_months_and_joins_its_report(two_months: DataFolders, run: Run) -> None:
    compare(run)
    put(two_months, "first", "2023-11-30", report().replace("chỉ đạo", "tập trung chỉ đạo"))
    assert run("read_months", "2023-11", "2023-11").success
    assert compared(compare(run)) == 3, "its own, and the two behind it; not 2019"
    assert groups(two_months) == {
        "first": ("first", "original"), "portal": ("first", "near"), "paper": ("first", "same"),
    }  # fmt: skip


def test_months_one_after_the_other_give_what_all_at_once_give(two_months: DataFolders, run: Run) -> None:
    compare(run)
    put(two_months, "aggregator", "2024-02-27", report("24,5"))
    put(two_months, "early", "2023-11-05", report())
    for month in ("2024-02", "2023-11"):
        assert run("read_months", month, month).success
        compare(run)
    lake = Lake(two_months.lake)
    articles = [lake.read("articles", [month]) for month in lake.months("articles")]
    together = sameness.find_same_reports(articles)
    assert lake.read("same_reports").sort("article_id").equals(together)
    assert groups(two_months)["aggregator"] == ("early", "revised")


def test_links_are_made_again_when_the_comparison_changes(
    two_months: DataFolders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(run)
    monkeypatch.setattr("orchestration.linking.comparison_version", lambda: "another")
    assert compared(compare(run)) == 3
    assert len(list((two_months.lake / "links").glob("*.parquet"))) == 3, "old links are gone"


def test_the_warehouse_counts_a_report_once_lists_its_places_and_links_its_versions(
    two_months: DataFolders, run: Run
) -> None:
    put(two_months, "aggregator", "2024-01-25", report("24,5"))
    assert run("whole_line", "2023-11", "2024-01").success
    with duckdb.connect(str(two_months.published), read_only=True) as connection:
        [told] = connection.sql(
            "select articles, versions, publisher_list, url_list, published_on, last_published_on from dim_report "
            "where articles > 1"
        ).fetchall()
        sources = connection.sql(
            "select distinct level_sources from fct_outcomes where indicator = 'grain_output'"
        ).fetchall()
        revenue = connection.sql(
            "select value, role, url from fct_statements where indicator = 'budget_revenue' and measure = 'level' "
            "and district_code = '066' order by published_on"
        ).fetchall()
        linked = connection.sql(
            "select a.url, a.relation, b.url from dim_article as a "
            "join dim_article as b on b.article_id = a.like_article_id order by a.published_on"
        ).fetchall()
        conflicts = connection.sql("select chosen_value, other_value, same_report from rpt_conflicts").fetchall()
    urls = [f"https://{place}.example.vn/tin/1" for place in ("portal", "paper", "aggregator")]
    assert told[:2] == (3, 2)
    assert told[3] == " ".join(urls)
    assert told[2] == "aggregator.example.vn, paper.example.vn, portal.example.vn"
    assert [str(day) for day in told[4:]] == ["2023-12-29", "2024-01-25"]
    assert sources == [(1,)], "three places, one source"
    assert [(value, role) for value, role, _ in revenue] == [(23.5, "disagrees"), (23.5, "disagrees"), (24.5, "chosen")]
    assert linked == [(urls[1], "same", urls[0]), (urls[2], "revised", urls[0])]
    assert set(conflicts) == {(24.5, 23.5, True)}, "a revision, not two sources that disagree"

"""The definitions as they are known to users: a change of a name, an order or a group is a change of the interface."""

from __future__ import annotations

import pytest
from dagster import AssetKey, DefaultScheduleStatus, DefaultSensorStatus, Definitions

from orchestration.definitions import build_defs
from orchestration.folders import DataFolders
from orchestration.manifest import prepared_manifest

OURS = {
    "collected_articles": ("reading", set()),
    "articles": ("reading", {"collected_articles"}),
    "indicator_rows": ("reading", {"articles"}),
    "rejected_rows": ("reading", {"articles"}),
    "documents": ("reading", {"articles"}),
    "same_reports": ("reading", {"articles"}),
    "quarantined_articles": ("curation", {"articles"}),
    "missing_indicators": ("curation", {"rpt_missing_indicators"}),
    "missing_districts": ("curation", {"rpt_missing_districts"}),
}
BLOCKING = {
    ("articles", "articles_follow_contract"),
    ("indicator_rows", "indicator_rows_follow_contract"),
    ("documents", "documents_follow_contract"),
    ("same_reports", "same_reports_follow_contract"),
    ("district_year", "coverage_did_not_shrink"),
}
WARNING = {
    ("articles", "each_article_in_one_month"),
    ("rejected_rows", "few_rows_rejected"),
    ("indicator_rows", "extraction_rate_in_bounds"),
    ("indicator_rows", "no_month_left_failed"),
    ("quarantined_articles", "nothing_quarantined"),
    ("published_warehouse", "published_equals_built"),
}
PUBLISHED = {
    "dim_article", "dim_district", "dim_indicator", "dim_province", "dim_report", "district_year", "fct_derived",
    "fct_outcomes", "fct_statements", "fct_target_attainment", "fct_targets", "rpt_conflicts", "rpt_coverage",
    "rpt_missing_districts", "rpt_missing_indicators", "rpt_outliers", "rpt_rejected", "warehouse_meta",
}  # fmt: skip


@pytest.fixture(scope="module")
def defs() -> Definitions:
    return build_defs()


def test_assets_groups_and_order(defs: Definitions) -> None:
    graph = defs.resolve_asset_graph()
    for name, (group, before) in OURS.items():
        node = graph.get(AssetKey(name))
        assert (node.group_name, {key.to_user_string() for key in node.parent_keys}) == (group, before), name
    assert graph.get(AssetKey("published_warehouse")).group_name == "publishing"
    groups = {graph.get(key).group_name for key in graph.get_all_asset_keys()}
    assert groups >= {"seeds", "staging", "intermediate", "marts", "reports"}


def test_every_model_of_schema_main_is_published(defs: Definitions) -> None:
    parents = defs.resolve_asset_graph().get(AssetKey("published_warehouse")).parent_keys
    assert {key.to_user_string() for key in parents} >= PUBLISHED


def test_only_months_are_partitions(defs: Definitions) -> None:
    graph = defs.resolve_asset_graph()
    partitioned = {key.to_user_string() for key in graph.get_all_asset_keys() if graph.get(key).partitions_def}
    assert partitioned == {"articles", "indicator_rows", "rejected_rows", "documents"}
    policies = {graph.get(AssetKey(name)).backfill_policy for name in partitioned}
    assert [policy.policy_type.name for policy in policies if policy] == ["SINGLE_RUN"]


def test_checks(defs: Definitions) -> None:
    graph = defs.resolve_asset_graph()
    keys = {(key.asset_key.to_user_string(), key.name): graph.get(key) for key in graph.asset_check_keys}
    ours = {key: node for key, node in keys.items() if key in BLOCKING | WARNING}
    assert set(ours) == BLOCKING | WARNING
    assert {key for key, node in ours.items() if node.blocking} == BLOCKING
    assert len(keys) > 100, "dbt's tests are checks as well"


def test_rows_are_stale_when_the_reader_changes(defs: Definitions) -> None:
    from extract.version import extractor_version

    graph = defs.resolve_asset_graph()
    assert {graph.get(AssetKey(name)).code_version for name in ("indicator_rows", "rejected_rows", "documents")} == {
        extractor_version()
    }


def test_one_writer_of_the_warehouse(defs: Definitions) -> None:
    graph = defs.resolve_asset_graph()
    who = {key.to_user_string() for key in graph.get_all_asset_keys() if "warehouse_file" in graph.get(key).pools}
    assert who >= {"published_warehouse", "missing_indicators", "district_year", "indicators"}


def test_jobs_and_what_starts_them(defs: Definitions) -> None:
    repository = defs.get_repository_def()
    jobs = {"collect_sources", "read_months", "build_warehouse", "whole_line"}
    assert {name for name in repository.job_names if not name.startswith("__")} >= jobs
    assert {(s.name, s.default_status) for s in repository.sensor_defs} == {
        ("inbox", DefaultSensorStatus.RUNNING), ("collected", DefaultSensorStatus.RUNNING),
        ("new_rows", DefaultSensorStatus.RUNNING),
    }  # fmt: skip
    assert {(s.name, s.cron_schedule, s.default_status) for s in repository.schedule_defs} == {
        ("daily_new_articles", "30 5 * * *", DefaultScheduleStatus.RUNNING),
        ("weekly_reread", "0 3 * * 0", DefaultScheduleStatus.RUNNING),
    }


def test_other_resources_give_the_same_graph(defs: Definitions, tmp_path: object) -> None:
    other = build_defs({"folders": DataFolders(home=str(tmp_path))})
    assert other.resolve_asset_graph().get_all_asset_keys() == defs.resolve_asset_graph().get_all_asset_keys()


def test_the_manifest_is_parsed_once() -> None:
    first = prepared_manifest()
    written = first.stat().st_mtime_ns
    assert prepared_manifest() == first
    assert first.stat().st_mtime_ns == written

"""Models built in pieces, as "Materialize all" on the asset graph does, in a data root where no table is yet."""

from __future__ import annotations

from article_files import Run, ran_last
from dagster import AssetKey, AssetSelection, Definitions, define_asset_job

from orchestration.definitions import build_defs
from orchestration.folders import DataFolders

# the pieces that Dagster makes of the graph, in its order: by the partitions of what they need
PIECES = (("stg_articles", "stg_same_reports"), ("stg_statements", "stg_rejected", "stg_documents"))


def test_a_piece_of_the_models_builds_where_the_rest_is_not_there_yet(bundled: DataFolders, run: Run) -> None:
    assert run("read_months", "2024-01", "2024-01").success
    for names in PIECES:
        result = run("build_warehouse", asset_selection=[AssetKey(name) for name in names])
        assert result.success, f"{names}: tests that look at tables of other pieces must wait for them"


def test_checks_that_were_left_out_do_not_run(bundled: DataFolders, run: Run) -> None:
    assert run("read_months", "2024-01", "2024-01").success
    names = AssetSelection.assets("stg_articles", "stg_same_reports").without_checks()
    quick = Definitions(jobs=[define_asset_job("quick", selection=names)])
    whole = Definitions.merge(build_defs({"folders": bundled}), quick)
    assert whole.resolve_job_def("quick").execute_in_process(raise_on_error=False).success
    assert ran_last(bundled) == {"stg_articles", "stg_same_reports"}

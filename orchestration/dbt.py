"""The dbt project as assets: one asset a model or seed, one asset check a test, one writer of the DuckDB file.

Belongs here: how Dagster sees and runs the dbt project. Does not belong here: SQL (``dbt_project/``), and keeping the
manifest fresh (``manifest``).

The models are not partitioned and always built in full: incremental models skip late and backfilled months silently,
and a full build of a million rows takes seconds.
"""

import datetime as dt
import importlib.metadata
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from dagster import AssetExecutionContext, AssetKey, AssetsDefinition, Failure, Output
from dagster_dbt import DagsterDbtTranslator, DbtCliInvocation, DbtCliResource, dbt_assets
from dagster_dbt.errors import DagsterDbtCliRuntimeError
from packaging.version import Version

from orchestration.folders import HOME_VARIABLE, PROJECT_ROOT, DataFolders
from orchestration.lake import Lake
from orchestration.manifest import DBT_EXECUTABLE, DBT_PROJECT, prepared_manifest, seed_partial_parse
from orchestration.publishing import Reference, row_counts
from orchestration.retries import PASSING_FAULTS

WAREHOUSE_POOL = "warehouse_file"
"""Whoever opens the private DuckDB file takes the one slot of this pool: DuckDB has one writer or many readers."""

_ASSET_OF_SOURCE = {
    "articles": "articles", "statements": "indicator_rows", "rejected": "rejected_rows", "documents": "documents",
    "same_reports": "same_reports",
}  # fmt: skip
_ASSET_OF_MODEL = {"meta": "warehouse_meta"}  # Dagster keeps "meta" for itself
_KEPT_TARGETS = 5
# dbt's own variable: which tests of several tables run with some of them
TESTS_OF_SEVERAL = "DBT_INDIRECT_SELECTION"
_LOCKED = "Could not set lock on file"


class Dbt(DbtCliResource):
    """dbt's command line without its own question for the version: that takes 4 seconds a run and tries the network."""

    @cached_property
    def _cli_version(self) -> Version:
        return Version(importlib.metadata.version("dbt-core"))


class WarehouseTranslator(DagsterDbtTranslator):
    """Names and groups of the dbt models: plain names, the folder as the group."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> AssetKey:
        """Sources are the assets that write them; everything else goes by its name."""
        name: str = dbt_resource_props["name"]
        renamed = _ASSET_OF_SOURCE if dbt_resource_props["resource_type"] == "source" else _ASSET_OF_MODEL
        return AssetKey(renamed.get(name, name))

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The folder below ``models/``; seeds are a group of their own."""
        if dbt_resource_props["resource_type"] == "seed":
            return "seeds"
        folders: list[str] = dbt_resource_props["fqn"][1:-1]
        return folders[0] if folders else None


def dbt_resource() -> Dbt:
    """The command line of the project's own dbt."""
    return Dbt(project_dir=str(DBT_PROJECT), dbt_executable=str(DBT_EXECUTABLE))


def warehouse_models() -> AssetsDefinition:
    """The assets of all models and seeds. Parses the project where the manifest does not fit it any more."""

    @dbt_assets(
        manifest=prepared_manifest(), dagster_dbt_translator=WarehouseTranslator(), name="warehouse_models",
        retry_policy=PASSING_FAULTS, pool=WAREHOUSE_POOL,
    )  # fmt: skip
    def models(context: AssetExecutionContext, dbt: Dbt, folders: DataFolders) -> Iterator[Any]:
        # profiles.yml, the sources and the table `meta` read them, in dbt and in its adapter here
        os.environ.update({HOME_VARIABLE: folders.home, **_about_this_build()})
        # "Materialize all" on the asset graph builds models in pieces: a test that looks at tables of several waits
        # for the next full build, since in a new data root some are not there yet. Not as an argument: dagster-dbt
        # sets the variable itself where checks are left out, and an argument would bring them back.
        os.environ[TESTS_OF_SEVERAL] = "cautious" if context.is_subset else "eager"
        Lake(folders.lake).prepare()
        folders.warehouse.parent.mkdir(parents=True, exist_ok=True)
        target = _fresh_target(folders.root / "dbt", context.run.run_id)
        build = dbt.cli(["build", "--exclude-resource-type", "unit_test"], context=context, target_path=target)
        events, failure = _collected(build)
        counts = row_counts(folders.warehouse) if folders.warehouse.exists() else {}
        for event in events:
            if isinstance(event, Output):
                name = context.asset_key_for_output(event.output_name).path[-1]
                counted = {"dagster/row_count": counts[name]} if name in counts else {}
                event = event.with_metadata({**event.metadata, **counted})
            yield event
        if failure:
            raise failure

    return models


def _collected(build: DbtCliInvocation) -> tuple[list[Any], Exception | None]:
    """What dbt told, and why it failed.

    Told to Dagster only after dbt is done: counting rows meanwhile (dagster-dbt's ``fetch_row_counts``) opens the file
    once a table and runs into dbt's lock. Only a lock is worth another try: a model or test that fails will fail again.
    """
    events: list[Any] = []
    try:
        events.extend(build.stream())
    except DagsterDbtCliRuntimeError as error:
        if _LOCKED in str(error):
            return events, error
        return events, Failure(
            f"dbt build failed; the published warehouse was kept. {build.get_error() or error}\n"
            "Mend the model, or the rows that fail its test, and materialise the warehouse again.",
            allow_retries=False,
        )
    return events, None


def published_tables() -> list[str]:
    """Assets of the models that stand in schema ``main``: what readers get."""
    manifest = json.loads(prepared_manifest().read_text(encoding="utf-8"))
    nodes = manifest["nodes"].values()
    names = (node["name"] for node in nodes if node["resource_type"] == "model" and node["schema"] == "main")
    return sorted(_ASSET_OF_MODEL.get(name, name) for name in names)


def published_references() -> list[Reference]:
    """What the tests of relationships say between two published models: the foreign keys of the published file.

    Two kinds stay tests only. A table that points to itself: DuckDB would check it row by row while it copies. And
    further columns that point to a table which one of its key's name points to already (``level_statement_id`` beside
    ``statement_id``): each key is an index, and these would double the file.
    """
    nodes = json.loads(prepared_manifest().read_text(encoding="utf-8"))["nodes"]
    main = {name for name, node in nodes.items() if node["resource_type"] == "model" and node["schema"] == "main"}
    tables = {nodes[name]["name"] for name in main}
    found = []
    for node in nodes.values():
        if (node.get("test_metadata") or {}).get("name") == "relationships" and node["attached_node"] in main:
            said = node["test_metadata"]["kwargs"]
            to_table = said["to"].removeprefix("ref('").removesuffix("')")
            found.append(Reference(nodes[node["attached_node"]]["name"], said["column_name"], to_table, said["field"]))
    by_name = {(reference.table, reference.to_table) for reference in found if reference.column == reference.to_column}
    return sorted(
        (
            reference for reference in found
            if reference.to_table in tables - {reference.table}
            and (reference.column == reference.to_column or (reference.table, reference.to_table) not in by_name)
        ),
        key=lambda reference: (reference.table, reference.column),
    )  # fmt: skip


def _fresh_target(folder: Path, run_id: str) -> Path:
    """A target folder for one run; older ones than the last few are removed, since dbt leaves 10 MB in each."""
    older = sorted(folder.glob("run-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in older[_KEPT_TARGETS - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
    target = folder / f"run-{run_id[:8]}"
    seed_partial_parse(target)
    return target


def _about_this_build() -> dict[str, str]:
    """What the table ``meta`` is told, as environment variables: with variables dbt would parse everything again."""
    revision = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=PROJECT_ROOT, capture_output=True, text=True
    ).stdout.strip()
    built_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return {"SOHUYEN_GIT_REVISION": revision, "SOHUYEN_BUILT_AT": built_at}

"""What can be started as one thing.

Belongs here: named selections of assets. Does not belong here: when they start (``schedules``, ``sensors``).
"""

from dagster import AssetSelection, define_asset_job

from orchestration.assets.rows import DATASET_OF

_SOURCES = AssetSelection.assets("collected_articles")
_RELEASE = AssetSelection.assets("release")
_MONTHLY = AssetSelection.assets("articles", "quarantined_articles", *DATASET_OF)

collect_sources = define_asset_job(
    "collect_sources", selection=_SOURCES,
    description="Look for new articles in the declared sources. Their months are then asked for by a sensor.",
)  # fmt: skip

read_months = define_asset_job(
    "read_months", selection=_MONTHLY,
    description="Take articles and read their figures, for any range of months. The warehouse follows by itself.",
)  # fmt: skip

build_warehouse = define_asset_job(
    "build_warehouse", selection=AssetSelection.all() - _SOURCES - _MONTHLY - _RELEASE,
    description="Build the warehouse from all rows and publish it.",
)  # fmt: skip

whole_line = define_asset_job(
    "whole_line", selection=AssetSelection.all() - _RELEASE,
    description="From the sources to the published warehouse, for any range of months, in one run.",
)  # fmt: skip

make_release = define_asset_job(
    "make_release", selection=_RELEASE, description="Write the published tables as files, with what changed since then."
)

JOBS = (collect_sources, read_months, build_warehouse, whole_line, make_release)

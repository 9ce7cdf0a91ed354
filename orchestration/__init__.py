"""When things run, on which months, and whether the result is good: the Dagster side of ``sohuyen``.

Belongs here: partitions, assets, checks, schedules, sensors, publishing, the command line. Does not belong here: how
text is read (``extract/``) or what sets of rows mean (``dbt_project/``). One Dagster concept a module.
"""

import warnings

# Backfills of many months in one run are "beta" in Dagster's words since 2023; the versions are pinned, and a user of
# the command line can do nothing about it.
warnings.filterwarnings("ignore", message=r".*is currently in beta.*")

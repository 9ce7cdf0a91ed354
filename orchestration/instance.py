"""The Dagster instance that belongs to a data root.

Belongs here: where run history is kept. Does not belong here: its settings (``dagster.yaml`` beside this module).
"""

import os
import shutil
from pathlib import Path

from orchestration.folders import HOME_VARIABLE, DataFolders

_SETTINGS = Path(__file__).with_name("dagster.yaml")


def set_up(folders: DataFolders) -> Path:
    """Point this process, and those that it starts, to the data root and its run history; returns DAGSTER_HOME.

    A DAGSTER_HOME of the user's own stays as it is, settings included.
    """
    os.environ[HOME_VARIABLE] = folders.home
    own = os.environ.get("DAGSTER_HOME")
    if own:
        return Path(own)
    folders.dagster.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_SETTINGS, folders.dagster / "dagster.yaml")
    os.environ["DAGSTER_HOME"] = str(folders.dagster)
    return folders.dagster

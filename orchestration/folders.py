"""Where data lives: every folder and file below the data root, by name.

Belongs here: paths only. Does not belong here: reading or writing what lies there (``lake``, ``publishing``).
"""

import os
from pathlib import Path

from dagster import ConfigurableResource

PROJECT_ROOT = Path(__file__).resolve().parents[1]
HOME_VARIABLE = "SOHUYEN_HOME"
WAREHOUSE_FILE = "sohuyen.duckdb"  # dbt writes the stem into its manifest as the name of the database: keep it


def data_home() -> Path:
    """The data root: ``$SOHUYEN_HOME``, or ``data/`` of the checkout."""
    return Path(os.environ.get(HOME_VARIABLE) or PROJECT_ROOT / "data").expanduser().resolve()


class DataFolders(ConfigurableResource):  # type: ignore[type-arg]
    """The data root and what lies below it. ``home`` is an absolute path; folders are made by whoever writes."""

    home: str

    @classmethod
    def from_environment(cls) -> "DataFolders":
        """The folders below ``data_home()``."""
        return cls(home=str(data_home()))

    @property
    def root(self) -> Path:
        """The data root itself."""
        return Path(self.home)

    @property
    def bundled(self) -> Path:
        """Sample articles."""
        return self.root / "articles"

    @property
    def dropped(self) -> tuple[Path, ...]:
        """Folders that are looked through as a whole in each run, in this order; a later one wins."""
        return (self.bundled, self.inbox)

    @property
    def sources_file(self) -> Path:
        """Declared sources: sites, feeds, dumps, archives."""
        return self.root / "sources.yaml"

    @property
    def sources(self) -> Path:
        """Memory of the declared sources, and what was crawled as WARC. Not rebuilt from anything: keep it."""
        return self.root / "sources"

    @property
    def inbox(self) -> Path:
        """What users drop."""
        return self.root / "inbox"

    @property
    def lake(self) -> Path:
        """Parquet, one folder a dataset, one file a month."""
        return self.root / "lake"

    @property
    def missing(self) -> Path:
        """What the lexicon or the gazetteer did not know, as CSV for the curator."""
        return self.root / "missing"

    @property
    def warehouse(self) -> Path:
        """The private build: only the build opens it."""
        return self.root / "warehouse" / WAREHOUSE_FILE

    @property
    def published(self) -> Path:
        """What readers open: replaced as a whole, never written in place."""
        return self.root / "published" / WAREHOUSE_FILE

    @property
    def releases(self) -> Path:
        """Parquet, CSV and data package, one folder a release."""
        return self.root / "release"

    @property
    def docs(self) -> Path:
        """The dbt documentation, one page."""
        return self.root / "docs" / "warehouse.html"

    @property
    def dagster(self) -> Path:
        """Run history of Dagster for this data root."""
        return self.root / "dagster"

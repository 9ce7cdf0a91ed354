"""A release: the published tables as Parquet and CSV, and a data package that describes them.

Belongs here: writing the files of one release. Does not belong here: comparing it with the last one (``differences``),
or making the published warehouse (``publishing``).
"""

import hashlib
import json
import shutil
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import yaml

from orchestration.folders import PROJECT_ROOT

_SETTINGS = Path(__file__).with_name("release.yaml")
_NOTICE = PROJECT_ROOT / "NOTICE"  # what others' data in the tables ask to be said
_ROWS_AT_ONCE = 50_000
_FIELD_TYPES = {
    "VARCHAR": "string", "BIGINT": "integer", "INTEGER": "integer", "DOUBLE": "number", "BOOLEAN": "boolean",
    "DATE": "date",
}  # fmt: skip

# Spreadsheets run a cell that begins with one of these as a formula (the wide ones too, of East Asian keyboards); an
# apostrophe in front makes it text.
_FORMULA = r"^[=+\-@＝＋－＠\t\r\n]"


@dataclass(frozen=True, slots=True)
class Table:
    """A published table: what the database says of it."""

    name: str
    description: str
    columns: list[dict[str, Any]]
    key: list[str]
    foreign_keys: list[dict[str, Any]]


def read_tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """The tables of the opened warehouse with their comments and keys, by name."""
    keys: dict[str, list[str]] = {}
    foreign: dict[str, list[dict[str, Any]]] = {}
    for name, kind, columns, referenced, referenced_columns in connection.sql(
        "select table_name, constraint_type, constraint_column_names, referenced_table, referenced_column_names "
        "from duckdb_constraints() where constraint_type in ('PRIMARY KEY', 'FOREIGN KEY') order by all"
    ).fetchall():
        if kind == "PRIMARY KEY":
            keys[name] = columns
        else:
            reference = {"resource": f"{referenced}_csv", "fields": referenced_columns}
            foreign.setdefault(name, []).append({"fields": columns, "reference": reference})
    columns_of: dict[str, list[dict[str, Any]]] = {}
    for name, column, kind, nullable, comment in connection.sql(
        "select table_name, column_name, data_type, is_nullable, comment from duckdb_columns() "
        "where not internal order by table_name, column_index"
    ).fetchall():
        field = {"name": column, "type": _FIELD_TYPES.get(kind, "any"), "description": comment or ""}
        if not nullable:
            field["constraints"] = {"required": True}
        columns_of.setdefault(name, []).append(field)
    described = connection.sql("select table_name, comment from duckdb_tables() order by table_name").fetchall()
    return [
        Table(name, comment or "", columns_of[name], keys.get(name, []), foreign.get(name, []))
        for name, comment in described
    ]


def write_release(published: Path, folder: Path, byte_order_mark: bool) -> dict[str, Any]:
    """Write the release of ``published`` into the new ``folder``; returns the data package.

    ``byte_order_mark`` starts each CSV with one, by which Excel knows that it is UTF-8. Raises FileExistsError.
    """
    folder.mkdir(parents=True)
    with duckdb.connect(str(published), read_only=True) as connection:
        connection.execute("set enable_progress_bar = false")  # it would be drawn into whatever prints
        tables = read_tables(connection)
        for table in tables:
            columnar = str(folder / f"{table.name}.parquet").replace("'", "''")
            connection.execute(f"copy \"{table.name}\" to '{columnar}' (format parquet, compression zstd)")
            with (folder / f"{table.name}.csv").open("wb") as file:
                file.write(BOM_UTF8 if byte_order_mark else b"")
                for part in _csv_parts(connection.sql(f'from "{table.name}"'), _as_text):
                    file.write(part)
        package = _package(connection, tables, folder, "utf-8-sig" if byte_order_mark else "utf-8")
        package["sohuyen"]["content_hash"] = content_hash(published)
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    shutil.copy(_NOTICE, folder)
    return package


def content_hash(published: Path) -> str:
    """A hash of every published row, whatever the time of the build and the revision of the code."""
    digest = hashlib.sha256()
    with duckdb.connect(str(published), read_only=True) as connection:
        for table in read_tables(connection):
            digest.update(table.name.encode())
            rows = connection.sql(f'from "{table.name}"')
            if table.name == "meta":
                rows = rows.filter("name not in ('built_at', 'git_revision')")
            for part in _csv_parts(rows):
                digest.update(part)
    return digest.hexdigest()


def _csv_parts(
    rows: duckdb.DuckDBPyRelation, changed: Callable[[pl.DataFrame], pl.DataFrame] = lambda frame: frame
) -> Iterator[bytes]:
    """Rows as CSV, some at a time: a table with a million sentences needs no memory of its own size."""
    yield pl.DataFrame(schema=rows.columns).write_csv().encode()  # the header, also of an empty table
    for batch in rows.to_arrow_reader(_ROWS_AT_ONCE):
        frame = pl.DataFrame(pl.from_arrow(batch))
        yield changed(frame).write_csv(include_header=False).encode()


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame as a spreadsheet may open it: texts that look like formulas get an apostrophe."""
    texts = [pl.col(name) for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(
        pl.when(text.str.contains(_FORMULA)).then(pl.concat_str(pl.lit("'"), text)).otherwise(text).alias(
            text.meta.output_name()
        ) for text in texts
    )  # fmt: skip


def _package(connection: duckdb.DuckDBPyConnection, tables: list[Table], folder: Path, encoding: str) -> dict[str, Any]:
    settings: Mapping[str, Any] = yaml.safe_load(_SETTINGS.read_text(encoding="utf-8"))
    about = dict(connection.sql("select name, value from meta where section = 'build'").fetchall())
    publishers = connection.sql(
        "select publisher, count(*) from dim_article where publisher is not null group by all order by all"
    ).fetchall()
    read = [
        {"title": f"{name} ({count:,} article{'' if count == 1 else 's'})", "path": f"https://{name}"}
        for name, count in publishers
    ]
    return {
        "profile": "data-package",
        **settings,
        "version": f"{about['schema_version']}.0.0",
        "created": about["built_at"],
        "sources": [*settings["sources"], *read],
        "sohuyen": about,
        "resources": [resource for table in tables for resource in _resources(table, folder, encoding)],
    }


def _resources(table: Table, folder: Path, encoding: str) -> list[dict[str, Any]]:
    """The two files of a table. The Parquet one is a plain file to validators: its schema is in itself."""
    schema: dict[str, Any] = {"fields": table.columns, "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = table.key
    if table.foreign_keys:
        schema["foreignKeys"] = table.foreign_keys
    tabular = {"profile": "tabular-data-resource", "encoding": encoding, "schema": schema}
    return [
        {
            "name": f"{table.name}_{ending}",
            "path": f"{table.name}.{ending}",
            "description": table.description,
            "format": ending,
            "mediatype": mediatype,
            "bytes": (folder / f"{table.name}.{ending}").stat().st_size,
            "hash": _hash(folder / f"{table.name}.{ending}"),
            **described,
        }
        for ending, mediatype, described in (
            ("csv", "text/csv", tabular),
            ("parquet", "application/vnd.apache.parquet", {"type": "file"}),
        )
    ]


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()


def read_package(folder: Path) -> dict[str, Any]:
    """The data package of a release."""
    package: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return package


def earlier_releases(folder: Path) -> list[Path]:
    """Release folders below ``folder``, the oldest build first."""
    found = [path.parent for path in folder.glob("[0-9]*/datapackage.json")]
    return sorted(found, key=lambda path: str(read_package(path)["created"]))


def finish_release(unfinished: Path, folder: Path) -> None:
    """Give a release that is whole its name. Raises FileExistsError where there is one of that name."""
    if folder.exists():
        raise FileExistsError(f"{folder} exists; a release is never written over")
    shutil.move(unfinished, folder)

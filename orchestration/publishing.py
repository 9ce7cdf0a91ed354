"""Replacing the published warehouse: built beside, made durable, swapped in as a whole.

Belongs here: making a file that readers can open at any time. Does not belong here: what the tables hold (dbt).

DuckDB allows one writer or many readers of a file, so readers never get the file that dbt writes. Copying that file
byte by byte was tried and dropped: it carries the private schemas, its views name the catalog, and a ``.wal`` beside it
is lost. A process that still holds an old connection keeps the old data: it must close and open again.
"""

import fcntl
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

# Read by every client from 1.1 to 2.0 (tried with 1.1.3, 1.2.2, 1.3.0, 1.4.0, 1.5.5, 2.0.0; 1.0.0 cannot). Newer
# versions of DuckDB write another format by default.
STORAGE_VERSION = "v1.0.0"


class NothingToPublishError(RuntimeError):
    """The build has no table in schema ``main``, or is not there at all."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A column whose values are keys of another table."""

    table: str
    column: str
    to_table: str
    to_column: str


def publish(build: Path, target: Path, references: Collection[Reference] = ()) -> dict[str, int]:
    """Make ``target`` a copy of the tables in schema ``main`` of ``build``; returns rows by table.

    Primary keys, not-null constraints and comments are kept; ``references`` become foreign keys, which the build cannot
    have (dbt renames its tables, and DuckDB renames none that another one points to). Killed at any point, ``target``
    is the old file or the new one. Raises NothingToPublishError, duckdb.IOException while another process writes the
    build, or duckdb.ConstraintException where a reference leads nowhere.
    """
    if not build.exists():
        raise NothingToPublishError(f"{build} does not exist; build the warehouse first (dbt build, or `sohuyen demo`)")
    target.parent.mkdir(parents=True, exist_ok=True)
    with _one_publisher(target):
        beside = target.with_name(f".{target.name}.next")
        for leftover in (beside, beside.with_name(f"{beside.name}.wal")):  # of a publisher that was killed
            leftover.unlink(missing_ok=True)
        counts = _copy(build, beside, references)
        _make_durable(beside)
        os.replace(beside, target)
        _make_durable(target.parent)
    return counts


def row_counts(path: Path) -> dict[str, int]:
    """Rows by table of schema ``main`` of a warehouse file, opened read-only."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return {name: _count(connection, f'"{name}"') for name in _tables(connection, connection_catalog(connection))}


def contents(path: Path) -> dict[str, tuple[int, int]]:
    """By table of schema ``main``: its rows, and a hash of them that does not depend on their order.

    Hashes of one version of DuckDB can be compared, not those of two.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        found = {}
        for name in _tables(connection, connection_catalog(connection)):
            query = f'select count(*), coalesce(bit_xor(hash(rows)), 0) from "{name}" as rows'
            [(count, digest)] = connection.sql(query).fetchall()
            found[name] = (int(count), int(digest))
        return found


def connection_catalog(connection: duckdb.DuckDBPyConnection) -> str:
    """Name of the catalog that a connection opened."""
    return str(connection.sql("select current_database()").fetchall()[0][0])


def _copy(build: Path, beside: Path, references: Collection[Reference]) -> dict[str, int]:
    with duckdb.connect(":memory:") as connection:
        connection.execute("set enable_progress_bar = false")  # it would be drawn into whatever prints
        connection.execute(f"attach {_text(str(build))} as build (read_only)")
        connection.execute(f"attach {_text(str(beside))} as next (storage_version {_text(STORAGE_VERSION)})")
        connection.execute("use next.main")
        names = _tables(connection, "build", references)
        if not names:
            raise NothingToPublishError(f"{build} has no table in schema main; look at the last dbt build")
        for name in names:
            (definition,) = connection.sql(
                "select sql from duckdb_tables() where database_name = 'build' and schema_name = 'main' "
                "and table_name = $name", params={"name": name},
            ).fetchall()[0]  # fmt: skip
            connection.execute(_with_references(definition, [r for r in references if r.table == name]))
            connection.execute(f'insert into next.main."{name}" from build.main."{name}"')
        for statement in _comments(connection):
            connection.execute(statement)
        counts = {name: _count(connection, f'next.main."{name}"') for name in names}
        connection.execute("use memory")
        connection.execute("checkpoint next")
        connection.execute("detach next")
    return counts


def _with_references(definition: str, references: Collection[Reference]) -> str:
    """The CREATE TABLE statement with foreign keys."""
    head, bracket, _ = definition.rpartition(")")
    keys = [f', foreign key ("{r.column}") references "{r.to_table}" ("{r.to_column}")' for r in references]
    return f"{head}{''.join(keys)}{bracket}"


def _tables(connection: duckdb.DuckDBPyConnection, catalog: str, references: Collection[Reference] = ()) -> list[str]:
    """Tables of schema ``main``, each after those that its foreign keys and ``references`` point to."""
    graph: TopologicalSorter[str] = TopologicalSorter()
    for (name,) in connection.sql(
        "select table_name from duckdb_tables() where database_name = $catalog and schema_name = 'main' order by 1",
        params={"catalog": catalog},
    ).fetchall():
        graph.add(name)
    for name, referenced in connection.sql(
        "select table_name, referenced_table from duckdb_constraints() where database_name = $catalog "
        "and schema_name = 'main' and constraint_type = 'FOREIGN KEY' and referenced_table <> table_name order by all",
        params={"catalog": catalog},
    ).fetchall():
        graph.add(name, referenced)
    for reference in references:
        graph.add(reference.table, reference.to_table)
    return list(graph.static_order())


def _comments(connection: duckdb.DuckDBPyConnection) -> list[str]:
    tables = connection.sql(
        "select table_name, comment from duckdb_tables() where database_name = 'build' and schema_name = 'main' "
        "and comment is not null"
    ).fetchall()
    columns = connection.sql(
        "select c.table_name, c.column_name, c.comment from duckdb_columns() c "
        "join duckdb_tables() t using (database_oid, schema_oid, table_oid) "
        "where c.database_name = 'build' and c.schema_name = 'main' and c.comment is not null"
    ).fetchall()
    return [
        *(f'comment on table next.main."{name}" is {_text(comment)}' for name, comment in tables),
        *(f'comment on column next.main."{name}"."{column}" is {_text(comment)}' for name, column, comment in columns),
    ]


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.sql(f"select count(*) from {table}").fetchall()[0][0])


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _make_durable(path: Path) -> None:
    """fsync a file or folder: after a power cut the name must not point to a file that was never written."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _one_publisher(target: Path) -> Iterator[None]:
    """Wait until no other process publishes; the system frees the lock of a process that dies."""
    with target.with_name(f".{target.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

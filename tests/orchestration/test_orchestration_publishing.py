"""Publishing: what readers open is whole at any moment, whoever dies."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from orchestration.publishing import NothingToPublishError, Reference, contents, publish, row_counts

ROWS = 20_000


def build(path: Path, generation: int, rows: int = ROWS) -> Path:
    """A build: two tables that belong together, a private schema, a view, comments, keys."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"""
            create schema staging;
            create table staging.private as select 1 as x;
            create view staging.view_of_it as from staging.private;
            create table district (code varchar primary key, name varchar not null);
            insert into district select 'd' || i, 'Huyện ' || i from range(50) t(i);
            create table fact (id integer primary key, code varchar references district (code), generation integer,
                               value double check (value >= 0));
            insert into fact select i, 'd' || (i % 50), {generation}, i / 7.0 from range({rows}) t(i);
            create table about (generation integer, facts bigint);
            insert into about values ({generation}, {rows});
            comment on table fact is 'Sự thật, ''theo'' bài báo';
            comment on column fact.value is 'Giá trị';
        """)
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def built(tmp_path: Path) -> Path:
    return build(tmp_path / "warehouse" / "sohuyen.duckdb", generation=1)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "published" / "sohuyen.duckdb"


def test_only_tables_of_main_with_keys_and_comments(built: Path, target: Path) -> None:
    counts = publish(built, target)
    assert counts == {"district": 50, "fact": ROWS, "about": 1} == row_counts(target)
    with duckdb.connect(str(target), read_only=True) as connection:
        assert connection.sql("select distinct schema_name from duckdb_tables()").fetchall() == [("main",)]
        assert connection.sql("select view_name from duckdb_views() where not internal").fetchall() == []
        assert connection.sql("select comment from duckdb_tables() where table_name = 'fact'").fetchall() == [
            ("Sự thật, 'theo' bài báo",)
        ]
        assert connection.sql("select comment from duckdb_columns() where column_name = 'value'").fetchall() == [
            ("Giá trị",)
        ]
        kinds = connection.sql("select constraint_type from duckdb_constraints() where table_name = 'fact'").fetchall()
        assert {kind for (kind,) in kinds} >= {"PRIMARY KEY", "FOREIGN KEY", "CHECK"}
    assert sorted(path.name for path in target.parent.iterdir()) == [".sohuyen.duckdb.lock", "sohuyen.duckdb"]


def test_published_equals_built_cell_by_cell(built: Path, target: Path) -> None:
    publish(built, target)
    assert contents(target) == contents(built)
    assert {name: rows for name, (rows, _) in contents(target).items()} == row_counts(target)
    with duckdb.connect(str(built)) as connection:
        connection.execute("update fact set value = null where id = 77")
    assert {name for name, _ in contents(target).items() ^ contents(built).items()} == {"fact"}


def test_references_become_foreign_keys(built: Path, target: Path) -> None:
    """A BI tool draws the joins from them. The build has none; and the table comes before the one that it points to."""
    with duckdb.connect(str(built)) as connection:
        connection.execute("create table a_note as select 'd1' as code, 'xem' as words")
    publish(built, target, [Reference("a_note", "code", "district", "code")])
    with duckdb.connect(str(target), read_only=True) as connection:
        assert connection.sql(
            "select constraint_column_names, referenced_table, referenced_column_names from duckdb_constraints() "
            "where table_name = 'a_note' and constraint_type = 'FOREIGN KEY'"
        ).fetchall() == [(["code"], "district", ["code"])]
        assert connection.sql("from a_note").fetchall() == [("d1", "xem")]


def test_a_reference_that_leads_nowhere_is_not_published(built: Path, target: Path) -> None:
    publish(built, target)
    before = digest(target)
    with duckdb.connect(str(built)) as connection:
        connection.execute("create table a_note as select 'nowhere' as code")
    with pytest.raises(duckdb.ConstraintException):
        publish(built, target, [Reference("a_note", "code", "district", "code")])
    assert digest(target) == before


def test_the_format_is_the_one_that_old_clients_read(built: Path, target: Path) -> None:
    publish(built, target)
    header = target.read_bytes()[:20]
    assert header[8:12] == b"DUCK"
    assert int.from_bytes(header[12:20], "little") == 64, "64 is what clients from 1.1 on read"


def test_published_twice_is_the_same_file_of_rows(built: Path, target: Path) -> None:
    publish(built, target)
    with duckdb.connect(str(target), read_only=True) as connection:
        first = connection.sql("from fact").fetchall()
    publish(built, target)
    with duckdb.connect(str(target), read_only=True) as connection:
        assert connection.sql("from fact").fetchall() == first


def test_nothing_to_publish_says_what_to_do(tmp_path: Path, target: Path) -> None:
    with pytest.raises(NothingToPublishError, match="build the warehouse first"):
        publish(tmp_path / "none.duckdb", target)
    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    with pytest.raises(NothingToPublishError, match="no table in schema main"):
        publish(tmp_path / "empty.duckdb", target)
    assert not target.exists()


def test_a_build_that_is_being_written_is_not_published(built: Path, target: Path) -> None:
    publish(built, target)
    before = digest(target)
    writer = subprocess.Popen(
        [sys.executable, "-c", f"import duckdb,time; c=duckdb.connect({str(built)!r}); print('open', flush=True); "
         "time.sleep(60)"], stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        with pytest.raises(duckdb.IOException, match="lock"):
            publish(built, target)
    finally:
        writer.kill()
        writer.wait()
    assert digest(target) == before


PUBLISHER = """
import sys
from pathlib import Path
from orchestration.publishing import publish
print("start", flush=True)
while True:
    publish(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_a_publisher_that_is_killed_leaves_a_whole_file(built: Path, target: Path) -> None:
    publish(built, target)
    build(built, generation=2)
    moments = random.Random(7)
    for _ in range(8):
        publisher = subprocess.Popen(
            [sys.executable, "-c", PUBLISHER, str(built), str(target)], stdout=subprocess.PIPE, text=True
        )
        assert publisher.stdout is not None
        assert publisher.stdout.readline() == "start\n"
        time.sleep(moments.uniform(0.01, 0.4))
        os.kill(publisher.pid, signal.SIGKILL)
        publisher.wait()
        with duckdb.connect(str(target), read_only=True) as connection:
            assert connection.sql("select count(*), count(distinct generation) from fact").fetchall() == [(ROWS, 1)]
    assert publish(built, target)["fact"] == ROWS, "what the killed ones left is in nobody's way"
    assert sorted(path.name for path in target.parent.iterdir()) == [".sohuyen.duckdb.lock", "sohuyen.duckdb"]


DIES_AT = """
import os, sys
from pathlib import Path
from orchestration import publishing
build, target, step, when = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
module, name = (os, "replace") if step == "replace" else (publishing, step)
real = getattr(module, name)
def dies(*arguments):
    if when == "after":
        real(*arguments)
    os._exit(9)
setattr(module, name, dies)
publishing.publish(build, target)
"""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", ["_tables", "_comments", "_count", "_copy", "_make_durable", "replace"])
def test_a_death_at_any_step_leaves_the_old_file_or_the_new_one(
    built: Path, target: Path, step: str, when: str
) -> None:
    publish(built, target)
    before = digest(target)
    build(built, generation=2)
    command = [sys.executable, "-c", DIES_AT, str(built), str(target), step, when]
    assert subprocess.run(command, check=False).returncode == 9
    replaced = (step, when) == ("replace", "after")
    assert (digest(target) != before) == replaced
    with duckdb.connect(str(target), read_only=True) as connection:
        found = connection.sql("select count(*), min(generation), max(generation) from fact").fetchall()
    assert found == [(ROWS, 2, 2) if replaced else (ROWS, 1, 1)]
    assert publish(built, target)["fact"] == ROWS, "the next one is not in its way"


# a reader ends with the run of tests that started it, also where that was killed
READER = """
import os, sys
from pathlib import Path
import duckdb
path, stop, parent = sys.argv[1], Path(sys.argv[2]), os.getppid()
reads = failed = torn = 0
generations = set()
print("start", flush=True)
while os.getppid() == parent and not stop.exists():
    reads += 1
    try:
        with duckdb.connect(path, read_only=True) as connection:
            [(generation, facts)] = connection.sql("from about").fetchall()
            [(rows, low, high)] = connection.sql(
                "select count(*), min(generation), max(generation) from fact"
            ).fetchall()
        torn += (rows, low, high) != (facts, generation, generation)
        generations.add(generation)
    except duckdb.Error as error:
        failed += 1
        print(error, file=sys.stderr)
print(reads, failed, torn, len(generations))
"""
PUBLISHES = 100


def test_two_busy_readers_see_a_hundred_publications_whole(tmp_path: Path, target: Path) -> None:
    builds = [build(tmp_path / f"build-{n}" / "sohuyen.duckdb", generation=n, rows=2_000) for n in range(4)]
    publish(builds[0], target)
    stop = tmp_path / "stop"
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(target), str(stop)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) for _ in range(2)
    ]  # fmt: skip
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "start\n"
    for number in range(1, PUBLISHES + 1):
        publish(builds[number % 4], target)
    stop.touch()
    for reader in readers:
        said, errors = reader.communicate(timeout=60)
        reads, failed, torn, generations = map(int, said.split())
        assert (failed, torn) == (0, 0), errors
        assert reads > 20
        assert generations > 1

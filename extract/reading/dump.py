"""Dumps: many articles in one JSON Lines, CSV or Parquet file, plain, gzip or Zstandard.

Belongs here: streaming rows out of such files, with a column mapping, in memory that does not grow with the file. Does
not belong here: what a row's fields mean (``plain.page_from_fields``), pages in HTML
(``response``) or WARC (``archive``).
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from extract.reading.plain import FIELDS, STORED_FIELDS, page_from_fields
from extract.reading.records import MAX_PAGE_BYTES, Page, Quarantined
from extract.reading.response import RawPage

_BATCH_ROWS = 256
_FORMATS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}
_PACKED = (".gz", ".zst")

DUMP_SUFFIXES = tuple(sorted({*_FORMATS, *(f + p for f in _FORMATS if f != ".parquet" for p in _PACKED)}))


def dump_format(path: Path) -> str | None:
    """``jsonl``, ``csv`` or ``parquet`` by the file's name, None where it is no dump."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in _PACKED:
        suffixes.pop()
    return _FORMATS.get(suffixes[-1]) if suffixes else None


def read_dump(
    path: Path, columns: Mapping[str, str] | None = None, name: str | None = None
) -> Iterator[Page | RawPage | Quarantined]:
    """The articles of one dump, in file order. ``columns`` maps our fields (id, title, text, url, publisher,
    published_on, html) to the dump's names; ``name`` stands for the file in ``origin`` (default: its name)."""
    origin = name or path.name
    mapping = {field: field for field in (*FIELDS, *STORED_FIELDS, "html")} if columns is None else dict(columns)
    named = frozenset(columns or ())
    rows = {"jsonl": _jsonl_rows, "csv": _csv_rows, "parquet": _parquet_rows}[dump_format(path) or "jsonl"]
    try:
        for place, row in rows(path, origin, mapping, named):
            if isinstance(row, Quarantined):
                yield row
            else:
                yield _page(place, {field: row.get(column) for field, column in mapping.items()})
    except (OSError, EOFError, zlib.error, _zstd_error()) as error:
        yield Quarantined(
            origin, "file", f"the file breaks off: {error}", "copy or download it again; the rows before it were read"
        )


def _page(place: str, fields: Mapping[str, Any]) -> Page | RawPage:
    if fields.get("html") and not fields.get("text"):
        known = {key: value for key, value in fields.items() if key not in ("html", "text", "url")}
        return RawPage(place, str(fields["html"]).encode("utf-8", "replace"), fields.get("url"), known=known)
    return page_from_fields(place, fields)


_Row = tuple[str, Mapping[str, Any] | Quarantined]


def _jsonl_rows(path: Path, origin: str, mapping: Mapping[str, str], named: frozenset[str]) -> Iterator[_Row]:
    # ``named`` cannot be held against a line: any line may lack a field
    with _open_binary(path) as file:
        number = 0
        while line := file.readline(MAX_PAGE_BYTES + 1):
            number += 1
            place = f"{origin}:{number}"
            if len(line) > MAX_PAGE_BYTES:
                yield place, _too_long(place)
                while line and not line.endswith(b"\n"):  # skip the rest of the line in bounded pieces
                    line = file.readline(MAX_PAGE_BYTES)
                continue
            if line.strip():
                yield place, _json_object(place, line)


def _json_object(place: str, line: bytes) -> Mapping[str, Any] | Quarantined:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Quarantined(place, "line", f"not UTF-8 (byte {error.start} of the line)", "save the dump as UTF-8")
    except json.JSONDecodeError as error:
        return Quarantined(
            place, "line", f"broken JSON: {error.msg} at column {error.colno}", "write one JSON object a line"
        )
    except RecursionError:
        return Quarantined(place, "line", "JSON is nested too deeply", "write one flat JSON object a line")
    if not isinstance(row, dict):
        return Quarantined(place, "line", f"a JSON {type(row).__name__}, not an object", "write one JSON object a line")
    return row


def _csv_rows(path: Path, origin: str, mapping: Mapping[str, str], named: frozenset[str]) -> Iterator[_Row]:
    csv.field_size_limit(MAX_PAGE_BYTES)
    with _open_binary(path) as binary, io.TextIOWrapper(binary, encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, dialect=csv.excel_tab if ".tsv" in path.suffixes else csv.excel)
        try:
            if missing := _missing_columns(mapping, named, reader.fieldnames or ()):
                yield origin, Quarantined(origin, "columns", *missing)
                return
            for row in reader:
                yield f"{origin}:{reader.line_num}", row
        except UnicodeDecodeError as error:
            place = f"{origin}:{reader.line_num + 1}"
            yield (
                place,
                Quarantined(
                    place, "line", f"not UTF-8 (byte 0x{error.object[error.start]:02x})", "save the file as UTF-8"
                ),
            )
        except csv.Error as error:
            place = f"{origin}:{reader.line_num}"
            yield (
                place,
                Quarantined(
                    place, "line", f"broken CSV: {error}", "quote fields that hold commas, quotes or line ends"
                ),
            )


def _parquet_rows(path: Path, origin: str, mapping: Mapping[str, str], named: frozenset[str]) -> Iterator[_Row]:
    import pyarrow as pa  # type: ignore[import-untyped]  # heavy: only when a Parquet file is met
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    try:
        with pq.ParquetFile(path, memory_map=False) as file:
            if missing := _missing_columns(mapping, named, file.schema_arrow.names):
                yield origin, Quarantined(origin, "columns", *missing)
                return
            wanted = [column for column in mapping.values() if column in file.schema_arrow.names]
            number = 0
            for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{origin}:{number}", row
    except pa.ArrowInvalid as error:
        yield origin, Quarantined(origin, "file", f"not a whole Parquet file: {error}", "copy or write the file again")


def _missing_columns(mapping: Mapping[str, str], named: frozenset[str], names: Any) -> tuple[str, str] | None:
    """Reason and remedy where the file lacks a column that the sources file ``named``, or has neither text nor html."""
    lacking = [
        f"{mapping[field]!r} (for {field})" for field in mapping if field in named and mapping[field] not in names
    ]
    if lacking:
        return (
            f"no column {', '.join(lacking)} among {', '.join(map(str, names))}",
            "correct columns: of the source in the sources file",
        )
    if any(mapping.get(field) in names for field in ("text", "html")):
        return None
    return (
        f"no column {mapping.get('text', 'text')!r} among {', '.join(map(str, names)) or 'no columns at all'}",
        "name the columns title, text, url, publisher, published_on, or map them under columns: in the sources file",
    )


def _too_long(place: str) -> Quarantined:
    return Quarantined(
        place,
        "line",
        f"the line is longer than {MAX_PAGE_BYTES // 2**20} MB",
        "write one article a line, without pictures",
    )


@contextmanager
def _open_binary(path: Path) -> Iterator[IO[bytes]]:
    """The file's bytes, unpacked on the way."""
    suffix = path.suffix.lower()
    with path.open("rb") as raw:
        if suffix == ".gz":
            with gzip.open(raw) as unpacked:
                yield io.BufferedReader(unpacked)
        elif suffix == ".zst":
            import zstandard

            with zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True) as unpacked_zst:
                yield io.BufferedReader(unpacked_zst)
        else:
            yield raw


def _zstd_error() -> type[Exception]:
    import zstandard

    return zstandard.ZstdError

"""The row contract as pandera schemas and polars types, built from ``contract/*.yaml``.

Belongs here: turning the contract files into checks, and splitting a frame into rows that pass and rows that fail with
their reason. Does not belong here: the columns themselves (``contract/``) or how a value is read (``statements/``).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import yaml

if TYPE_CHECKING:
    import pandera.polars as pa

CONTRACT_FOLDER = Path(__file__).parent / "contract"
_POLARS_TYPES: dict[str, Any] = {
    "text": pl.String, "integer": pl.Int64, "double": pl.Float64, "boolean": pl.Boolean, "date": pl.Date,
}  # fmt: skip


@cache
def contract(name: str) -> dict[str, Any]:
    """The contract file ``name`` (article, document, statement) as a mapping. Raises FileNotFoundError."""
    loaded: dict[str, Any] = yaml.safe_load((CONTRACT_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def polars_schema(name: str) -> dict[str, Any]:
    """Column name to polars type, in contract order."""
    return {column["name"]: _POLARS_TYPES[column["type"]] for column in contract(name)["columns"]}


@cache
def pandera_schema(name: str) -> pa.DataFrameSchema:
    """The contract ``name`` as a pandera schema for eager polars frames (a LazyFrame would skip the data checks)."""
    import pandera.polars as pa  # heavy: two seconds, only when something is validated

    columns = {}
    for column in contract(name)["columns"]:
        checks = []
        if "enum" in column:
            checks.append(pa.Check.isin(column["enum"], name=f"{column['name']} is one of the allowed values"))
        if "min" in column:
            checks.append(pa.Check.ge(column["min"], name=f"{column['name']} >= {column['min']}"))
        if "max" in column:
            checks.append(pa.Check.le(column["max"], name=f"{column['name']} <= {column['max']}"))
        columns[column["name"]] = pa.Column(
            _POLARS_TYPES[column["type"]], checks=checks, nullable=column.get("nullable", False),
            description=column["description"],
        )  # fmt: skip
    return pa.DataFrameSchema(columns, strict=True, checks=_table_checks(name), name=name)


def _table_checks(name: str) -> list[Any]:
    """Checks over several columns of one row."""
    import pandera.polars as pa

    if name != "statement":
        return []
    return [
        pa.Check(
            lambda data: data.lazyframe.select(pl.col("char_end") > pl.col("char_start")),
            name="span is not empty",
        ),
        pa.Check(
            lambda data: data.lazyframe.select(
                pl.col("quote").str.len_chars() == pl.col("char_end") - pl.col("char_start")
            ),
            name="quote is as long as its span",
        ),
        pa.Check(lambda data: data.lazyframe.select(pl.col("value").is_finite()), name="value is finite"),
    ]


def split_valid(name: str, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split ``frame`` into (rows that pass the contract, rows that fail with a ``failed_checks`` text column).

    ``frame`` must have the contract's columns and types; a frame that does not raises pandera's SchemaErrors, since
    that is a fault of the program and not of a row.
    """
    import pandera.errors

    schema = pandera_schema(name)
    empty = frame.clear().with_columns(pl.lit(None, dtype=pl.String).alias("failed_checks"))
    try:
        schema.validate(frame, lazy=True)
        return frame, empty
    except pandera.errors.SchemaErrors as error:
        failures = error.failure_cases
        if failures["index"].null_count():
            raise
    reasons = (
        failures.select(
            pl.col("index").cast(pl.UInt32), pl.col("check").cast(pl.String).alias("failed_checks"), "column"
        )
        .with_columns(pl.concat_str([pl.col("column"), pl.lit(": "), pl.col("failed_checks")]).alias("failed_checks"))
        .group_by("index")
        .agg(pl.col("failed_checks").unique().sort().str.join("; "))
    )
    numbered = frame.with_row_index("index").join(reasons, on="index", how="left", maintain_order="left")
    accepted = numbered.filter(pl.col("failed_checks").is_null()).drop("index", "failed_checks")
    rejected = numbered.filter(pl.col("failed_checks").is_not_null()).drop("index")
    return accepted, rejected

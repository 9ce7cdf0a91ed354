"""What building, publishing and releasing the warehouse cost in seconds and memory, for 10,000 to a million statements.

    python benchmarks/warehouse.py                       the three sizes, as a Markdown table
    python benchmarks/warehouse.py --rows 50000          another size
    python benchmarks/warehouse.py --folder some/folder  keep the lake and the warehouse there

The rows are made up: the structure of 3,000 articles (which indicators, measures, periods, bounds), said again and
again of other districts and years with other figures. One article in ten is carried by a second outlet, one figure in
twenty contradicts the others. Each size is built by dbt in a process of its own, models and data tests, as the
orchestration does it; another process publishes it, and a third writes the release.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from extract.schemas import polars_schema

REPOSITORY = Path(__file__).parent.parent
PROJECT = REPOSITORY / "dbt_project"
STRUCTURES = 3000
YEARS = range(2015, 2026)
WORDS = {
    "bn_vnd": "tỷ đồng", "mn_vnd": "triệu đồng", "mn_usd": "triệu USD", "pct": "%", "ha": "ha", "tonne": "tấn",
    "kg": "kg", "quintal_per_ha": "tạ/ha", "per_10k": "trên 1 vạn dân", "count": "đơn vị",
}  # fmt: skip
CONTRACTS = {
    "articles": "article", "documents": "document", "statements": "statement", "rejected": "statement",
    "same_reports": "same_report",
}  # fmt: skip

Tables = dict[str, list[dict[str, Any]]]

PUBLISH = """
import sys
from orchestration.dbt import published_references
from orchestration.folders import DataFolders
from orchestration.publishing import publish
folders = DataFolders(home=sys.argv[1])
publish(folders.warehouse, folders.published, published_references())
"""
RELEASE = """
import sys
from orchestration.folders import DataFolders
from orchestration.releasing import write_release
folders = DataFolders(home=sys.argv[1])
write_release(folders.published, folders.releases / "one", byte_order_mark=True)
"""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of an article's structure: everything but district, year and figure."""

    kind: str
    indicator: dict[str, str]
    measure: str
    comparator: str
    estimated: bool
    period: str
    next_year: bool


def structures(rng: random.Random) -> list[list[Said]]:
    """The made-up articles: a report of results, often with the plan of the year to come."""
    with (PROJECT / "seeds" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        indicators = [row for row in csv.DictReader(file) if row["unit"] in WORDS and row["range_high"]]
    made = []
    for _ in range(STRUCTURES):
        period = rng.choices(["FY", "H1", "9M", "M10"], [70, 15, 10, 5])[0]
        article = []
        for indicator in rng.sample(indicators, rng.randint(5, 14)):
            comparator = rng.choices(["eq", "gt", "ge", "approx"], [84, 10, 2, 4])[0]
            article.append(Said("outcome", indicator, "level", comparator, rng.random() < 0.2, period, False))
            if rng.random() < 0.35:
                article.append(Said("outcome", indicator, "plan_ratio", "eq", False, period, False))
            if rng.random() < 0.3:
                article.append(Said("outcome", indicator, "growth", "eq", False, period, False))
            if period == "FY" and rng.random() < 0.4:
                article.append(Said("target", indicator, "level", comparator, False, "FY", True))
        made.append(article)
    return made


def figure(said: Said, district: str, year: int, rng: random.Random) -> float:
    """A plausible value: the same of a district, year and indicator whoever says it, but for one in twenty."""
    key = f"{said.indicator['code']}{said.measure}{district}"
    of_district = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest()) / 2**32
    of_year = int.from_bytes(hashlib.blake2b(f"{key}{year}".encode(), digest_size=4).digest()) / 2**32
    if said.measure == "plan_ratio":
        value = 85 + 30 * of_year
    elif said.measure == "growth":
        value = 2 + 15 * of_year
    else:
        low, high = max(float(said.indicator["range_low"]), 1.0), float(said.indicator["range_high"])
        value = min(low * (min(high, low * 1000) / low) ** (0.3 + 0.4 * of_district) * 1.04 ** (year - 2020), high)
    return round(value * (1.3 if rng.random() < 0.05 else 1), 2)


def written(value: float) -> str:
    """A number as Vietnamese papers write it: 1.234,5."""
    return f"{value:,.2f}".rstrip("0").rstrip(".").translate(str.maketrans(",.", ".,"))


def make_lake(home: Path, rows: int) -> None:
    """Write the four datasets with about ``rows`` statements below ``home``/lake, one file a month."""
    rng = random.Random(7)
    told = structures(rng)
    with (REPOSITORY / "extract/lexicon/gazetteer/districts.csv").open(encoding="utf-8", newline="") as file:
        districts = sorted({row["district_code"] for row in csv.DictReader(file) if row["valid_to"] == "2025-06-30"})
    tables: Tables = {name: [] for name in CONTRACTS}
    number = 0
    while len(tables["statements"]) < rows:
        structure = told[number % STRUCTURES]
        district, year = rng.choice(districts), rng.choice(YEARS)
        month = {"FY": 12, "H1": 7, "9M": 10, "M10": 11}[structure[0].period]
        published = date(year, month, rng.randint(1, 28))
        kept = rng.getstate()
        for outlet in range(2 if number % 10 == 0 else 1):
            rng.setstate(kept)  # the second outlet says the same
            add_article(tables, f"a{number:07d}{outlet}", structure, district, year, published + timedelta(outlet), rng)
        number += 1
    months = {row["article_id"]: f"{row['published_on']:%Y-%m}" for row in tables["articles"]}
    for name in CONTRACTS:
        write_dataset(home / "lake" / name, tables[name], months)


def add_article(
    tables: Tables,
    article_id: str,
    structure: list[Said],
    district: str,
    year: int,
    published: date,
    rng: random.Random,
) -> None:
    """One article with its statements; offsets point into its text."""
    text, rows = "", []
    for position, said in enumerate(structure):
        of_year, level = year + said.next_year, said.measure == "level"
        value = figure(said, district, of_year, rng)
        quote = f"{written(value)} {WORDS[said.indicator['unit']] if level else '%'}"
        sentence = f"{said.indicator['name_vi']} năm {of_year} đạt {quote}{'' if level else ' so với kế hoạch'}."
        start = len(text) + sentence.rindex(quote)
        text += sentence + " "
        rows.append({
            "statement_id": f"{article_id}{position:03d}", "article_id": article_id, "kind": said.kind,
            "indicator": said.indicator["code"], "indicator_text": said.indicator["name_vi"], "measure": said.measure,
            "value": value, "unit": said.indicator["unit"] if level else "pct", "comparator": said.comparator,
            "estimated": said.estimated, "year": of_year, "period": said.period, "district_code": district,
            "quote": quote, "sentence": sentence, "char_start": start, "char_end": start + len(quote),
            "confidence": 0.9, "rules": "made_up", "extractor_version": "benchmark",
        })  # fmt: skip
    tables["statements"] += rows
    tables["articles"].append({
        "article_id": article_id, "url": f"https://example.org/{article_id}", "publisher": "example.org",
        "title": f"Bài {article_id}", "published_on": published, "date_precision": "day", "date_source": "declared",
        "date_certainty": "sure", "text": text, "origin": "benchmark",
    })  # fmt: skip
    tables["documents"].append({
        "article_id": article_id, "unit_level": "district", "district_code": district, "resolved_by": "made_up",
        "place_score": 1.0, "figures_seen": len(rows), "statements": len(rows), "rejected": 0,
        "extractor_version": "benchmark",
    })  # fmt: skip


def write_dataset(folder: Path, rows: list[dict[str, Any]], months: dict[str, str]) -> None:
    """One Parquet file a month of publication, and the empty one that carries the types."""
    folder.mkdir(parents=True)
    types = polars_schema(CONTRACTS[folder.name])
    if folder.name == "rejected":
        types["failed_checks"] = pl.String
    frame = pl.DataFrame(rows, schema=types)
    frame.clear().write_parquet(folder / "schema.parquet")
    month = pl.Series("month", [months[article_id] for article_id in frame["article_id"]], dtype=pl.String)
    for (name,), part in frame.with_columns(month).partition_by("month", as_dict=True).items():
        part.drop("month").write_parquet(folder / f"{name}.parquet")


def build(home: Path) -> dict[str, float]:
    """Build the warehouse of ``home``: seconds (in all, of processor time, by kind of node), peak MiB, file MiB."""
    (home / "warehouse").mkdir(exist_ok=True)
    command = [
        str(Path(sys.executable).with_name("dbt")), "--quiet", "build", "--exclude-resource-type", "unit_test",
        "--profiles-dir", ".", "--target-path", str(home / "target"), "--log-path", str(home / "logs"),
    ]  # fmt: skip
    cost = measured(command, home, PROJECT)
    spent = {"model": 0.0, "test": 0.0, "seed": 0.0}
    for result in json.loads((home / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]:
        spent[result["unique_id"].split(".")[0]] += result["execution_time"]
    file = home / "warehouse" / "sohuyen.duckdb"
    return {**spent, **cost, "file": file.stat().st_size / 2**20}


def measured(command: list[str], home: Path, folder: Path) -> dict[str, float]:
    """Run a command over the data root ``home``: seconds, seconds of processor time, peak MiB."""
    started = time.perf_counter()
    environment = {**os.environ, "SOHUYEN_HOME": str(home), "PYTHONPATH": str(REPOSITORY)}
    process = subprocess.Popen(command, cwd=folder, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(
            f"{command[:2]} failed (keep its files with --folder; dbt's log is {home / 'logs' / 'dbt.log'})"
        )
    return {
        "seconds": time.perf_counter() - started, "processor": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss / 1024,
    }  # fmt: skip


def main() -> None:
    """Make the lakes, build the warehouses, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, help="keep lakes and warehouses there")
    options = parser.parse_args()
    heads = (
        "statements", "build s", "processor s", "models s", "data tests s", "peak memory MiB", "database MiB",
        "publish s", "peak MiB", "published MiB", "release s", "peak MiB",
    )  # fmt: skip
    print(f"| {' | '.join(heads)} |\n{'|---' * len(heads)}|")
    for rows in options.rows:
        with tempfile.TemporaryDirectory(prefix="sohuyen-bench-") as scratch:
            home = (options.folder or Path(scratch)).resolve() / str(rows)
            make_lake(home, rows)
            cost = build(home)
            published = measured([sys.executable, "-c", PUBLISH, str(home)], home, REPOSITORY)
            released = measured([sys.executable, "-c", RELEASE, str(home)], home, REPOSITORY)
            size = (home / "published" / "sohuyen.duckdb").stat().st_size / 2**20
        cells = [cost[key] for key in ("seconds", "processor", "model", "test", "peak", "file")]
        cells += [published["seconds"], published["peak"], size, released["seconds"], released["peak"]]
        print(f"| {rows:,} | {' | '.join(f'{cell:,.0f}' for cell in cells)} |", flush=True)


if __name__ == "__main__":
    main()

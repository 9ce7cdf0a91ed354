"""Facts of the published warehouse on the terminal.

Belongs here: asking the published file and laying out the answer. Does not belong here: what a fact is (dbt), options
of commands (``cli``).
"""

import difflib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from rich.table import Table

_NEAR = 5
_SIGNS = {"gt": "> ", "ge": "≥ ", "lt": "< ", "le": "≤ ", "approx": "≈ "}


class NoFactsError(Exception):
    """There is nothing to show; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class District:
    """A district under all its names in the warehouse. ``codes`` are GSO codes."""

    name: str
    province: str
    codes: tuple[str, ...]


def find_district(published: Path, wanted: str) -> list[District]:
    """Districts that bear the name or code ``wanted``, accents taken seriously unless the name has none.

    Raises NoFactsError with near matches where there is none, or where nothing is published.
    """
    with _opened(published) as connection:
        rows = connection.sql(
            "select full_name_vi, province_name, name_vi, name_en, string_agg(distinct district_code, ',') "
            "from dim_district group by all order by all"
        ).fetchall()
    spoken = _spoken(wanted)
    exact = [row for row in rows if spoken in map(_spoken, (row[0], row[2])) or wanted in row[4].split(",")]
    found = exact or [row for row in rows if spoken == _spoken(row[3])]
    if found:
        return [District(row[0], row[1], tuple(sorted(row[4].split(",")))) for row in found]
    names = sorted({row[2] for row in rows} | {row[3] for row in rows if spoken.isascii()})
    by_spoken = {_spoken(name): name for name in names}
    near = [by_spoken[name] for name in difflib.get_close_matches(spoken, by_spoken, n=_NEAR, cutoff=0.6)]
    hint = f"did you mean {', '.join(near)}?" if near else "give its name with accents, or its three-digit GSO code"
    raise NoFactsError(f"no district is called {wanted!r}: {hint}")


def facts_table(published: Path, districts: list[District], year: int | None, kind: str | None) -> Table:
    """The facts of districts, by year and indicator. Raises NoFactsError, with the years there are."""
    codes = [code for district in districts for code in district.codes]
    with _opened(published) as connection:
        rows = connection.sql(_FACTS, params={"codes": codes, "year": year, "kind": kind}).fetchall()
        years = connection.sql(_YEARS, params={"codes": codes}).fetchall()
    names = ", ".join(f"{district.name} ({district.province})" for district in districts)
    if not rows:
        known = ", ".join(str(found) for (found,) in years)
        raise NoFactsError(
            f"no {kind or 'fact'} of {names}" + (f" in {year}" if year else "")
            + (f"; there are facts for {known}" if known else "; drop articles about it into the inbox and run again")
        )  # fmt: skip
    table = Table("district", "year", "period", "kind", "indicator", "figures", "sources", "quote", title=names,
                  show_lines=False, row_styles=["", "dim"])  # fmt: skip
    for row in rows:
        (district, found, period, found_kind, indicator, segment, level, level_unit, level_bound, change, change_unit,
         change_bound, growth, growth_bound, ratio, ratio_bound, sources, quote) = row  # fmt: skip
        figures = _figures(
            (level, level_unit, level_bound), (change, f"{change_unit} change", change_bound),
            (growth, "% growth", growth_bound), (ratio, "% of plan", ratio_bound),
        )  # fmt: skip
        name = f"{indicator} · {segment}" if segment else indicator
        table.add_row(district, str(found), period, found_kind, name, figures, str(sources), quote)
    return table


def attainment_table(published: Path, rows_shown: int) -> Table:
    """Targets that have a verdict beside their outcomes, first those whose both sides were stated."""
    with _opened(published) as connection:
        rows = connection.sql(_ATTAINMENT, params={"rows": rows_shown}).fetchall()
    title = "Targets and what became of them"
    table = Table("district", "year", "indicator", "target", "outcome", "of plan", "verdict", title=title)
    for column in table.columns[3:6]:
        column.justify = "right"
    colours = {"met": "green", "missed": "red"}
    for district, year, indicator, segment, unit, *sides, ratio, verdict in rows:
        target, outcome = (_side(side, unit) for side in (sides[:6], sides[6:]))
        name = f"{indicator} · {segment}" if segment else indicator
        shown = f"[{colours[verdict]}]{verdict}[/]"
        table.add_row(district, str(year), name, target, outcome, _figure(ratio, "%"), shown)
    return table


def overview_table(published: Path) -> Table:
    """Facts by district and year."""
    with _opened(published) as connection:
        rows = connection.sql(_OVERVIEW).fetchall()
    table = Table("district", "province", "year", "targets", "outcomes", title="Facts by district and year")
    for column in table.columns[3:]:
        column.justify = "right"
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    return table


def _opened(published: Path) -> duckdb.DuckDBPyConnection:
    if not published.exists():
        raise NoFactsError(
            f"{published} is not there yet; run `sohuyen demo` (make demo), or materialise published_warehouse"
        )
    return duckdb.connect(str(published), read_only=True)


def _spoken(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _figure(value: float | None, unit: str | None) -> str:
    return "" if value is None else f"{round(value, 2):,.10g} {unit or ''}".strip()


def _figures(*measures: tuple[float | None, str | None, str | None]) -> str:
    """Measures of one fact, each (value, what follows it, comparator), in one line."""
    return "; ".join(
        f"{_SIGNS.get(comparator or '', '')}{_figure(value, unit)}"
        for value, unit, comparator in measures
        if value is not None
    )


def _side(side: list[Any], unit: str | None) -> str:
    """One side of an attainment: level, change and growth, each with its comparator behind it in ``side``."""
    level, level_bound, change, change_bound, growth, growth_bound = side
    change_unit = "pct_point" if unit == "pct" else unit or ""
    return _figures(
        (level, unit, level_bound), (change, f"{change_unit} change", change_bound), (growth, "% growth", growth_bound)
    )


_ALL_FACTS = """
    select 'target' as kind, * from fct_targets union all by name select 'outcome' as kind, * from fct_outcomes
"""
_FACTS = f"""
    select d.full_name_vi, f.year, f.period, f.kind, i.name_vi, f.segment, f.level, f.level_unit, f.level_comparator,
        f.change, f.change_unit, f.change_comparator, f.growth, f.growth_comparator, f.plan_ratio,
        f.plan_ratio_comparator, f.sources, f.quote
    from ({_ALL_FACTS}) f join dim_indicator i using (indicator) join dim_district d using (unit_id)
    where f.district_code in (select unnest($codes)) and ($year is null or f.year = $year)
        and ($kind is null or f.kind = $kind)
    order by f.year, f.kind desc, i.domain, f.indicator, f.segment nulls first, f.period
"""
_YEARS = f"select distinct year from ({_ALL_FACTS}) where district_code in (select unnest($codes)) order by year"
_OVERVIEW = f"""
    select d.full_name_vi, d.province_name, f.year, count(*) filter (f.kind = 'target'),
        count(*) filter (f.kind = 'outcome')
    from ({_ALL_FACTS}) f join dim_district d using (unit_id) group by all order by all
"""
_ATTAINMENT = """
    select d.full_name_vi, a.year, i.name_vi, a.segment, a.unit,
        a.target_level, a.target_level_comparator, a.target_change, a.target_change_comparator,
        a.target_growth, a.target_growth_comparator,
        a.outcome_level, a.outcome_level_comparator, a.outcome_change, a.outcome_change_comparator,
        a.outcome_growth, a.outcome_growth_comparator,
        coalesce(a.stated_plan_ratio, a.computed_plan_ratio), a.verdict
    from fct_target_attainment a join dim_indicator i using (indicator) join dim_district d using (unit_id)
    where a.verdict <> 'unknown'
    order by a.target_fact_id is null, a.outcome_fact_id is null, d.full_name_vi, a.year, i.name_vi, a.segment
    limit $rows
"""

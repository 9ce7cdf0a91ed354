"""Facts of the published warehouse on the terminal.

Belongs here: asking the published file and laying out the answer. Does not belong here: what a fact is (dbt), options
of commands (``cli``).
"""

import difflib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb
from rich.table import Table

_NEAR = 5

Language = Literal["vi", "en"]
"""Of names and figures; quotes are always as they stand in the article."""


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


def facts_table(
    published: Path, districts: list[District], year: int | None, kind: str | None, language: Language = "vi"
) -> Table:
    """The facts of districts, by year and indicator, a target above its outcome; names and figures in ``language``.

    Raises NoFactsError, with the years there are.
    """
    codes = [code for district in districts for code in district.codes]
    with _opened(published) as connection:
        query = _FACTS.format(language=language)
        rows = connection.sql(query, params={"codes": codes, "year": year, "kind": kind}).fetchall()
        years = connection.sql(_YEARS, params={"codes": codes}).fetchall()
    names = ", ".join(f"{district.name} ({district.province})" for district in districts)
    if not rows:
        known = ", ".join(str(found) for (found,) in years)
        raise NoFactsError(
            f"no {kind or 'fact'} of {names}" + (f" in {year}" if year else "")
            + (f"; there are facts for {known}" if known else "; drop articles about it into the inbox and run again")
        )  # fmt: skip
    several = len({district for district, *_ in rows}) > 1
    heads = ("year", "period", "indicator", "kind", "figures", "sources", "quote")
    table = Table(*(("district", *heads) if several else heads), title=names)
    table.columns[-2].justify = "right"
    for district, *cells in rows:
        shown = [str(cell) for cell in cells]
        table.add_row(*([district, *shown] if several else shown))
    return table


def attainment_table(published: Path, rows_shown: int, language: Language = "vi") -> Table:
    """Targets that have a verdict beside their outcomes, first those whose both sides were stated."""
    with _opened(published) as connection:
        rows = connection.sql(_ATTAINMENT.format(language=language), params={"rows": rows_shown}).fetchall()
    table = Table("district", "year", "indicator", "target", "outcome", "verdict",
                  title="Targets and what became of them")  # fmt: skip
    colours = {"met": "green", "missed": "red"}
    for *cells, verdict in rows:
        table.add_row(*(str(cell) for cell in cells), f"[{colours[verdict]}]{verdict}[/]")
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


_ALL_FACTS = """
    select 'target' as kind, * from fct_targets union all by name select 'outcome' as kind, * from fct_outcomes
"""
_FACTS = f"""
    select f.district, f.year, f.period, concat_ws(' · ', f.indicator_{{language}}, f.segment, price.name_{{language}}),
        f.kind, f.figures_{{language}}, f.sources, f.quote
    from ({_ALL_FACTS}) f
    left join dim_code price on price.code_list = 'price_basis' and price.code = f.price_basis
    where f.district_code in (select unnest($codes)) and ($year is null or f.year = $year)
        and ($kind is null or f.kind = $kind)
    order by f.year, f.domain, f.indicator, f.segment nulls first, f.price_basis nulls first, f.period, f.kind desc
"""
_YEARS = f"select distinct year from ({_ALL_FACTS}) where district_code in (select unnest($codes)) order by year"
_OVERVIEW = f"""
    select district, province, year, count(*) filter (kind = 'target'), count(*) filter (kind = 'outcome')
    from ({_ALL_FACTS}) group by all order by all
"""
_ATTAINMENT = """
    select district, year, concat_ws(' · ', indicator_{language}, segment), coalesce(target_{language}, ''),
        coalesce(outcome_{language}, ''), verdict
    from fct_target_attainment
    where verdict <> 'unknown'
    order by target_fact_id is null, outcome_fact_id is null, district, year, indicator, segment
    limit $rows
"""

-- How much is known: every district and year of which anything is known, by domain, zeros included.
with

facts as (
    select 'target' as kind, unit_id, territory_id, district_code, province_code, year, indicator, statements from {{ ref('fct_targets') }}
    union all
    select 'outcome', unit_id, territory_id, district_code, province_code, year, indicator, statements from {{ ref('fct_outcomes') }}
),

known as (
    select territory_id, year, max(unit_id) as unit_id, max(district_code) as district_code, max(province_code) as province_code
    from facts
    group by territory_id, year
),

domains as (
    select domain, count(*) as indicators_defined from {{ ref('dim_indicator') }} group by domain
),

by_indicator as (
    select facts.territory_id, facts.year, indicators.domain, facts.indicator,
        bool_or(facts.kind = 'target') as has_target, bool_or(facts.kind = 'outcome') as has_outcome,
        cast(sum(facts.statements) as bigint) as statements
    from facts
    inner join {{ ref('dim_indicator') }} as indicators using (indicator)
    group by all
),

counted as (
    select territory_id, year, domain,
        count(*) filter (where has_target) as targets,
        count(*) filter (where has_outcome) as outcomes,
        count(*) filter (where has_target and has_outcome) as both_sides,
        count(*) as indicators,
        cast(sum(statements) as bigint) as statements
    from by_indicator
    group by all
)

select
    known.unit_id, known.territory_id, known.district_code, known.province_code, known.year, domains.domain,
    domains.indicators_defined,
    coalesce(counted.indicators, 0) as indicators,
    coalesce(counted.targets, 0) as targets,
    coalesce(counted.outcomes, 0) as outcomes,
    coalesce(counted.both_sides, 0) as both_sides,
    coalesce(counted.statements, 0) as statements
from known
cross join domains
left join counted on counted.territory_id = known.territory_id and counted.year = known.year and counted.domain = domains.domain
order by known.district_code, known.territory_id, known.year, domains.domain

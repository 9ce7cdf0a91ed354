-- How much is known: every district and year of which anything is known, by domain, zeros included, with the latest evidence.
with

facts as (
    {% for kind, model in [('target', 'fct_targets'), ('outcome', 'fct_outcomes')] -%}
    select '{{ kind }}' as kind, unit_id, territory_id, district_code, province_code, year, indicator, domain, statements,
        article_id, published_on, statement_id, url
    from {{ ref(model) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

known as (
    select territory_id, year, max(unit_id) as unit_id, max(district_code) as district_code, max(province_code) as province_code
    from facts
    group by territory_id, year
),

domains as (
    select domain, max(domain_vi) as domain_vi, max(domain_en) as domain_en, count(*) as indicators_defined
    from {{ ref('dim_indicator') }}
    group by domain
),

by_indicator as (
    select territory_id, year, domain, indicator,
        bool_or(kind = 'target') as has_target, bool_or(kind = 'outcome') as has_outcome,
        cast(sum(statements) as bigint) as statements
    from facts
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
),

latest as (
    select territory_id, year, domain, count(distinct article_id) as articles,
        arg_max(statement_id, (published_on, statement_id)) as statement_id,
        arg_max(url, (published_on, statement_id)) as url
    from facts
    group by all
),

covered as (
    select known.*, domains.*,
        coalesce(counted.indicators, 0) as indicators,
        coalesce(counted.targets, 0) as targets,
        coalesce(counted.outcomes, 0) as outcomes,
        coalesce(counted.both_sides, 0) as both_sides,
        coalesce(counted.statements, 0) as statements,
        coalesce(latest.articles, 0) as articles,
        latest.statement_id,
        latest.url
    from known
    cross join domains
    left join counted
        on counted.territory_id = known.territory_id and counted.year = known.year and counted.domain = domains.domain
    left join latest
        on latest.territory_id = known.territory_id and latest.year = known.year and latest.domain = domains.domain
)

select
    covered.*,
    districts.full_name_vi as district,
    districts.province_name as province,
    before.indicators as indicators_before
from covered
inner join {{ ref('dim_district') }} as districts using (unit_id)
-- null where nothing at all is known of the year before
left join covered as before
    on before.territory_id = covered.territory_id and before.year = covered.year - 1 and before.domain = covered.domain
order by covered.district_code, covered.territory_id, covered.year, covered.domain

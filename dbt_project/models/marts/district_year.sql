-- The wide table for drag and drop: a district and year with its main figures side by side. Whole years, whole indicators, and the
-- indicator's own unit only: nothing is mixed in a column. Of several price bases: unnamed, then constant, then current prices.
{%- set wide = var('wide_indicators') %}
with

figures as (
    {% for kind, model in [('target', 'fct_targets'), ('outcome', 'fct_outcomes')] %}
    select '{{ kind }}' as kind, facts.unit_id, facts.year, facts.indicator, facts.article_id,
        case when facts.level_unit = indicators.unit then facts.level end as level,
        facts.growth,
        case facts.price_basis
            when 'constant_2010' then 1 when 'constant' then 2 when 'constant_2020' then 3 when 'current' then 4 else 0
        end as basis_rank
    from {{ ref(model) }} as facts
    inner join {{ ref('dim_indicator') }} as indicators using (indicator)
    where facts.period = 'FY' and facts.segment is null
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

wide as (
    select
        unit_id, year,
        {% for indicator in wide -%}
        arg_min(level, basis_rank) filter (where kind = 'target' and indicator = '{{ indicator }}' and level is not null) as {{ indicator }}_target,
        arg_min(level, basis_rank) filter (where kind = 'outcome' and indicator = '{{ indicator }}' and level is not null) as {{ indicator }}_outcome,
        {% endfor -%}
        {% for indicator in var('wide_growth_indicators') -%}
        arg_min(growth, basis_rank) filter (where kind = 'outcome' and indicator = '{{ indicator }}' and growth is not null) as {{ indicator }}_growth,
        {% endfor -%}
        count(distinct indicator) filter (where kind = 'target') as targets,
        count(distinct indicator) filter (where kind = 'outcome') as outcomes
    from figures
    group by unit_id, year
),

verdicts as (
    select unit_id, year,
        count(*) filter (where verdict = 'met') as met,
        count(*) filter (where verdict = 'missed') as missed,
        count(*) filter (where verdict = 'unknown') as unknown
    from {{ ref('fct_target_attainment') }}
    where period = 'FY' and segment is null
    group by unit_id, year
),

articles as (
    select unit_id, year, count(distinct article_id) as articles
    from {{ ref('fct_statements') }}
    where status = 'fact'
    group by unit_id, year
)

select
    wide.*,
    districts.district_code, districts.territory_id, districts.full_name_vi as district, districts.name_en as district_en,
    districts.district_type, districts.province_code, districts.province_name as province,
    districts.province_name_en as province_en, districts.region, districts.province_name_now as province_now,
    districts.latitude, districts.longitude, districts.area_km2,
    coalesce(articles.articles, 0) as articles,
    coalesce(verdicts.met, 0) as met, coalesce(verdicts.missed, 0) as missed, coalesce(verdicts.unknown, 0) as unknown
from wide
inner join {{ ref('dim_district') }} as districts using (unit_id)
left join articles on articles.unit_id = wide.unit_id and articles.year = wide.year
left join verdicts on verdicts.unit_id = wide.unit_id and verdicts.year = wide.year
order by districts.district_code, wide.unit_id, wide.year

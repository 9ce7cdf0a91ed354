{#- One row a fact of `kind`: the chosen statement of each measure side by side. The headline columns (unit, comparator,
    value_max, of, estimated, quote ...) belong to the measure named in `measure`: the level where there is one. Names stand beside
    the codes, so that one table is enough to read. -#}
{% macro facts(kind) %}
with

chosen as (
    select *, case measure when 'level' then 1 when 'change' then 2 when 'growth' then 3 else 4 end as position
    from {{ ref('int_choices') }}
    where kind = '{{ kind }}' and role = 'chosen'
),

said as (
    select fact_id, count(*) as statements, count(distinct report_id) as sources
    from {{ ref('int_choices') }}
    where kind = '{{ kind }}'
    group by fact_id
),

measures as (
    select
        fact_id, territory_id, unit_id, district_code, year, period, indicator, segment, price_basis,
        arg_min(statement_id, position) as statement_id,
        min(agreement) as agreement,
        bool_or(estimated) as any_estimated,
        {% for measure, own in [('level', ['unit']), ('change', ['unit', 'base', 'compared_with']), ('growth', ['base', 'compared_with']),
                                    ('plan_ratio', ['compared_with'])] %}
        max(value) filter (where measure = '{{ measure }}') as {{ measure }},
        max(value_max) filter (where measure = '{{ measure }}') as {{ measure }}_max,
        bool_or(estimated) filter (where measure = '{{ measure }}') as {{ measure }}_estimated,
        {% for column in own + ['comparator', 'sources', 'agreement', 'statement_id'] %}
        max({{ column }}) filter (where measure = '{{ measure }}') as {{ measure }}_{{ column }},
        {% endfor %}
        {% endfor %}
        max(plan_ref) filter (where measure = 'plan_ratio') as plan_ratio_ref
    from chosen
    group by all
)

select
    measures.*,
    districts.province_code,
    districts.full_name_vi as district,
    districts.province_name as province,
    indicators.name_vi as indicator_vi,
    indicators.name_en as indicator_en,
    indicators.domain,
    {% for language in ['vi', 'en'] -%}
    {{ fact_in_words(language, 'level_signs.name_' ~ language, 'change_signs.name_' ~ language,
                     "case when headline.measure = 'level' then headline.\"of\" end") }} as figures_{{ language }},
    {% endfor -%}
    headline.measure, headline.unit, headline.value_max, headline."of", headline.comparator, headline.estimated,
    headline.article_id, headline.published_on, headline.confidence, headline.flags, headline.quote, headline.sentence,
    said.sources, said.statements,
    articles.url
from measures
inner join said using (fact_id)
inner join {{ ref('int_statements') }} as headline using (statement_id)
inner join {{ ref('int_articles') }} as articles on articles.article_id = headline.article_id
inner join {{ ref('dim_district') }} as districts on districts.unit_id = measures.unit_id
inner join {{ ref('dim_indicator') }} as indicators on indicators.indicator = measures.indicator
left join {{ ref('labels') }} as level_signs on level_signs.vocabulary = 'unit_sign' and level_signs.code = measures.level_unit
left join {{ ref('labels') }} as change_signs on change_signs.vocabulary = 'unit_sign' and change_signs.code = measures.change_unit
order by measures.district_code, measures.unit_id, measures.year, measures.period, measures.indicator,
    measures.segment nulls first, measures.price_basis nulls first
{% endmacro %}

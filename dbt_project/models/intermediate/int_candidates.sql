-- Every statement that can be a fact, with the fact and measure that it speaks of and all that the choice among them looks at.
with

keyed as (
    select
        statements.*,
        reports.report_id,
        {{ key_of(['statements.kind', 'statements.territory_id', 'statements.year', 'statements.period', 'statements.indicator',
                   'statements.segment', 'statements.price_basis']) }} as fact_id,
        coalesce(
            statements.unit = case statements.measure
                when 'level' then indicators.unit
                when 'change' then case when indicators.unit = 'pct' then 'pct_point' else indicators.unit end
                else 'pct'
            end, true
        ) as unit_expected,
        case
            when statements.measure in ('change', 'growth')
                then case when {{ base_is_last_year('statements.base', 'statements.year') }} then 'last_year' else statements.base end
            when statements.plan_ref is null or statements.plan_ref = 'district' then 'own_plan'
            else statements.plan_ref
        end as compared_with
    from {{ ref('int_statements') }} as statements
    inner join {{ ref('int_reports') }} as reports using (article_id)
    inner join {{ ref('indicators') }} as indicators on indicators.code = statements.indicator
    where statements.status = 'fact'
)

select
    statement_id, article_id, report_id, fact_id,
    {{ key_of(['fact_id', 'measure']) }} as measure_id,
    {{ key_of(['unit', 'compared_with']) }} as comparison_id,
    kind, territory_id, unit_id, district_code, year, period, indicator, segment, price_basis, measure,
    value, value_max, "of", unit, comparator, estimated, base, plan_ref, compared_with, published_on, confidence,
    unit_expected,
    cast(
        case compared_with
            when 'last_year' then 0 when 'own_plan' then 0 when 'resolution' then 1 when 'province' then 2 else 3
        end as bigint
    ) as comparison_rank,
    coalesce(not list_contains(string_split(flags, ','), 'out_of_range'), true) as plausible,
    kind = 'target' or published_on > period_end as whole_period,
    {{ span_low('value', 'value_max', 'comparator', 'unit') }} as value_low,
    {{ span_high('value', 'value_max', 'comparator', 'unit') }} as value_high
from keyed
order by statement_id

-- Every statement that can be a fact, with the fact and measure that it speaks of and all that the choice among them looks at.
with

statements as (
    select * from {{ ref('int_statements') }} where status = 'fact'
),

-- the words of a base or plan, by the first pattern that fits them
worded as (
    select field, words, arg_min(patterns.means, patterns.position) as means
    from (
        select distinct 'base' as field, base as words from statements where base is not null
        union all
        select distinct 'plan_ref', plan_ref from statements where plan_ref is not null
    ) as said
    inner join {{ ref('comparison_words') }} as patterns using (field)
    where regexp_matches(lower(said.words), patterns.pattern)
    group by field, words
),

compared as (
    select
        statements.*,
        case
            when statements.measure in ('change', 'growth') then case
                when statements.base is null then 'last_year'
                when regexp_matches(statements.base, '(19|20)\d\d') then case
                    when regexp_extract(statements.base, '(19|20)\d\d') = cast(statements.year - 1 as varchar) then 'last_year'
                    else statements.base
                end
                else coalesce(bases.means, statements.base)
            end
            when statements.plan_ref is null then 'own_plan'
            when plans.means = 'city' then case when districts.district_type like 'thanh_pho%' then 'own_plan' else 'province' end
            else plans.means
        end as compared_with,
        indicators.unit as indicator_unit,
        reports.report_id,
        {{ key_of(['statements.kind', 'statements.territory_id', 'statements.year', 'statements.period', 'statements.indicator',
                   'statements.segment', 'statements.price_basis']) }} as fact_id
    from statements
    inner join {{ ref('int_reports') }} as reports using (article_id)
    inner join {{ ref('indicators') }} as indicators on indicators.code = statements.indicator
    inner join {{ ref('dim_district') }} as districts on districts.unit_id = statements.unit_id
    left join worded as bases on bases.field = 'base' and bases.words = statements.base
    left join worded as plans on plans.field = 'plan_ref' and plans.words = statements.plan_ref
)

select
    statement_id, article_id, report_id, fact_id,
    {{ key_of(['fact_id', 'measure']) }} as measure_id,
    {{ key_of(['unit', 'compared_with']) }} as comparison_id,
    kind, territory_id, unit_id, district_code, year, period, indicator, segment, price_basis, measure,
    value, value_max, "of", unit, comparator, estimated, base, plan_ref, compared_with, published_on, confidence, char_start,
    coalesce(
        unit = case measure
            when 'level' then indicator_unit
            when 'change' then case when indicator_unit = 'pct' then 'pct_point' else indicator_unit end
            else 'pct'
        end, true
    ) as unit_expected,
    cast(
        case compared_with
            when 'last_year' then 0 when 'own_plan' then 0 when 'resolution' then 1 when 'province' then 2 else 3
        end as bigint
    ) as comparison_rank,
    coalesce(not list_contains(string_split(flags, ','), 'out_of_range'), true) as plausible,
    kind = 'target' or published_on > period_end as whole_period,
    {{ span_low('value', 'value_max', 'comparator', 'unit') }} as value_low,
    {{ span_high('value', 'value_max', 'comparator', 'unit') }} as value_high
from compared
order by statement_id

-- A target beside the outcome of the same district, year, period, indicator and segment, whoever said them.
-- Rows: every target, and every outcome that states a plan ratio (a target must have been there).
with

targets as (
    select * from {{ ref('fct_targets') }}
),

outcomes as (
    select * from {{ ref('fct_outcomes') }}
),

-- same price basis first
same_basis as (
    select targets.fact_id as target_fact_id, outcomes.fact_id as outcome_fact_id, false as price_basis_assumed
    from targets
    inner join outcomes
        on targets.territory_id = outcomes.territory_id and targets.year = outcomes.year and targets.period = outcomes.period
        and targets.indicator = outcomes.indicator and targets.segment is not distinct from outcomes.segment
        and targets.price_basis is not distinct from outcomes.price_basis
),

targets_left as (
    select *, count(*) over (partition by territory_id, year, period, indicator, segment) as alike
    from targets
    where fact_id not in (select target_fact_id from same_basis)
),

outcomes_left as (
    select *, count(*) over (partition by territory_id, year, period, indicator, segment) as alike
    from outcomes
    where fact_id not in (select outcome_fact_id from same_basis)
),

-- then, where one side does not name its basis and there is no choice, the basis of the other side is assumed and flagged
assumed_basis as (
    select targets_left.fact_id as target_fact_id, outcomes_left.fact_id as outcome_fact_id, true as price_basis_assumed
    from targets_left
    inner join outcomes_left
        on targets_left.territory_id = outcomes_left.territory_id and targets_left.year = outcomes_left.year
        and targets_left.period = outcomes_left.period and targets_left.indicator = outcomes_left.indicator
        and targets_left.segment is not distinct from outcomes_left.segment
    where targets_left.alike = 1 and outcomes_left.alike = 1
        and (targets_left.price_basis is null or outcomes_left.price_basis is null)
),

paired as (
    select * from same_basis
    union all
    select * from assumed_basis
),

pairs as (
    select * from paired
    union all
    select fact_id, null, false from targets where fact_id not in (select target_fact_id from paired)
    union all
    select null, fact_id, false from outcomes
    where plan_ratio is not null and fact_id not in (select outcome_fact_id from paired)
),

beside as (
    select
        coalesce(targets.territory_id, outcomes.territory_id) as territory_id,
        coalesce(targets.unit_id, outcomes.unit_id) as unit_id,
        coalesce(targets.district_code, outcomes.district_code) as district_code,
        coalesce(targets.province_code, outcomes.province_code) as province_code,
        coalesce(targets.year, outcomes.year) as year,
        coalesce(targets.period, outcomes.period) as period,
        coalesce(targets.indicator, outcomes.indicator) as indicator,
        coalesce(targets.segment, outcomes.segment) as segment,
        coalesce(targets.price_basis, outcomes.price_basis) as price_basis,
        pairs.price_basis_assumed,
        pairs.target_fact_id,
        pairs.outcome_fact_id,
        coalesce(targets.level_unit, outcomes.level_unit) as unit,
        targets.level as target_level,
        targets.level_max as target_level_max,
        targets.level_comparator as target_level_comparator,
        targets.change as target_change,
        targets.change_max as target_change_max,
        targets.change_comparator as target_change_comparator,
        targets.growth as target_growth,
        targets.growth_max as target_growth_max,
        targets.growth_comparator as target_growth_comparator,
        -- figures in another unit than the target's (a count beside a rate) cannot be held against it
        case when targets.level_unit is null or targets.level_unit = outcomes.level_unit then outcomes.level end as outcome_level,
        case when targets.level_unit is null or targets.level_unit = outcomes.level_unit then outcomes.level_max end
            as outcome_level_max,
        case when targets.level_unit is null or targets.level_unit = outcomes.level_unit then outcomes.level_comparator end
            as outcome_level_comparator,
        case when targets.change_unit is null or targets.change_unit = outcomes.change_unit then outcomes.change end
            as outcome_change,
        case when targets.change_unit is null or targets.change_unit = outcomes.change_unit then outcomes.change_max end
            as outcome_change_max,
        case when targets.change_unit is null or targets.change_unit = outcomes.change_unit then outcomes.change_comparator end
            as outcome_change_comparator,
        outcomes.growth as outcome_growth,
        outcomes.growth_max as outcome_growth_max,
        outcomes.growth_comparator as outcome_growth_comparator,
        outcomes.any_estimated as outcome_estimated,
        outcomes.plan_ratio as stated_plan_ratio,
        outcomes.plan_ratio_max as stated_plan_ratio_max,
        outcomes.plan_ratio_comparator as stated_plan_ratio_comparator,
        outcomes.plan_ratio_ref as stated_plan_ratio_ref,
        cast(100 as double) as whole_plan,
        cast(null as double) as whole_plan_max,
        'ge' as whole_plan_comparator,
        targets.statement_id as target_statement_id,
        targets.quote as target_quote,
        targets.sentence as target_sentence,
        targets.url as target_url,
        outcomes.statement_id as outcome_statement_id,
        outcomes.quote as outcome_quote,
        outcomes.sentence as outcome_sentence,
        outcomes.url as outcome_url
    from pairs
    left join targets on targets.fact_id = pairs.target_fact_id
    left join outcomes on outcomes.fact_id = pairs.outcome_fact_id
),

-- where no change or growth is stated, the one between two stated levels stands in, and the verdict says so
with_levels_of_two_years as (
    select
        beside.*,
        indicators.direction,
        periods.whole_year,
        case when beside.outcome_change is null then changes.value end as change_from_levels,
        cast(null as double) as change_from_levels_max,
        'eq' as change_from_levels_comparator,
        case when beside.outcome_growth is null then growths.value end as growth_from_levels,
        cast(null as double) as growth_from_levels_max,
        'eq' as growth_from_levels_comparator
    from beside
    inner join {{ ref('dim_indicator') }} as indicators using (indicator)
    inner join {{ ref('periods') }} as periods using (period)
    left join {{ ref('fct_derived') }} as changes
        on changes.fact_id = beside.outcome_fact_id and changes.method = 'change_from_levels'
    left join {{ ref('fct_derived') }} as growths
        on growths.fact_id = beside.outcome_fact_id and growths.method = 'growth_from_levels'
),

judged as (
    select
        *,
        {{ verdict('target_level', 'outcome_level', 'direction') }} as by_level,
        {{ verdict('target_change', 'outcome_change', 'direction', signed=true) }} as by_change,
        {{ verdict('target_growth', 'outcome_growth', 'direction', signed=true) }} as by_growth,
        {{ verdict('target_change', 'change_from_levels', 'direction', signed=true) }} as by_change_from_levels,
        {{ verdict('target_growth', 'growth_from_levels', 'direction', signed=true) }} as by_growth_from_levels,
        -- of an indicator that should fall, 103 % of plan can be good or bad; of part of a year, 52 % is no failure
        case
            when direction != 'higher_is_better' then case when stated_plan_ratio is not null then 'unknown' end
            when whole_year or period = 'TERM' then {{ verdict('whole_plan', 'stated_plan_ratio', 'direction') }}
            else nullif(replace(coalesce({{ verdict('whole_plan', 'stated_plan_ratio', 'direction') }}, ''), 'missed', 'unknown'), '')
        end as by_plan_ratio,
        case when target_level > 0 and outcome_level >= 0 then 100 * outcome_level / target_level end as computed_plan_ratio
    from with_levels_of_two_years
),

decided as (
    select
        *,
        {% set ways = ['level', 'change', 'growth', 'change_from_levels', 'growth_from_levels', 'plan_ratio'] -%}
        coalesce({% for way in ways %}nullif(by_{{ way }}, 'unknown'), {% endfor %}'unknown') as verdict,
        case
            {% for way in ways -%}
            when by_{{ way }} in ('met', 'missed') then '{{ way }}'
            {% endfor -%}
        end as verdict_by
    from judged
)

select
    {{ key_of(['territory_id', 'year', 'period', 'indicator', 'segment', 'price_basis']) }} as attainment_id,
    * exclude (whole_plan, whole_plan_max, whole_plan_comparator, stated_plan_ratio_max,
        whole_year, by_level, by_change, by_growth, by_change_from_levels, by_growth_from_levels, by_plan_ratio,
        change_from_levels, change_from_levels_max, change_from_levels_comparator,
        growth_from_levels, growth_from_levels_max, growth_from_levels_comparator),
    stated_plan_ratio - computed_plan_ratio as plan_ratio_difference,
    abs(stated_plan_ratio - computed_plan_ratio) > greatest(1, 0.01 * stated_plan_ratio) as ratios_disagree,
    len(list_distinct(list_filter([by_level, by_change, by_growth, by_plan_ratio], lambda way: way in ('met', 'missed')))) > 1
        as verdict_disputed
from decided
order by district_code, unit_id, year, period, indicator, segment nulls first, price_basis nulls first

{%- set ways = ['level', 'change', 'growth', 'change_from_levels', 'growth_from_levels', 'plan_ratio'] -%}
-- A target beside its outcome, with the verdict of each measure, the one that decides, and its evidence.
with

beside as (
    select
        pairs.attainment_id,
        coalesce(targets.territory_id, outcomes.territory_id) as territory_id,
        coalesce(targets.unit_id, outcomes.unit_id) as unit_id,
        coalesce(targets.district_code, outcomes.district_code) as district_code,
        coalesce(targets.province_code, outcomes.province_code) as province_code,
        coalesce(targets.district, outcomes.district) as district,
        coalesce(targets.province, outcomes.province) as province,
        coalesce(targets.indicator_vi, outcomes.indicator_vi) as indicator_vi,
        coalesce(targets.indicator_en, outcomes.indicator_en) as indicator_en,
        coalesce(targets.domain, outcomes.domain) as domain,
        targets.figures_vi as target_vi,
        targets.figures_en as target_en,
        outcomes.figures_vi as outcome_vi,
        outcomes.figures_en as outcome_en,
        coalesce(targets.year, outcomes.year) as year,
        coalesce(targets.period, outcomes.period) as period,
        coalesce(targets.indicator, outcomes.indicator) as indicator,
        coalesce(targets.segment, outcomes.segment) as segment,
        coalesce(targets.price_basis, outcomes.price_basis) as price_basis,
        pairs.price_basis_assumed,
        targets.fact_id as target_fact_id,
        outcomes.fact_id as outcome_fact_id,
        coalesce(targets.level_unit, outcomes.level_unit) as unit,
        {% for measure in ['level', 'change', 'growth'] -%}
        {% for part in ['', '_max', '_comparator'] -%}
        targets.{{ measure }}{{ part }} as target_{{ measure }}{{ part }},
        {% endfor -%}
        {% endfor -%}
        -- a figure in another unit than the target's (a count beside a rate) cannot be held against it
        {% for measure in ['level', 'change'] -%}
        {% for part in ['', '_max', '_comparator'] -%}
        case when targets.{{ measure }}_unit is null or targets.{{ measure }}_unit = outcomes.{{ measure }}_unit
            then outcomes.{{ measure }}{{ part }} end as outcome_{{ measure }}{{ part }},
        {% endfor -%}
        {% endfor -%}
        outcomes.growth as outcome_growth,
        outcomes.growth_max as outcome_growth_max,
        outcomes.growth_comparator as outcome_growth_comparator,
        outcomes.any_estimated as outcome_estimated,
        outcomes.plan_ratio as stated_plan_ratio,
        outcomes.plan_ratio_max as stated_plan_ratio_max,
        outcomes.plan_ratio_comparator as stated_plan_ratio_comparator,
        outcomes.plan_ratio_compared_with as stated_plan_ratio_compared_with,
        cast(100 as double) as whole_plan,
        cast(null as double) as whole_plan_max,
        'ge' as whole_plan_comparator,
        {% for side in ['target', 'outcome'] -%}
        {% for measure in ['level', 'change', 'growth', 'plan_ratio'] -%}
        {{ side }}s.{{ measure }}_statement_id as {{ side }}_{{ measure }}_statement_id,
        {% endfor -%}
        {{ side }}s.statement_id as {{ side }}_headline_statement_id{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_target_pairs') }} as pairs
    left join {{ ref('fct_targets') }} as targets on targets.fact_id = pairs.target_fact_id
    left join {{ ref('fct_outcomes') }} as outcomes on outcomes.fact_id = pairs.outcome_fact_id
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
        coalesce({% for way in ways %}nullif(by_{{ way }}, 'unknown'), {% endfor %}'unknown') as verdict,
        case
            {% for way in ways -%}
            when by_{{ way }} in ('met', 'missed') then '{{ way }}'
            {% endfor -%}
        end as verdict_by,
        coalesce(by_level, by_change, by_growth, by_change_from_levels, by_growth_from_levels) is not null as same_measure
    from judged
),

explained as (
    select
        *,
        case
            when verdict != 'unknown' then null
            when outcome_fact_id is null then 'no_outcome'
            when not same_measure and by_plan_ratio is null then 'not_comparable'
            when not same_measure and not whole_year and period != 'TERM' then 'part_of_period'
            when not same_measure and direction != 'higher_is_better' then 'no_better_side'
            when direction = 'neutral' and coalesce(target_level_comparator, 'eq') in ('eq', 'approx') then 'no_better_side'
            else 'bounds_open'
        end as unknown_because
    from decided
),

-- the evidence is that of the measure that decided, else of the headline
with_evidence as (
    select
        *,
        {% for side in ['target', 'outcome'] -%}
        coalesce(
            case verdict_by
                {% for way in ways -%}
                when '{{ way }}' then {{ side }}_{{ 'level' if way.endswith('_from_levels') and side == 'outcome' else way.removesuffix('_from_levels') }}_statement_id
                {% endfor %}
            end,
            {{ side }}_headline_statement_id
        ) as {{ side }}_statement_id{{ ',' if not loop.last }}
        {% endfor %}
    from explained
)

select
    pair.attainment_id, pair.district_code, pair.territory_id, pair.unit_id, pair.province_code, pair.district, pair.province,
    pair.year, pair.period, pair.indicator, pair.indicator_vi, pair.indicator_en, pair.domain, pair.segment,
    pair.price_basis, pair.price_basis_assumed, pair.direction, pair.unit,
    pair.target_vi, pair.target_en, pair.outcome_vi, pair.outcome_en,
    pair.verdict, pair.verdict_by, pair.unknown_because,
    len(list_distinct(list_filter(
        [pair.by_level, pair.by_change, pair.by_growth, pair.by_plan_ratio], lambda way: way in ('met', 'missed')
    ))) > 1 as verdict_disputed,
    {% for measure in ['level', 'change', 'growth'] -%}
    {% for part in ['', '_max', '_comparator'] -%}
    pair.target_{{ measure }}{{ part }}, pair.outcome_{{ measure }}{{ part }},
    {% endfor -%}
    {% endfor -%}
    pair.outcome_estimated,
    pair.stated_plan_ratio, pair.stated_plan_ratio_comparator, pair.stated_plan_ratio_compared_with,
    pair.computed_plan_ratio,
    pair.stated_plan_ratio - pair.computed_plan_ratio as plan_ratio_difference,
    abs(pair.stated_plan_ratio - pair.computed_plan_ratio) > greatest(1, 0.01 * pair.stated_plan_ratio) as ratios_disagree,
    {% for side in ['target', 'outcome'] -%}
    pair.{{ side }}_fact_id,
    pair.{{ side }}_statement_id,
    {{ side }}_evidence.quote as {{ side }}_quote,
    {{ side }}_evidence.sentence as {{ side }}_sentence,
    {{ side }}_evidence.url as {{ side }}_url{{ ',' if not loop.last }}
    {% endfor %}
from with_evidence as pair
left join {{ ref('fct_statements') }} as target_evidence on target_evidence.statement_id = pair.target_statement_id
left join {{ ref('fct_statements') }} as outcome_evidence on outcome_evidence.statement_id = pair.outcome_statement_id
order by pair.district_code, pair.territory_id, pair.year, pair.period, pair.indicator, pair.segment nulls first,
    pair.price_basis nulls first

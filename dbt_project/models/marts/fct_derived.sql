-- Figures that nobody stated but that follow from what was stated, each with its method and the statements it follows from.
-- Kept apart from the facts: no derived figure ever fills a stated column. Only exact figures ("eq", no range) take part.
with

facts as (
    select 'target' as kind, * from {{ ref('fct_targets') }}
    union all
    select 'outcome' as kind, * from {{ ref('fct_outcomes') }}
),

exact as (
    select
        kind, fact_id, territory_id, unit_id, district_code, province_code, year, period, indicator, segment, price_basis,
        case when level_comparator = 'eq' and level_max is null then level end as level, level_unit, level_statement_id,
        case when change_comparator = 'eq' and change_max is null and change_compared_with = 'last_year'
            then change end as change, change_unit, change_statement_id,
        case when growth_comparator = 'eq' and growth_max is null and growth_compared_with = 'last_year'
            then growth end as growth, growth_statement_id,
        case when plan_ratio_comparator = 'eq' and plan_ratio_max is null and plan_ratio_compared_with = 'own_plan'
            then plan_ratio end as plan_ratio,
        plan_ratio_statement_id,
        measure, "of", unit, statement_id
    from facts
),

-- a change of a rate is in percentage points and adds to the rate; any other change adds in the level's own unit
addable as (
    select *, change_unit = case level_unit when 'pct' then 'pct_point' else level_unit end as change_fits
    from exact
),

outcome_before as (
    select addable.*, before.level as level_before, before.level_unit as level_unit_before,
        before.level_statement_id as level_before_statement_id
    from addable
    inner join exact as before
        on before.kind = 'outcome' and before.territory_id = addable.territory_id and before.year = addable.year - 1
        and before.period = addable.period and before.indicator = addable.indicator
        and before.segment is not distinct from addable.segment
        and before.price_basis is not distinct from addable.price_basis
    where before.level is not null and addable.period != 'TERM'
),

derived as (
    select kind, fact_id, territory_id, unit_id, district_code, province_code, year - 1 as year, period, indicator, segment, price_basis,
        'outcome' as derived_kind, 'level' as measure, level / (1 + growth / 100) as value, level_unit as unit,
        'level_before_growth' as method, 'level / (1 + growth / 100)' as formula,
        [level_statement_id, growth_statement_id] as statements
    from addable where level is not null and level_unit != 'pct' and growth > -100 and kind = 'outcome' and period != 'TERM'

    union all
    select kind, fact_id, territory_id, unit_id, district_code, province_code, year - 1, period, indicator, segment, price_basis,
        'outcome', 'level', level - change, level_unit,
        'level_before_change', 'level - change', [level_statement_id, change_statement_id]
    from addable where level is not null and change is not null and change_fits and kind = 'outcome' and period != 'TERM'

    union all
    select kind, fact_id, territory_id, unit_id, district_code, province_code, year, period, indicator, segment, price_basis,
        'target', 'level', level / (plan_ratio / 100), level_unit,
        'target_from_plan_ratio', 'level / (plan_ratio / 100)', [level_statement_id, plan_ratio_statement_id]
    from addable where level is not null and plan_ratio > 0 and kind = 'outcome' and period in ('FY', 'TERM')

    union all
    select outcome.kind, outcome.fact_id, outcome.territory_id, outcome.unit_id, outcome.district_code, outcome.province_code, outcome.year,
        outcome.period, outcome.indicator, outcome.segment, outcome.price_basis,
        'outcome', 'level', target.level * outcome.plan_ratio / 100, target.level_unit,
        'level_from_plan_ratio', 'target level * plan_ratio / 100',
        [target.level_statement_id, outcome.plan_ratio_statement_id]
    from addable as outcome
    inner join exact as target
        on target.kind = 'target' and target.territory_id = outcome.territory_id and target.year = outcome.year
        and target.period = outcome.period and target.indicator = outcome.indicator
        and target.segment is not distinct from outcome.segment and target.price_basis is not distinct from outcome.price_basis
    where outcome.kind = 'outcome' and outcome.level is null and outcome.plan_ratio is not null and target.level is not null

    union all
    select kind, fact_id, territory_id, unit_id, district_code, province_code, year, period, indicator, segment, price_basis,
        kind, 'level', level_before * (1 + growth / 100), level_unit_before,
        'level_from_growth', 'level of the year before * (1 + growth / 100)',
        [level_before_statement_id, growth_statement_id]
    from outcome_before where level is null and growth is not null

    union all
    select kind, fact_id, territory_id, unit_id, district_code, province_code, year, period, indicator, segment, price_basis,
        kind, 'level', level_before + change, level_unit_before,
        'level_from_change', 'level of the year before + change', [level_before_statement_id, change_statement_id]
    from outcome_before
    where level is null and change is not null
        and change_unit = case level_unit_before when 'pct' then 'pct_point' else level_unit_before end

    union all
    select kind, fact_id, territory_id, unit_id, district_code, province_code, year, period, indicator, segment, price_basis,
        kind, 'change', level - level_before, case level_unit when 'pct' then 'pct_point' else level_unit end,
        'change_from_levels', 'level - level of the year before', [level_statement_id, level_before_statement_id]
    from outcome_before where kind = 'outcome' and level is not null and level_unit = level_unit_before

    union all
    select kind, fact_id, territory_id, unit_id, district_code, province_code, year, period, indicator, segment, price_basis,
        kind, 'growth', 100 * (level / level_before - 1), 'pct',
        'growth_from_levels', '100 * (level / level of the year before - 1)', [level_statement_id, level_before_statement_id]
    from outcome_before
    where kind = 'outcome' and level is not null and level_before > 0 and level_unit = level_unit_before and level_unit != 'pct'

    union all
    select kind, fact_id, territory_id, unit_id, district_code, province_code, year, period, indicator, segment, price_basis,
        kind, 'level', 100 * level / "of", 'pct',
        'share_from_fraction', '100 * level / of', [level_statement_id]
    from addable where measure = 'level' and level is not null and "of" > 0 and unit != 'pct'
)

select
    {{ key_of(['derived.fact_id', 'derived.method']) }} as derived_id,
    derived.fact_id,
    derived.derived_kind as kind,
    derived.territory_id, derived.unit_id, derived.district_code, derived.province_code, basis.district, basis.province,
    derived.year, derived.period, derived.indicator, basis.indicator_vi, basis.indicator_en,
    derived.segment, derived.price_basis, derived.measure,
    round(derived.value, 6) as value,
    derived.unit, derived.method, derived.formula,
    array_to_string(derived.statements, ',') as statement_ids,
    case
        when derived.measure = 'level' and stated.level_unit = derived.unit then stated.level
        when derived.measure = 'change' and stated.change_unit = derived.unit then stated.change
        when derived.measure = 'growth' then stated.growth
    end as stated_value,
    case when derived.measure = 'level' and stated.level_unit = derived.unit and stated.level != 0
        then round(100 * (derived.value - stated.level) / abs(stated.level), 3) end as difference_pct
from derived
inner join facts as basis on basis.fact_id = derived.fact_id
left join facts as stated
    on stated.kind = derived.derived_kind and stated.territory_id = derived.territory_id and stated.year = derived.year
    and stated.period = derived.period and stated.indicator = derived.indicator
    and stated.segment is not distinct from derived.segment and stated.price_basis is not distinct from derived.price_basis
order by derived_id

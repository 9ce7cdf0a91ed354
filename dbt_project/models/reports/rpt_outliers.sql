-- Figures to look at twice, each with the reason and its evidence. Nothing is dropped for standing here.
with

facts as (
    select 'target' as kind, * from {{ ref('fct_targets') }}
    union all
    select 'outcome' as kind, * from {{ ref('fct_outcomes') }}
),

-- what the same indicator shows a year before, a year after, and on the other side of the plan
neighbours as (
    select facts.fact_id, median(other.level) as neighbour
    from facts
    inner join facts as other
        on other.territory_id = facts.territory_id and other.indicator = facts.indicator and other.period = facts.period
        and other.segment is not distinct from facts.segment and other.price_basis is not distinct from facts.price_basis
        and other.level_unit = facts.level_unit and other.fact_id != facts.fact_id
        and other.year between facts.year - 1 and facts.year + 1
    where facts.level is not null and other.level is not null
    group by facts.fact_id
),

compared as (
    select facts.*, indicators.unit as indicator_unit, indicators.range_low, indicators.range_high, neighbours.neighbour,
        case when facts.level > 0 and neighbours.neighbour > 0 then facts.level / neighbours.neighbour end as factor
    from facts
    inner join {{ ref('dim_indicator') }} as indicators using (indicator)
    left join neighbours using (fact_id)
),

found as (
    -- a part of the whole, or of the year, may lie below the range, not above it
    select fact_id, 'out_of_range' as finding, 'level' as measure, level as value, range_low as expected_low,
        range_high as expected_high, cast(null as double) as factor, level_statement_id as statement_id
    from compared
    where level_unit = indicator_unit
        and (level > range_high or (level < range_low and segment is null and period = 'FY'))

    union all
    select fact_id, 'unit_slip', 'level', level, neighbour, neighbour, factor, level_statement_id
    from compared
    where factor between 300 and 3000 or factor between 1.0 / 3000 and 1.0 / 300

    union all
    select fact_id, 'jump', 'level', level, neighbour / 3, neighbour * 3, factor, level_statement_id
    from compared
    where level_unit != 'pct' and (factor > 3 or factor < 1.0 / 3)
        and not (factor between 300 and 3000 or factor between 1.0 / 3000 and 1.0 / 300)

    union all
    select fact_id, 'jump', 'level', level, neighbour - 30, neighbour + 30, factor, level_statement_id
    from compared
    where level_unit = 'pct' and abs(level - neighbour) > 30

    union all
    select fact_id, 'growth_implausible', 'growth', growth, -70, 200, null, growth_statement_id
    from compared
    where growth not between -70 and 200

    union all
    select fact_id, 'plan_ratio_implausible', 'plan_ratio', plan_ratio, 30, 300, null, plan_ratio_statement_id
    from compared
    where plan_ratio > 300 or (plan_ratio < 30 and period = 'FY')

    union all
    select compared.fact_id, 'plan_ratio_mismatch', 'plan_ratio', attainment.stated_plan_ratio, attainment.computed_plan_ratio,
        attainment.computed_plan_ratio, attainment.stated_plan_ratio / nullif(attainment.computed_plan_ratio, 0),
        compared.plan_ratio_statement_id
    from {{ ref('fct_target_attainment') }} as attainment
    inner join compared on compared.fact_id = attainment.outcome_fact_id
    where attainment.ratios_disagree

    union all
    select fact_id, 'not_in_sentence', measure, value, null, null, null, statement_id
    from {{ ref('fct_statements') }}
    where role = 'chosen' and not value_in_sentence and not corrected

    union all
    select fact_id, 'reader_flag', measure, value, null, null, null, statement_id
    from {{ ref('fct_statements') }}
    where role = 'chosen' and flags is not null
)

select
    {{ key_of(['found.fact_id', 'found.finding', 'found.measure']) }} as outlier_id,
    found.finding, found.fact_id, facts.kind, facts.district_code, facts.territory_id, facts.unit_id, facts.district, facts.province,
    facts.year, facts.period, facts.indicator, facts.indicator_vi, facts.indicator_en, facts.segment, facts.price_basis,
    found.measure, found.value, evidence.unit,
    round(found.expected_low, 6) as expected_low, round(found.expected_high, 6) as expected_high, round(found.factor, 6) as factor,
    evidence.flags, found.statement_id, evidence.quote, evidence.sentence, evidence.url
from found
inner join facts using (fact_id)
inner join {{ ref('fct_statements') }} as evidence on evidence.statement_id = found.statement_id
order by outlier_id

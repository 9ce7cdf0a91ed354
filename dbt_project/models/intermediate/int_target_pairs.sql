-- Which target belongs to which outcome: same territory, year, period, indicator and segment, whoever said them.
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
)

select
    {{ key_of(['coalesce(targets.territory_id, outcomes.territory_id)', 'coalesce(targets.year, outcomes.year)',
        'coalesce(targets.period, outcomes.period)', 'coalesce(targets.indicator, outcomes.indicator)',
        'coalesce(targets.segment, outcomes.segment)', 'coalesce(targets.price_basis, outcomes.price_basis)']) }} as attainment_id,
    pairs.target_fact_id,
    pairs.outcome_fact_id,
    pairs.price_basis_assumed
from pairs
left join targets on targets.fact_id = pairs.target_fact_id
left join outcomes on outcomes.fact_id = pairs.outcome_fact_id
order by attainment_id

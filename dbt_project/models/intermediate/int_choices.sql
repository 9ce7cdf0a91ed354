-- Which statement wins each measure of each fact, and who agrees. The order is total, so a rebuild chooses the same.
-- Statements of another unit, base or plan are no rivals: they do not count as sources of the winner, nor as conflicts.
with

candidates as (
    select * from {{ ref('int_candidates') }}
),

-- only a measure with more than one statement needs the comparison of each with each
rivals as (
    select measure_id from candidates group by measure_id having count(*) > 1
),

agreeing as (
    select a.statement_id, count(distinct b.report_id) as sources_agreeing
    from candidates as a
    inner join rivals using (measure_id)
    inner join candidates as b
        on b.measure_id = a.measure_id and b.comparison_id = a.comparison_id
        and b.value_low <= a.value_high and a.value_low <= b.value_high
    group by a.statement_id
),

ranked as (
    select
        candidates.*,
        coalesce(agreeing.sources_agreeing, 1) as sources_agreeing,
        row_number() over (
            partition by candidates.measure_id
            order by
                candidates.unit_expected desc,       -- the indicator's own unit
                candidates.comparison_rank,          -- against last year; of the district's own plan
                candidates.plausible desc,           -- inside the plausible range
                candidates.whole_period desc,        -- the period was over when it was said
                candidates.estimated,                -- final before estimated
                candidates.published_on desc,        -- later report before earlier
                coalesce(agreeing.sources_agreeing, 1) desc,
                candidates.confidence desc,
                candidates.char_start,               -- said first in its article
                candidates.statement_id
        ) as choice_rank
    from candidates
    left join agreeing using (statement_id)
),

winners as (
    select * from ranked where choice_rank = 1
),

sources as (
    select winners.measure_id, count(distinct candidates.report_id) as sources
    from winners
    inner join candidates on candidates.measure_id = winners.measure_id and candidates.comparison_id = winners.comparison_id
    group by winners.measure_id
)

select
    ranked.statement_id, ranked.article_id, ranked.report_id, ranked.fact_id, ranked.measure_id,
    ranked.kind, ranked.territory_id, ranked.unit_id, ranked.district_code, ranked.year, ranked.period, ranked.indicator, ranked.segment,
    ranked.price_basis, ranked.measure, ranked.value, ranked.value_max, ranked."of", ranked.unit, ranked.comparator,
    ranked.estimated, ranked.base, ranked.plan_ref, ranked.compared_with, ranked.published_on, ranked.choice_rank,
    case
        when ranked.choice_rank = 1 then 'chosen'
        when ranked.comparison_id != winners.comparison_id then 'other_comparison'
        when ranked.value_low <= winners.value_high and winners.value_low <= ranked.value_high then 'agrees'
        else 'disagrees'
    end as role,
    sources.sources,
    winners.sources_agreeing,
    winners.sources_agreeing / sources.sources as agreement,
    winners.statement_id as chosen_statement_id
from ranked
inner join winners on winners.measure_id = ranked.measure_id
inner join sources on sources.measure_id = ranked.measure_id
order by ranked.statement_id

-- Two sources, one question, two answers: every statement that disagrees with the one that was chosen.
select
    other.statement_id as other_statement_id,
    other.fact_id, other.kind, other.territory_id, other.unit_id, other.district_code,
    districts.full_name_vi as district, districts.province_name as province,
    other.year, other.period, other.indicator, indicators.name_vi as indicator_vi, indicators.name_en as indicator_en,
    other.segment, other.price_basis, other.measure, other.unit,
    chosen.statement_id as chosen_statement_id,
    chosen.value as chosen_value,
    chosen.comparator as chosen_comparator,
    other.value as other_value,
    other.comparator as other_comparator,
    other.value - chosen.value as difference,
    case when chosen.value != 0 then round(100 * (other.value - chosen.value) / abs(chosen.value), 3) end as difference_pct,
    chosen.report_id = other.report_id as same_report,
    chosen.estimated as chosen_estimated,
    other.estimated as other_estimated,
    case
        when chosen.report_id = other.report_id then 'within_a_report'
        when other.estimated and not chosen.estimated then 'estimate_revised'
        when other.kind = 'outcome' and other_evidence.period_end between other.published_on and chosen.published_on - 1
            then 'estimate_revised'
        when other.published_on < chosen.published_on then 'later_report'
        else 'sources_differ'
    end as conflict_kind,
    chosen.sources, chosen.agreement,
    chosen_evidence.published_on as chosen_published_on,
    chosen_evidence.quote as chosen_quote,
    chosen_evidence.sentence as chosen_sentence,
    chosen_evidence.url as chosen_url,
    other_evidence.published_on as other_published_on,
    other_evidence.quote as other_quote,
    other_evidence.sentence as other_sentence,
    other_evidence.url as other_url
from {{ ref('int_choices') }} as other
inner join {{ ref('int_choices') }} as chosen on chosen.measure_id = other.measure_id and chosen.role = 'chosen'
inner join {{ ref('fct_statements') }} as chosen_evidence on chosen_evidence.statement_id = chosen.statement_id
inner join {{ ref('fct_statements') }} as other_evidence on other_evidence.statement_id = other.statement_id
inner join {{ ref('dim_district') }} as districts on districts.unit_id = other.unit_id
inner join {{ ref('dim_indicator') }} as indicators on indicators.indicator = other.indicator
where other.role = 'disagrees'
order by other.statement_id

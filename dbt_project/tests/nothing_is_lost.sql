-- Every accepted row of the lake is a statement, every chosen statement stands in a fact, every fact has its measures.
select 'statement' as lost, statement_id as id
from {{ ref('stg_statements') }}
where statement_id not in (select statement_id from {{ ref('fct_statements') }})
union all
select 'article', article_id
from {{ ref('stg_articles') }}
where article_id not in (select article_id from {{ ref('dim_article') }})
union all
select 'fact', fact_id
from {{ ref('int_choices') }}
where fact_id not in (select fact_id from {{ ref('fct_targets') }} union all select fact_id from {{ ref('fct_outcomes') }})
union all
select 'measure', chosen.statement_id
from {{ ref('int_choices') }} as chosen
left join {{ ref('fct_targets') }} as targets using (fact_id)
left join {{ ref('fct_outcomes') }} as outcomes using (fact_id)
where chosen.role = 'chosen'
    and chosen.statement_id not in (
        coalesce(targets.level_statement_id, outcomes.level_statement_id, ''),
        coalesce(targets.change_statement_id, outcomes.change_statement_id, ''),
        coalesce(targets.growth_statement_id, outcomes.growth_statement_id, ''),
        coalesce(targets.plan_ratio_statement_id, outcomes.plan_ratio_statement_id, '')
    )

-- Every accepted statement with its evidence: facts look up their winner here, doubts look up the others.
select
    statements.* exclude (withdrawn),
    choices.fact_id,
    coalesce(choices.role, 'not_a_fact') as role,
    choices.choice_rank,
    reports.report_id,
    articles.url,
    -- the sentence is read only where the quote does not say it
    case
        when {{ value_stands_in('statements.value', 'statements.quote') }} then true
        else {{ value_stands_in('statements.value', 'statements.sentence') }}
    end as value_in_sentence
from {{ ref('int_statements') }} as statements
inner join {{ ref('int_articles') }} as articles using (article_id)
inner join {{ ref('int_reports') }} as reports using (article_id)
left join {{ ref('int_choices') }} as choices using (statement_id)
order by statements.statement_id

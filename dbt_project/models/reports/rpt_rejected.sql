-- Rows that failed the row contract, by the checks that failed, with an example.
with

grouped as (
    select
        failed_checks,
        count(*) as statements,
        count(distinct article_id) as articles,
        arg_min(statement_id, statement_id) as statement_id,
        arg_min(article_id, statement_id) as article_id,
        arg_min(quote, statement_id) as quote,
        arg_min(sentence, statement_id) as sentence
    from {{ ref('stg_rejected') }}
    group by failed_checks
)

select grouped.*, articles.url
from grouped
left join {{ ref('int_articles') }} as articles using (article_id)
order by grouped.statements desc, grouped.failed_checks

-- Rows that failed the row contract, by the checks that failed.
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
order by statements desc, failed_checks

-- What the lexicon did not know, most frequent first: the curator's list.
select
    {{ canonical_name('indicator_text') }} as words,
    count(*) as statements,
    count(distinct article_id) as articles,
    count(distinct district_code) as districts,
    min(unit) as unit,
    count(distinct unit) as units,
    arg_min(quote, statement_id) as quote,
    arg_min(sentence, statement_id) as sentence,
    arg_min(url, statement_id) as url
from {{ ref('fct_statements') }}
where status = 'no_indicator'
group by all
order by statements desc, words

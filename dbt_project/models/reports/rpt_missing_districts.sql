-- Articles with figures whose district stayed open, those with most figures first.
select
    articles.article_id, articles.title, articles.url, articles.publisher, articles.published_on, articles.unit_level,
    articles.resolved_by, articles.place_score, count(*) as statements
from {{ ref('fct_statements') }} as statements
inner join {{ ref('dim_article') }} as articles using (article_id)
where statements.status = 'no_district'
group by all
order by statements desc, articles.article_id

-- What was published once or many times: a report with all its places. Sources of facts are counted by report.
select
    report_id,
    arg_min(title, (published_on, article_id)) as title,
    min(published_on) as published_on,
    max(published_on) as last_published_on,
    count(*) as articles,
    count(distinct version_id) as versions,
    string_agg(distinct publisher, ', ' order by publisher) as publisher_list,
    string_agg(url, ' ' order by published_on, article_id) as url_list
from {{ ref('dim_article') }}
group by report_id
order by report_id

-- Where each figure comes from. The text itself is not published; its sentences stand beside the figures they prove.
select
    articles.*,
    reports.report_id,
    reports.report_id != articles.article_id as repeats_a_report,
    reports.version_id,
    reports.relation,
    reports.like_article_id,
    reports.similarity
from {{ ref('int_articles') }} as articles
inner join {{ ref('int_reports') }} as reports using (article_id)
order by articles.article_id

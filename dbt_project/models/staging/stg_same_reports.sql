select
    cast(article_id as varchar) as article_id,
    cast(report_id as varchar) as report_id,
    cast(version_id as varchar) as version_id,
    cast(relation as varchar) as relation,
    cast(like_article_id as varchar) as like_article_id,
    cast(similarity as double) as similarity
from {{ source('lake', 'same_reports') }}

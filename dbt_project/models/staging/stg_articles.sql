select
    cast(article_id as varchar) as article_id,
    cast(url as varchar) as url,
    cast(publisher as varchar) as publisher,
    cast(title as varchar) as title,
    cast(published_on as date) as published_on,
    cast(date_precision as varchar) as date_precision,
    cast(date_source as varchar) as date_source,
    cast(date_certainty as varchar) as date_certainty,
    cast(text as varchar) as text,
    cast(origin as varchar) as origin
from {{ source('lake', 'articles') }}

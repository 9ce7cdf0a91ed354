-- Articles, once each, with what the reader decided about them as a whole. Without the text: that stays in the lake.
with

articles as (
    select * exclude (text), length(text) as text_length
    from {{ ref('stg_articles') }}
    qualify row_number() over (partition by article_id order by published_on desc, origin) = 1
),

documents as (
    select *
    from {{ ref('stg_documents') }}
    qualify row_number() over (partition by article_id order by extractor_version desc, resolved_by) = 1
)

select
    articles.*,
    coalesce(documents.unit_level, 'other') as unit_level,
    documents.district_code,
    documents.unit_id,
    documents.province_code,
    documents.resolved_by,
    documents.place_score,
    coalesce(documents.figures_seen, 0) as figures_seen,
    coalesce(documents.statements, 0) as statements,
    coalesce(documents.rejected, 0) as rejected
from articles
left join documents using (article_id)
order by articles.article_id

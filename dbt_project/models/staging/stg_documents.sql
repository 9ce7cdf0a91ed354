select
    cast(article_id as varchar) as article_id,
    cast(unit_level as varchar) as unit_level,
    cast(district_code as varchar) as district_code,
    cast(unit_id as varchar) as unit_id,
    cast(province_code as varchar) as province_code,
    cast(resolved_by as varchar) as resolved_by,
    cast(place_candidates as varchar) as place_candidates,
    cast(place_score as double) as place_score,
    cast(figures_seen as bigint) as figures_seen,
    cast(statements as bigint) as statements,
    cast(rejected as bigint) as rejected,
    cast(extractor_version as varchar) as extractor_version
from {{ source('lake', 'documents') }}

select
    indicators.code as indicator,
    indicators.name_vi,
    indicators.name_en,
    indicators.domain,
    domains.name_vi as domain_vi,
    domains.name_en as domain_en,
    indicators.unit,
    units.name_vi as unit_vi,
    units.name_en as unit_en,
    indicators.kind as indicator_kind,
    indicators.direction,
    indicators.range_low,
    indicators.range_high,
    indicators.official_code
from {{ ref('indicators') }} as indicators
left join {{ ref('labels') }} as domains on domains.vocabulary = 'domain' and domains.code = indicators.domain
left join {{ ref('labels') }} as units on units.vocabulary = 'unit' and units.code = indicators.unit
order by indicators.code

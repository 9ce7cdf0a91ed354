-- Accepted statements, once each, corrected, with names in one spelling, the dated unit, and whether they can be facts.
with

once as (
    -- the same row can stand in two months' files when an article's date was corrected
    select *
    from {{ ref('stg_statements') }}
    qualify row_number() over (partition by statement_id order by extractor_version desc, article_id, year) = 1
),

changes as (
    select statement_id, map_from_entries(list((column_name, corrected) order by column_name)) as corrected
    from {{ ref('corrections') }}
    group by statement_id
),

corrected as (
    select
        once.statement_id,
        once.article_id,
        {{ corrected('kind') }},
        {{ corrected('indicator') }},
        once.indicator_text,
        {{ corrected('segment') }},
        {{ corrected('measure') }},
        {{ corrected('value', 'double') }},
        {{ corrected('value_max', 'double') }},
        {{ corrected('of', 'double') }},
        {{ corrected('unit') }},
        {{ corrected('comparator') }},
        {{ corrected('estimated', 'boolean') }},
        {{ corrected('year', 'bigint') }},
        {{ corrected('period') }},
        {{ corrected('base') }},
        {{ corrected('plan_ref') }},
        {{ corrected('price_basis') }},
        {{ corrected('district_code') }},
        once.unit_id,
        once.quote,
        once.sentence,
        once.char_start,
        once.char_end,
        once.confidence,
        once.flags,
        once.rules,
        once.extractor_version,
        changes.statement_id is not null as corrected,
        coalesce(map_contains(changes.corrected, 'withdrawn'), false) as withdrawn
    from once
    left join changes using (statement_id)
),

-- where the reader named no dated unit: the territory of the code on the day of publication, or the nearest in time
territory_of_code as (
    select pairs.district_code, pairs.published_on, units.territory_id
    from (
        select distinct corrected.district_code, articles.published_on
        from corrected
        inner join {{ ref('int_articles') }} as articles using (article_id)
        where corrected.district_code is not null
    ) as pairs
    inner join {{ ref('dim_district') }} as units using (district_code)
    qualify row_number() over (
        partition by pairs.district_code, pairs.published_on
        order by {{ nearest_unit('units', 'pairs.published_on') }}
    ) = 1
),

placed as (
    select
        corrected.* exclude (unit_id, segment),
        case when names.segment is null then {{ canonical_name('corrected.segment') }} else names.canonical end as segment,
        coalesce(known.territory_id, territory_of_code.territory_id) as territory_id,
        articles.published_on,
        last_day(make_date(cast(corrected.year as integer), cast(periods.last_month as integer), 1)) as period_end,
        indicators.code is not null as indicator_known
    from corrected
    inner join {{ ref('int_articles') }} as articles using (article_id)
    left join {{ ref('segment_names') }} as names on names.segment = {{ canonical_name('corrected.segment') }}
    left join {{ ref('dim_district') }} as known
        on known.unit_id = corrected.unit_id and known.district_code = corrected.district_code
    left join territory_of_code
        on territory_of_code.district_code = corrected.district_code
        and territory_of_code.published_on = articles.published_on
    inner join {{ ref('periods') }} as periods on periods.period = corrected.period
    left join {{ ref('indicators') }} as indicators on indicators.code = corrected.indicator
),

-- the unit that a figure is about is the status of its territory at the end of the period, whenever the article was written
unit_of_period as (
    select spans.territory_id, spans.period_end, units.unit_id
    from (select distinct territory_id, period_end from placed where territory_id is not null) as spans
    inner join {{ ref('dim_district') }} as units using (territory_id)
    qualify row_number() over (
        partition by spans.territory_id, spans.period_end
        order by {{ nearest_unit('units', 'spans.period_end') }}
    ) = 1
),

-- a level names its price basis, the growth beside it seldom does: it means the same basis when the article names one only
named_basis as (
    select article_id, kind, district_code, year, period, indicator, segment, max(price_basis) as price_basis
    from placed
    where measure = 'level' and price_basis is not null and not withdrawn
    group by all
    having count(distinct price_basis) = 1
)

select
    placed.* exclude (indicator_known, price_basis),
    unit_of_period.unit_id,
    case when placed.measure = 'level' then placed.price_basis else coalesce(placed.price_basis, named_basis.price_basis) end
        as price_basis,
    case
        when placed.withdrawn then 'withdrawn'
        when placed.indicator is null or not placed.indicator_known then 'no_indicator'
        when placed.territory_id is null then 'no_district'
        else 'fact'
    end as status
from placed
left join unit_of_period
    on unit_of_period.territory_id = placed.territory_id and unit_of_period.period_end = placed.period_end
left join named_basis
    on placed.article_id = named_basis.article_id
    and placed.kind = named_basis.kind
    and placed.district_code = named_basis.district_code
    and placed.year = named_basis.year
    and placed.period = named_basis.period
    and placed.indicator = named_basis.indicator
    and placed.segment is not distinct from named_basis.segment
order by placed.statement_id

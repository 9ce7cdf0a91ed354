-- One row a dated unit: a district as it was called and typed from one day to another. Upgrades and renamings start a new unit on
-- the same territory; splits and mergers start a new territory. Figures of one territory can be compared over time.
with

units as (
    select
        *,
        coalesce(valid_from, date '0001-01-01') as first_day,
        coalesce(valid_to, date '9999-12-31') as last_day
    from {{ ref('stg_districts') }}
),

-- measured in 2025: true of those units only whose territory lasted until the end
located as (
    select units.territory_id, geography.latitude, geography.longitude, geography.area_km2
    from units
    inner join {{ ref('district_geography') }} as geography using (district_code)
    where units.how_ended = 'abolished nationwide'
)

select
    units.* exclude (first_day, last_day),
    {{ plain_letters('units.name_vi') }} as name_en,
    types.name_en as district_type_en,
    types.name_vi as district_type_vi,
    provinces.name as province_name,
    {{ plain_letters('provinces.name') }} as province_name_en,
    regions.name_en as region_en,
    successors.unit_id as successor_unit_id,
    geography.latitude,
    geography.longitude,
    geography.area_km2
from units
left join {{ ref('provinces') }} as provinces using (province_code)
left join {{ ref('labels') }} as types on types.vocabulary = 'district_type' and types.code = units.district_type
left join {{ ref('labels') }} as regions on regions.vocabulary = 'region' and regions.code = units.region
left join located as geography using (territory_id)
-- the unit of the successor's code that stood on the day after
left join units as successors
    on successors.district_code = units.successor_code and successors.unit_id != units.unit_id
    and units.last_day + 1 between successors.first_day and successors.last_day
order by units.unit_id

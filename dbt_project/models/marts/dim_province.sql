-- The 63 provinces and municipalities as they were before 1 July 2025, each with the one of 34 that it belongs to since.
select
    provinces.province_code,
    provinces.name as name_vi,
    {{ plain_letters('provinces.name') }} as name_en,
    provinces.full_name as full_name_vi,
    provinces.kind as province_type,
    provinces.region,
    regions.name_en as region_en,
    provinces.province_code_2025 as province_code_now,
    provinces.province_name_2025 as province_name_now
from {{ ref('provinces') }} as provinces
left join {{ ref('labels') }} as regions on regions.vocabulary = 'region' and regions.code = provinces.region
order by provinces.province_code

-- Where a district went on 1 July 2025, when the level was abolished: the communes that took over its communes.
select
    districts.unit_id,
    districts.district_code,
    successors.commune_code_2025 as commune_code,
    successors.commune_name_2025 as commune_name,
    successors.unit_type as commune_type,
    successors.province_code_2025 as province_code_now,
    successors.province_name_2025 as province_name_now,
    successors.communes_from_district,
    successors.whole as from_one_district
from {{ ref('district_successors_2025') }} as successors
inner join {{ ref('dim_district') }} as districts
    on districts.district_code = successors.district_code and districts.valid_to = date '2025-06-30'
order by districts.unit_id, successors.commune_code_2025

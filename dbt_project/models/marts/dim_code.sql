-- What the codes in the tables mean, in both languages: one row a code, by the column that holds it.
select vocabulary as code_list, code, name_vi, name_en, position
from {{ ref('labels') }}
where vocabulary != 'unit_sign'
union all
select 'period', period, name_vi, name_en, row_number() over (order by whole_year desc, first_month, last_month, period)
from {{ ref('periods') }}
order by code_list, position

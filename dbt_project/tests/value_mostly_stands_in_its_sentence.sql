-- More than one fact in fifty without its value in its sentence: the reader or the text store is broken, nothing may be published.
select count(*) as facts, count(*) filter (where not value_in_sentence) as without
from {{ ref('fct_statements') }}
where role = 'chosen' and not corrected
having count(*) filter (where not value_in_sentence) > 0.02 * count(*)

-- Each fact's value is said by its quote or sentence. A way of writing numbers that the test does not know warns;
-- value_mostly_stands_in_its_sentence.sql says when it must stop the build.
{{ config(severity='warn') }}
select fact_id, statement_id, measure, value, unit, quote, sentence
from {{ ref('fct_statements') }}
where role = 'chosen' and not value_in_sentence and not corrected

{#- One row for each combination of `columns`; null counts as a value (a null segment is the whole of the indicator). -#}
{% test unique_grain(model, columns) %}
select {{ columns | join(', ') }}, count(*) as copies
from {{ model }}
group by all
having count(*) > 1
{% endtest %}

{#- A field of a statement after the seed of corrections: an empty correction means null. -#}
{% macro corrected(column, type='varchar') -%}
    case
        when map_contains(changes.corrected, '{{ column }}')
            then cast(nullif(changes.corrected['{{ column }}'], '') as {{ type }})
        else once."{{ column }}"
    end as "{{ column }}"
{%- endmacro %}

{#- The span of numbers that a statement is compatible with: [low, high]. Two statements agree when their spans meet.
    0.25 % each side for rounding (0.025 points for rates), 5 % for "about", 10 % on the open side of a bound: who says
    "over 700" does not mean 900. A decrease is negative, so its "over" opens downwards. -#}
{% macro span_low(value, value_max, comparator, unit) -%}
    least({{ value }}, coalesce({{ value_max }}, {{ value }})) - {{ span_margin(value, comparator, unit, opens_when_negative=true) }}
{%- endmacro %}
{% macro span_high(value, value_max, comparator, unit) -%}
    greatest({{ value }}, coalesce({{ value_max }}, {{ value }})) + {{ span_margin(value, comparator, unit, opens_when_negative=false) }}
{%- endmacro %}
{% macro span_margin(value, comparator, unit, opens_when_negative) -%}
    case
        when {{ comparator }} = 'approx' then 0.05 * abs({{ value }})
        when {{ comparator }} in ('gt', 'ge') and ({{ value }} < 0) = {{ opens_when_negative }} then 0.1 * abs({{ value }})
        when {{ comparator }} in ('lt', 'le') and ({{ value }} < 0) != {{ opens_when_negative }} then 0.1 * abs({{ value }})
        else greatest(0.0025 * abs({{ value }}), case when {{ unit }} in ('pct', 'pct_point') then 0.025 else 0 end)
    end
{%- endmacro %}

{#- The order that puts first the unit standing on a day: the youngest that had begun by then, else the first of all. -#}
{% macro nearest_unit(units, day) -%}
    coalesce({{ units }}.valid_from, date '0001-01-01') <= {{ day }} desc,
    case when coalesce({{ units }}.valid_from, date '0001-01-01') <= {{ day }}
        then coalesce({{ units }}.valid_from, date '0001-01-01') end desc nulls last,
    coalesce({{ units }}.valid_from, date '0001-01-01'),
    {{ units }}.unit_id
{%- endmacro %}

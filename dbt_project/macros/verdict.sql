{#- Verdicts compare spans, never points: an outcome of "over 98" is a span without end, and only a span that lies wholly on
    one side of the target is met or missed; all else is unknown.

    Signed measures (change, growth) are read by size: "giảm từ 4% trở lên" is value -4 with comparator ge and asks for a
    decrease at least as large, so bounds of negative values open downwards. -#}

{#- Which way the target asks: up (at least), down (at most), within (a range without a better side), or null (cannot say). -#}
{% macro target_sense(value, value_max, comparator, direction, signed) -%}
    case
        when {{ comparator }} in ('gt', 'ge') then case when {{ value }} < 0 then 'down' else 'up' end
        when {{ comparator }} in ('lt', 'le') then case when {{ value }} < 0 then 'up' else 'down' end
        when {{ direction }} = 'higher_is_better' then 'up'
        when {{ direction }} = 'lower_is_better' then 'down'
        {%- if signed %}
        when {{ value }} > 0 then 'up'
        when {{ value }} < 0 then 'down'
        {%- endif %}
        when {{ value_max }} is not null then 'within'
    end
{%- endmacro %}

{#- met, missed, unknown or null (nothing to compare). `o` and `t` are prefixes: <prefix>, <prefix>_max, <prefix>_comparator.
    "About" gives 2 % each way. -#}
{% macro verdict(t, o, direction, signed=false) -%}
    {%- set t_low = 'least(' ~ t ~ ', coalesce(' ~ t ~ '_max, ' ~ t ~ '))' -%}
    {%- set t_high = 'greatest(' ~ t ~ ', coalesce(' ~ t ~ '_max, ' ~ t ~ '))' -%}
    {%- set o_low = "case when (" ~ o ~ "_comparator in ('lt', 'le') and " ~ o ~ " >= 0) or (" ~ o ~ "_comparator in ('gt', 'ge') and " ~ o ~ " < 0) then cast('-infinity' as double)
            when " ~ o ~ "_comparator = 'approx' then " ~ o ~ " - 0.02 * abs(" ~ o ~ ") else least(" ~ o ~ ", coalesce(" ~ o ~ "_max, " ~ o ~ ")) end" -%}
    {%- set o_high = "case when (" ~ o ~ "_comparator in ('gt', 'ge') and " ~ o ~ " >= 0) or (" ~ o ~ "_comparator in ('lt', 'le') and " ~ o ~ " < 0) then cast('infinity' as double)
            when " ~ o ~ "_comparator = 'approx' then " ~ o ~ " + 0.02 * abs(" ~ o ~ ") else greatest(" ~ o ~ ", coalesce(" ~ o ~ "_max, " ~ o ~ ")) end" -%}
    {%- set strict = t ~ "_comparator in ('gt', 'lt')" -%}
    {%- set open = "coalesce(" ~ o ~ "_comparator, 'eq') in ('gt', 'lt')" -%}
    {%- set slack = "case when " ~ t ~ "_comparator = 'approx' then 0.02 * abs(" ~ t ~ ") else 0 end" -%}
    case
        when {{ t }} is null or {{ o }} is null then null
        else case {{ target_sense(t, t ~ '_max', t ~ '_comparator', direction, signed) }}
            when 'up' then case
                when {{ o_low }} > {{ t_low }} or ({{ o_low }} = {{ t_low }} and (not {{ strict }} or {{ open }})) then 'met'
                when {{ o_high }} < {{ t_low }} - {{ slack }}
                    or ({{ o_high }} = {{ t_low }} - {{ slack }} and ({{ strict }} or {{ open }})) then 'missed'
                else 'unknown'
            end
            when 'down' then case
                when {{ o_high }} < {{ t_high }} or ({{ o_high }} = {{ t_high }} and (not {{ strict }} or {{ open }})) then 'met'
                when {{ o_low }} > {{ t_high }} + {{ slack }}
                    or ({{ o_low }} = {{ t_high }} + {{ slack }} and ({{ strict }} or {{ open }})) then 'missed'
                else 'unknown'
            end
            when 'within' then case
                when {{ o_low }} >= {{ t_low }} and {{ o_high }} <= {{ t_high }} then 'met'
                when {{ o_low }} > {{ t_high }} or {{ o_high }} < {{ t_low }} then 'missed'
                else 'unknown'
            end
            else 'unknown'
        end
    end
{%- endmacro %}

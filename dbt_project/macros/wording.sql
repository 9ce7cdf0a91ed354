{#- A fact in words for people, in English or Vietnamese: "giảm ≥ 4 điểm %", "> 723 tỷ đồng; tăng 8,61%; 103% kế hoạch".
    Signs of comparison stand before the size, so the bound of a decrease reads as what it is: one of its size. -#}

{#- A number as the language writes it: 18,162.5 or 18.162,5. -#}
{% macro number_in_words(value, language) -%}
    {%- set english = "format('{:,.10g}', round(" ~ value ~ ", 4))" -%}
    {{ english if language == 'en' else "translate(" ~ english ~ ", ',.', '.,')" }}
{%- endmacro %}

{#- What follows a number: nothing of a count, "%" at once, any other unit after a space. -#}
{% macro unit_in_words(sign) -%}
    case when {{ sign }} = '%' then '%' when {{ sign }} is not null then ' ' || {{ sign }} else '' end
{%- endmacro %}

{#- One measure of a fact (columns <measure>, <measure>_max, <measure>_comparator, <measure>_estimated) before its unit; null without a figure. -#}
{% macro measure_in_words(measure, language, signed=false) -%}
    {%- set size = 'abs(' ~ measure ~ ')' if signed else measure -%}
    {%- set size_max = 'abs(' ~ measure ~ '_max)' if signed else measure ~ '_max' -%}
    case when {{ measure }}_estimated then {{ "'est. '" if language == 'en' else "'ước '" }} else '' end
    {%- if signed %} || case when {{ measure }} < 0 then {{ "'down '" if language == 'en' else "'giảm '" }} else {{ "'up '" if language == 'en' else "'tăng '" }} end{% endif %}
    || case {{ measure }}_comparator when 'gt' then '> ' when 'ge' then '≥ ' when 'lt' then '< ' when 'le' then '≤ ' when 'approx' then '≈ ' else '' end
    || {{ number_in_words(size, language) }}
    || case when {{ measure }}_max is not null then '–' || {{ number_in_words(size_max, language) }} else '' end
{%- endmacro %}

{#- All measures of a fact in one text. `level_sign`, `change_sign`: the unit's short name; `whole`: the whole of a fraction. -#}
{% macro fact_in_words(language, level_sign, change_sign, whole) -%}
    concat_ws('; ',
        {{ measure_in_words('level', language) }}
            || case when {{ whole }} is not null then '/' || {{ number_in_words(whole, language) }} else '' end
            || {{ unit_in_words(level_sign) }},
        {{ measure_in_words('change', language, signed=true) }} || {{ unit_in_words(change_sign) }} || {{ base_in_words('change') }},
        {{ measure_in_words('growth', language, signed=true) }} || '%' || {{ base_in_words('growth') }},
        {{ measure_in_words('plan_ratio', language) }} || {% if language == 'en' -%}
            case plan_ratio_compared_with when 'province' then '% of the province''s plan' when 'resolution' then '% of the resolution''s plan' else '% of plan' end
        {%- else -%}
            case plan_ratio_compared_with when 'province' then '% kế hoạch tỉnh giao' when 'resolution' then '% kế hoạch theo nghị quyết' else '% kế hoạch' end
        {%- endif %}
    )
{%- endmacro %}

{#- A base is said only where it is not the year before. -#}
{% macro base_in_words(measure) -%}
    case when {{ measure }}_compared_with != 'last_year' then ' (' || {{ measure }}_base || ')' else '' end
{%- endmacro %}

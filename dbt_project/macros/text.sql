{#- One spelling for names that group rows: NFC, lower case, single spaces, no space around dashes. -#}
{% macro canonical_name(column) -%}
    nullif(regexp_replace(regexp_replace(lower(nfc_normalize(trim({{ column }}))), '\s*[-–—]\s*', '-', 'g'), '\s+', ' ', 'g'), '')
{%- endmacro %}

{#- A stable key: null is written as a sign of its own, so that null and the empty text differ. -#}
{% macro key_of(columns) -%}
    md5(concat_ws('|'{% for column in columns %}, coalesce(cast({{ column }} as varchar), '∅'){% endfor %}))
{%- endmacro %}

{#- Vietnamese name in plain letters, as English texts write it (đ has no decomposition). -#}
{% macro plain_letters(column) -%}
    strip_accents(replace(replace({{ column }}, 'đ', 'd'), 'Đ', 'D'))
{%- endmacro %}

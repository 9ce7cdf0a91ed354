{#- The schema as it is written in dbt_project.yml, without the target's name in front: published tables live in `main`. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}

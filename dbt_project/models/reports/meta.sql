-- What this build is: when, of what, with what, and how many rows each published table has.
-- Time and revision are told by whoever starts the build, as vars or (dbt then need not parse everything again) as environment
-- variables; they are all that may differ between two builds of the same rows.
{%- set built_at = var('built_at', env_var('SOHUYEN_BUILT_AT', '')) %}
{%- set git_revision = var('git_revision', env_var('SOHUYEN_GIT_REVISION', '')) %}
{%- set tables = [
    'dim_article', 'dim_code', 'dim_district', 'dim_district_successor', 'dim_indicator', 'dim_province', 'dim_report',
    'district_year', 'fct_derived', 'fct_outcomes', 'fct_statements', 'fct_target_attainment', 'fct_targets',
    'rpt_conflicts', 'rpt_coverage', 'rpt_missing_districts',
    'rpt_missing_indicators', 'rpt_outliers', 'rpt_rejected',
] %}
select 'build' as section, 'built_at' as name, nullif('{{ built_at }}', '') as value, cast(null as bigint) as number
union all
select 'build', 'git_revision', nullif('{{ git_revision }}', ''), null
union all
select 'build', 'schema_version', '{{ var("schema_version") }}', null
union all
select 'build', 'dbt_version', '{{ dbt_version }}', null
union all
select 'build', 'duckdb_version', version(), null
union all
select 'build', 'extractor_version', string_agg(distinct extractor_version, ', ' order by extractor_version), null
from {{ ref('fct_statements') }}
union all
select 'build', 'first_article', cast(min(published_on) as varchar), null from {{ ref('dim_article') }}
union all
select 'build', 'last_article', cast(max(published_on) as varchar), null from {{ ref('dim_article') }}
{% for table in tables -%}
union all
select 'rows', '{{ table }}', cast(count(*) as varchar), count(*) from {{ ref(table) }}
{% endfor -%}
order by section, name

-- A correction names what the source says (`expected`). Once the reader reads something else there, or reads no such statement in that
-- article any more, the correction must be looked at again: remove its line, or write the new `statement_id` and `expected`.
-- Articles that this lake does not hold are no concern of it.
with

said as (
    unpivot (
        select statement_id, article_id,
            {% for column in ['kind', 'indicator', 'segment', 'measure', 'value', 'value_max', 'of', 'unit', 'comparator',
                              'estimated', 'year', 'period', 'base', 'plan_ref', 'price_basis', 'district_code'] -%}
            coalesce(cast("{{ column }}" as varchar), '') as "{{ column }}"{{ ',' if not loop.last }}
            {% endfor %}
        from {{ ref('stg_statements') }}
        where statement_id in (select statement_id from {{ ref('corrections') }})
    )
    on columns(* exclude (statement_id, article_id))
    into name column_name value said
)

select corrections.correction_id, corrections.statement_id, corrections.column_name, corrections.expected, said.said
from {{ ref('corrections') }} as corrections
inner join (select distinct article_id from {{ ref('stg_articles') }}) as articles using (article_id)
left join {{ ref('stg_statements') }} as statements using (statement_id)
left join said on said.statement_id = corrections.statement_id and said.column_name = corrections.column_name
where statements.statement_id is null
    or (
        corrections.column_name != 'withdrawn'
        and said.said is distinct from coalesce(corrections.expected, '')
        -- 1500 and 1500.0 are one value
        and not coalesce(try_cast(said.said as double) = try_cast(corrections.expected as double), false)
    )

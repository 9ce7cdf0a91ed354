-- The same report in several outlets is one source. Two articles are the same report when they are about one district, lie at
-- most `report_window_days` apart, and two thirds of the figures of the shorter one stand in the other. The earliest article
-- of such a group names the report.
with

figures as (
    select distinct
        article_id, published_on, territory_id,
        {{ key_of(['kind', 'indicator', 'segment', 'measure', 'round(value, 4)', 'year', 'period']) }} as figure
    from {{ ref('int_statements') }}
    where status = 'fact'
),

sizes as (
    select article_id, territory_id, count(*) as figures from figures group by article_id, territory_id
),

pairs as (
    select a.article_id as one, b.article_id as other
    from figures as a
    inner join figures as b
        on a.territory_id = b.territory_id and a.figure = b.figure and a.article_id < b.article_id
        and abs(a.published_on - b.published_on) <= {{ var('report_window_days') }}
    inner join sizes as size_a on size_a.article_id = a.article_id and size_a.territory_id = a.territory_id
    inner join sizes as size_b on size_b.article_id = b.article_id and size_b.territory_id = b.territory_id
    group by one, other, a.territory_id
    having count(*) * 3 >= 2 * min(least(size_a.figures, size_b.figures))
),

edges as (
    select one, other from pairs
    union
    select other, one from pairs
),

reached as (
    with recursive reach as (
        select one as article_id, one as reachable from edges
        union
        select reach.article_id, edges.other from reach inner join edges on edges.one = reach.reachable
    )
    select article_id, reachable from reach
),

first_of_group as (
    select reached.article_id, reached.reachable as report_id
    from reached
    inner join {{ ref('int_articles') }} as articles on articles.article_id = reached.reachable
    qualify row_number() over (partition by reached.article_id order by articles.published_on, reached.reachable) = 1
)

select articles.article_id, coalesce(first_of_group.report_id, articles.article_id) as report_id
from {{ ref('int_articles') }} as articles
left join first_of_group using (article_id)
order by articles.article_id

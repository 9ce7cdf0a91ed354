-- The same report in several outlets is one source. Articles in nearly the same words are one report (they were compared when
-- they were read, see stg_same_reports). Two such texts are the same report also in other words, when they are about one district,
-- lie at most `report_window_days` apart, and two thirds of the figures of the shorter one stand in the other. The earliest article
-- of all names the report.
with

-- copies are one text from here on, so a report with a thousand copies costs as much as one
texts as (
    select
        articles.article_id,
        articles.published_on,
        coalesce(same.report_id, articles.article_id) as text_id,
        coalesce(versions.article_id, articles.article_id) as version_id,
        same.relation,
        likes.article_id as like_article_id,
        case when likes.article_id is not null then same.similarity end as similarity
    from {{ ref('int_articles') }} as articles
    left join {{ ref('stg_same_reports') }} as same using (article_id)
    -- articles may have left since they were compared
    left join {{ ref('int_articles') }} as versions on versions.article_id = same.version_id
    left join {{ ref('int_articles') }} as likes on likes.article_id = same.like_article_id
),

figures as (
    select
        texts.text_id, statements.territory_id,
        {{ key_of(['kind', 'indicator', 'segment', 'measure', 'round(value, 4)', 'year', 'period']) }} as figure,
        min(statements.published_on) as first_on,
        max(statements.published_on) as last_on
    from {{ ref('int_statements') }} as statements
    inner join texts using (article_id)
    where statements.status = 'fact'
    group by all
),

sizes as (
    select text_id, territory_id, count(*) as figures from figures group by text_id, territory_id
),

pairs as (
    select a.text_id as one, b.text_id as other
    from figures as a
    inner join figures as b
        on a.territory_id = b.territory_id and a.figure = b.figure and a.text_id < b.text_id
        and a.first_on - b.last_on <= {{ var('report_window_days') }}
        and b.first_on - a.last_on <= {{ var('report_window_days') }}
    inner join sizes as size_a on size_a.text_id = a.text_id and size_a.territory_id = a.territory_id
    inner join sizes as size_b on size_b.text_id = b.text_id and size_b.territory_id = b.territory_id
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
        select one as text_id, one as reachable from edges
        union
        select reach.text_id, edges.other from reach inner join edges on edges.one = reach.reachable
    )
    select text_id, min(reachable) as first_reachable from reach group by text_id
),

named as (
    select
        texts.* exclude (text_id),
        first_value(texts.article_id) over (
            partition by coalesce(reached.first_reachable, texts.text_id) order by texts.published_on, texts.article_id
        ) as report_id
    from texts
    left join reached using (text_id)
)

select
    article_id,
    report_id,
    version_id,
    case
        when article_id = report_id then 'original'
        when relation is null or relation = 'original' then 'same_figures'
        else relation
    end as relation,
    case when article_id != report_id then like_article_id end as like_article_id,
    case when article_id != report_id then similarity end as similarity
from named
order by article_id

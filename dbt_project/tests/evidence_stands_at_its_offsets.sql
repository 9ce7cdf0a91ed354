-- The quote is the slice of the stored text that the offsets name (code points, end exclusive), and the sentence holds it.
select statements.statement_id, statements.article_id, statements.quote, statements.char_start, statements.char_end
from {{ ref('int_statements') }} as statements
inner join {{ ref('stg_articles') }} as articles using (article_id)
where substr(articles.text, statements.char_start + 1, statements.char_end - statements.char_start) is distinct from statements.quote
    or not contains(statements.sentence, statements.quote)

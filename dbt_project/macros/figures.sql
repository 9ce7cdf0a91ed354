{#- Every number that a piece of Vietnamese text could mean, as a list of doubles. Full stop and comma change roles from paper to
    paper, so each run of digits is read in every way that makes a number; number words up to ten count as well. -#}
{% macro numbers_in(text) -%}
    list_filter(
        list_concat(
            flatten(list_transform(
                regexp_extract_all({{ text }}, '\d+(?:[.,]\s?\d+)*'),
                lambda figure: [
                    try_cast(regexp_replace(figure, '[.,\s]', '', 'g') as double),
                    try_cast(replace(regexp_replace(figure, '[.\s]', '', 'g'), ',', '.') as double),
                    try_cast(regexp_replace(figure, '[,\s]', '', 'g') as double)
                ]
            )),
            list_transform(
                regexp_extract_all(lower({{ text }}), '(^|\s)(không|một|hai|đôi|ba|bốn|năm|sáu|bảy|tám|chín|mười)(\s|$)', 2),
                lambda word: list_position(
                    ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín', 'mười'],
                    replace(word, 'đôi', 'hai')
                ) - 1.0
            ),
            -- "11 nghìn 700", "1 triệu 610 ngàn": one number in two steps of a thousand
            list_transform(
                regexp_extract_all(lower({{ text }}), '\d+ (nghìn|ngàn|triệu|tỷ|tỉ) \d+'),
                lambda steps: 1000 * cast(regexp_extract(steps, '^\d+') as double)
                    + cast(regexp_extract(steps, '\d+$') as double)
            )
        ),
        lambda number: number is not null
    )
{%- endmacro %}

{#- Whether `value` (canonical unit) is said by `text`: one of its numbers, rescaled between the units that the contract knows
    (thousand, million, dozens of months, percent above or below plan, so many times), is that value. -#}
{% macro value_stands_in(value, text) -%}
    len(list_filter(
        flatten(list_transform(
            {{ numbers_in(text) }},
            lambda number: [
                number, number * 10, number / 10, number * 100, number / 100, number * 1e3, number / 1e3, number * 1e4, number / 1e4,
                number * 1e6, number / 1e6, number * 1e9, number / 1e9, number * 12,
                number - 100, 100 - number, number + 100, (number - 1) * 100, number * 100 - 100
            ]
        )),
        lambda said: abs(said - abs({{ value }})) <= 1e-6 * greatest(1, abs({{ value }})) or abs(said - {{ value }}) <= 1e-6 * greatest(1, abs({{ value }}))
    )) > 0
{%- endmacro %}

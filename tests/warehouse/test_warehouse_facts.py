"""What the story's warehouse says, table by table."""


def test_the_final_figure_wins_and_the_sources_are_counted_once(ask):
    (row,) = ask("""
        select level, level_estimated, sources, statements, level_agreement, plan_ratio, growth, growth_base,
            article_id, quote
        from fct_outcomes where district_code = '066' and indicator = 'budget_revenue' and year = 2023
    """)
    level, estimated, sources, statements, agreement, plan_ratio, growth, base, article, quote = row
    assert (level, estimated, article, quote) == (24.5, False, "final", "24,5 tỷ đồng")
    assert (sources, statements) == (2, 7), "two papers that carry one report are one source"
    assert agreement == 0.5
    assert (plan_ratio, growth, base) == (95.7, 10, "so với năm trước"), "measures come from whoever states them"


def test_a_report_in_two_papers_is_one(ask):
    assert ask("select article_id, report_id, repeats_a_report from dim_article where article_id like 'estimate%'") == [
        ("estimate-a", "estimate-a", False),
        ("estimate-b", "estimate-a", True),
    ]


def test_only_resolved_statements_are_facts(ask):
    assert ask("select status, count(*) from fct_statements group by all order by all") == [
        ("fact", 21), ("no_district", 1), ("no_indicator", 1),
    ]  # fmt: skip
    assert ask("select words, unit, statements from rpt_missing_indicators") == [("đàn ong lấy mật", "count", 1)]
    assert ask("select article_id, statements from rpt_missing_districts") == [("nowhere", 1)]
    assert ask("select failed_checks, statements, url from rpt_rejected") == [
        ("period: is one of the allowed values", 1, "https://example.org/nowhere")
    ]


def test_targets_meet_their_outcomes(ask):
    assert ask("""
        select year, indicator, target_level, target_change, outcome_level, outcome_change, verdict, verdict_by,
            round(computed_plan_ratio, 1), stated_plan_ratio, ratios_disagree, verdict_disputed
        from fct_target_attainment where district_code = '066' order by year, indicator
    """) == [
        (2022, "budget_revenue", 20, None, None, None, "unknown", None, None, None, None, False),
        (2023, "budget_revenue", 23, None, 24.5, None, "met", "level", 106.5, 95.7, True, True),
        (2023, "livestock_herd", 12000, None, 12500, None, "met", "level", 104.2, None, None, False),
        (2023, "poverty_rate", None, -3, 20.5, -3.5, "met", "change", None, None, None, False),
        (2024, "budget_revenue", 26, None, None, None, "unknown", None, None, None, None, False),
    ]


def test_targets_and_outcomes_are_said_in_words_of_both_languages(ask):
    assert ask("""
        select indicator, target_vi, target_en, outcome_vi, outcome_en, district, province
        from fct_target_attainment where district_code = '066' and year = 2023 order by indicator
    """) == [
        ("budget_revenue", "≥ 23 tỷ đồng", "≥ 23 bn dong", "24,5 tỷ đồng; ước tăng 10%; ước 95,7% kế hoạch",
         "24.5 bn dong; est. up 10%; est. 95.7% of plan", "Huyện Na Rì", "Bắc Kạn"),
        ("livestock_herd", "12.000", "12,000", "> 12.500", "> 12,500", "Huyện Na Rì", "Bắc Kạn"),
        ("poverty_rate", "giảm ≥ 3 điểm %", "down ≥ 3 pct points", "20,5%; giảm 3,5 điểm %",
         "20.5%; down 3.5 pct points", "Huyện Na Rì", "Bắc Kạn"),
    ]  # fmt: skip
    assert ask("select figures_vi, figures_en from fct_outcomes where indicator = 'targets_met'") == [
        ("29/34", "29/34")
    ]


def test_an_unknown_verdict_says_why(ask):
    assert ask(
        "select unknown_because, count(*) from fct_target_attainment where verdict = 'unknown' group by all"
    ) == [("no_outcome", 2)]
    assert ask(
        "select count(*) from fct_target_attainment where (verdict = 'unknown') <> (unknown_because is not null)"
    ) == [(0,)]


def test_doubt_is_visible(ask):
    assert ask("select conflict_kind, chosen_value, other_value, chosen_quote, other_quote from rpt_conflicts") == [
        ("estimate_revised", 24.5, 22, "24,5 tỷ đồng", "22 tỷ đồng"),
        ("estimate_revised", 24.5, 22, "24,5 tỷ đồng", "22 tỷ đồng"),
    ]
    found = ask("select finding, year, kind, value, quote from rpt_outliers order by all")
    assert ("unit_slip", 2021, "outcome", 19000, "19.000 tỷ đồng") in found
    assert ("plan_ratio_mismatch", 2023, "outcome", 95.7, "95,7%") in found
    assert ask("""
        select indicators, targets, outcomes, both_sides, indicators_before, district, domain_en, articles, url
        from rpt_coverage where district_code = '066' and year = 2023 and domain = 'investment_budget'
    """) == [(1, 1, 1, 1, 1, "Huyện Na Rì", "Investment and budget", 2, "https://example.org/final")]
    assert ask("select indicators from rpt_coverage where year = 2023 and domain = 'culture'") == [(0,)]


def test_derived_figures_stand_apart(ask):
    assert ask("select year, value, unit from fct_derived where method = 'level_before_change'") == [
        (2022, 24.0, "pct")
    ]
    assert ask(
        "select value, stated_value, round(difference_pct, 1) from fct_derived where method = 'share_from_fraction'"
    ) == [(85.294118, None, None)]
    assert ask("select count(*) from fct_outcomes where year = 2022 and indicator = 'poverty_rate'") == [(0,)]


def test_a_merged_district_is_a_territory_of_its_own(ask):
    assert ask("select unit_id, territory_id from fct_outcomes where district_code = '049'") == [("049b2", "049b")]
    assert (
        ask("select unit_id, name_vi, valid_to, successor_unit_id from dim_district where unit_id = '049a1'")[0][3]
        == "049b2"
    )


def test_the_wide_table_has_the_same_figures(ask):
    assert ask("""
        select district, province_en, budget_revenue_target, budget_revenue_outcome, budget_revenue_growth,
            poverty_rate_outcome, met, missed, unknown
        from district_year where district_code = '066' and year = 2023
    """) == [("Huyện Na Rì", "Bac Kan", 23, 24.5, 10, 20.5, 3, 0, 0)]


def test_every_figure_leads_to_its_sentence_and_page(ask):
    assert ask("""
        select count(*) from (from fct_targets union all by name from fct_outcomes) f
        join fct_statements s using (statement_id) join dim_article a on a.article_id = f.article_id
        where contains(s.sentence, f.quote) and f.url = a.url
    """) == ask("select (select count(*) from fct_targets) + (select count(*) from fct_outcomes)")

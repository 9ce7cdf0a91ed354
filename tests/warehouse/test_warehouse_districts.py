"""What the warehouse says of districts: which stood on a day, what became of them, and where they are today."""

import pytest


@pytest.mark.parametrize(("day", "districts"), [("2019-12-31", 713), ("2023-12-31", 705), ("2025-06-30", 696)])
def test_known_totals(ask, day, districts):
    assert ask(f"""
        select count(*) from dim_district
        where date '{day}' between coalesce(valid_from, date '0001-01-01') and valid_to
    """) == [(districts,)]


def test_no_district_stands_after_june_2025(ask):
    assert ask("select max(valid_to) = date '2025-06-30' from dim_district") == [(True,)]


def test_versions_neither_overlap_nor_leave_gaps(ask):
    """The units of one code follow each other day on day."""
    assert (
        ask("""
        select district_code from (
            select district_code, valid_from, lag(valid_to) over (partition by district_code order by version) as before
            from dim_district
        ) where before is not null and valid_from != before + 1
    """)
        == []
    )


def test_a_unit_that_ended_early_has_its_successor(ask):
    """One that was split names the codes of its parts (Huế in 2025)."""
    assert (
        ask("""
        select ended.unit_id from dim_district as ended left join dim_district as follows
            on follows.unit_id = ended.successor_unit_id and ended.valid_to + 1 between
                coalesce(follows.valid_from, date '0001-01-01') and follows.valid_to
        where ended.valid_to < date '2025-06-30' and follows.unit_id is null and not contains(ended.successor_code, '|')
    """)
        == []
    )


@pytest.mark.parametrize(
    ("unit", "province_now", "communes"),
    [
        ("Huyện Na Rì", "Thái Nguyên", 6), ("Huyện Như Xuân", "Thanh Hóa", 6), ("Huyện Côn Đảo", "Hồ Chí Minh", 1),
        ("Huyện Lý Sơn", "Quảng Ngãi", 1), ("Thành phố Hội An", "Đà Nẵng", 4), ("Huyện Phú Quí", "Lâm Đồng", 1),
    ],
)  # fmt: skip
def test_old_districts_roll_up_to_the_provinces_of_today(ask, unit, province_now, communes):
    assert ask(f"""
        select districts.province_name_now, count(*), count(distinct successors.province_code_now)
        from dim_district as districts join dim_district_successor as successors using (unit_id)
        where full_name_vi = '{unit}' and valid_to = date '2025-06-30' group by all
    """) == [(province_now, communes, 1)]


def test_every_fact_can_be_summed_over_34_provinces(ask):
    assert ask("select count(distinct province_code_now) from dim_district") == [(34,)]
    assert ask("select count(*) from dim_district where province_code_now is null") == [(0,)]
    assert ask("""
        select count(*) from dim_district_successor as successors join dim_district using (unit_id)
        where successors.province_code_now != dim_district.province_code_now
    """) == [(0,)]

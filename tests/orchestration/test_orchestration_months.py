"""The months: which there are, which a run is about, how they group."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from extract.reading.dates import earliest_known
from orchestration.partitions import MONTHS, month_of, months_between, months_of_run, range_tags, stretches


def test_every_date_that_reading_admits_has_a_month() -> None:
    keys = MONTHS.get_partition_keys()
    assert keys[0] == month_of(earliest_known())
    assert keys[-1] == dt.datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).strftime("%Y-%m")
    assert len(keys) == len(set(keys))


def test_a_month_begins_at_midnight_in_vietnam() -> None:
    first_second = dt.datetime(2024, 1, 31, 17, 0, 1, tzinfo=dt.UTC)  # 1 February 00:00:01 in Ho Chi Minh City
    assert MONTHS.get_partition_keys(current_time=first_second)[-1] == "2024-02"
    assert MONTHS.get_partition_keys(current_time=first_second - dt.timedelta(seconds=2))[-1] == "2024-01"


def test_ranges() -> None:
    assert months_between("2023-11", "2024-02") == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert months_of_run(range_tags("2023-12", "2024-01")) == ["2023-12", "2024-01"]
    assert months_of_run({"dagster/partition": "2023-12"}) == ["2023-12"]
    assert months_of_run({}) is None


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [("2023-13", "2024-01", "'2023-13' is not a month"), ("2024-01", "1890-01", "'1890-01' is not a month"),
     ("2024-02", "2024-01", "ends (2024-01) before it starts (2024-02)")],
)  # fmt: skip
def test_ranges_that_are_none_say_why(first: str, last: str, said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("(", r"\(").replace(")", r"\)")):
        months_between(first, last)


def test_stretches_are_exactly_the_months() -> None:
    assert stretches(["2024-01", "2023-12", "2022-07", "2024-01", "2024-03", "1890-01"]) == [
        ("2022-07", "2022-07"),
        ("2023-12", "2024-01"),
        ("2024-03", "2024-03"),
    ]
    assert stretches([]) == []

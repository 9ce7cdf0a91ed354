"""The months that articles and rows are kept by.

Belongs here: the partition set and stretches of months. Does not belong here: which assets use it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from dagster import BackfillPolicy, MonthlyPartitionsDefinition

from extract.reading.dates import earliest_known

MONTH_FORMAT = "%Y-%m"
_ONE_MONTH = "dagster/partition"
_RANGE_START, _RANGE_END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"

# The first month is that of the earliest date that the reading admits, so that every admitted article has a partition.
# ``end_offset=1``: without it the running month has none until it is over.
MONTHS = MonthlyPartitionsDefinition(
    start_date=earliest_known().strftime(MONTH_FORMAT), fmt=MONTH_FORMAT, timezone="Asia/Ho_Chi_Minh", end_offset=1
)

# A run costs far more than the work of a month: any range of months is one run.
ONE_RUN = BackfillPolicy.single_run()


def month_of(day: dt.date) -> str:
    """The partition key of a day of publication."""
    return day.strftime(MONTH_FORMAT)


def months_between(first: str, last: str) -> list[str]:
    """Partition keys from ``first`` to ``last`` inclusive. Raises ValueError for a month that is no partition."""
    keys = list(MONTHS.get_partition_keys())
    for month in (first, last):
        if month not in keys:
            raise ValueError(f"{month!r} is not a month between {keys[0]} and {keys[-1]}; write YYYY-MM")
    if first > last:
        raise ValueError(f"the range ends ({last}) before it starts ({first}); swap the two months")
    return keys[keys.index(first) : keys.index(last) + 1]


def stretches(months: Iterable[str]) -> list[tuple[str, str]]:
    """Group months into (first, last) of unbroken stretches, oldest first; what is no partition is left out."""
    order = {key: position for position, key in enumerate(MONTHS.get_partition_keys())}
    found: list[tuple[str, str]] = []
    for month in sorted(set(months) & order.keys()):
        if found and order[found[-1][1]] + 1 == order[month]:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return found


def range_tags(first: str, last: str) -> dict[str, str]:
    """Run tags by which Dagster gives a run all months from ``first`` to ``last``."""
    return {_RANGE_START: first, _RANGE_END: last}


def months_of_run(tags: Mapping[str, str]) -> list[str] | None:
    """The months that a run is about, from its tags; None where it has none (a run of unpartitioned assets)."""
    if _RANGE_START in tags:
        return months_between(tags[_RANGE_START], tags[_RANGE_END])
    return [tags[_ONE_MONTH]] if _ONE_MONTH in tags else None

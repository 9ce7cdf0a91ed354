"""The day on which an article asks what units there were.

Belongs here: days as ISO texts, which compare as they sort. Does not belong here: dates in the text of an article.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

LAST_DAY_OF_DISTRICTS: Final = "2025-06-30"
_REST_OF_DAY: Final = {7: "-15", 4: "-07-01"}  # mid-month, mid-year


@lru_cache(maxsize=4096)
def day_of(published_on: str | None) -> str | None:
    """``YYYY-MM-DD`` of a day, month (its middle) or year (its middle); None for what is no date."""
    if not published_on:
        return None
    try:
        return date.fromisoformat(published_on[:10] + _REST_OF_DAY.get(len(published_on), "")).isoformat()
    except ValueError:
        return None


def after_districts(day: str | None) -> bool:
    """Whether there were no districts any more on ``day``."""
    return day is not None and day > LAST_DAY_OF_DISTRICTS


@lru_cache(maxsize=4096)
def shifted(day: str, by: timedelta) -> str:
    """``day`` moved ``by`` so many days."""
    return (date.fromisoformat(day) + by).isoformat()

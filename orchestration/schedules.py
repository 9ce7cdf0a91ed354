"""When months are read by the clock.

Belongs here: cron lines and which months they ask for. Does not belong here: reacting to files (``sensors``).
"""

import datetime as dt

from dagster import DefaultScheduleStatus, RunRequest, ScheduleEvaluationContext, schedule

from orchestration.jobs import read_months
from orchestration.partitions import MONTHS, range_tags

_ZONE = "Asia/Ho_Chi_Minh"
REREAD_MONTHS = 6


@schedule(
    job=read_months, cron_schedule="30 5 * * *", execution_timezone=_ZONE, default_status=DefaultScheduleStatus.RUNNING
)
def daily_new_articles(context: ScheduleEvaluationContext) -> RunRequest:
    """Every morning: new articles of this month and of the last one, since papers are read days after they appear."""
    return _last_months(2, context.scheduled_execution_time)


@schedule(
    job=read_months, cron_schedule="0 3 * * 0", execution_timezone=_ZONE, default_status=DefaultScheduleStatus.RUNNING
)
def weekly_reread(context: ScheduleEvaluationContext) -> RunRequest:
    """Every Sunday: read the last half year again, for late articles and for what the reader has learnt since."""
    return _last_months(REREAD_MONTHS, context.scheduled_execution_time)


def _last_months(count: int, now: dt.datetime) -> RunRequest:
    months = MONTHS.get_partition_keys(current_time=now)[-count:]
    return RunRequest(run_key=f"{now:%Y-%m-%d}", tags=range_tags(months[0], months[-1]))

"""When months are read by the clock.

Belongs here: cron lines and which months they ask for. Does not belong here: reacting to files (``sensors``).
"""

from dagster import DefaultScheduleStatus, RunRequest, ScheduleDefinition, ScheduleEvaluationContext, schedule

from orchestration.jobs import collect_sources, read_months
from orchestration.partitions import MONTHS, range_tags

_ZONE = "Asia/Ho_Chi_Minh"
REREAD_MONTHS = 6


daily_new_articles = ScheduleDefinition(
    name="daily_new_articles", job=collect_sources, cron_schedule="30 5 * * *", execution_timezone=_ZONE,
    default_status=DefaultScheduleStatus.RUNNING,
    description="Every morning: what is new in the declared sources. The sensor `collected` asks for its months.",
)  # fmt: skip


@schedule(
    job=read_months, cron_schedule="0 3 * * 0", execution_timezone=_ZONE, default_status=DefaultScheduleStatus.RUNNING
)
def weekly_reread(context: ScheduleEvaluationContext) -> RunRequest:
    """Every Sunday: read the last half year again, for late articles and for what the reader has learnt since."""
    now = context.scheduled_execution_time
    months = MONTHS.get_partition_keys(current_time=now)[-REREAD_MONTHS:]
    return RunRequest(run_key=f"{now:%Y-%m-%d}", tags=range_tags(months[0], months[-1]))


SCHEDULES = (daily_new_articles, weekly_reread)

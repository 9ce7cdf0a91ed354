"""What is brought up to date by itself once something before it changed.

Belongs here: the condition, and the sensor that evaluates it. Does not belong here: asking for months (``sensors``,
``schedules``).
"""

from dagster import AutomationCondition, AutomationConditionSensorDefinition, DefaultSensorStatus

# Plain ``eager()`` would wait until every month of thirty years exists.
ON_CHANGE = AutomationCondition.eager().without(~AutomationCondition.any_deps_missing())

# Dagster's own automation sensor is off until somebody switches it on.
automation = AutomationConditionSensorDefinition("automation", target="*", default_status=DefaultSensorStatus.RUNNING)

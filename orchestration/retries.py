"""What is tried again, and how often.

Belongs here: the bounds. A fault that will not pass (a wrong file, a broken contract) is raised as
``dagster.Failure(..., allow_retries=False)`` by whoever finds it, with its remedy.
"""

from dagster import Backoff, Jitter, RetryPolicy

# Disks that are away for a moment, a lock that a reader holds. Two more tries and then the run fails for good: a
# partition that stays failed is shown by a check, and started again by a person.
PASSING_FAULTS = RetryPolicy(max_retries=2, delay=2, backoff=Backoff.EXPONENTIAL, jitter=Jitter.PLUS_MINUS)

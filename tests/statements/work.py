"""How much work a call does, as a count and not as a time: the lines of Python that it executes.

Belongs here: the count. Does not belong here: what is measured, and how much is too much.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def work(call: Callable[[], object]) -> int:
    """Lines executed by ``call`` (each round of a loop or comprehension counts). The same call gives the same count."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count

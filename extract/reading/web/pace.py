"""How fast a host is asked: a pause between requests and a limit of requests at once, for all crawls of a process.

Belongs here: waiting. Does not belong here: what robots.txt asks for (``robots``).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LOOK_UP_SECONDS = 0.5  # how often a waiting request looks whether the crawl was stopped


class StoppedError(Exception):
    """The crawl was stopped while a request waited for its turn."""


class Pace:
    """Turns for hosts. Two sources on one host share them; the longer pause and the lower limit of the two hold."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hosts: dict[str, _Turns] = {}

    def _turns(self, host: str) -> _Turns:
        with self._lock:
            return self._hosts.setdefault(host, _Turns())

    @contextmanager
    def turn(self, host: str, delay_seconds: float, at_once: int, stopped: Callable[[], bool]) -> Iterator[None]:
        """Waits until ``host`` may be asked again, and holds one of its places meanwhile. Raises StoppedError."""
        turns = self._turns(host)
        turns.begin(delay_seconds, at_once, stopped)
        try:
            yield
        finally:
            turns.end()

    def hold(self, host: str, seconds: float) -> None:
        """No request to ``host`` for ``seconds`` from now: it asked for a rest."""
        self._turns(host).hold(seconds)


class _Turns:
    def __init__(self) -> None:
        self._free = threading.Condition()
        self._next = 0.0
        self._running = 0
        self._delay = 0.0
        self._limit: int | None = None

    def begin(self, delay_seconds: float, at_once: int, stopped: Callable[[], bool]) -> None:
        with self._free:
            self._delay = max(self._delay, delay_seconds)
            self._limit = min(self._limit or at_once, at_once)
            while True:
                if stopped():
                    raise StoppedError
                wait = self._next - time.monotonic()
                if self._running >= self._limit:
                    self._free.wait(_LOOK_UP_SECONDS)
                elif wait > 0:
                    self._free.wait(min(wait, _LOOK_UP_SECONDS))
                else:
                    break
            self._running += 1
            self._next = time.monotonic() + self._delay

    def end(self) -> None:
        with self._free:
            self._running -= 1
            self._free.notify_all()

    def hold(self, seconds: float) -> None:
        with self._free:
            self._next = max(self._next, time.monotonic() + seconds)


shared = Pace()
"""The turns of this process."""

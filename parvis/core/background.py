"""Threads that work beside the requests, in each process of `parvis serve`. What they have to do is in the database.

They look when they are woken in their process, and every few seconds for what another one wrote, what is due again, and
what a process that died left.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from django.db import close_old_connections, connection

_log = logging.getLogger(__name__)
LOOK_EVERY: Final = 2.0
"""Seconds between two looks at the database."""


class BackgroundThread(threading.Thread):
    """One kind of work, named `work`, on a database connection of its own."""

    def __init__(self, work: str) -> None:
        super().__init__(name=f"parvis-{work}", daemon=True)
        self.work = work
        self.awake = threading.Event()
        self.stopping = threading.Event()

    def look(self) -> float:
        """Do what is due; returns the seconds before the next look."""
        raise NotImplementedError

    def run(self) -> None:
        while not self.stopping.is_set():
            self.awake.wait(self._look())
            self.awake.clear()
        connection.close()

    def _look(self) -> float:
        try:
            close_old_connections()
            return self.look()
        except Exception:  # whatever happens (a database that is busy, most often), the next work has to be done
            _log.exception("%s stopped for a moment", self.name)
            connection.close()
            return LOOK_EVERY


_makers: Final[list[Callable[[], BackgroundThread]]] = []
_running: Final[list[BackgroundThread]] = []


def register(make: Callable[[], BackgroundThread]) -> None:
    """One more thread for each process: an app says so in its `ready()`."""
    _makers.append(make)


def start() -> None:
    """Start them all in this process."""
    _running.extend(make() for make in _makers)
    for thread in _running:
        thread.start()


def wake(work: str) -> None:
    """Something was written for the threads of `work`: do not wait for the next look."""
    for thread in _running:
        if thread.work == work:
            thread.awake.set()


def stop(patience: float) -> None:
    """Finish what is in hand, for `patience` seconds at most, and begin nothing else."""
    until = time.monotonic() + patience
    for thread in _running:
        thread.stopping.set()
        thread.awake.set()
    for thread in _running:
        thread.join(max(0.0, until - time.monotonic()))
    _running.clear()

"""The threads that send, in each process of `parvis serve`.

They look at the queue when a mail is queued in their process, and every few seconds for what another one queued, what
is due again, and what a process that died left.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

from django.db import close_old_connections, connection

from parvis.core.mailing.claims import find_cut
from parvis.core.mailing.enums import Lane
from parvis.core.mailing.sender import Round, send_due

_log = logging.getLogger(__name__)
_THREADS: Final = {Lane.URGENT: 2, Lane.BULK: 1}
"""Two for what must not wait: one mail on which the server hangs does not hold the next."""
_LOOK_EVERY: Final = 2.0
_REST: Final = {Lane.URGENT: (5.0,), Lane.BULK: (30.0, 60.0, 120.0, 300.0, 600.0)}
"""Seconds before calling again a server that does not answer, the last repeated: each call may cut one more mail."""


def thread_count() -> int:
    """How many send in one process, each on a database connection of its own."""
    return sum(_THREADS.values())


class MailThread(threading.Thread):
    """Sends the mails of one lane, on a database connection and an SMTP connection of its own."""

    def __init__(self, lane: Lane) -> None:
        super().__init__(name=f"parvis-mail-{lane}", daemon=True)
        self.lane = lane
        self.queued = threading.Event()
        self.stopping = threading.Event()
        self._failures = 0

    def run(self) -> None:
        while not self.stopping.is_set():
            done = self._look()
            self.queued.wait(_LOOK_EVERY if done.answered else self._rest(done))
            self.queued.clear()
        connection.close()

    def _look(self) -> Round:
        try:
            close_old_connections()
            find_cut()
            return send_due(self.lane, self.stopping.is_set)
        except Exception:  # whatever happens (a database that is busy, most often), the next mails have to leave
            _log.exception("the sending of mails stopped for a moment")
            connection.close()
            return Round()

    def _rest(self, done: Round) -> float:
        """Longer each time that the server took nothing."""
        self._failures = 0 if done.settled else self._failures + 1
        return _REST[self.lane][min(self._failures, len(_REST[self.lane]) - 1)]


_running: Final[list[MailThread]] = []


def start() -> None:
    """Start sending in this process."""
    for lane, count in _THREADS.items():
        _running.extend(MailThread(lane) for _ in range(count))
    for thread in _running:
        thread.start()


def wake(lane: Lane) -> None:
    """A mail was queued: do not wait for the next look."""
    for thread in _running:
        if thread.lane == lane:
            thread.queued.set()


def stop(patience: float) -> None:
    """Finish the mails in hand, for `patience` seconds at most, and begin no other."""
    until = time.monotonic() + patience
    for thread in _running:
        thread.stopping.set()
        thread.queued.set()
    for thread in _running:
        thread.join(max(0.0, until - time.monotonic()))
    _running.clear()

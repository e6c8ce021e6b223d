"""The threads that send mails, one lane each."""

from __future__ import annotations

from typing import Final

from parvis.core import background
from parvis.core.mailing.claims import find_cut
from parvis.core.mailing.enums import Lane
from parvis.core.mailing.sender import Round, send_due

_THREADS: Final = {Lane.URGENT: 2, Lane.BULK: 1}
"""Two for what must not wait: one mail on which the server hangs does not hold the next."""
_REST: Final = {Lane.URGENT: (5.0,), Lane.BULK: (30.0, 60.0, 120.0, 300.0, 600.0)}
"""Seconds before calling again a server that does not answer, the last repeated: each call may cut one more mail."""


class MailThread(background.BackgroundThread):
    """Sends the mails of one lane, over an SMTP connection of its own."""

    def __init__(self, lane: Lane) -> None:
        super().__init__(_work(lane))
        self.lane = lane
        self._failures = 0

    def look(self) -> float:
        find_cut()
        done = send_due(self.lane, self.stopping.is_set)
        return background.LOOK_EVERY if done.answered else self._rest(done)

    def _rest(self, done: Round) -> float:
        """Longer each time that the server took nothing."""
        self._failures = 0 if done.settled else self._failures + 1
        return _REST[self.lane][min(self._failures, len(_REST[self.lane]) - 1)]


def register_threads() -> None:
    """Each process of `parvis serve` sends mails."""
    for lane, count in _THREADS.items():
        for _ in range(count):
            background.register(lambda lane=lane: MailThread(lane))  # type: ignore[misc]


def wake(lane: Lane) -> None:
    """A mail was queued."""
    background.wake(_work(lane))


def _work(lane: Lane) -> str:
    return f"mail-{lane}"

"""The mails of the day, queued beside the requests."""

from __future__ import annotations

from typing import Final

from parvis.core.background import BackgroundThread
from parvis.gathering.desk.digest import digest_letter
from parvis.people.operations.daily_digest import queue_digests

WORK: Final = "digests"
_LOOK_EVERY: Final = 600.0


class DigestThread(BackgroundThread):
    """Looks every ten minutes for agents who have not had their mail of the day."""

    def __init__(self) -> None:
        super().__init__(WORK)

    def look(self) -> float:
        queue_digests(digest_letter)
        return _LOOK_EVERY

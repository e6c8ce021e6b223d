"""The one place that tells the time, so that a test or a rehearsal can set it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_held: ContextVar[datetime.datetime | None] = ContextVar("held", default=None)


def now() -> datetime.datetime:
    """The present moment, aware."""
    return _held.get() or timezone.now()


def today() -> datetime.date:
    """The present day in Paris."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime.datetime) -> Iterator[None]:
    """Hold the clock at `moment`, for this thread only, until the end of the block."""
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)

"""The one place that tells the time, so that a test or a rehearsal can set it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_fixed: ContextVar[datetime.datetime | None] = ContextVar("fixed", default=None)


def now() -> datetime.datetime:
    """The present moment, aware."""
    return _fixed.get() or timezone.now()


def today() -> datetime.date:
    """The present day in Paris."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime.datetime) -> Iterator[None]:
    """Fix the clock at `moment`, for this thread only, until the end of the block."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)

"""The one place that tells the time, so that a test or a rehearsal can set it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_fixed: ContextVar[datetime.datetime | None] = ContextVar("fixed", default=None)
_refused: ContextVar[bool] = ContextVar("refused", default=False)


class ClockRefused(RuntimeError):
    """What is made once for all asked what time it is: a fault of ours."""


def now() -> datetime.datetime:
    """The present moment, aware."""
    if _refused.get():
        raise ClockRefused("what is made once for all would keep the time at which it was made")
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


@contextmanager
def refused() -> Iterator[None]:
    """Raise `ClockRefused` at whoever asks the time inside the block."""
    token = _refused.set(True)
    try:
        yield
    finally:
        _refused.reset(token)

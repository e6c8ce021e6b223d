"""The one place that tells the time, so that a test or a rehearsal can set it."""

from __future__ import annotations

import datetime

from django.utils import timezone


def now() -> datetime.datetime:
    """The present moment, aware."""
    return timezone.now()


def today() -> datetime.date:
    """The present day in Paris."""
    return timezone.localdate(now())

"""Moments as the clocks of the instance (Paris) show them."""

from __future__ import annotations

import datetime

from django.utils import timezone

from parvis.french.dates import day, full_day, hour


def local(moment: datetime.datetime) -> datetime.datetime:
    """The same moment, told by those clocks."""
    return moment.astimezone(timezone.get_default_timezone())


def local_day(moment: datetime.datetime) -> str:
    """Its day: « 12 mars 2026 »."""
    return day(local(moment))


def span(starts_at: datetime.datetime, ends_at: datetime.datetime | None) -> str:
    """« jeudi 12 mars 2026, de 14 h à 17 h »; without an end, « jeudi 12 mars 2026 à 14 h »."""
    start = local(starts_at)
    if ends_at is None:
        return f"{full_day(start)} à {hour(start)}"
    end = local(ends_at)
    if start.date() == end.date():
        return f"{full_day(start)}, de {hour(start)} à {hour(end)}"
    return f"du {full_day(start)} à {hour(start)} au {full_day(end)} à {hour(end)}"

"""Days and hours in templates, as `french.dates` writes them, in Paris; a builtin of every template."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django import template
from django.utils import timezone

from parvis.french import dates

register = template.Library()
Moment = datetime.date | datetime.datetime | None


def _written(write: Callable[[datetime.datetime], str]) -> Callable[[Moment], str]:
    """A filter that writes a day or a local moment, and nothing where there is none."""

    def write_local(moment: Moment) -> str:
        if not moment:
            return ""
        return write(timezone.localtime(moment) if isinstance(moment, datetime.datetime) else moment)  # type: ignore[arg-type]

    return write_local


register.filter("day", _written(dates.day))
register.filter("full_day", _written(dates.full_day))
register.filter("day_and_month", _written(dates.day_and_month))
register.filter("hour", _written(dates.hour))
register.filter("moment", _written(dates.day_and_hour))

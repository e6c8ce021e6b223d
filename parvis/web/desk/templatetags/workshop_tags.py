"""What the pages of a workshop draw and say."""

from __future__ import annotations

import datetime

from django import template

from parvis.french import dates

register = template.Library()


@register.filter
def span_of(slot: object) -> str:
    """« 14 h – 14 h 40 »."""
    starts: datetime.datetime = slot.starts_at  # type: ignore[attr-defined]
    ends: datetime.datetime = slot.ends_at  # type: ignore[attr-defined]
    return f"{dates.hour(starts)} – {dates.hour(ends)}"


@register.filter
def duration(minutes: int) -> str:
    """« 2 h 45 »."""
    return dates.length(minutes)

"""Hours as the desk writes them."""

from __future__ import annotations

import datetime

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def hour(moment: datetime.datetime) -> str:
    """« 14 h », « 9 h 30 », in Paris, never cut at the end of a line."""
    local = timezone.localtime(moment)
    return f"{local.hour}\u00a0h" + (f"\u00a0{local.minute:02}" if local.minute else "")

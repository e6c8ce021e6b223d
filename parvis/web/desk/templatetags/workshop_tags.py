"""What the pages of a workshop draw and say."""

from __future__ import annotations

import datetime

from django import template
from django.utils.safestring import SafeString, mark_safe

from parvis.gathering import words

register = template.Library()


@register.simple_tag
def qr_code(address: str, title: str) -> SafeString:
    """`{% qr_code link "Ouvre la salle" %}`: dark on white whatever the theme, or telephones do not read it."""
    import segno

    drawn = segno.make(address, error="m", micro=False)
    svg = drawn.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, title=title)
    return mark_safe(svg.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308 - squares, and a title that segno escapes


@register.filter
def span_of(slot: object) -> str:
    """« 14 h – 14 h 40 »."""
    starts: datetime.datetime = slot.starts_at  # type: ignore[attr-defined]
    ends: datetime.datetime = slot.ends_at  # type: ignore[attr-defined]
    return f"{words.hour(starts)} – {words.hour(ends)}".replace(" h", "\u00a0h")


@register.filter
def clock_of(moment: datetime.datetime) -> str:
    """« 16 h 45 »."""
    return words.hour(words.local(moment)).replace(" ", "\u00a0")


@register.filter
def duration(minutes: int) -> str:
    """« 2 h 45 »."""
    return words.length(minutes)

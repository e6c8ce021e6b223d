"""Rows of meetings, written without the template engine: they are most of the time of the pages people open most."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from parvis.gathering.public.meeting_list import Row
from parvis.web.components.templatetags.parvis_ui import typo

register = template.Library()

_REPORTED = '<p class="row__aside"><span class="badge badge--done">Compte-rendu publié</span></p>'
_TO_COME = '<p class="row__aside"><span class="badge">À venir</span></p>'
_CANCELLED = '<p class="row__aside"><span class="badge badge--danger">Annulée</span></p>'


@register.simple_tag
def meeting_rows(rows: Iterable[Row]) -> SafeString:
    """`{% meeting_rows page.past %}`: a list of rows, each text escaped."""
    return mark_safe(f'<ul class="rows">{"".join(map(_row, rows))}</ul>')  # noqa: S308 - each text is escaped below


def _row(row: Row) -> str:
    place = f"<span>{escape(row.place)}</span>" if row.place else ""
    themes = f'<p class="row__meta small">{escape(row.themes)}</p>' if row.themes else ""
    aside = _CANCELLED if row.cancelled else _REPORTED if row.reported else _TO_COME if row.to_come else ""
    return (
        f'<li class="row"><p class="row__date"><time datetime="{row.iso}">{row.day}</time></p><div class="row__body">'
        f'<h3 class="row__title"><a href="/rencontres/{row.code}/">{escape(typo(row.title))}</a></h3>'
        f'<p class="row__meta"><span>{escape(row.kind)}</span><span>{row.hours}</span>{place}'
        f"<span>{escape(row.territory)}</span></p>{themes}</div>{aside}</li>\n"
    )

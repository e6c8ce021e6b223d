"""Lines of a report, written without the template engine: a report has hundreds of them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Protocol

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


class Entry(Protocol):
    """What a line needs to be drawn. `html` and `details_html` are escaped unless they are marked safe."""

    @property
    def code(self) -> str: ...
    @property
    def number_text(self) -> str: ...
    @property
    def thread(self) -> str: ...
    @property
    def html(self) -> SafeString: ...
    @property
    def details_html(self) -> tuple[SafeString, ...]: ...
    @property
    def conclusion(self) -> bool: ...
    @property
    def hidden(self) -> bool: ...


@register.simple_tag
def report_entries(entries: Iterable[Entry]) -> SafeString:
    """`{% report_entries kind.entries %}`: the lines of one kind, each with its anchor and the link to its thread."""
    return mark_safe(f'<ol class="entries">{"".join(map(_entry, entries))}</ol>')  # noqa: S308 - escaped below


def _entry(entry: Entry) -> str:
    code = escape(entry.code)
    more = ""
    if entry.details_html:
        more = "<ul>" + "".join([f"<li>{conditional_escape(detail)}</li>" for detail in entry.details_html]) + "</ul>"
    link = ""
    if entry.thread:
        link = (
            f'<a class="entry__tools follow" href="/contributions/{code}/">Suivre'
            f'<span class="visually-hidden"> {escape(entry.thread)}</span></a>'
        )
    return (
        f'<li class="entry{" entry--conclusion" if entry.conclusion else ""}" id="c-{code}">'
        f'<span class="entry__number">{"→" if entry.conclusion else entry.number_text}</span>'
        f'<div class="entry__body{" withheld" if entry.hidden else ""}">{conditional_escape(entry.html)}{more}</div>'
        f"{link}</li>\n"
    )

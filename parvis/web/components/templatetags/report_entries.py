"""Lines of a report, written without the template engine: a report has hundreds of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Protocol

from django import template
from django.utils.safestring import SafeString, mark_safe

from parvis.web.components.acronyms import AcronymMarker

register = template.Library()


class Item(Protocol):
    """What a line needs to be drawn."""

    @property
    def code(self) -> str | None: ...
    @property
    def number(self) -> str | None: ...
    @property
    def spoken(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def details(self) -> tuple[str, ...]: ...
    @property
    def conclusion(self) -> bool: ...
    @property
    def hidden(self) -> bool: ...


@register.simple_tag
def report_entries(items: Sequence[Item], acronyms: AcronymMarker, draft: bool = False) -> SafeString:
    """`{% report_entries family.items acronyms %}`: each line with its anchor; the line is the link to its thread.

    The lines of a draft have no thread to open.
    """
    marked = iter(acronyms.mark_all([text for item in items for text in (item.text, *item.details)]))
    lines = "".join([_entry(item, marked, draft) for item in items])
    return mark_safe(f'<ol class="entries">{lines}</ol>')  # noqa: S308 - each text is escaped, here or when marked


def _entry(item: Item, marked: Iterator[SafeString], draft: bool) -> str:
    code = escape(item.code or "")
    text = next(marked)
    more = ""
    if item.details:
        more = "<ul>" + "".join([f"<li>{next(marked)}</li>" for _ in item.details]) + "</ul>"
    number = "→" if item.conclusion else escape(item.number or "")
    head = f'<span class="entry__number">{number}</span>'
    if not (draft or item.hidden):
        head = (
            f'<a class="entry__number entry__link" href="/contributions/{code}/">{number}'
            f'<span class="visually-hidden"> : suivre {escape(item.spoken)}</span></a>'
        )
    return (
        f'<li class="entry{" entry--conclusion" if item.conclusion else ""}" id="c-{code}">'
        f"{head}"
        f'<div class="entry__body{" withheld" if item.hidden else ""}">{text}{more}</div></li>\n'
    )

"""Tags of the shared components; a builtin of every template, so `{% load parvis_ui %}` is not needed."""

from __future__ import annotations

import secrets
from collections.abc import Sized
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BoundField, CheckboxInput
from django.template.defaultfilters import stringfilter
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from parvis.french import articles, counts
from parvis.french.kinds import KINDS
from parvis.french.typography import no_break
from parvis.web.components.acronyms import AcronymMarker
from parvis.web.components.drawings import icon_svg, kind_html
from parvis.web.components.qr import qr_svg

register = template.Library()


@register.filter(is_safe=True)
@stringfilter
def typo(text: str) -> str:
    """`{{ title|typo }}`: no line starts with « : » or « ? ». The text of templates itself needs no filter."""
    return no_break(text)


@register.filter
def after(name: str, preposition: str) -> str:
    """`{{ authority|after:"par" }}`: « par la Ville de Lisandre », « par le CCAS »."""
    return articles.after(preposition, name)


@register.filter
def plural(count: int | Sized, words: str) -> str:
    """`{{ notes|plural:"note masquée" }}`: « 1 note masquée », « 12 notes masquées », of a number or of a list.

    `words`: the singular, whose every word takes an s, or the singular and the plural apart by a comma.
    """
    one, _, many = words.partition(",")
    return counts.plural(count if isinstance(count, int) else len(count), one, many or counts.with_s(one))


@register.filter
def pluralize(count: int | Sized, endings: str = "s") -> str:
    """`Entrée{{ count|pluralize }}`, apart from its number: zero is singular, which Django's own filter does not know.

    `endings`: the plural's, or the singular's and the plural's apart by a comma (`"a,ont"`).
    """
    one, _, many = endings.rpartition(",")
    return many if (count if isinstance(count, int) else len(count)) > 1 else one


@register.filter
def mark_acronyms(text: str, acronyms: AcronymMarker) -> SafeString:
    """`{{ text|mark_acronyms:acronyms }}`: each acronym a button; `_terms.html` ends the page with the notes."""
    return acronyms.mark(text)


@register.simple_tag
def asset(path: str) -> str:
    """`{% asset "parvis/mark.svg" %}`: the address of a static file, under the name that tells its content.

    Django's own tag works that name out at each call, seven times a page: a tenth of the page's cost. Names only change
    when the files do, with the process.
    """
    return _address(path, staticfiles_storage)


@lru_cache(maxsize=500)
def _address(path: str, storage: object) -> str:
    return str(escape(staticfiles_storage.url(path)))


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "share" %}`: the drawing, hidden from screen readers. An unknown name raises."""
    return icon_svg(name)


@register.simple_tag
def qr_code(address: str, title: str) -> SafeString:
    """`{% qr_code link "Ouvre la salle" %}`: the drawing of an address."""
    return qr_svg(address, title)


@register.simple_tag
def kind_badge(kind: str, plural: bool = False) -> SafeString:
    """`{% kind_badge "challenge" %}`: sign and word. `plural=True` for a heading over several."""
    return kind_html(str(kind), bool(plural))


@register.simple_tag
def kind_sign(kind: str) -> SafeString:
    """`{% kind_sign "challenge" %}`: the sign, its word only said aloud. Where the word is already near."""
    return kind_html(str(kind), sign_only=True)


@register.simple_tag
def kind_options(chosen: str) -> SafeString:
    """`{% kind_options note.kind %}`: the options of a select, this one chosen."""
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((kind, mark_safe(" selected") if kind == chosen else "", words.one) for kind, words in KINDS.items()),
    )


@register.simple_tag
def form_key() -> SafeString:
    """`{% form_key %}`, under `{% csrf_token %}`: what makes this form count once, however often it is sent."""
    return format_html('<input type="hidden" name="form_key" value="{}">', secrets.token_urlsafe(16))


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, optional: bool = True, label: str = "") -> dict[str, Any]:
    """`{% field form.title %}`: label, help, errors and control, tied together for screen readers.

    A field that may stay empty says « facultatif », unless `optional=False`. `label`: shorter words, where what stands
    around says the rest.
    """
    widget = bound.field.widget
    return {
        "bound": bound,
        "label": label or bound.label,
        "errors": bound.errors,
        "help_text": bound.help_text,
        "grouped": bound.use_fieldset,
        "single_box": isinstance(widget, CheckboxInput),
        "optional": optional and not bound.field.required,
        "described_by": bound.aria_describedby or "",
    }

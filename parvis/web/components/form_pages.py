"""How a page with forms answers: what a form refuses comes back with what was typed, as a 422 that htmx swaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import IntegrityError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.core.access import REFUSED_FORM
from parvis.core.errors import ParvisError, RefusedInput
from parvis.core.uniqueness import SAME_MOMENT, broke_uniqueness

_refusal: ContextVar[str] = ContextVar("why nothing is saved by the view that answers", default="")


@contextmanager
def refusing_to_save(reason: str) -> Iterator[None]:
    """Inside the block `saved` refuses every form, which comes back with what was typed and with `reason`."""
    token = _refusal.set(reason)
    try:
        yield
    finally:
        _refusal.reset(token)


def form_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, refused: bool = False
) -> HttpResponse:
    """Render a page or a part of one: 422 when a form of `context` refused what was sent, or when `refused`, else 200.

    `refused` is for what no form of the page says: a refusal of the operation shown beside it, several rows of forms.
    """
    sent = request.method == "POST"
    refused = refused or (sent and any(_refuses(value) for value in context.values()))
    return render(request, template, dict(context), status=REFUSED_FORM if refused else 200)


def saved(form: BaseForm, operation: Callable[[], object]) -> bool:
    """Run `operation` when `form` is valid. What it refuses becomes an error of the form, so nothing typed is lost."""
    valid, reason = form.is_valid(), _refusal.get()
    if reason:
        form.add_error(None, reason)
    if reason or not valid:
        return False
    try:
        operation()
    except IntegrityError as error:
        if not broke_uniqueness(error):
            raise
        form.add_error(None, SAME_MOMENT)
        return False
    except ParvisError as refusal:
        form.add_error(None, refusal.message)
        for line in refusal.lines if isinstance(refusal, RefusedInput) else ():
            form.add_error(None, line)
        return False
    return True


def _refuses(value: object) -> bool:
    return isinstance(value, BaseForm) and value.is_bound and bool(value.errors)

"""What every screen of the desk needs of a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from parvis.core.access import rule
from parvis.core.errors import ParvisError, RefusedInput
from parvis.people.actor import actor_of
from parvis.people.models import User

REFUSED = 422


@rule
def agent(request: HttpRequest) -> User:
    """The agent who signed in. A closed account is nobody."""
    actor = actor_of(request)
    if actor is None:
        raise PermissionDenied
    return actor


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, however empty, or nothing at all."""
    return request.POST if request.method == "POST" else None


def page(request: HttpRequest, template: str, section: str, **context: Any) -> HttpResponse:
    """Render a screen; one whose form is refused answers 422, with what was typed."""
    form = context.get("form")
    status = REFUSED if isinstance(form, BaseForm) and form.is_bound and form.errors else 200
    return render(request, template, {"section": section, **context}, status=status)


def saved(form: BaseForm, operation: Callable[[], object]) -> bool:
    """Run `operation` when `form` is valid. What it refuses becomes an error of the form, so nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        operation()
    except ParvisError as refusal:
        form.add_error(None, refusal.message)
        for line in refusal.lines if isinstance(refusal, RefusedInput) else ():
            form.add_error(None, line)
        return False
    return True

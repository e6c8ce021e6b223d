"""What every screen of the desk needs of a request."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import ERROR, SUCCESS, get_messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict

from parvis.core.access import rule
from parvis.people.actor import actor_of
from parvis.people.models import User
from parvis.web.components.form_pages import form_page


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


def page(request: HttpRequest, template: str, section: str, *, refused: bool = False, **context: Any) -> HttpResponse:
    """Render a screen; one whose form is refused answers 422, with what was typed (`components.form_pages`)."""
    return form_page(request, template, {"section": section, **context}, refused=refused)


def tells_a_refusal(request: HttpRequest) -> bool:
    """Whether the next page will say why nothing was done. Looking takes no message away."""
    waiting = get_messages(request)
    levels = {message.level for message in waiting}
    waiting.used = False  # type: ignore[union-attr]
    return ERROR in levels and SUCCESS not in levels

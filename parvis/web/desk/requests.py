"""What every screen of the desk needs of a request."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import ERROR, SUCCESS, get_messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict

from parvis.consultations.lifecycle import ARCHIVED
from parvis.consultations.models import Consultation
from parvis.consultations.queries import get_consultation_or_refuse
from parvis.consultations.rules import editable_consultations, inviting_consultations, reads_names, team_consultations
from parvis.consultations.who_sees_names import NAMES_KEPT
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


def refuse_funders(actor: User, consultation: Consultation) -> None:
    """For a page that shows who said what, once it is known that the team may see it: why its funders may not."""
    if not reads_names(actor, consultation):
        raise PermissionDenied(NAMES_KEPT)


def inviting_consultation(actor: User, code: str) -> Consultation:
    """Where the agent may hold personal links; a funder of the team learns why she may not."""
    team = editable_consultations(actor) & team_consultations(actor)
    consultation = get_consultation_or_refuse(actor, code, team)
    if not Consultation.objects.filter(inviting_consultations(actor), pk=consultation.pk).exists():
        raise PermissionDenied(NAMES_KEPT)
    return consultation


def refuse_post_in_archive(request: HttpRequest, consultation: Consultation) -> None:
    """For a page whose rule lets an archive be read, and whose form writes in it."""
    if request.method == "POST" and consultation.archived_at is not None:
        raise PermissionDenied(ARCHIVED)


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

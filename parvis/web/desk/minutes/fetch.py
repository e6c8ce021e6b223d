"""Minutes and meetings through their rules."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest

from parvis.consultations.lifecycle import refusal_of, why_not
from parvis.core.access import rule
from parvis.core.fetching import get_or_refuse
from parvis.meetings import rules
from parvis.meetings.models import Meeting, Minutes
from parvis.publishing.enums import PublishingState
from parvis.publishing.validation import may_pass_now, next_step
from parvis.web.desk.requests import agent


def readable_minutes(request: HttpRequest, code: str) -> Minutes:
    """Minutes the agent may read at the desk."""
    return _minutes(request, rules.readable_minutes(agent(request)), code)


def editable_minutes(request: HttpRequest, code: str) -> Minutes:
    """Minutes the agent may correct."""
    return _minutes(request, rules.editable_minutes(agent(request)), code)


@rule
def previewable_minutes(request: HttpRequest, code: str) -> Minutes:
    """Minutes whose draft the agent may read: hers to correct, or waiting for her approval."""
    minutes = readable_minutes(request, code)
    if not Minutes.objects.filter(pk=minutes.pk).filter(rules.editable_minutes(agent(request))).exists():
        step = next_step(minutes) if minutes.state == PublishingState.VALIDATION else None
        if step is None or not may_pass_now(agent(request), minutes, step):
            raise PermissionDenied(refusal_of(minutes.consultation))
    return minutes


def publishable_minutes(request: HttpRequest, code: str) -> Minutes:
    """Minutes the agent may publish."""
    return _minutes(request, rules.publishable_minutes(agent(request)), code)


def editable_meeting(request: HttpRequest, code: str) -> Meeting:
    """A meeting whose minutes the agent may write."""
    actor = agent(request)
    rows = Meeting.objects.select_related("consultation")
    readable, editable = rules.readable_meetings(actor), rules.editable_meetings(actor)
    return get_or_refuse(rows, readable, editable, code, "Rencontre inconnue.", reasons=why_not("consultation__"))


def _minutes(request: HttpRequest, rule: Q, code: str) -> Minutes:
    rows = Minutes.objects.select_related("consultation")
    readable = rules.readable_minutes(agent(request))
    return get_or_refuse(rows, readable, rule, code, "Compte-rendu inconnu.", reasons=why_not("consultation__"))

"""Fetching is checking: what the agent may not touch does not exist for her."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from parvis.core.access import rule
from parvis.meetings import rules
from parvis.meetings.models import Meeting, Minutes
from parvis.publishing.enums import PublishingState
from parvis.publishing.validation import may_pass, next_step
from parvis.web.desk.requests import agent


def readable_minutes(request: HttpRequest, code: str) -> Minutes:
    """Minutes the agent may read at the desk."""
    return _minutes(rules.readable_minutes(agent(request)), code)


def editable_minutes(request: HttpRequest, code: str) -> Minutes:
    """Minutes the agent may correct."""
    return _minutes(rules.editable_minutes(agent(request)), code)


@rule
def previewable_minutes(request: HttpRequest, code: str) -> Minutes:
    """Minutes whose draft the agent may read: hers to correct, or waiting for her approval."""
    minutes = readable_minutes(request, code)
    if not Minutes.objects.filter(pk=minutes.pk).filter(rules.editable_minutes(agent(request))).exists():
        step = next_step(minutes) if minutes.state == PublishingState.VALIDATION else None
        if step is None or not may_pass(agent(request), minutes.consultation, step):
            raise Http404
    return minutes


def publishable_minutes(request: HttpRequest, code: str) -> Minutes:
    """Minutes the agent may publish."""
    return _minutes(rules.publishable_minutes(agent(request)), code)


def editable_meeting(request: HttpRequest, code: str) -> Meeting:
    """A meeting whose minutes the agent may write."""
    allowed = Meeting.objects.filter(rules.editable_meetings(agent(request))).select_related("consultation")
    return get_object_or_404(allowed, code=code)


def _minutes(rule: Q, code: str) -> Minutes:
    return get_object_or_404(Minutes.objects.filter(rule).select_related("consultation"), code=code)

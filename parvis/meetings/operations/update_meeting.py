"""A meeting changes, is cancelled, or is on again."""

from __future__ import annotations

from django.db import transaction

from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove
from parvis.meetings.models import Meeting
from parvis.meetings.operations.create_meeting import MeetingDetails, write_details
from parvis.people.models import User


@transaction.atomic
def update_meeting(actor: User, meeting: Meeting, details: MeetingDetails) -> None:
    """Write `details`. Editions already published keep what they say."""
    locked = Meeting.objects.select_for_update().select_related("consultation").get(pk=meeting.pk)
    write_details(actor, locked, details)
    journal.record(actor, "update_meeting", locked, starts_at=locked.starts_at.isoformat(), audience=locked.audience)


@transaction.atomic
def cancel_meeting(actor: User, meeting: Meeting) -> None:
    """Say that a meeting will not be held. It stays listed, so that nobody comes for nothing."""
    if not Meeting.objects.filter(pk=meeting.pk, cancelled_at=None).update(
        cancelled_at=clock.now(), updated_at=clock.now()
    ):
        raise ForbiddenMove("Cette rencontre est déjà annulée.")
    journal.record(actor, "cancel_meeting", meeting)


@transaction.atomic
def reinstate_meeting(actor: User, meeting: Meeting) -> None:
    """Say that a cancelled meeting will be held after all."""
    if not Meeting.objects.filter(pk=meeting.pk, cancelled_at__isnull=False).update(
        cancelled_at=None, updated_at=clock.now()
    ):
        raise ForbiddenMove("Cette rencontre n'est pas annulée.")
    journal.record(actor, "reinstate_meeting", meeting)

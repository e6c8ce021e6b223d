"""A meeting changes, is cancelled, or is on again."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove
from parvis.meetings.models import Meeting
from parvis.meetings.operations.create_meeting import MeetingDetails, write_details
from parvis.meetings.operations.tell_change import note_change, tell_change
from parvis.people.models import User

_WHEN_AND_WHERE: Final = ("starts_at", "ends_at", "place", "address")


@transaction.atomic
def update_meeting(actor: User, meeting: Meeting, details: MeetingDetails) -> None:
    """Write `details`. Editions already published keep what they say.

    Those who registered are to be told when its time or its place changes: see `tell_change`.
    """
    locked = Meeting.objects.select_for_update().select_related("consultation").get(pk=meeting.pk)
    if any(getattr(locked, name) != getattr(details, name) for name in _WHEN_AND_WHERE):
        note_change(locked)
    write_details(actor, locked, details)
    journal.record(actor, "update_meeting", locked, starts_at=locked.starts_at.isoformat(), audience=locked.audience)


@transaction.atomic
def cancel_meeting(actor: User, meeting: Meeting) -> None:
    """Say that a meeting will not be held. It stays listed, and those who registered are told, so that nobody comes for
    nothing."""
    moment = clock.now()
    if not Meeting.objects.filter(pk=meeting.pk, cancelled_at=None).update(
        cancelled_at=moment, changed_at=moment, updated_at=moment
    ):
        raise ForbiddenMove("Cette rencontre est déjà annulée.")
    journal.record(actor, "cancel_meeting", meeting)
    tell_change(actor, meeting)


@transaction.atomic
def reinstate_meeting(actor: User, meeting: Meeting) -> None:
    """Say that a cancelled meeting will be held after all."""
    moment = clock.now()
    if not Meeting.objects.filter(pk=meeting.pk, cancelled_at__isnull=False).update(
        cancelled_at=None, changed_at=moment, updated_at=moment
    ):
        raise ForbiddenMove("Cette rencontre n'est pas annulée.")
    journal.record(actor, "reinstate_meeting", meeting)

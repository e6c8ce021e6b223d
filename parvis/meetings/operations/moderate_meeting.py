"""Hiding a meeting; telling the screens of a room what moderation did elsewhere."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F

from parvis.core import clock, journal
from parvis.core.signals import content_hidden
from parvis.meetings.models import Board, Meeting, Minutes, Note
from parvis.meetings.operations.room.row_versions import move_row, resend_whole_room
from parvis.people.models import User


@transaction.atomic
def hide_meeting(actor: User, meeting: Meeting, *, reason: str) -> None:
    """Take a meeting, its minutes and their contributions off every public page, file and feed."""
    Meeting.objects.filter(pk=meeting.pk, hidden_at=None).update(hidden_at=clock.now())
    journal.record(actor, "hide_meeting", meeting, reason=reason)
    transaction.on_commit(lambda: content_hidden.send(sender=Meeting, kind="meeting", code=meeting.code))


@transaction.atomic
def restore_meeting(actor: User, meeting: Meeting) -> None:
    """Show again a meeting that was hidden."""
    Meeting.objects.filter(pk=meeting.pk).update(hidden_at=None)
    journal.record(actor, "restore_meeting", meeting)
    transaction.on_commit(lambda: content_hidden.send(sender=Meeting, kind="meeting", code=meeting.code))


def refresh_room(sender: object, kind: str, code: str, **extra: Any) -> None:
    """What is hidden, shown again or erased leaves the screens of its room, or comes back: they ask by version.

    For a contribution, once it is committed: a room is held by those who write in it. Once minutes are drafted, what
    goes may take its words out of other notes too: those rooms are told whole.
    """
    if kind == "sheet":
        Board.objects.filter(discussed__code=code).update(version=F("version") + 1)
    if kind == "contribution":
        for note in Note.objects.filter(contribution__code=code).order_by("id"):
            move_row(note.board_id, note.reference)
        telling = Minutes.objects.filter(meetings__board__notes__contribution__code=code).order_by()
        resend_whole_room(Board.objects.filter(meeting__minutes__in=telling))

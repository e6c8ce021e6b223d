"""Hiding a meeting, and following what the app below erased."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from parvis.consultations.operations.moderate import ERASED
from parvis.core import clock, journal
from parvis.core.signals import content_hidden
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Meeting, MinutesChange, MinutesLine
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


def forget_erased_contribution(sender: object, kind: str, code: str, **extra: Any) -> None:
    """When a contribution is erased, the working text, its source and the gestures that hold it are erased too.

    Runs inside the erasing transaction: either all copies go, or none.
    """
    if kind != "contribution_erased":
        return
    for line in MinutesLine.objects.filter(contribution__code=code).select_related("source", "minutes"):
        if line.source is not None and line.source_line is not None:
            last = line.source_last_line or line.source_line
            for index in range(line.source_line - 1, min(last, len(line.source.lines))):
                line.source.lines[index] = ERASED
            line.source.save(update_fields=["lines"])
        MinutesChange.objects.filter(minutes=line.minutes).delete()
        line.text, line.details, line.place = ERASED, [], LinePlace.ASIDE
        line.save(update_fields=["text", "details", "place"])

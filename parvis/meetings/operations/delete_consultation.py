"""A consultation in which nothing was said goes, with all that hangs from it."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.lifecycle import refuse_in_archive
from parvis.consultations.models import Consultation, Invitation, Participant
from parvis.core import journal
from parvis.core.errors import ForbiddenMove
from parvis.core.mailing.models import OutgoingMail
from parvis.meetings.deletion import deletion_of
from parvis.meetings.models import Board, Meeting, Minutes
from parvis.people.models import User
from parvis.sheets.models import ActionSheet


@transaction.atomic
def delete_consultation(actor: User, consultation: Consultation) -> None:
    """Delete it. Raises `ForbiddenMove` once somebody said something in it.

    Whatever could hold a word is locked before it is looked at: what is said at the same moment is said before, and
    prevents it, or finds the place gone. Organisations and their contacts are the territory's: they stay.
    """
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    refuse_in_archive(locked)
    meetings = Meeting.objects.filter(consultation=locked)
    holders = (
        Participant.objects.filter(consultation=locked),
        Invitation.objects.filter(consultation=locked),
        ActionSheet.objects.filter(consultation=locked),
        meetings,
        Board.objects.filter(meeting__in=meetings.order_by()),
    )
    for rows in holders:
        list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    deletion = deletion_of(locked)
    if deletion.said:
        raise ForbiddenMove(deletion.reason)
    journal.record(
        actor, "delete_consultation", locked, meetings=meetings.count(), sheets=locked.sheets.count(),
        partners=locked.partners.count(),
    )  # fmt: skip
    Minutes.objects.filter(consultation=locked).delete()
    meetings.delete()
    OutgoingMail.objects.filter(about=locked.code).delete()
    locked.delete()

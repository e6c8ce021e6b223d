"""Those who registered are told once that a meeting moved, is cancelled or is on again."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet

from parvis.consultations.enums import InvitationKind
from parvis.consultations.mail_kinds import IN_ALL, MailField, MailKind, link_field
from parvis.consultations.mail_writing import example_values, reader_values, write_mail
from parvis.consultations.models import Invitation
from parvis.consultations.operations.invitations import invitation_link
from parvis.core import clock, journal
from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.queue import queue_mail
from parvis.meetings.enums import Presence
from parvis.meetings.models import Attendance, Meeting
from parvis.meetings.operations.remind_meeting import NO_LINK, meeting_paragraph, meeting_time
from parvis.people.models import User

CHANGE_MAIL: Final = "meeting_change"
CHANGE_TEXT: Final = MailKind(
    purpose=CHANGE_MAIL,
    label="Rencontre déplacée ou annulée",
    when="Une fois par changement, aux personnes inscrites, quand vous l'avez relu.",
    subject="{annonce}",
    body="""{salutation},

Vous êtes inscrit·e à une rencontre qui change.

{changement}

Vos rencontres, et le moyen de dire si vous venez :
{lien}

{signature}
""",
    fields=(
        *IN_ALL,
        MailField("annonce", "« Annulée » ou « Changement », et le titre", "Changement : Atelier emploi"),
        MailField(
            "changement",
            "ce qui change, avec la date et le lieu",
            "Elle aura lieu à cette date et à cet endroit :\n\n– Atelier emploi\n  12 mars 2026, 14:00",
            in_subject=False,
        ),
        link_field(
            "ses rencontres, ouvertes par son lien personnel", "https://parvis.exemple/partenaires/invitation/…"
        ),
    ),
    mandatory=("changement",),
)
_CANCELLED: Final = "Elle est annulée, ne vous déplacez pas :"
_HELD: Final = "Elle aura lieu à cette date et à cet endroit :"


def note_change(meeting: Meeting) -> None:
    """What those who registered knew is no longer true. The caller saves it."""
    meeting.changed_at = clock.now()


def not_told() -> Q:
    """Attendances of people who registered before the last change of a meeting to come, and were not told of it."""
    before = Q(presence=Presence.REGISTERED, updated_at__lt=F("meeting__changed_at"), contact__erased_at=None)
    to_come = Q(meeting__starts_at__gt=clock.now())
    return before & to_come & (Q(told_at=None) | Q(told_at__lt=F("meeting__changed_at")))


def registered_not_told(meeting: Meeting) -> QuerySet[Attendance]:
    """Those of one meeting, with or without an address."""
    rows = Attendance.objects.filter(not_told(), meeting=meeting).select_related("contact__organisation")
    return rows.order_by("contact__sort_key", "pk")


@transaction.atomic
def tell_change(actor: User, meeting: Meeting) -> int:
    """Queue the mail of each who was not told yet. Returns how many.

    Those without an address were on the page, to be called: they are told too.
    """
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=meeting.pk)
    rows = list(registered_not_told(locked))
    Attendance.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=clock.now())
    standing = Invitation.objects.filter(
        consultation=locked.consultation, kind=InvitationKind.CONTACT, revoked_at=None,
        contact__in=[row.contact_id for row in rows],
    )  # fmt: skip
    invitations = {invitation.contact_id: invitation for invitation in standing}
    reachable = [row for row in rows if row.contact.email]
    for row in reachable:
        invitation = invitations.get(row.contact_id)
        link = invitation_link(invitation, "meeting", locked.code) if invitation else NO_LINK
        values = reader_values(row.contact) | change_values(locked) | {"lien": link}
        letter = write_mail(locked.consultation, CHANGE_TEXT, row.contact.email, values)
        queue_mail(CHANGE_MAIL, about=locked.consultation.code, letter=letter)
    if rows:
        journal.record(actor, "tell_change", locked, people=len(rows), letters=len(reachable))
    return len(reachable)


def change_values(meeting: Meeting, *, cancelled: bool | None = None) -> dict[str, str]:
    """What changes, in words. `cancelled`: as if it were, before it is."""
    gone = meeting.cancelled_at is not None if cancelled is None else cancelled
    announced = f"Annulée : {meeting.title}" if gone else f"Changement : {meeting.title}, {meeting_time(meeting)}"
    return {"annonce": announced, "changement": f"{_CANCELLED if gone else _HELD}\n\n{meeting_paragraph(meeting)}"}


def change_letter(meeting: Meeting, *, cancelled: bool | None = None) -> Letter:
    """The mail as one of them will read it, before it leaves."""
    values = example_values(CHANGE_TEXT) | change_values(meeting, cancelled=cancelled)
    return write_mail(meeting.consultation, CHANGE_TEXT, "", values)

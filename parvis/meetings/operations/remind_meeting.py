"""The reminder of a workshop: one mail a person, telling her other workshops of the same week too; never twice.

Queued here, written when it leaves: a workshop cancelled meanwhile is no longer in it.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from parvis.consultations.enums import Audience, InvitationKind
from parvis.consultations.mail_kinds import IN_ALL, MailField, MailKind, link_field
from parvis.consultations.mail_writing import reader_values, write_mail
from parvis.consultations.models import Consultation, Invitation, Partner
from parvis.consultations.operations.invitations import invitation_link
from parvis.consultations.rules import in_use
from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove
from parvis.core.mailing.models import OutgoingMail
from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.queue import queue_mails, retry_refused
from parvis.french import dates
from parvis.meetings.enums import Presence
from parvis.meetings.models import Attendance, Meeting
from parvis.people.models import Contact, User

REMINDER: Final = "meeting_reminder"
SAME_WEEK: Final = datetime.timedelta(days=7)
_ANSWERS: Final = {
    Presence.REGISTERED: "Vous avez dit que vous veniez.",
    Presence.INVITED: "Vous n'avez pas encore dit si vous venez.",
}
_SEVERAL: Final = "les prochains ateliers"
NO_LINK: Final = "(le lien de votre invitation, que nous vous avons déjà envoyé)"
REMINDER_TEXT: Final = MailKind(
    purpose=REMINDER,
    label="Invitation ou rappel d'un atelier",
    when="Une fois, aux personnes inscrites à un atelier et, si vous le voulez, à celles qui n'ont rien dit.",
    subject="Rappel : {atelier}",
    body="""{salutation},

Nous nous retrouvons bientôt :

{ateliers}

Dites si vous venez, lisez les fiches, mettez la date dans votre agenda (« Les ateliers ») :
{lien}

{signature}

Ce rappel n'est envoyé qu'une fois.
""",
    fields=(
        *IN_ALL,
        MailField(
            "atelier", "le titre et la date, ou « les prochains ateliers »", "Atelier emploi, 12 mars 2026, 14:00"
        ),
        MailField(
            "ateliers",
            "chacun avec sa date, son lieu et ce que la personne a dit",
            "– Atelier emploi\n  12 mars 2026, 14:00\n  Maison des associations\n  Vous avez dit que vous veniez.",
            in_subject=False,
        ),
        link_field("ses ateliers, ouverts par son lien personnel", "https://parvis.exemple/partenaires/invitation/…"),
    ),
    mandatory=("ateliers", "lien"),
)


def invited_contacts(meeting: Meeting) -> QuerySet[Contact]:
    """Those invited by name to the consultation who may come to this meeting."""
    partners = Partner.objects.filter(consultation=meeting.consultation_id)
    if meeting.audience == Audience.RESTRICTED:
        partners = partners.filter(reads_restricted=True)
    elif meeting.audience == Audience.TEAM:
        partners = partners.none()
    standing = Invitation.objects.filter(
        consultation=meeting.consultation_id, kind=InvitationKind.CONTACT, revoked_at=None
    )
    return Contact.objects.filter(
        erased_at=None,
        pk__in=standing.order_by().values("contact"),
        organisation__in=partners.order_by().values("organisation"),
    )


@transaction.atomic
def queue_reminders(actor: User, meeting: Meeting, *, unanswered: bool) -> int:
    """Remind those who registered and, if the agent wishes, those invited who said nothing. Returns how many people."""
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.cancelled_at is not None or locked.hidden_at is not None or locked.starts_at <= clock.now():
        raise ForbiddenMove("Cet atelier est passé, masqué ou annulé : personne n'est prévenu.")
    if unanswered:
        Attendance.objects.bulk_create(
            [
                Attendance(meeting=locked, contact=contact, presence=Presence.INVITED, updated_at=clock.now())
                for contact in invited_contacts(locked).exclude(attendances__meeting=locked).order_by("pk")
            ],
            ignore_conflicts=True,
        )
    wanted = [Presence.REGISTERED, Presence.INVITED] if unanswered else [Presence.REGISTERED]
    due = Attendance.objects.filter(reminded_at=None, contact__erased_at=None).exclude(contact__email="")
    people = set(due.filter(meeting=locked, presence__in=wanted).order_by().values_list("contact_id", flat=True))
    told = due.filter(meeting=locked, presence__in=wanted) | due.filter(
        contact__in=people, presence=Presence.REGISTERED, meeting__in=_same_week(locked)
    )
    locked_rows = Attendance.objects.select_for_update().filter(pk__in=told.order_by().values("pk"), reminded_at=None)
    rows = list(locked_rows.order_by("pk"))
    people = {each.contact_id for each in rows}
    mails = dict(zip(people, queue_mails(REMINDER, len(people), about=locked.consultation.code), strict=True))
    for each in rows:
        each.reminded_at, each.mail = clock.now(), mails[each.contact_id]
    Attendance.objects.bulk_update(rows, ["reminded_at", "mail"], batch_size=200)
    if people:
        journal.record(actor, "queue_meeting_reminders", locked, people=len(people), unanswered=unanswered)
    return len(people)


def letter_of_reminder(mail: OutgoingMail) -> Letter | None:
    """What the reminder says now. None when none of its workshops will be held, or she no longer has an address."""
    rows = list(
        Attendance.objects.filter(
            in_use("meeting__consultation__"),
            mail=mail,
            meeting__cancelled_at=None,
            meeting__hidden_at=None,
            meeting__starts_at__gt=clock.now(),
        )
        .exclude(presence=Presence.EXCUSED)
        .select_related("meeting__consultation", "contact__organisation")
        .order_by("meeting__starts_at", "pk")
    )
    if not rows or not rows[0].contact.email:
        return None
    contact, consultation = rows[0].contact, rows[0].meeting.consultation
    invitation = Invitation.objects.filter(
        consultation=consultation, contact=contact, kind=InvitationKind.CONTACT, revoked_at=None
    ).first()
    first = rows[0].meeting.code
    link = invitation_link(invitation, "meeting", first) if invitation is not None else ""
    return reminder_letter(consultation, [(row.meeting, row.presence) for row in rows], contact, link)


@transaction.atomic
def resume_reminders(actor: User, meeting: Meeting) -> int:
    """Send again what was refused, to the addresses of today. What was cut is decided one by one."""
    count = retry_refused(mails_of_reminder(meeting))
    journal.record(actor, "resume_reminders", meeting, count=count)
    return count


def mails_of_reminder(meeting: Meeting) -> QuerySet[OutgoingMail]:
    """One a person reminded of `meeting`."""
    return OutgoingMail.objects.filter(attendances__meeting=meeting).distinct()


def reminder_letter(
    consultation: Consultation,
    attendances: Sequence[tuple[Meeting, str]],
    contact: Contact | None = None,
    link: str = "",
) -> Letter:
    """To send, or to paste in one's own mail. `attendances`: each meeting, and what the person said of it."""
    first = attendances[0][0]
    values = reader_values(contact) | {
        "atelier": f"{first.title}, {meeting_time(first)}" if len(attendances) == 1 else _SEVERAL,
        "ateliers": "\n\n".join(meeting_paragraph(meeting, presence) for meeting, presence in attendances),
        "lien": link or NO_LINK,
    }
    return write_mail(consultation, REMINDER_TEXT, contact.email if contact is not None else "", values)


def _same_week(meeting: Meeting) -> QuerySet[Meeting]:
    """The others that all partners may come to; a restricted one sends its own reminders."""
    others = Meeting.objects.filter(
        consultation=meeting.consultation_id, cancelled_at=None, hidden_at=None, starts_at__gt=clock.now(),
        starts_at__lte=meeting.starts_at + SAME_WEEK, audience__in=[Audience.PUBLIC, Audience.PARTNERS],
    )  # fmt: skip
    return others.exclude(pk=meeting.pk).order_by()


def meeting_paragraph(meeting: Meeting, presence: str = "") -> str:
    """Its title, when, where, and what the person said of it, a line each."""
    where = ", ".join(part for part in (meeting.place, meeting.address) if part)
    lines = [f"– {meeting.title}", f"  {meeting_time(meeting)}", f"  {where}" if where else ""]
    answer = _ANSWERS.get(Presence(presence)) if presence else None
    return "\n".join([line for line in lines if line] + ([f"  {answer}"] if answer else []))


def meeting_time(meeting: Meeting) -> str:
    """« 12 mars 2026, 14:00 – 16:00 »."""
    starts = timezone.localtime(meeting.starts_at)
    until = f" – {timezone.localtime(meeting.ends_at):%H:%M}" if meeting.ends_at is not None else ""
    return f"{dates.day(starts)}, {starts:%H:%M}{until}"

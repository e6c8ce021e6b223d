"""Mails of invitation and of reminder: queued, then sent one by one beside the request.

Each mail is claimed by one update before it leaves and marked after: two workers never send the same, and one that a
crash cut is shown as such, for a person to decide.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet

from parvis.consultations.enums import Channel, MailState, PhaseKind
from parvis.consultations.models import Consultation, Invitation, Participant, Phase
from parvis.consultations.operations.invitations import invitation_path
from parvis.core import clock, journal
from parvis.core.errors import RefusedInput
from parvis.people.mail import work_beside
from parvis.people.models import User

_log = logging.getLogger(__name__)
BETWEEN_REMINDERS = datetime.timedelta(days=7)
_INVITATION = """Bonjour,

{authority} prépare « {title} » et vous demande votre avis sur les actions menées dans les quartiers.

Vous lisez des fiches courtes, et pour chacune vous dites ce que vous en pensez, ou que vous ne la connaissez pas. \
Comptez dix minutes. Vous pouvez vous arrêter et reprendre{until}.

Pour commencer :
{address}

Qui verra votre nom ? L'équipe projet seulement. Les résultats publiés comptent des organismes, par collège, jamais \
sous cinq.

Ce lien est pour vous : pour un collègue, utilisez « Transmettre » une fois entré·e.

{authority}{contact}
"""
_REMINDER = """Bonjour,

Nous n'avons pas encore votre avis pour « {title} ». Dix minutes suffisent, et « je ne connais pas » est une réponse \
utile.

{address}

{authority}{contact}

Nous n'écrivons qu'une fois par semaine, et seulement à qui n'a pas encore répondu.
"""


def silent(consultation: Consultation) -> QuerySet[Invitation]:
    """Standing invitations of contacts who have said nothing yet."""
    standing = Invitation.objects.filter(consultation=consultation, kind="contact", revoked_at=None)
    spoke = Q(contact__participants__consultation=consultation) & (
        Q(contact__participants__ops__isnull=False) | Q(contact__participants__contributions__isnull=False)
    )
    return standing.exclude(pk__in=standing.filter(spoke).values("pk"))


def letter_text(invitation: Invitation, *, reminder: bool = False) -> tuple[str, str]:
    """Subject and body, to send or to paste."""
    consultation = invitation.consultation
    phase = consultation.phases.filter(kind=PhaseKind.REVIEW).first()
    until = f" jusqu'au {phase.closes_on:%d/%m/%Y}" if phase is not None and phase.closes_on else ""
    body = (_REMINDER if reminder else _INVITATION).format(
        authority=consultation.authority,
        title=consultation.title,
        until=until,
        address=f"{settings.PUBLIC_URL}{invitation_path(invitation)}",
        contact=f"\n{consultation.contact_email}" if consultation.contact_email else "",
    )
    subject = f"{'Rappel : votre' if reminder else 'Votre'} avis sur les actions des quartiers · {consultation.title}"
    return subject, body


@transaction.atomic
def queue_invitations(actor: User, invitations: Sequence[Invitation]) -> int:
    """Put in the queue those that have an address and were neither sent nor revoked. Returns how many."""
    wanted = Invitation.objects.filter(
        pk__in=[each.pk for each in invitations], revoked_at=None, sent_at=None, mail_state__in=["", MailState.FAILED]
    ).exclude(contact__email="")
    count = wanted.update(mail_state=MailState.QUEUED, channel=Channel.MAIL)
    if count and invitations:
        journal.record(actor, "queue_invitations", invitations[0].consultation, count=count)
        transaction.on_commit(lambda: work_beside(send_queued))
    return count


@transaction.atomic
def queue_reminders(actor: User, consultation: Consultation) -> int:
    """One reminder, to the silent who were told a week ago at least. Refused once the review is closed."""
    phase = Phase.objects.filter(consultation=consultation, kind=PhaseKind.REVIEW).first()
    if phase is None or not phase.is_open(clock.today()):
        raise RefusedInput("L'étape des avis n'est pas ouverte : personne n'est relancé.")
    moment = clock.now()
    week = moment - BETWEEN_REMINDERS
    rested = Q(sent_at__lte=week) & (Q(reminded_at=None) | Q(reminded_at__lte=week))
    locked = Invitation.objects.select_for_update(of=("self",)).filter(
        rested, pk__in=silent(consultation).order_by().values("pk"), mail_state=MailState.SENT
    )
    due = list(locked.exclude(contact__email="").order_by("pk").values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=due).update(reminded_at=moment, mail_state=MailState.QUEUED)
    if due:
        journal.record(actor, "queue_reminders", consultation, count=len(due))
        transaction.on_commit(lambda: work_beside(send_queued))
    return len(due)


def send_queued() -> None:
    """Send what is queued, oldest first, until nothing is left."""
    while True:
        following = Invitation.objects.filter(mail_state=MailState.QUEUED, revoked_at=None).order_by("pk").first()
        if following is None:
            return
        claimed = Invitation.objects.filter(pk=following.pk, mail_state=MailState.QUEUED).update(
            mail_state=MailState.SENDING
        )
        if claimed:
            _send(Invitation.objects.select_related("consultation", "contact").get(pk=following.pk))


def _send(invitation: Invitation) -> None:
    contact = invitation.contact
    subject, body = letter_text(invitation, reminder=invitation.reminded_at is not None)
    try:
        if contact is None or not contact.email:
            raise ValueError("no address")
        EmailMessage(subject=subject, body=body, to=[contact.email]).send()
    except Exception:
        _log.exception("an invitation could not be sent")
        Invitation.objects.filter(pk=invitation.pk).update(mail_state=MailState.FAILED)
        return
    now = clock.now()
    Invitation.objects.filter(pk=invitation.pk).update(mail_state=MailState.SENT)
    Invitation.objects.filter(pk=invitation.pk, sent_at=None).update(sent_at=now)


@transaction.atomic
def mark_given(actor: User, invitations: Iterable[Invitation], channel: Channel) -> None:
    """Note that invitations left by post, or as a link pasted in one's own mail."""
    for each in invitations:
        moved = Invitation.objects.filter(pk=each.pk, sent_at=None).update(sent_at=clock.now(), channel=channel)
        if moved:
            journal.record(actor, "give_invitation", each, channel=channel)


@transaction.atomic
def queue_forwarded(participant: Participant, invitation: Invitation) -> None:
    """Send the invitation that a partner hands on, unless her colleague already has it."""
    waiting = Invitation.objects.filter(pk=invitation.pk, sent_at=None, mail_state="")
    if waiting.update(mail_state=MailState.QUEUED, channel=Channel.MAIL):
        journal.record(participant, "forward_invitation", invitation)
        transaction.on_commit(lambda: work_beside(send_queued))


@transaction.atomic
def resume_sending(actor: User, consultation: Consultation) -> None:
    """Send again what a server refused, and what a stop left in the queue. One found half-way waits for a person."""
    Invitation.objects.filter(consultation=consultation, revoked_at=None, mail_state=MailState.FAILED).update(
        mail_state=MailState.QUEUED
    )
    journal.record(actor, "resume_sending", consultation)
    transaction.on_commit(lambda: work_beside(send_queued))

"""Mails of invitation and of reminder: queued here, written when they leave, with the address of that moment."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from parvis.consultations.enums import Channel, PhaseKind
from parvis.consultations.models import Consultation, Invitation, Participant, Phase
from parvis.consultations.operations.invitations import invitation_path
from parvis.core import clock, journal
from parvis.core.errors import RefusedInput
from parvis.core.mailing.enums import MailState
from parvis.core.mailing.models import OutgoingMail
from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.queue import queue_mails, retry_refused
from parvis.people.models import User

INVITATION = "invitation"
REMINDER = "invitation_reminder"
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
    """Standing invitations of contacts who have not answered yet."""
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


def letter_of_invitation(mail: OutgoingMail) -> Letter | None:
    """What an invitation or its reminder says now. None when it was taken back, or she no longer has an address."""
    invitation = Invitation.objects.select_related("consultation", "contact").filter(mail=mail, revoked_at=None).first()
    if invitation is None or invitation.contact is None or not invitation.contact.email:
        return None
    subject, body = letter_text(invitation, reminder=mail.purpose == REMINDER)
    return Letter(invitation.contact.email, subject, body)


def note_sent_invitation(mail: OutgoingMail) -> None:
    """The day of the first mail; that of a reminder is `reminded_at`."""
    Invitation.objects.filter(mail=mail, sent_at=None).update(sent_at=mail.sent_at)


@transaction.atomic
def queue_invitations(actor: User, invitations: Sequence[Invitation]) -> int:
    """Queue the mail of those that have an address and to whom nothing went or goes. Returns how many."""
    wanted = _to_queue().filter(pk__in=[invitation.pk for invitation in invitations]).exclude(contact__email="")
    rows = list(wanted.select_related("consultation").order_by("pk"))
    if rows:
        _queue(rows, INVITATION)
        journal.record(actor, "queue_invitations", rows[0].consultation, count=len(rows))
    return len(rows)


def nothing_sent() -> Q:
    """Invitations of which nothing went yet, and nothing is on its way: a cut mail may have arrived."""
    return Q(sent_at=None) & (Q(mail=None) | Q(mail__state__in=[MailState.REFUSED, MailState.SET_ASIDE]))


def _to_queue() -> QuerySet[Invitation]:
    """Standing ones of which nothing went, locked: nobody else queues the same."""
    return Invitation.objects.select_for_update(of=("self",)).filter(nothing_sent(), revoked_at=None)


def _queue(invitations: Sequence[Invitation], purpose: str) -> None:
    """A new mail for each, in place of the former one. All are of one consultation."""
    mails = queue_mails(purpose, len(invitations), about=invitations[0].consultation.code)
    former = [invitation.mail_id for invitation in invitations if invitation.mail_id is not None]
    for invitation, mail in zip(invitations, mails, strict=True):
        invitation.mail = mail
        invitation.channel = Channel.MAIL
    Invitation.objects.bulk_update(invitations, ["mail", "channel"], batch_size=200)
    OutgoingMail.objects.filter(pk__in=former, state=MailState.REFUSED).delete()


@transaction.atomic
def queue_reminders(actor: User, consultation: Consultation) -> int:
    """One reminder, to those who were written to a week ago or more and have not answered. Refused after the review."""
    phase = Phase.objects.filter(consultation=consultation, kind=PhaseKind.REVIEW).first()
    if phase is None or not phase.is_open(clock.today()):
        raise RefusedInput("L'étape des avis n'est pas ouverte : personne n'est relancé.")
    moment = clock.now()
    week = moment - BETWEEN_REMINDERS
    rested = Q(sent_at__lte=week) & (Q(reminded_at=None) | Q(reminded_at__lte=week))
    invited_by_mail = Q(channel=Channel.MAIL) & (
        Q(mail=None) | Q(mail__state__in=[MailState.SENT, MailState.SET_ASIDE])
    )
    locked = Invitation.objects.select_for_update(of=("self",)).filter(
        rested, invited_by_mail, pk__in=silent(consultation).order_by().values("pk")
    )
    due = list(locked.exclude(contact__email="").select_related("consultation").order_by("pk"))
    if due:
        Invitation.objects.filter(pk__in=[invitation.pk for invitation in due]).update(reminded_at=moment)
        _queue(due, REMINDER)
        journal.record(actor, "queue_reminders", consultation, count=len(due))
    return len(due)


@transaction.atomic
def mark_given(actor: User, invitations: Iterable[Invitation], channel: Channel) -> None:
    """Note that invitations left by post, or as a link pasted in one's own mail."""
    for invitation in invitations:
        moved = Invitation.objects.filter(pk=invitation.pk, sent_at=None).update(sent_at=clock.now(), channel=channel)
        if moved:
            journal.record(actor, "give_invitation", invitation, channel=channel)


@transaction.atomic
def queue_forwarded(participant: Participant, invitation: Invitation) -> None:
    """Send the invitation that a partner hands on, unless her colleague already has it."""
    waiting = list(_to_queue().filter(pk=invitation.pk, mail=None).select_related("consultation"))
    if waiting:
        _queue(waiting, INVITATION)
        journal.record(participant, "forward_invitation", invitation)


@transaction.atomic
def resume_sending(actor: User, consultation: Consultation) -> int:
    """Send again what was refused, to the addresses of today. What was cut is decided one by one."""
    count = retry_refused(mails_of_invitations(consultation))
    journal.record(actor, "resume_sending", consultation, count=count)
    return count


def mails_of_invitations(consultation: Consultation) -> QuerySet[OutgoingMail]:
    """The last mail of each invitation that stands."""
    return OutgoingMail.objects.filter(invitation__consultation=consultation, invitation__revoked_at=None)

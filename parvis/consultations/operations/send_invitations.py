"""Mails of invitation and of reminder: queued here, written when they leave, with the address of that moment."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from parvis.consultations.enums import Channel, PhaseKind
from parvis.consultations.mail_kinds import IN_ALL, UNTIL, WHO_SEES, MailKind, link_field
from parvis.consultations.mail_writing import reader_values, write_mail
from parvis.consultations.models import Consultation, Invitation, Participant, Phase
from parvis.consultations.operations.invitations import forward_invitation, invitation_link, invite_contact
from parvis.core import clock, journal
from parvis.core.errors import RefusedInput
from parvis.core.mailing.enums import MailState
from parvis.core.mailing.models import OutgoingMail
from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.queue import queue_mails, retry_refused
from parvis.people.models import Contact, User

INVITATION = "invitation"
REMINDER = "invitation_reminder"
BETWEEN_REMINDERS = datetime.timedelta(days=7)
AFTER_CLOSING = "L'étape des avis est fermée : plus personne n'est invité par courriel."
_CLOSED = "L'étape des avis n'est pas ouverte : personne n'est relancé."
_LINK = link_field("son lien personnel", "https://parvis.exemple/partenaires/invitation/…")
INVITATION_TEXT = MailKind(
    purpose=INVITATION,
    label="Invitation à donner son avis",
    when="Une fois, aux personnes que vous choisissez dans la page des invitations.",
    subject="Votre avis sur les actions des quartiers · {concertation}",
    body="""{salutation},

{La_collectivite} prépare « {concertation} » et vous demande votre avis sur les actions menées dans les quartiers.

Vous lisez des fiches courtes, et pour chacune vous dites ce que vous en pensez, ou que vous ne la connaissez pas. \
Comptez dix minutes. Vous pouvez répondre {date_limite}, vous arrêter et reprendre.

Pour commencer :
{lien}

Qui verra votre nom ?
{qui_voit_mon_nom}

Ce lien est pour vous : pour un collègue, utilisez « Transmettre » une fois entré·e.

{signature}
""",
    fields=(*IN_ALL, UNTIL, _LINK, WHO_SEES),
    mandatory=("lien", "qui_voit_mon_nom"),
)
REMINDER_TEXT = MailKind(
    purpose=REMINDER,
    label="Relance des silencieux",
    when="Une fois par semaine au plus, à qui n'a pas encore répondu.",
    subject="Rappel : votre avis sur les actions des quartiers · {concertation}",
    body="""{salutation},

Nous n'avons pas encore votre avis pour « {concertation} ». Dix minutes suffisent, et « je ne connais pas » est une \
réponse utile. Vous pouvez répondre {date_limite}.

{lien}

{signature}

Nous n'écrivons qu'une fois par semaine, et seulement à qui n'a pas encore répondu.
""",
    fields=(*IN_ALL, UNTIL, _LINK, WHO_SEES),
    mandatory=("lien",),
)


def silent(consultation: Consultation) -> QuerySet[Invitation]:
    """Standing invitations of contacts who have not answered yet."""
    standing = Invitation.objects.filter(consultation=consultation, kind="contact", revoked_at=None)
    spoke = Q(contact__participants__consultation=consultation) & (
        Q(contact__participants__ops__isnull=False) | Q(contact__participants__contributions__isnull=False)
    )
    return standing.exclude(pk__in=standing.filter(spoke).values("pk"))


def invitation_letter(invitation: Invitation, kind: MailKind = INVITATION_TEXT) -> Letter:
    """To send, or to paste in one's own mail."""
    contact = invitation.contact
    values = reader_values(contact, invitation.organisation)
    values["lien"] = invitation_link(invitation)
    return write_mail(invitation.consultation, kind, contact.email if contact is not None else "", values)


def letter_of_invitation(mail: OutgoingMail) -> Letter | None:
    """What an invitation or its reminder says now. None when it was taken back, when she no longer has an address, or
    when nobody may answer any more."""
    standing = Invitation.objects.select_related("consultation", "organisation", "contact__organisation")
    invitation = standing.filter(mail=mail, revoked_at=None).first()
    if invitation is None or invitation.contact is None or not invitation.contact.email:
        return None
    if review_is_over(invitation.consultation) or invitation.consultation.archived_at is not None:
        return None
    return invitation_letter(invitation, REMINDER_TEXT if mail.purpose == REMINDER else INVITATION_TEXT)


def note_sent_invitation(mail: OutgoingMail) -> None:
    """The day of the first mail; that of a reminder is `reminded_at`."""
    Invitation.objects.filter(mail=mail, sent_at=None).update(sent_at=mail.sent_at)


@transaction.atomic
def invite_by_mail(actor: User, consultation: Consultation, contacts: Iterable[Contact]) -> int:
    """Invite each of `contacts` and queue the mails. Returns how many leave. Refused once the review is over: nobody is
    invited then."""
    if review_is_over(consultation):
        raise RefusedInput(AFTER_CLOSING)
    return queue_invitations(actor, [invite_contact(actor, consultation, contact) for contact in contacts])


@transaction.atomic
def forward_by_mail(participant: Participant, email: str) -> Invitation:
    """Hand an invitation on by mail, unless her colleague already has it. Refused once the review is over."""
    if review_is_over(participant.consultation):
        raise RefusedInput(AFTER_CLOSING)
    invitation = forward_invitation(participant, email)
    _queue_forwarded(participant, invitation)
    return invitation


@transaction.atomic
def queue_invitations(actor: User, invitations: Sequence[Invitation]) -> int:
    """Queue the mail of those that have an address and to whom nothing went or goes. Returns how many."""
    wanted = _to_queue().filter(pk__in=[invitation.pk for invitation in invitations]).exclude(contact__email="")
    rows = list(wanted.select_related("consultation").order_by("pk"))
    if rows:
        _queue(rows, INVITATION)
        journal.record(actor, "queue_invitations", rows[0].consultation, count=len(rows))
    return len(rows)


def review_is_over(consultation: Consultation) -> bool:
    """Whether partners could give their opinion, and can no more."""
    phase = Phase.objects.filter(consultation=consultation, kind=PhaseKind.REVIEW).first()
    return phase is not None and phase.is_over(clock.today())


def reminders_due(consultation: Consultation) -> QuerySet[Invitation]:
    """Those who were written to a week ago or more and have not answered, with or without an address by now."""
    week = clock.now() - BETWEEN_REMINDERS
    rested = Q(sent_at__lte=week) & (Q(reminded_at=None) | Q(reminded_at__lte=week))
    invited_by_mail = Q(channel=Channel.MAIL) & (
        Q(mail=None) | Q(mail__state__in=[MailState.SENT, MailState.SET_ASIDE])
    )
    return Invitation.objects.filter(rested, invited_by_mail, pk__in=silent(consultation).order_by().values("pk"))


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
        raise RefusedInput(_CLOSED)
    locked = reminders_due(consultation).select_for_update(of=("self",))
    due = list(locked.exclude(contact__email="").select_related("consultation").order_by("pk"))
    if due:
        Invitation.objects.filter(pk__in=[invitation.pk for invitation in due]).update(reminded_at=clock.now())
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


def _queue_forwarded(participant: Participant, invitation: Invitation) -> None:
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

"""Which mails a worker sends, and every state it gives them.

A worker claims mails for a lease, and changes only those whose claim is still its own; `find_cut` alone takes what a
dead worker left.
"""

from __future__ import annotations

import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from parvis.core import clock
from parvis.core.claims import claim_rows, unclaimed
from parvis.core.mailing.enums import Lane, MailState
from parvis.core.mailing.models import MailContent, OutgoingMail
from parvis.core.mailing.purposes import purpose_of

_BATCH_SIZE: Final = {Lane.URGENT: 1, Lane.BULK: 20}
"""How many mails a worker claims together. One, where the next must not wait behind a slow one."""
_BULK_RETRY_MINUTES: Final = (1, 5, 25, 120, 360, 1440)
"""Between two attempts of a mail of the bulk lane; then it is refused."""
_URGENT_RETRY_SECONDS: Final = (5, 10, 20, 40)
"""Between two attempts of an urgent one, the last repeated, until it expires."""
_TIMEOUTS_IN_A_LEASE: Final = 8
"""One to connect, one for each answer before the content, and as many as `transport` allows for the last answer."""
EXPIRED: Final = "il n'était plus utile"
GIVEN_UP: Final = "il n'avait plus lieu d'être"
CUT: Final = "l'envoi s'est arrêté en cours ; peut-être reçu"


def claim_batch(lane: Lane) -> list[OutgoingMail]:
    """Mails of `lane` that are due and that nobody sends, oldest first, for the caller alone."""
    due = OutgoingMail.objects.filter(lane=lane, state=MailState.WAITING, next_attempt_at__lte=clock.now())
    return claim_rows(due.filter(unclaimed()).order_by("next_attempt_at", "pk"), _BATCH_SIZE[lane], _lease())


def release(mails: list[OutgoingMail]) -> None:
    """Give back those that were claimed and not begun."""
    for mail in mails:
        _own(mail).filter(state=MailState.WAITING).update(claim="", claimed_until=None)


def mark_sending(mail: OutgoingMail) -> bool:
    """To commit before the server is given the content. False: the mail is another's by now, send nothing."""
    return bool(
        _own(mail).filter(state=MailState.WAITING).update(state=MailState.SENDING, claimed_until=clock.now() + _lease())
    )


@transaction.atomic
def mark_sent(mail: OutgoingMail) -> None:
    """The server accepted it. A mail already shown as cut becomes sent, since now one knows."""
    moment = clock.now()
    marked = (
        _own(mail)
        .filter(state__in=[MailState.SENDING, MailState.CUT])
        .update(state=MailState.SENT, sent_at=moment, recipient="", reason="", claim="", claimed_until=None)
    )
    if marked:
        MailContent.objects.filter(mail=mail).delete()
        mail.sent_at = moment
        after_sent = purpose_of(mail).after_sent
        if after_sent is not None:
            after_sent(mail)


def mark_refused(mail: OutgoingMail, reason: str) -> None:
    """Refused for good: the address stays, for who will correct it; what is kept of the letter goes."""
    if _own(mail).update(state=MailState.REFUSED, reason=reason, claim="", claimed_until=None):
        MailContent.objects.filter(mail=mail).delete()


def mark_cut(mail: OutgoingMail) -> None:
    """Sending stopped after the content was given: nobody knows whether it arrived.

    A person decides, unless it is one that expires. The claim stays, so that a worker taken for dead can still say that
    it was sent.
    """
    if mail.expires_at is not None:
        drop(mail, CUT)
        return
    _own(mail).update(state=MailState.CUT, reason=CUT, claimed_until=None)


def postpone(mail: OutgoingMail, reason: str) -> None:
    """Not accepted this time, and surely not received: later, or never when there were attempts enough."""
    if mail.lane == Lane.URGENT:
        delay = datetime.timedelta(seconds=_URGENT_RETRY_SECONDS[min(mail.attempts, len(_URGENT_RETRY_SECONDS) - 1)])
    elif mail.attempts < len(_BULK_RETRY_MINUTES):
        delay = datetime.timedelta(minutes=_BULK_RETRY_MINUTES[mail.attempts])
    else:
        mark_refused(mail, reason)
        return
    _own(mail).update(
        state=MailState.WAITING, attempts=mail.attempts + 1, next_attempt_at=clock.now() + delay, reason=reason,
        claim="", claimed_until=None,
    )  # fmt: skip


def drop(mail: OutgoingMail, reason: str) -> None:
    """Give it up without asking anyone: it expired, or nothing is left to say."""
    if _own(mail).update(state=MailState.SET_ASIDE, reason=reason, recipient="", claim="", claimed_until=None):
        MailContent.objects.filter(mail=mail).delete()


def forget_decoy(mail: OutgoingMail) -> None:
    """Delete a mail to nobody, queued only so that an unknown address asks for as much work as a known one."""
    _own(mail).delete()


def find_cut() -> None:
    """Mark the mails that a dead worker left in the middle. Writes nothing if there is none."""
    for mail in OutgoingMail.objects.filter(state=MailState.SENDING, claimed_until__lt=clock.now()):
        mark_cut(mail)


def _own(mail: OutgoingMail) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(pk=mail.pk, claim=mail.claim)


def _lease() -> datetime.timedelta:
    return datetime.timedelta(seconds=settings.EMAIL_TIMEOUT * _TIMEOUTS_IN_A_LEASE)

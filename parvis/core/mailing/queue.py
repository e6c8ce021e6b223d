"""Putting mails in the queue, and what people decide of those that did not leave."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove
from parvis.core.mailing import threads
from parvis.core.mailing.content import keep_content
from parvis.core.mailing.enums import TO_DECIDE, Lane, MailState
from parvis.core.mailing.models import MailContent, OutgoingMail
from parvis.core.mailing.purposes import Letter, check_queued, purpose_of

_DECIDED: Final = "Ce courriel n'attend plus de décision : rechargez la page."
_NO_CONTENT: Final = "Son contenu n'est plus gardé : refaites l'envoi depuis sa page."
BY_SOMEONE: Final = "par une personne"
RESTORED: Final = "il attendait au moment de la sauvegarde ; peut-être parti depuis"


@transaction.atomic
def queue_mail(
    purpose: str,
    *,
    about: str = "",
    letter: Letter | None = None,
    lane: Lane = Lane.BULK,
    lifetime: datetime.timedelta | None = None,
) -> OutgoingMail:
    """One more mail, sent soon after the transaction commits. After `lifetime` it is no longer worth sending.

    `letter` is for a purpose that does not write its mails itself. A letter to nobody costs the same work and goes
    nowhere, so that a page that must not tell whether it wrote to someone always queues one.
    """
    check_queued(purpose, about)
    moment = clock.now()
    mail = OutgoingMail.objects.create(
        purpose=purpose, about=about, lane=lane, recipient=letter.to if letter is not None else "",
        created_at=moment, next_attempt_at=moment, expires_at=moment + lifetime if lifetime is not None else None,
    )  # fmt: skip
    if letter is not None:
        keep_content(mail, letter)
    transaction.on_commit(lambda: threads.wake(lane))
    return mail


@transaction.atomic
def queue_mails(purpose: str, count: int, *, about: str) -> list[OutgoingMail]:
    """`count` mails at once, of a purpose that writes them itself."""
    check_queued(purpose, about)
    moment = clock.now()
    mails = OutgoingMail.objects.bulk_create(
        OutgoingMail(purpose=purpose, about=about, created_at=moment, next_attempt_at=moment) for _ in range(count)
    )
    transaction.on_commit(lambda: threads.wake(Lane.BULK))
    return mails


@transaction.atomic
def retry_refused(mails: QuerySet[OutgoingMail]) -> int:
    """Put those of `mails` that were refused back in the queue, as new. Returns how many.

    For purposes that write their mails at the moment of sending: an address corrected meanwhile is the one used.
    """
    count = _refused(mails).update(
        state=MailState.WAITING, attempts=0, next_attempt_at=clock.now(), reason="", claim="", claimed_until=None
    )
    transaction.on_commit(lambda: threads.wake(Lane.BULK))
    return count


def _refused(mails: QuerySet[OutgoingMail]) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(pk__in=mails.order_by().values("pk"), state=MailState.REFUSED)


def can_send_again(mail: OutgoingMail) -> bool:
    """Whether what it says can still be written."""
    return mail.state in TO_DECIDE and (purpose_of(mail).write is not None or hasattr(mail, "content"))


@transaction.atomic
def send_again(actor: journal.Named, mail: OutgoingMail) -> None:
    """Put a refused or a cut mail back in the queue: for a cut one, the person knows that it may arrive twice."""
    if not can_send_again(mail):
        raise ForbiddenMove(_NO_CONTENT if mail.state in TO_DECIDE else _DECIDED)
    _decide(
        mail, state=MailState.WAITING, attempts=0, next_attempt_at=clock.now(), reason="", claim="", claimed_until=None
    )
    journal.record(actor, "send_mail_again", mail, was=mail.state)
    transaction.on_commit(lambda: threads.wake(Lane(mail.lane)))


@transaction.atomic
def set_aside(actor: journal.Named, mail: OutgoingMail) -> None:
    """Give a refused or a cut mail up."""
    _decide(mail, state=MailState.SET_ASIDE, reason=BY_SOMEONE, recipient="", claim="", claimed_until=None)
    MailContent.objects.filter(mail=mail).delete()
    journal.record(actor, "set_mail_aside", mail, was=mail.state)


def _decide(mail: OutgoingMail, **values: object) -> None:
    """Only one decision is taken, by whoever was first."""
    if not OutgoingMail.objects.filter(pk=mail.pk, state__in=TO_DECIDE).update(**values):
        raise ForbiddenMove(_DECIDED)


@transaction.atomic
def forget_mails(mails: QuerySet[OutgoingMail]) -> None:
    """Drop what `mails` say and to whom, sent or not. What was waiting no longer leaves."""
    rows = list(mails.values_list("pk", flat=True))
    MailContent.objects.filter(mail__in=rows).delete()
    forgotten = OutgoingMail.objects.filter(pk__in=rows)
    forgotten.update(recipient="")
    forgotten.exclude(state=MailState.SENT).update(state=MailState.SET_ASIDE, reason="personne effacée", claim="")


@transaction.atomic
def set_aside_restored() -> int:
    """After a backup was put back: nothing that waited in it leaves by itself, since it may have left since then."""
    MailContent.objects.all().delete()
    cut = OutgoingMail.objects.filter(state=MailState.SENDING).update(state=MailState.CUT, reason=RESTORED)
    return cut + OutgoingMail.objects.filter(state=MailState.WAITING).update(
        state=MailState.SET_ASIDE, reason=RESTORED, recipient=""
    )

"""Mails as the desk lists them: to whom, what for, where they are."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from parvis.core.mailing.enums import TO_DECIDE, MailState
from parvis.core.mailing.purposes import purpose_of
from parvis.core.mailing.queue import can_send_again
from parvis.core.models import OutgoingMail
from parvis.people.models import Contact, User


@dataclass(frozen=True, slots=True)
class MailRow:
    """`at`: when it left, else when it was queued. `next_attempt_at` is given to one that was put off."""

    code: str
    purpose: str
    person: str
    address: str
    state: MailState
    reason: str
    at: datetime.datetime
    next_attempt_at: datetime.datetime | None
    to_decide: bool
    can_send_again: bool


def gather_mail_rows(mails: Sequence[OutgoingMail]) -> list[MailRow]:
    """A constant number of queries, whatever the number of `mails`."""
    prefetch_related_objects(mails, "invitation__contact", "attendances__contact", "content")
    agents = {user.code: user for user in User.objects.filter(code__in={mail.about for mail in mails}).order_by("pk")}
    return [_row(mail, _person(mail, agents)) for mail in mails]


def _person(mail: OutgoingMail, agents: dict[str, User]) -> Contact | User | None:
    invitation = getattr(mail, "invitation", None)
    if invitation is not None:
        contact: Contact | None = invitation.contact
        return contact
    attendance = next(iter(mail.attendances.all()), None)
    return attendance.contact if attendance is not None else agents.get(mail.about)


def _row(mail: OutgoingMail, person: Contact | User | None) -> MailRow:
    state = MailState(mail.state)
    return MailRow(
        code=mail.code,
        purpose=purpose_of(mail).label,
        person=str(person) if person is not None else mail.recipient,
        address=mail.recipient or (person.email if person is not None else ""),
        state=state,
        reason=mail.reason,
        at=mail.sent_at or mail.created_at,
        next_attempt_at=mail.next_attempt_at if state == MailState.WAITING and mail.attempts else None,
        to_decide=state in TO_DECIDE,
        can_send_again=can_send_again(mail),
    )

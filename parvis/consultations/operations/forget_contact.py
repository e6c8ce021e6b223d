"""Following an erasure: what let an erased contact in is closed."""

from __future__ import annotations

from typing import Any

from parvis.consultations.models import DeviceKey, Invitation, OutboxOp, Participant
from parvis.core import clock
from parvis.core.mailing.queue import forget_mails
from parvis.core.models import OutgoingMail
from parvis.people.models import Contact, FollowUpConsent


def forget_contact(sender: Any, code: str, **_: Any) -> None:
    """Receiver of `person_erased`.

    Opinions stay as values of her organisation; upper apps forget the texts that only she could write.
    """
    contact = Contact.objects.filter(code=code).first()
    if contact is None:
        return
    forget_mails(OutgoingMail.objects.filter(invitation__contact=contact))
    Invitation.objects.filter(contact=contact, revoked_at=None).update(revoked_at=clock.now())
    inside = Participant.objects.filter(contact=contact)
    DeviceKey.objects.filter(participant__in=inside).delete()
    FollowUpConsent.objects.filter(owner__in=[each.journal_name for each in inside]).delete()
    OutboxOp.objects.filter(participant__in=inside).exclude(content=None).update(content=None)
    inside.update(revoked_at=clock.now())

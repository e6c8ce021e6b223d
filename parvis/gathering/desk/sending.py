"""Before invitations or reminders leave: to how many, and who has to be reached by another way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from parvis.consultations.enums import InvitationKind
from parvis.consultations.models import Consultation, Invitation
from parvis.consultations.operations.send_invitations import nothing_sent, reminders_due
from parvis.people.models import Contact


@dataclass(frozen=True, slots=True)
class Sending:
    """`to_write`: who would get a mail now. `without_address`: who has to be written to or called. `already`: those of
    whom a mail left or waits."""

    to_write: tuple[Contact, ...]
    without_address: tuple[Contact, ...]
    already: int = 0


def gather_invitations_to_send(consultation: Consultation, contacts: QuerySet[Contact]) -> Sending:
    """What sending invitations to `contacts` would do. Two queries."""
    standing = Invitation.objects.filter(
        consultation=consultation, contact=OuterRef("pk"), kind=InvitationKind.CONTACT, revoked_at=None
    )
    written = Exists(standing.exclude(nothing_sent()))
    return _sending(_in_order(contacts.exclude(written)), contacts.filter(written).count())


def gather_reminders_to_send(consultation: Consultation) -> Sending:
    """What reminding the silent would do now. One query."""
    due = reminders_due(consultation).order_by().values("contact")
    return _sending(_in_order(Contact.objects.filter(pk__in=due)))


def _in_order(contacts: QuerySet[Contact]) -> list[Contact]:
    return list(contacts.select_related("organisation").order_by("organisation__sort_key", "sort_key", "pk"))


def _sending(contacts: Sequence[Contact], already: int = 0) -> Sending:
    return Sending(
        to_write=tuple(contact for contact in contacts if contact.email),
        without_address=tuple(contact for contact in contacts if not contact.email),
        already=already,
    )

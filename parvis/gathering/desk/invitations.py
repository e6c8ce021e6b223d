"""Who was invited, who opened, who answered, who is silent. A constant number of queries."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from parvis.consultations.enums import InvitationKind
from parvis.consultations.models import Consultation, Invitation
from parvis.consultations.operations.send_invitations import mails_of_invitations
from parvis.core.mailing.counts import MailCounts, count_mails
from parvis.people.models import Contact
from parvis.sheets.models import Opinion
from parvis.sheets.perimeters import perimeters
from parvis.sheets.rules import NOT_HIDDEN

STATES = {"muets": "Silencieux", "ouverts": "Ont ouvert", "repondu": "Ont répondu", "jamais": "Pas encore invités"}


@dataclass(frozen=True, slots=True)
class Invited:
    """A person of a partner organisation. `code` is her invitation's, empty before; `answered` counts sheets."""

    contact: str
    organisation: str
    name: str
    email: str
    phone: str
    code: str
    mail: str
    sent_at: datetime.datetime | None
    opened_at: datetime.datetime | None
    reminded_at: datetime.datetime | None
    answered: int
    asked: int

    @property
    def state(self) -> str:
        if not self.code:
            return "jamais"
        return "repondu" if self.answered else "ouverts" if self.opened_at else "muets"


@dataclass(frozen=True, slots=True)
class InvitationTable:
    """Everyone, how many are in each state, and where the mails are."""

    rows: tuple[Invited, ...]
    counts: dict[str, int]
    mails: MailCounts


def gather_invitations(consultation: Consultation, state: str = "") -> InvitationTable:
    """The contacts of the partners, with the standing invitation of each."""
    reach = perimeters(consultation)
    standing = {
        invitation.contact_id: invitation
        for invitation in Invitation.objects.filter(
            consultation=consultation, kind=InvitationKind.CONTACT, revoked_at=None
        ).select_related("mail")
    }
    opinions = (
        Opinion.objects.filter(NOT_HIDDEN, participant__contact=OuterRef("pk"), participant__consultation=consultation)
        .exclude(value="")
        .order_by()
        .values("participant__contact")
        .annotate(count=Count("pk"))
        .values("count")
    )
    contacts = (
        Contact.objects.filter(organisation__partnerships__consultation=consultation, erased_at=None)
        .select_related("organisation")
        .annotate(opinion_count=Coalesce(Subquery(opinions), 0))
        .order_by("organisation__sort_key", "sort_key", "pk")
    )
    rows = tuple(_row(contact, standing.get(contact.pk), reach) for contact in contacts)
    counts = {name: sum(row.state == name for row in rows) for name in STATES}
    return InvitationTable(
        rows=tuple(row for row in rows if not state or row.state == state),
        counts=counts,
        mails=count_mails(mails_of_invitations(consultation)),
    )


def _row(contact: Contact, invitation: Invitation | None, reach: dict[int, frozenset[str]]) -> Invited:
    answered: int = contact.opinion_count  # type: ignore[attr-defined]
    return Invited(
        contact=contact.code,
        organisation=contact.organisation.name,
        name=str(contact),
        email=contact.email,
        phone=contact.phone,
        code=invitation.code if invitation is not None else "",
        mail=invitation.mail.get_state_display() if invitation is not None and invitation.mail is not None else "",
        sent_at=invitation.sent_at if invitation is not None else None,
        opened_at=invitation.opened_at if invitation is not None else None,
        reminded_at=invitation.reminded_at if invitation is not None else None,
        answered=answered,
        asked=len(reach.get(contact.organisation_id, ())),
    )

"""Invitations that leave on paper: made when there is none, and noted as given by post."""

from __future__ import annotations

from enum import StrEnum

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from parvis.consultations.counted import counted
from parvis.consultations.enums import Channel, InvitationKind
from parvis.consultations.models import Consultation, Invitation, Participant
from parvis.consultations.operations.invitations import invite_contact, invite_organisation, taken_back
from parvis.consultations.operations.send_invitations import mark_given, nothing_sent, silent
from parvis.consultations.operations.take_links import take_links
from parvis.core.errors import RefusedInput
from parvis.people.models import Contact, Organisation, User

_GONE = "Cette invitation est retirée : invitez de nouveau la personne, puis imprimez sa lettre."


class Addressees(StrEnum):
    """To whom letters go."""

    NEW = "nouveaux"
    SILENT = "silencieux"
    ALL = "tous"


def contacts_to_write(consultation: Consultation, who: Addressees) -> QuerySet[Contact]:
    """People of the partners, in the order of the directory. One whose invitation was taken back is left out."""
    standing = Invitation.objects.filter(
        consultation=consultation, contact=OuterRef("pk"), kind=InvitationKind.CONTACT, revoked_at=None
    )
    contacts = Contact.objects.filter(
        ~taken_back(consultation), organisation__partnerships__consultation=consultation, erased_at=None
    ).select_related("organisation")
    if who == Addressees.NEW:
        contacts = contacts.exclude(Exists(standing.exclude(nothing_sent())))
    elif who == Addressees.SILENT:
        contacts = contacts.filter(pk__in=silent(consultation).order_by().values("contact"))
    return contacts.order_by("organisation__sort_key", "organisation_id", "sort_key", "pk")


def organisations_to_write(consultation: Consultation, who: Addressees) -> QuerySet[Organisation]:
    """Partners of whom nobody is known: the letter goes to the house, until someone there came in by it."""
    people = Contact.objects.filter(organisation=OuterRef("pk"), erased_at=None)
    standing = _house_invitations(consultation).filter(organisation=OuterRef("pk"))
    organisations = Organisation.objects.filter(~Exists(people), partnerships__consultation=consultation)
    if who == Addressees.NEW:
        organisations = organisations.exclude(Exists(standing.exclude(nothing_sent())))
    elif who == Addressees.SILENT:
        came = Participant.objects.filter(counted(), organisation=OuterRef("pk"), consultation=consultation)
        organisations = organisations.filter(Exists(standing), ~Exists(came))
    return organisations.order_by("sort_key", "pk")


@transaction.atomic
def print_invitations(
    actor: User, consultation: Consultation, who: Addressees, organisation: Organisation | None = None
) -> list[Invitation]:
    """The invitations to print, in the order of the directory. Those that had left already keep how and when."""
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    contacts, houses = contacts_to_write(consultation, who), organisations_to_write(consultation, who)
    if organisation is not None:
        contacts, houses = contacts.filter(organisation=organisation), houses.filter(pk=organisation.pk)
    chosen = [invite_contact(actor, consultation, contact) for contact in contacts]
    chosen += [_house_invitation(actor, consultation, house) for house in houses]
    return _printed(actor, consultation, chosen)


@transaction.atomic
def print_one(actor: User, invitation: Invitation) -> list[Invitation]:
    """One letter again. Raises `RefusedInput` when the invitation was taken back, or is the one on a wall."""
    locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if locked.revoked_at is not None or locked.kind == InvitationKind.OPEN:
        raise RefusedInput(_GONE)
    return _printed(actor, invitation.consultation, [locked])


def _printed(actor: User, consultation: Consultation, chosen: list[Invitation]) -> list[Invitation]:
    mark_given(actor, chosen, Channel.LETTER)
    take_links(actor, consultation, chosen)
    with_names = Invitation.objects.filter(pk__in=[invitation.pk for invitation in chosen]).select_related(
        "organisation", "contact"
    )
    return list(with_names.order_by("organisation__sort_key", "organisation_id", "contact__sort_key", "pk"))


def _house_invitations(consultation: Consultation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        consultation=consultation, kind=InvitationKind.ORGANISATION, forwarded_by=None, revoked_at=None
    )


def _house_invitation(actor: User, consultation: Consultation, organisation: Organisation) -> Invitation:
    """The one that stands, so that a letter printed again holds the same link."""
    standing = _house_invitations(consultation).filter(organisation=organisation).order_by("pk").first()
    return standing or invite_organisation(actor, consultation, organisation)

"""The people of the directory, one by one. The directory is the territory's: all its consultations share it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import QuerySet

from parvis.consultations.models import Consultation, Invitation, Participant
from parvis.consultations.operations.revoke_invitation import revoke_invitation
from parvis.consultations.rules import naming_consultations
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.people.models import Contact, Organisation, User
from parvis.people.operations.erase_person import erase_contact

NOT_HER_ADDRESS = (
    "Cette personne a déjà ouvert son accès : l'équipe projet seule change son adresse, car le prochain lien ouvrira "
    "ses avis."
)
ABSORBED = "Cet organisme vient d'être réuni à un autre : retrouvez-le dans l'annuaire. Rien n'est enregistré."
_GONE = "Ce contact a été effacé entre-temps : rien n'est changé."


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """What an agent writes about someone. A name or an address at least."""

    name: str = ""
    position: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def save_contact(
    actor: User, organisation: Organisation, details: ContactDetails, contact: Contact | None = None
) -> tuple[Contact, int]:
    """Add someone, or correct what is known of her; the contact, and how many invitations closed.

    Another address may be another person's: invitations sent to the former one are revoked, and she is invited again.
    """
    _lock(organisation)
    wanted = {name: " ".join(value.split()) for name, value in asdict(details).items()}
    wanted["email"] = wanted["email"].lower()
    if not wanted["name"] and not wanted["email"]:
        raise RefusedInput("Donnez au moins un nom ou une adresse électronique.")
    current = Contact(organisation=organisation) if contact is None else _fresh(contact)
    same_address = Contact.objects.filter(organisation=organisation, email=wanted["email"]).exclude(pk=current.pk)
    if wanted["email"] and same_address.exists():
        raise RefusedInput("Cette adresse est déjà dans l'annuaire de cet organisme : modifiez ce contact-là.")
    former = current.email
    changed = sorted(name for name, value in wanted.items() if getattr(current, name) != value)
    for name in changed:
        setattr(current, name, wanted[name])
    if "email" in changed and not may_change_address(actor, current):
        raise RefusedInput(NOT_HER_ADDRESS)
    if not changed:
        return current, 0
    current.save()
    closed = _revoke_invitations(actor, current) if former and former != current.email else 0
    journal.record(actor, "change_contact" if contact is not None else "add_contact", current, fields=changed)
    return current, closed


def may_change_address(actor: User | None, contact: Contact) -> bool:
    """Whether a link sent to another address would open nothing that `actor` (None: the command line) may not read."""
    return contact.pk is None or not out_of_reach(actor).filter(contact=contact).exists()


def out_of_reach(actor: User | None) -> QuerySet[Participant]:
    """The participants whose opinions `actor` (None: the command line) may not read."""
    if actor is None:
        return Participant.objects.none()
    team = Consultation.objects.filter(naming_consultations(actor)).order_by()
    return Participant.objects.exclude(consultation__in=team.values("pk"))


@transaction.atomic
def set_referent(actor: User, contact: Contact, *, referent: bool) -> None:
    """Whether she speaks for her organisation; whoever did before no longer does."""
    _lock(contact.organisation)
    current = _fresh(contact)
    if current.is_referent == referent:
        return
    Contact.objects.filter(organisation=current.organisation_id, is_referent=True).update(is_referent=False)
    Contact.objects.filter(pk=current.pk).update(is_referent=referent)
    journal.record(actor, "designate_referent" if referent else "dismiss_referent", current)


@transaction.atomic
def remove_contact(actor: User, contact: Contact) -> None:
    """Forget her here: name, addresses, ways in, own texts. What her organisation answered stays, without her."""
    _lock(contact.organisation)
    erase_contact(actor, _fresh(contact))


def _lock(organisation: Organisation) -> None:
    """One change of an organisation's people at a time."""
    if Organisation.objects.select_for_update().filter(pk=organisation.pk).first() is None:
        raise RefusedInput(ABSORBED)


def _fresh(contact: Contact) -> Contact:
    current = Contact.objects.filter(pk=contact.pk, erased_at=None).first()
    if current is None:
        raise RefusedInput(_GONE)
    return current


def _revoke_invitations(actor: User, contact: Contact) -> int:
    standing = list(Invitation.objects.filter(contact=contact, revoked_at=None).select_related("consultation"))
    for invitation in standing:
        revoke_invitation(actor, invitation)
    return len(standing)

"""Invitations as they are printed: letters, labels, the poster of an open door."""

from __future__ import annotations

from collections.abc import Iterable

from parvis.consultations.models import Consultation, Invitation
from parvis.consultations.operations.invitations import invitation_path
from parvis.consultations.who_sees_names import who_sees_names
from parvis.core import clock
from parvis.documents.labels import Label
from parvis.documents.letters import Inviting, Letter
from parvis.gathering.printed.logo import logo_image
from parvis.gathering.printed.sheets import review_end

LABEL_CAPTION = "Votre avis sur les actions des quartiers"


def gather_inviting(consultation: Consultation) -> Inviting:
    """Who invites, to what."""
    return Inviting(
        consultation=consultation.title,
        authority=consultation.authority,
        made_on=clock.today(),
        who_sees=who_sees_names(consultation),
        contact=consultation.contact_email,
        until=review_end(consultation),
        logo=logo_image(consultation),
    )


def gather_letters(invitations: Iterable[Invitation], public_url: str) -> tuple[Letter, ...]:
    """In the order given. Each must have its organisation and its contact loaded."""
    return tuple(
        Letter(_recipient(row), f"{public_url}{invitation_path(row)}", personal=row.contact is not None)
        for row in invitations
    )


def labels_of(letters: Iterable[Letter]) -> tuple[Label, ...]:
    """The same people, on labels."""
    return tuple(Label(letter.recipient, letter.link) for letter in letters)


def _recipient(invitation: Invitation) -> tuple[str, ...]:
    """As on an envelope. An e-mail address is never printed."""
    contact, organisation = invitation.contact, invitation.organisation
    person = [contact.name, contact.position] if contact is not None else ["À l'attention de la direction"]
    house = [organisation.name, *organisation.address.splitlines()] if organisation is not None else []
    return tuple(line.strip() for line in (*person, *house) if line.strip())

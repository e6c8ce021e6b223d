"""Who comes to a workshop: what partners say, what the agent notes, before, during and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from parvis.consultations.models import Participant
from parvis.consultations.operations.invitations import hold_partner
from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.meetings.enums import Presence
from parvis.meetings.models import Attendance, Meeting
from parvis.meetings.rules import meetings_for_partner
from parvis.people.models import Contact, Organisation, User

NOT_NAMED: Final = "Votre accès n'est pas à votre nom : écrivez à la personne qui vous a invité·e, elle vous inscrira."
STARTED: Final = "L'atelier a commencé : dites votre présence sur place."
CANCELLED: Final = "Cette rencontre est annulée : il n'y a rien à répondre."
NOT_HERS: Final = "Cette rencontre ne vous est pas ouverte."
NOTED: Final = "Votre présence a déjà été notée sur place : elle ne change plus d'ici."


@transaction.atomic
def answer_meeting(participant: Participant, meeting: Meeting, *, coming: bool) -> None:
    """« Je viens », « Je ne viens pas »: until it starts, as often as she likes."""
    if participant.contact_id is None:
        raise RefusedInput(NOT_NAMED)
    if not Meeting.objects.filter(meetings_for_partner(participant), pk=meeting.pk).exists():
        raise RefusedInput(NOT_HERS)
    if meeting.cancelled_at is not None:
        raise ForbiddenMove(CANCELLED)
    if meeting.starts_at <= clock.now():
        raise ForbiddenMove(STARTED)
    presence = Presence.REGISTERED if coming else Presence.EXCUSED
    keys = {"meeting": meeting, "contact_id": participant.contact_id}
    said = {"presence": presence, "updated_at": clock.now()}
    Attendance.objects.bulk_create([Attendance(**keys, **said)], ignore_conflicts=True)
    standing = Attendance.objects.filter(**keys).exclude(presence__in=[Presence.PRESENT, Presence.ABSENT])
    if not standing.update(**said):
        raise ForbiddenMove(NOTED)
    journal.record(participant, "answer_meeting", meeting, presence=presence)


@transaction.atomic
def mark_presences(actor: User, meeting: Meeting, presences: Mapping[str, Presence]) -> int:
    """Contact's code → where she stands. Contacts of the partners only. Returns how many changed."""
    contacts = {
        contact.code: contact
        for contact in Contact.objects.filter(
            code__in=presences, organisation__partnerships__consultation=meeting.consultation_id, erased_at=None
        )
    }
    if len(contacts) != len(presences):
        raise RefusedInput("Une de ces personnes n'est plus dans l'annuaire : rechargez la page.")
    for code, presence in sorted(presences.items()):
        Attendance.objects.update_or_create(
            meeting=meeting, contact=contacts[code], defaults={"presence": presence, "updated_at": clock.now()}
        )
    if presences:
        journal.record(actor, "mark_presences", meeting, contacts=sorted(f"{c}:{p}" for c, p in presences.items()))
    return len(presences)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Someone who is not in the directory yet. `organisation`: one of the partners."""

    organisation: Organisation
    name: str
    position: str = ""
    email: str = ""


@transaction.atomic
def add_newcomer(actor: User, meeting: Meeting, newcomer: Newcomer, presence: Presence) -> Contact:
    """Put someone in the directory and in the list. An address already there is that person's."""
    if not hold_partner(meeting.consultation, newcomer.organisation):
        raise RefusedInput("Cet organisme n'est pas un partenaire de la concertation : ajoutez-le à l'annuaire.")
    if not newcomer.name.strip():
        raise RefusedInput("Écrivez le nom de la personne.")
    email = newcomer.email.strip().lower()
    known = Contact.objects.filter(organisation=newcomer.organisation, email=email).first() if email else None
    contact = known or Contact.objects.create(
        organisation=newcomer.organisation, name=newcomer.name.strip(), position=newcomer.position.strip(), email=email
    )
    if known is None:
        journal.record(actor, "add_contact", contact, organisation=newcomer.organisation.code)
    mark_presences(actor, meeting, {contact.code: presence})
    return contact

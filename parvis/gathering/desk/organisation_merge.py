"""What making two organisations one will do, told before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from parvis.consultations.models import Contribution, Invitation, Participant, Partner
from parvis.consultations.operations.merge_organisations import same_people
from parvis.french.counts import plural
from parvis.meetings.models import Attendance
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact, Organisation, User
from parvis.sheets.models import Opinion

_FACTS: Final = {"siret": "le SIRET", "phone": "le téléphone", "address": "l'adresse"}


@dataclass(frozen=True, slots=True)
class MergePreview:
    """`moves`: « 3 contacts »… of the absorbed one. `once`: people who stand in both, by their names. `changes`: what
    will be otherwise, in sentences. `dropped`: what the kept one knows otherwise, hence is not taken."""

    moves: tuple[str, ...]
    once: tuple[str, ...]
    changes: tuple[str, ...]
    dropped: tuple[str, ...]


def preview_merge(actor: User, kept: Organisation, absorbed: Organisation) -> MergePreview:
    """Writes nothing. What would be refused is told when it is asked for: it depends on what is said meanwhile."""
    pairs = same_people(actor, kept, absorbed)
    return MergePreview(
        moves=tuple(_moves(absorbed)),
        once=tuple(str(one) for one, _ in pairs),
        changes=tuple(_changes(kept, absorbed, pairs)),
        dropped=tuple(
            f"{label} {' '.join(getattr(absorbed, name).split())}"
            for name, label in _FACTS.items()
            if getattr(absorbed, name) and getattr(kept, name) and getattr(absorbed, name) != getattr(kept, name)
        ),
    )


def _moves(absorbed: Organisation) -> list[str]:
    people = Participant.objects.filter(organisation=absorbed)
    counts = [
        (absorbed.contacts.filter(erased_at=None).count(), "contact", "contacts"),
        (Invitation.objects.filter(organisation=absorbed, revoked_at=None).count(), "invitation", "invitations"),
        (people.count(), "personne venue répondre", "personnes venues répondre"),
        (Opinion.objects.filter(participant__in=people).exclude(value="").count(), "avis", "avis"),
        (Contribution.objects.filter(participant__in=people).count(), "contribution", "contributions"),
        (absorbed.positions.count(), "position de l'organisme", "positions de l'organisme"),
        (absorbed.led_sheets.count(), "fiche portée", "fiches portées"),
        (Attendance.objects.filter(contact__organisation=absorbed).count(), "présence ou inscription à une rencontre",
         "présences ou inscriptions à des rencontres"),
        (absorbed.partnerships.count(), "concertation", "concertations"),
    ]  # fmt: skip
    return [plural(count, one, many) for count, one, many in counts if count]


def _changes(kept: Organisation, absorbed: Organisation, pairs: Sequence[tuple[Contact, Contact]]) -> list[str]:
    changes = []
    stays = kept.contacts.filter(is_referent=True).first()
    leaves = absorbed.contacts.filter(is_referent=True).first()
    if stays is not None and leaves is not None and (stays, leaves) not in pairs:
        changes.append(f"{leaves} n'est plus référent : {stays} le reste.")
    kind = kept.type if kept.type != OrganisationType.OTHER else absorbed.type
    college = Organisation(type=kind).college
    for row in (kept, absorbed):
        if row.college != college:
            changes.append(f"Ce qu'a dit {row} compte dans le collège {college.label}, et non {row.college.label}.")
    theirs = {partner.consultation_id: partner for partner in Partner.objects.filter(organisation=absorbed)}
    mine = Partner.objects.filter(organisation=kept, consultation__in=theirs.keys()).select_related("consultation")
    for partner in mine.order_by("consultation__title", "pk"):
        if _asked(partner) != _asked(theirs[partner.consultation_id]):
            changes.append(f"Dans « {partner.consultation} », son périmètre devient celui des deux réunis.")
        if theirs[partner.consultation_id].reads_restricted and not partner.reads_restricted:
            changes.append(f"Dans « {partner.consultation} », il lit aussi ce qui est réservé au groupe restreint.")
    return changes


def _asked(partner: Partner) -> tuple[frozenset[int], frozenset[int]]:
    return tuple(frozenset(row.pk for row in side.all()) for side in (partner.themes, partner.territories))  # type: ignore[return-value]

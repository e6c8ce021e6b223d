"""The organisations of the directory, one by one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from django.db import transaction

from parvis.consultations.models import Consultation, Partner
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.core.text import fold
from parvis.core.uniqueness import refusing_duplicates
from parvis.people.enums import OrganisationType
from parvis.people.models import Organisation, User
from parvis.people.organisation_names import by_name, organisation_key
from parvis.people.siret import clean_siret, siret_fault

NAME_TAKEN: Final = "Un autre organisme porte déjà ce nom : choisissez-en un qui les distingue."


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    """What an agent writes about an organisation."""

    name: str
    type: OrganisationType
    siret: str = ""
    phone: str = ""
    address: str = ""


@transaction.atomic
def add_partner(actor: User, consultation: Consultation, details: OrganisationDetails) -> Partner:
    """One more partner. An organisation that the directory knows by this name is taken as it stands."""
    directory = by_name(Organisation.objects.filter(territory=consultation.territory))
    organisation = directory.get(organisation_key(details.name))
    if organisation is None:
        organisation = _write(Organisation(territory=consultation.territory), details)
        journal.record(actor, "add_organisation", organisation)
    partner, new = Partner.objects.get_or_create(consultation=consultation, organisation=organisation)
    if not new:
        raise RefusedInput("Cet organisme est déjà dans l'annuaire : ouvrez sa page pour le modifier.")
    journal.record(actor, "add_partner", organisation, within=consultation, consultation=consultation.code)
    return partner


@transaction.atomic
def change_organisation(actor: User, organisation: Organisation, details: OrganisationDetails) -> None:
    """Correct what is known of it, for every consultation of the territory."""
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    namesakes = Organisation.objects.filter(territory=locked.territory_id, sort_key=organisation_key(details.name))
    if namesakes.exclude(pk=locked.pk).exists():
        raise RefusedInput(NAME_TAKEN)
    _write(locked, details)
    journal.record(actor, "change_organisation", locked)


def _write(organisation: Organisation, details: OrganisationDetails) -> Organisation:
    if not fold(details.name):
        raise RefusedInput("Le nom de l'organisme n'a aucune lettre : écrivez-le.")
    fault = siret_fault(details.siret) if details.siret.strip() else None
    if fault:
        raise RefusedInput(fault)
    for name, value in asdict(details).items():
        setattr(organisation, name, value.strip())
    organisation.siret = clean_siret(details.siret)
    with refusing_duplicates(NAME_TAKEN):
        organisation.save()
    return organisation

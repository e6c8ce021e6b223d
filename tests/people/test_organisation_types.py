"""Types read from the words agents write, and the college each gives."""

from __future__ import annotations

import pytest

from parvis.insight.opinion_rows import COLLEGES
from parvis.people.enums import COLLEGE_OF, College, OrganisationType
from parvis.people.organisation_types import type_from_name, type_from_words


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Commune de Lisandre", "municipality"),
        ("Ville de Lisandre", "municipality"),
        ("La Ville de Lisandre", "municipality"),
        ("Mairie des Vallières", "municipality"),
        ("Conseil départemental", "departement"),
        ("Département de l'Orvanne", "departement"),
        ("CAF de l'Orvanne", "caf"),
        ("Caisse d’allocations familiales", "caf"),
        ("CPAM 99", "cpam"),
        ("Caisse primaire d'assurance maladie", "cpam"),
        ("ARS – délégation départementale", "ars"),
        ("France Travail Lisandre", "france_travail"),
        ("Mission locale de l'agglomération", "mission_locale"),
        ("Missions locales du département", "mission_locale"),
        ("OPH de Lisandre", "landlord"),
        ("Lisandre Habitat", "landlord"),
        ("CCAS de la ville de Lisandre", "ccas"),
        ("Police municipale de Lisandre", "municipal_service"),
        ("Communauté d'agglomération des Vallières", "intercommunality"),
        ("Conseil citoyen des Amonts", "citizens_council"),
        ("Table de quartier", "citizens_council"),
        ("Banque des Territoires", "banque_des_territoires"),
        ("CCI de l'Orvanne", "chamber"),
        ("Chambre de métiers et de l'artisanat", "chamber"),
        ("Association de la ville nouvelle", "association"),
        ("Collège des Peupliers", "education"),
        ("Orvanne Agglomération", "intercommunality"),
        ("Orvanne-Vallières Communauté", "intercommunality"),
        ("Agglomération", "intercommunality"),
        ("Club de judo de Lisandre", "association"),
        ("Club d'entreprises de Lisandre", "company"),
        ("Club de prévention", "prevention"),
        ("Secours populaire – comité de Lisandre", "association"),
        ("Les Restos du Cœur", "association"),
        ("Transports Lisandre SAS", "company"),
        ("Maison de l'emploi de Lisandre", "mission_locale"),
        ("MSA Orvanne", "cpam"),
        ("Espace social des Amonts", "centre_social"),
        ("Les amis de la commune", None),
        ("Vélos et Cie", None),
        ("", None),
    ],
)
def test_a_name_tells_its_type(name: str, kind: str | None) -> None:
    assert type_from_name(name) == kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Autre", "other"),
        ("Bailleurs sociaux", "landlord"),
        ("Services de l'État", "prefecture"),
        ("Collectivité (commune)", "municipality"),
        ("Prévention", "prevention"),
        ("Truc", None),
        ("", None),
    ],
)
def test_a_cell_of_types_is_read(words: str, kind: str | None) -> None:
    assert type_from_words(words) == kind


def test_each_label_is_read_back_as_its_type() -> None:
    assert [type_from_words(kind.label) for kind in OrganisationType] == list(OrganisationType)


def test_six_colleges_that_hold_every_type() -> None:
    assert tuple(College.values) == COLLEGES
    assert set(COLLEGE_OF) == set(OrganisationType)
    assert COLLEGE_OF[OrganisationType.LANDLORD] != COLLEGE_OF[OrganisationType.FRANCE_TRAVAIL]

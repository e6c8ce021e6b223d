from __future__ import annotations

import pytest

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation
from parvis.consultations.operations.create_consultation import ConsultationDetails, create_consultation
from parvis.consultations.operations.update_consultation import update_consultation
from parvis.core.errors import RefusedInput
from parvis.core.models import JournalEntry
from parvis.people.enums import RoleKind
from tests.places import make_agent, make_consultation, make_places

pytestmark = pytest.mark.django_db


def _details(**changes: object) -> ConsultationDetails:
    plain = {"title": "Contrat de ville", "slug": "contrat-de-ville", "authority": "Val de Lune"}
    return ConsultationDetails(**(plain | changes))  # type: ignore[arg-type]


def test_create_consultation_brings_phases_themes_steps_and_its_author() -> None:
    places = make_places()
    actor = make_agent(places.lune)
    found = create_consultation(actor, places.lune, _details())
    assert [phase.kind for phase in found.phases.all()] == [
        "preparation", "review", "workshops", "residents", "arbitration", "drafting", "signature", "follow_up",
    ]  # fmt: skip
    assert [theme.name for theme in found.themes.all()] == [
        "Emploi / Insertion",
        "Santé / Sport",
        "Accès au droit",
        "Éducation / Parentalité",
        "Habitat / Cadre de vie",
        "Culture / Lien social",
        "Sécurité / Prévention de la délinquance",
    ]
    assert {theme.audience for theme in found.themes.all()} == {Audience.PUBLIC}
    assert [step.kind for step in found.steps.all()] == ["participants", "project_team"]
    assert [member.user for member in found.members.all()] == [actor]
    entry = JournalEntry.objects.get(verb="create_consultation")
    assert (entry.actor, entry.subject) == (actor.journal_name, found.journal_name)


def test_create_consultation_refuses_an_address_taken_and_leaves_nothing() -> None:
    places = make_places()
    actor = make_agent(places.lune)
    create_consultation(actor, places.lune, _details())
    with pytest.raises(RefusedInput):
        create_consultation(actor, places.lune, _details(title="Autre"))
    assert Consultation.objects.count() == 1


def test_update_consultation_to_the_team_is_refused_to_who_is_not_in_it() -> None:
    places = make_places()
    found = make_consultation(make_agent(places.lune), places.lune)
    outsider = make_agent(places.lune, RoleKind.COORDINATOR)
    with pytest.raises(RefusedInput):
        update_consultation(outsider, found, _details(audience=Audience.TEAM))
    found.refresh_from_db()
    assert found.audience == Audience.PUBLIC
    update_consultation(outsider, found, _details(title="Autre titre", slug="autre"))
    found.refresh_from_db()
    assert (found.title, found.slug, found.sort_key) == ("Autre titre", "autre", "autre titre")

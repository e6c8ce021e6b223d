"""Roles given and taken."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.core.models import JournalEntry
from parvis.people.enums import RoleKind
from parvis.people.models import Role, User
from parvis.publishing.operations.submit_draft import submit_draft
from tests.meetings.scene import make_scene
from tests.places import Places, make_agent

AGENTS = "/gestion/agents/"


def test_agents_gives_and_takes_roles_on_ones_territories_only(desk: Client, places: Places, admin: User) -> None:
    form = {"email": "zoe@exemple.fr", "name": "Zoé", "role": "facilitator", "territory": places.vallieres.code}
    assert desk.post(AGENTS, form | {"territory": places.large.code}).status_code == 422
    assert desk.post(AGENTS, form).status_code == 302
    assert desk.post(AGENTS, form).status_code == 422
    zoe = User.objects.get(email="zoe@exemple.fr")
    assert desk.post(f"{AGENTS}{zoe.code}/{places.vallieres.code}/facilitator/retirer/").status_code == 302
    assert Role.objects.filter(user=zoe).count() == 0
    stranger = make_agent(places.large)
    address = f"{AGENTS}{stranger.code}/{places.large.code}/administrator/retirer/"
    assert desk.post(address).status_code == 404
    desk.post(f"{AGENTS}{admin.code}/{places.lune.code}/administrator/retirer/")
    assert Role.objects.filter(user=admin).count() == 1


def test_agents_ask_as_much_for_one_as_for_forty(desk: Client, places: Places) -> None:
    with CaptureQueriesContext(connection) as few:
        desk.get(AGENTS)
    for _ in range(40):
        make_agent(places.lune, RoleKind.READER)
    with CaptureQueriesContext(connection) as many:
        desk.get(AGENTS)
    assert len(many) == len(few)


@pytest.mark.django_db
def test_the_page_says_what_is_lost_and_what_waits_then_takes_the_role_away() -> None:
    scene = make_scene()
    irene = make_agent(scene.consultation.territory)
    desk = Client()
    desk.force_login(irene)
    minutes = scene.draft()
    submit_draft(scene.alice, minutes)
    address = f"{AGENTS}{scene.alice.code}/{scene.consultation.territory.code}/coordinator/retirer/"
    leaving = desk.get(address).context["leaving"]
    assert leaving.loses == (
        "Sur « Vallières » : préparer les concertations, publier, modérer.",
        "Entrer dans l'espace des agents : c'est son seul rôle.",
    )
    assert len(leaving.waits) == 2
    assert "Équipe projet de « Quartiers 2030 » : cette personne y est seule" in leaving.waits[0]
    assert leaving.waits[1].startswith("Validation : l'étape « Relecture des participants »")
    Role.objects.create(user=scene.alice, territory=scene.consultation.territory, kind=RoleKind.FACILITATOR)
    kept = desk.get(address).context["leaving"]
    assert (kept.kept, kept.waits) == ("Animation sur « Vallières »", ())
    assert Role.objects.filter(user=scene.alice).count() == 2  # nothing goes by looking
    assert desk.post(address)["Location"] == AGENTS
    assert [role.kind for role in scene.alice.roles.all()] == [RoleKind.FACILITATOR]
    assert desk.get(address).status_code == 404


def test_a_role_is_changed_for_another_but_not_ones_own_administration(
    desk: Client, places: Places, admin: User
) -> None:
    zoe = make_agent(places.vallieres, RoleKind.READER)
    Role.objects.create(user=zoe, territory=places.vallieres, kind=RoleKind.ELECTED)
    address = f"{AGENTS}{zoe.code}/{places.vallieres.code}/reader/changer/"
    assert desk.post(address, {"role": "elected"}).status_code == 422
    assert desk.post(address, {"role": "prince"}).status_code == 422
    assert desk.post(address, {"role": "coordinator"})["Location"] == AGENTS
    assert set(zoe.roles.values_list("kind", flat=True)) == {RoleKind.COORDINATOR, RoleKind.ELECTED}
    entry = JournalEntry.objects.get(verb="change_role")
    assert (entry.subject, entry.values["was"], entry.values["role"]) == (zoe.journal_name, "reader", "coordinator")
    mine = f"{AGENTS}{admin.code}/{places.lune.code}/administrator/changer/"
    assert desk.post(mine, {"role": "reader"}).status_code == 422
    elsewhere = make_agent(places.large)
    address = f"{AGENTS}{elsewhere.code}/{places.large.code}/administrator/changer/"
    assert desk.post(address, {"role": "reader"}).status_code == 404
    assert Role.objects.filter(kind=RoleKind.ADMINISTRATOR).count() == 2

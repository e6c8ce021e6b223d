"""Roles given and taken."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.people.enums import RoleKind
from parvis.people.models import Role, User
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

"""Every address by every role: what opens for whom is a table (routes_table.py), and nothing is missing from it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils.module_loading import import_string

from parvis.cli.routes import Route, all_routes
from parvis.core.access import SentToEntrance
from parvis.people.models import User
from tests.rights.town import make_town
from tests.routes_table import ACTORS, TABLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> dict[str, str]:
    """A town where everything happened: a value for each part of an address."""
    cache.clear()
    return make_town().values()


def client_of(actor: str) -> Client:
    client = Client()
    if ACTORS[actor]:
        client.force_login(User.objects.get(email=f"{ACTORS[actor]}@exemple.fr"))
    return client


def opens(response: HttpResponse) -> bool:
    """Whether the door opened; what was asked behind it may still be refused (409, 422)."""
    if response.status_code == 302 and response["Location"].startswith("/gestion/connexion/?next="):
        return False
    return response.status_code not in (401, 403, 404)


def key(route: Route) -> str:
    return f"{'GET' if 'GET' in route.methods else 'POST'} {route.path}"


def test_every_route_is_in_the_table() -> None:
    assert {key(route) for route in all_routes()} == set(TABLE)


def test_no_route_is_undeclared() -> None:
    assert [route.path for route in all_routes() if route.rule == "denied"] == []


@pytest.mark.parametrize("actor", ACTORS)
def test_what_opens_for(actor: str, world: dict[str, str]) -> None:
    client = client_of(actor)
    found: dict[str, bool] = {}
    for name, (address, _) in TABLE.items():
        method, _, path = name.partition(" ")
        with transaction.atomic():
            found[name] = opens((client.get if method == "GET" else client.post)((address or path).format(**world)))
            transaction.set_rollback(True)
    assert found == {name: actor in who for name, (_, who) in TABLE.items()}


def test_the_rules_of_a_route_are_functions_that_can_be_imported() -> None:
    names = {name for route in all_routes() for name in route.rule.split(", ")}
    assert {name for name in names if not callable(import_string(name))} == set()


OF_PARTNERS = {
    "GET /partenaires/relectures/<str:code>/": "/partenaires/relectures/{check}/",
    "GET /partenaires/fiches/<str:code>/fichiers/<str:file>/": "/partenaires/fiches/{sheet}/fichiers/{file}/",
}
"""Addresses that exist for those who hold a key; the table, which asks without one, has others."""
NEVER_ANSWERED = frozenset({
    "GET /gestion/connexion/fournisseur/",  # no identity provider here; see tests/web/desk/sign_in
    "GET /gestion/connexion/fournisseur/retour/",
    "GET /gestion/courrier/",  # the demonstration alone
    "GET /api/v1/",  # 404 for everyone
    "POST /api/v1/outbox",  # a key of its own; see tests/web/api
    "GET /atelier/<str:room>/etat",  # a key in a header; see tests/web/room
    "GET /atelier/<str:room>/compte-rendu/",  # this workshop has no draft to check; see tests/web/partners
    "POST /atelier/<str:room>/table/conduire/",  # a form that says nothing is refused by 409; see tests/web/room
    "GET /partenaires/contributions/<uuid:reference>/",  # a reference that her device makes
    "GET /gestion/comptes-rendus/<str:code>/photographies/<str:photo>/",  # minutes of a meeting without board
    "POST /gestion/comptes-rendus/<str:code>/participants/<str:comment>/",
    "POST /gestion/comptes-rendus/<str:code>/lectures/<str:report>/retirer/",  # none waits; see tests/web/desk/minutes
})  # fmt: skip


def test_every_route_answers_someone_having_called_its_rules() -> None:
    """A view that answers without calling a rule it declares raises: here each of them answers somebody."""
    cache.clear()
    town = make_town()
    clients, values = town.clients(), town.values()
    routes = {name: OF_PARTNERS.get(name) or address or name.partition(" ")[2] for name, (address, _) in TABLE.items()}
    silent = {name for name, address in routes.items() if not _answers(clients.values(), name, address, values)}
    assert silent == NEVER_ANSWERED


def _answers(clients: Iterable[Client], name: str, address: str, values: dict[str, str]) -> bool:
    for client in clients:
        with transaction.atomic():
            response = (client.get if name.startswith("GET") else client.post)(address.format(**values))
            transaction.set_rollback(True)
        if opens(response) and not isinstance(response, SentToEntrance) and response.status_code in (200, 302, 422):
            return True
    return False


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_route_answers_another_method(method: str, world: dict[str, str]) -> None:
    client = client_of("coordinator")
    for name, (address, _) in TABLE.items():
        path = (address or name.partition(" ")[2]).format(**world)
        assert getattr(client, method)(path).status_code == 405, path


def test_an_address_with_a_nul_is_no_address(world: dict[str, str]) -> None:
    client = client_of("coordinator")
    addresses = ("/contributions/%00/", "/rencontres/%00/", "/gestion/concertations/%00/", "/gestion/rencontres/%00/")
    assert [client.get(address).status_code for address in addresses] == [404] * 4

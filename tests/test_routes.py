"""Every address by every role: what opens for whom is a table (routes_table.py), and nothing is missing from it."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from parvis.cli.routes import Route, all_routes
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

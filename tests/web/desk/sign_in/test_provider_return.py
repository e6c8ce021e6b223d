"""The return from an identity provider: once, by who began here, soon."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from parvis.people.oidc import exchange
from tests.fake_provider import FakeProvider
from tests.web.desk.sign_in.provider import RETURN, START, inside, way_back


def test_another_state_is_refused_and_the_right_one_serves_once(client: Client, fake: FakeProvider) -> None:
    back = way_back(client)
    wrong = client.get(back[:-4] + "AAAA")
    assert wrong.status_code == 403
    assert exchange.NOT_STARTED[:30] in wrong.content.decode().replace("&#x27;", "'")
    assert client.get(back).status_code == 403
    assert inside(client) is None


def test_the_return_of_someone_else_is_refused(client: Client, fake: FakeProvider) -> None:
    """Whoever is sent someone's return does not enter as her."""
    back = way_back(client)
    assert Client().get(back).status_code == 403
    other = Client()
    other.get(START)
    assert other.get(back).status_code == 403


def test_a_code_already_used_is_refused(client: Client, fake: FakeProvider) -> None:
    back = way_back(client)
    fake.codes.clear()
    answer = client.get(back)
    assert answer.status_code == 403
    assert exchange.USED[:30] in answer.content.decode().replace("&#x27;", "'")


def test_a_return_replayed_after_signing_out_is_refused(client: Client, fake: FakeProvider) -> None:
    back = way_back(client)
    client.get(back)
    client.post("/gestion/connexion/quitter/")
    assert client.get(back).status_code == 403
    assert inside(client) is None


def test_a_code_of_another_sign_in_is_refused(client: Client, fake: FakeProvider) -> None:
    """A stolen code is worth nothing without the verifier of who began (PKCE)."""
    stolen = parse_qs(urlsplit(way_back(Client())).query)["code"][0]
    mine = parse_qs(urlsplit(way_back(client)).query)["state"][0]
    assert client.get(RETURN, {"code": stolen, "state": mine}).status_code == 403
    assert inside(client) is None


def test_a_return_that_waited_too_long_is_refused(client: Client, fake: FakeProvider, monkeypatch: Any) -> None:
    back = way_back(client)
    monkeypatch.setattr(exchange, "_WAITS_FOR", -1)
    assert client.get(back).status_code == 403


def test_a_return_that_names_another_issuer_is_refused(client: Client, fake: FakeProvider) -> None:
    assert client.get(f"{way_back(client)}&iss=https%3A%2F%2Failleurs.example").status_code == 403


def test_a_refusal_there_is_told_here(client: Client, fake: FakeProvider) -> None:
    state = parse_qs(urlsplit(way_back(client)).query)["state"][0]
    answer = client.get(RETURN, {"error": "access_denied", "error_description": "<b>non</b>", "state": state})
    assert answer.status_code == 403
    assert "abandonnée ou refusée" in answer.content.decode()
    assert "<b>non" not in answer.content.decode()

"""Leaving Parvis, and the identity provider."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from django.test import Client

from tests.fake_provider import FakeProvider
from tests.web.desk.sign_in.provider import inside, through


def test_leaving_offers_to_leave_there_too(client: Client, fake: FakeProvider) -> None:
    through(client)
    answer = client.post("/gestion/connexion/quitter/")
    found = re.search(r'href="(http://127[^"]+)"', answer.content.decode())
    assert found is not None
    query = parse_qs(urlsplit(found[1].replace("&amp;", "&")).query)
    assert query["post_logout_redirect_uri"] == ["http://localhost:8000/"]
    assert jwt.decode(query["id_token_hint"][0], options={"verify_signature": False})["sub"] == "ada-chez-eux"
    assert "no-store" in answer["Cache-Control"]
    assert inside(client) is None
    back = requests.get(found[1].replace("&amp;", "&"), allow_redirects=False, timeout=5).headers["Location"]
    assert client.get(back.removeprefix("http://localhost:8000")).status_code == 200


@pytest.mark.parametrize("place", [None, "http://ailleurs.example/end", "javascript:alert(1)"])
def test_leaving_offers_nothing_when_there_is_nowhere_safe(place: Any, client: Client, fake: FakeProvider) -> None:
    fake.discovery_changes = {"end_session_endpoint": place}
    through(client)
    assert client.post("/gestion/connexion/quitter/")["Location"] == "/"


def test_leaving_after_a_code_by_mail_speaks_of_no_provider(desk: Client, fake: FakeProvider) -> None:
    assert desk.post("/gestion/connexion/quitter/")["Location"] == "/"

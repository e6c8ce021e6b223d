"""What the tests of the identity provider share: the way there and back."""

from __future__ import annotations

from typing import Any

import requests
from django.test import Client

from parvis.people.models import ProviderIdentity

ENTRANCE, START = "/gestion/connexion/", "/gestion/connexion/fournisseur/"
RETURN, STEP = "/gestion/connexion/fournisseur/retour/", "/gestion/connexion/deux-etapes/"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def way_back(client: Client, address: str = START) -> str:
    """There, and what the provider sends the browser back to, without going."""
    there = client.get(address)["Location"]
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    return back.removeprefix("http://localhost:8000")


def through(client: Client, address: str = START) -> Any:
    """The whole way there and back."""
    return client.get(way_back(client, address))


def inside(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def refused(client: Client, why: str, status: int = 403) -> None:
    answer = through(client)
    page = answer.content.decode().replace("&#x27;", "'")
    assert answer.status_code == status
    assert why in page
    assert inside(client) is None
    assert not ProviderIdentity.objects.exists()

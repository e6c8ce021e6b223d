"""The provider that the settings name, and what it publishes about itself. Nothing is asked of it before a sign-in."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings

from parvis.core.errors import ParvisError

_log = logging.getLogger(__name__)
_TIMEOUT: Final = 5
"""Seconds to connect, and to wait between two pieces of an answer."""
_MOST: Final = 1024 * 1024


class ProviderAway(ParvisError):
    """It does not answer, or not as it should: nobody's fault here, and another way in stays open."""


@dataclass(frozen=True, slots=True)
class Provider:
    """`issuer` is the address it signs with. `second_factor` lists the `acr` values that count as one."""

    issuer: str
    client_id: str
    secret: str
    label: str
    scopes: str
    second_factor: tuple[str, ...]
    vouches_for_addresses: bool


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Its addresses, as it publishes them. `end_session` is empty when it has none."""

    authorization: str
    token: str
    userinfo: str
    keys: str
    end_session: str
    basic: bool


def configured_provider() -> Provider | None:
    """The provider of the settings, or None: then the sign-in page does not speak of it."""
    given: dict[str, Any] = settings.OIDC
    return Provider(**given) if given["issuer"] and given["client_id"] else None


def discover(provider: Provider) -> Endpoints:
    """Read its discovery document. Raises `ProviderAway` when it is not whole, or not its own."""
    document = ask("GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration").json
    if document.get("issuer") != provider.issuer:
        raise away(provider, "discovery names another issuer")
    endpoints = Endpoints(
        authorization=_safe(document.get("authorization_endpoint")),
        token=_safe(document.get("token_endpoint")),
        userinfo=_safe(document.get("userinfo_endpoint")),
        keys=_safe(document.get("jwks_uri")),
        end_session=_safe(document.get("end_session_endpoint")),
        basic="client_secret_post" not in document.get("token_endpoint_auth_methods_supported", ()),
    )
    if not all((endpoints.authorization, endpoints.token, endpoints.userinfo, endpoints.keys)):
        raise away(provider, "discovery lacks an address, or gives one in plain http")
    return endpoints


def _safe(address: object) -> str:
    """The address, if secrets may go there: https, or this very machine; else nothing."""
    parts = urlsplit(address if isinstance(address, str) else "")
    here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    return parts.geturl() if parts.scheme == "https" or here else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What it answered: `kind` is the media type, `json` the object it holds when it is one."""

    status: int
    kind: str
    body: bytes
    json: dict[str, Any]


def ask(method: str, address: str, *, takes: tuple[int, ...] = (200,), **what: Any) -> Answer:
    """One request, never redirected. Raises `ProviderAway` for a status not of `takes`, or too large an answer."""
    import requests

    try:
        with requests.request(
            method, address, timeout=_TIMEOUT, allow_redirects=False, stream=True, **what
        ) as answer:  # fmt: skip
            body = b""
            for piece in answer.iter_content(64 * 1024):
                body += piece
                if len(body) > _MOST:
                    raise away(None, "answer too large")
    except requests.RequestException as fault:
        raise away(None, f"no answer: {type(fault).__name__}") from None
    if answer.status_code not in takes:
        raise away(None, f"answer {answer.status_code}")
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Answer(answer.status_code, kind, body, _json(body) if kind == "application/json" else {})


def _json(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except ValueError:
        raise away(None, "answer is not JSON") from None
    if not isinstance(content, dict):
        raise away(None, "answer is not a JSON object")
    return content


def away(provider: Provider | None, why: str) -> ProviderAway:
    """The fault to raise; why goes to the technical log, which names nobody."""
    _log.warning("identity provider: %s", why)
    label = (provider or configured_provider() or _NOBODY).label
    return ProviderAway(
        f"{label} ne répond pas comme prévu en ce moment. Vous pouvez entrer tout de suite avec un code envoyé par "
        "courriel, ou réessayer plus tard."
    )


_NOBODY: Final = Provider("", "", "", "Le fournisseur d'identité", "", (), False)

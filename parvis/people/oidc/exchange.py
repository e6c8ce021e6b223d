"""The two halves of a sign-in: where the browser is sent, and what its return is worth."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import urlencode

from parvis.core.errors import RefusedInput
from parvis.people.oidc.provider import Endpoints, Provider, ask, away, discover
from parvis.people.oidc.tokens import refused, verify

_WAITS_FOR: Final = 10 * 60
_AGAIN: Final = "Rien n'est perdu : recommencez depuis la page de connexion."
NOT_STARTED: Final = f"Cette connexion n'a pas commencé ici, ou a trop attendu. {_AGAIN}"

USED: Final = f"Cette connexion a déjà servi, ou a trop attendu. {_AGAIN}"


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in under way, kept in the session: only who began it can end it."""

    state: str
    nonce: str
    verifier: str
    next: str
    at: float

    def as_session(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider vouches for. `second_factor`: it asked for one itself. `leave`: where to end its session."""

    subject: str
    email: str
    email_verified: bool
    second_factor: bool
    leave: str


def begin(provider: Provider, callback: str, *, next_page: str) -> tuple[str, Pending]:
    """Where to send the browser, and what to keep until it comes back."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    pending = Pending(state, nonce, verifier, next_page, time.time())
    digest = hashlib.sha256(pending.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": callback,
        "scope": provider.scopes,
        "state": pending.state,
        "nonce": pending.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    if provider.second_factor:  # wished, not required: without it, ours is asked
        asked["claims"] = json.dumps({"id_token": {"acr": {"values": list(provider.second_factor)}}})
    return f"{discover(provider).authorization}?{urlencode(asked)}", pending


def complete(
    provider: Provider, pending: dict[str, Any] | None, returned: dict[str, str], callback: str, home: str
) -> Identity:
    """Whom `returned` (the query of the return) is about. `pending` was taken out of the session: it serves once.

    Raises `RefusedInput` when it proves nothing, `ProviderAway` when the provider fails.
    """
    begun = _begun_here(pending, returned.get("state", ""))
    if returned.get("iss", provider.issuer) != provider.issuer:
        raise refused("the return names another issuer")
    if "error" in returned:
        raise RefusedInput("Vous n'êtes pas entré : la connexion a été abandonnée ou refusée chez le fournisseur.")
    if not returned.get("code"):
        raise refused("no code in the return")
    places = discover(provider)
    keys = ask("GET", places.keys).json
    tokens = _exchange(provider, places, returned["code"], begun, callback)
    claims = verify(str(tokens.get("id_token", "")), keys, provider, needs=("iat", "nonce"))
    if not secrets.compare_digest(str(claims["nonce"]).encode(), begun.nonce.encode()):
        raise refused("another nonce")
    person = _userinfo(provider, places, str(tokens.get("access_token", "")), keys)
    if person["sub"] != claims["sub"]:
        raise refused("userinfo is about someone else")
    return Identity(
        subject=claims["sub"],
        email=str(person.get("email", "")).strip().lower(),
        email_verified=person.get("email_verified") is True or provider.vouches_for_addresses,
        second_factor=claims.get("acr") in provider.second_factor,
        leave=_leave(places, str(tokens["id_token"]), home),
    )


def _begun_here(pending: dict[str, Any] | None, state: str) -> Pending:
    try:
        begun = Pending(**(pending or {}))
    except TypeError:
        raise RefusedInput(NOT_STARTED) from None
    if not secrets.compare_digest(begun.state.encode(), state.encode()) or time.time() - begun.at > _WAITS_FOR:
        raise RefusedInput(NOT_STARTED)
    return begun


def _exchange(provider: Provider, places: Endpoints, code: str, begun: Pending, callback: str) -> dict[str, Any]:
    """The code against the tokens, with the secret, and the proof that we are who asked (PKCE)."""
    grant = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": callback,
        "code_verifier": begun.verifier,
    }
    ours = {"client_id": provider.client_id, "client_secret": provider.secret}
    shown: dict[str, Any] = {"auth": tuple(ours.values())} if places.basic else {}
    answer = ask("POST", places.token, takes=(200, 400), data=grant if places.basic else grant | ours, **shown)
    if answer.json.get("error") == "invalid_grant":
        raise RefusedInput(USED)
    if answer.status != 200:
        raise away(provider, "the token endpoint refused us: look at PARVIS_OIDC_CLIENT_ID and PARVIS_OIDC_SECRET")
    return answer.json


def _userinfo(provider: Provider, places: Endpoints, access: str, keys: dict[str, Any]) -> dict[str, Any]:
    """Who it is, signed: an answer in plain JSON is refused, whoever gives it."""
    answer = ask("GET", places.userinfo, headers={"Authorization": f"Bearer {access}", "Accept": "application/jwt"})
    if answer.kind != "application/jwt":
        raise refused("userinfo is not signed")
    try:
        token = answer.body.decode("ascii").strip()
    except UnicodeDecodeError:
        raise away(provider, "userinfo is not text") from None
    return verify(token, keys, provider, needs=())


def _leave(places: Endpoints, id_token: str, home: str) -> str:
    if not places.end_session:
        return ""
    asked = {"id_token_hint": id_token, "post_logout_redirect_uri": home, "state": secrets.token_urlsafe(16)}
    return f"{places.end_session}?{urlencode(asked)}"

"""Answers of an identity provider that were forged, or tell something else than they should."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import jwt
import pytest
from django.test import Client

from tests.fake_provider import FakeProvider, ec_key, rsa_key
from tests.web.desk.sign_in.provider import refused


def unsigned(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, None, "none", headers={"kid": "rsa-0"})


def signed_with_the_public_key(claims: dict[str, Any]) -> str:
    """The old trick: an HMAC whose secret is the public key, by hand since PyJWT refuses to make one."""
    import hashlib
    import hmac

    def part(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    head = f"{part(json.dumps({'alg': 'HS256', 'kid': 'rsa-0'}).encode())}.{part(json.dumps(claims).encode())}"
    return f"{head}.{part(hmac.new(rsa_key().public_pem(), head.encode(), hashlib.sha256).digest())}"


def signed_by_another(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, rsa_key(1).private, "RS256", headers={"kid": "rsa-0"})


def signed_by_a_key_of_its_own(claims: dict[str, Any]) -> str:
    own = rsa_key(1)
    return jwt.encode(claims, own.private, "RS256", headers={"kid": "own", "jwk": own.published()})


def signed_under_another_name(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, rsa_key().private, "RS256", headers={"kid": "autre"})


def signed_under_no_name(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, rsa_key().private, "RS256")


def signed_with_an_algorithm_of_no_use(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, rsa_key().private, "RS512", headers={"kid": "rsa-0"})


def changed_after_signing(claims: dict[str, Any]) -> str:
    head, _, seal = rsa_key().sign(claims).split(".")
    body = base64.urlsafe_b64encode(json.dumps({**claims, "email": "x@exemple.fr"}).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{seal}"


FORGERIES = [
    unsigned, signed_with_the_public_key, signed_by_another, signed_by_a_key_of_its_own, changed_after_signing,
    signed_under_another_name, signed_under_no_name, signed_with_an_algorithm_of_no_use,
    lambda claims: "n'importe quoi", lambda claims: "",
]  # fmt: skip
WRONG_CLAIMS: list[dict[str, Any]] = [
    {"iss": "https://ailleurs.example"}, {"iss": None}, {"aud": "un-autre-site"}, {"aud": None},
    {"aud": ["un-autre-site", "parvis-essai"], "azp": "un-autre-site"}, {"exp": int(time.time()) - 3600}, {"exp": None},
    {"sub": None}, {"sub": ""}, {"sub": 12},
]  # fmt: skip


@pytest.mark.parametrize("forge", FORGERIES)
@pytest.mark.parametrize("which", ["sign_id_token", "sign_userinfo"])
def test_a_forged_answer_is_refused(forge: Any, which: str, client: Client, fake: FakeProvider) -> None:
    setattr(fake, which, forge)
    refused(client, "n'a pas pu être vérifiée")


@pytest.mark.parametrize("claims", WRONG_CLAIMS)
@pytest.mark.parametrize("which", ["id_token_changes", "userinfo_changes"])
def test_an_answer_with_wrong_claims_is_refused(
    claims: dict[str, Any], which: str, client: Client, fake: FakeProvider
) -> None:
    setattr(fake, which, claims)
    refused(client, "n'a pas pu être vérifiée")


@pytest.mark.parametrize("claims", [{"nonce": "un autre"}, {"nonce": None}, {"iat": None}])
def test_an_id_token_of_another_sign_in_is_refused(claims: dict[str, Any], client: Client, fake: FakeProvider) -> None:
    fake.id_token_changes = claims
    refused(client, "n'a pas pu être vérifiée")


def test_a_userinfo_about_someone_else_is_refused(client: Client, fake: FakeProvider) -> None:
    fake.userinfo_changes = {"sub": "quelqu-un-d-autre"}
    refused(client, "n'a pas pu être vérifiée")


def test_a_userinfo_in_plain_json_is_refused(client: Client, fake: FakeProvider) -> None:
    fake.userinfo_kind = "application/json"
    fake.sign_userinfo = json.dumps
    refused(client, "n'a pas pu être vérifiée")


def test_a_userinfo_that_does_not_say_it_is_signed_is_refused(client: Client, fake: FakeProvider) -> None:
    fake.userinfo_kind = "text/html"
    refused(client, "n'a pas pu être vérifiée")


def test_a_key_published_for_another_algorithm_is_refused(client: Client, fake: FakeProvider) -> None:
    fake.published = [ec_key()]
    fake.published[0].kid = "rsa-0"
    refused(client, "n'a pas pu être vérifiée")

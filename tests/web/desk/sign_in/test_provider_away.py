"""An identity provider that fails, is down, or says what cannot be."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.fake_provider import FakeProvider
from tests.web.desk.sign_in.provider import START, refused, way_back


@pytest.mark.parametrize("path", ["/token", "/userinfo", "/jwks"])
@pytest.mark.parametrize("status", [500, 302, 404])
def test_a_provider_that_fails_is_told_in_words(path: str, status: int, client: Client, fake: FakeProvider) -> None:
    fake.status[path] = status
    refused(client, "Essai Connect ne répond pas comme prévu", 503)


def test_a_provider_that_is_down_is_told_in_words(client: Client, fake: FakeProvider, settings: LazySettings) -> None:
    back = way_back(client)
    settings.OIDC = fake.settings(issuer="http://127.0.0.1:9")
    for answer in (client.get(back), client.get(START)):
        assert answer.status_code == 503
        assert "un code envoyé par courriel" in answer.content.decode()


@pytest.mark.parametrize(
    "changes",
    [{"issuer": "https://ailleurs.example"}, {"token_endpoint": "http://ailleurs.example/token"}, {"jwks_uri": None},
     {"userinfo_endpoint": 12}],
)  # fmt: skip
def test_a_discovery_that_is_not_right_is_not_followed(
    changes: dict[str, Any], client: Client, fake: FakeProvider
) -> None:
    fake.discovery_changes = changes
    assert client.get(START).status_code == 503


def test_a_wrong_secret_is_our_fault_and_says_so_in_the_log(
    client: Client, fake: FakeProvider, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.OIDC = fake.settings(secret="faux")
    refused(client, "ne répond pas comme prévu", 503)
    assert "PARVIS_OIDC_SECRET" in caplog.text
    assert "ada" not in caplog.text.lower()

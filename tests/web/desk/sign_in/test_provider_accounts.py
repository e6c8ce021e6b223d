"""Whom an identity provider opens to: an agent who is known, by an address that it vouches for."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from parvis.people.models import User
from parvis.people.operations import provider_identities
from tests.fake_provider import FakeProvider
from tests.web.desk.sign_in.provider import inside, refused, through


def test_an_unknown_address_opens_and_makes_nothing(client: Client, fake: FakeProvider) -> None:
    fake.person = {**fake.person, "email": "inconnue@exemple.fr"}
    refused(client, provider_identities.UNKNOWN)
    assert User.objects.count() == 1


@pytest.mark.parametrize("email", [None, "", 12, ["ada.lune@exemple.fr"]])
def test_no_address_opens_nothing(email: Any, client: Client, fake: FakeProvider) -> None:
    fake.person = {**fake.person, "email": email}
    refused(client, "vous n'êtes pas entré")


def test_a_closed_account_stays_closed(client: Client, fake: FakeProvider, admin: User) -> None:
    User.objects.filter(pk=admin.pk).update(is_active=False)
    refused(client, provider_identities.CLOSED)


def test_a_closed_account_already_linked_stays_closed(client: Client, fake: FakeProvider, admin: User) -> None:
    through(client)
    User.objects.filter(pk=admin.pk).update(is_active=False)
    other = Client()
    assert through(other).status_code == 403
    assert inside(other) is None


@pytest.mark.parametrize("verified", [None, False, "false", "true", 1])
def test_an_address_that_is_not_verified_opens_nothing(verified: Any, client: Client, fake: FakeProvider) -> None:
    fake.person = {**fake.person, "email_verified": verified}
    refused(client, provider_identities.UNVERIFIED)


def test_a_provider_that_vouches_for_addresses_without_saying_so(
    client: Client, fake: FakeProvider, settings: LazySettings
) -> None:
    settings.OIDC = fake.settings(vouches_for_addresses=True)
    fake.person = {**fake.person, "email_verified": None}
    assert through(client)["Location"] == "/gestion/"

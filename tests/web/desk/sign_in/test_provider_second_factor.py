"""The second factor, ours and the one that the identity provider asks."""

from __future__ import annotations

from django.conf import LazySettings
from django.test import Client

from parvis.core import clock
from parvis.people.models import User
from parvis.people.operations.second_factor import activate_second_factor
from parvis.people.second_factor.totp import code_at, counter_of
from tests.fake_provider import FakeProvider
from tests.web.desk.sign_in.provider import SECRET, STEP, inside, through


def enrol(user: User) -> None:
    now = clock.now()
    activate_second_factor(user, SECRET, code_at(SECRET, counter_of(now) - 1))


def test_ours_is_asked_when_the_provider_asked_for_none(client: Client, fake: FakeProvider, admin: User) -> None:
    enrol(admin)
    assert through(client)["Location"] == STEP
    assert inside(client) is None
    client.post(STEP, {"code": code_at(SECRET, counter_of(clock.now()))})
    assert inside(client) == str(admin.pk)


def test_ours_is_not_asked_again_when_the_provider_asked(client: Client, fake: FakeProvider, admin: User) -> None:
    enrol(admin)
    fake.acr = "double"
    assert through(client)["Location"] == "/gestion/"


def test_a_level_that_the_settings_do_not_name_is_not_enough(
    client: Client, fake: FakeProvider, admin: User, settings: LazySettings
) -> None:
    enrol(admin)
    settings.OIDC = fake.settings(second_factor=())
    fake.acr = "double"
    assert through(client)["Location"] == STEP


def test_a_required_second_factor_is_met_by_the_provider(
    client: Client, fake: FakeProvider, settings: LazySettings
) -> None:
    settings.REQUIRE_SECOND_FACTOR = ["administrator"]
    through(client)
    assert client.get("/gestion/")["Location"] == "/gestion/mon-acces/deux-etapes/activer/"
    fake.acr = "double"
    other = Client()
    through(other)
    assert other.get("/gestion/").status_code == 200

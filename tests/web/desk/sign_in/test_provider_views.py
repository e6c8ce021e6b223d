"""Sign-in through an identity provider: a real one, on the loopback, that signs its userinfo."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core import serializers
from django.core.cache import cache
from django.db import connection
from django.test import Client

from parvis.core.models import JournalEntry
from parvis.people.models import ProviderIdentity, User
from parvis.people.operations import provider_identities
from parvis.people.operations.erase_person import erase_person
from tests.fake_provider import FakeProvider, ec_key, rsa_key
from tests.places import Places, make_agent
from tests.web.desk.sign_in.provider import ENTRANCE, RETURN, START, inside, refused, through


def test_the_sign_in_page_speaks_of_it_only_when_it_is_set(client: Client, fake: FakeProvider, settings: Any) -> None:
    page = client.get(f"{ENTRANCE}?next=/gestion/territoires/").content.decode()
    assert f'href="{START}?next=%2Fgestion%2Fterritoires%2F">Entrer avec Essai Connect</a>' in page
    settings.OIDC = fake.settings(issuer="")
    assert START not in client.get(ENTRANCE).content.decode()
    assert [client.get(path).status_code for path in (START, RETURN)] == [404, 404]
    assert fake.asked == []


def test_an_agent_enters_and_is_linked(client: Client, fake: FakeProvider, admin: User) -> None:
    answer = through(client, f"{START}?next=/gestion/territoires/")
    assert answer["Location"] == "/gestion/territoires/"
    assert inside(client) == str(admin.pk)
    linked = ProviderIdentity.objects.get()
    assert (linked.user, linked.issuer, linked.subject) == (admin, fake.url, "ada-chez-eux")
    verbs = JournalEntry.objects.filter(subject=admin.journal_name).order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["link_identity", "sign_in"]


def test_what_is_asked_of_the_provider(client: Client, fake: FakeProvider) -> None:
    through(client)
    asked = dict(fake.asked)
    assert asked["/authorize"]["scope"] == "openid email"
    assert asked["/authorize"]["code_challenge_method"] == "S256"
    assert asked["/authorize"]["redirect_uri"] == f"http://localhost:8000{RETURN}"
    assert json.loads(asked["/authorize"]["claims"]) == {"id_token": {"acr": {"values": ["double"]}}}
    assert len({asked["/authorize"][name] for name in ("state", "nonce", "code_challenge")}) == 3
    assert min(len(asked["/authorize"][name]) for name in ("state", "nonce", "code_challenge")) >= 43


@pytest.mark.parametrize("methods", [["client_secret_basic"], None])
def test_the_secret_goes_as_the_provider_takes_it(methods: Any, client: Client, fake: FakeProvider) -> None:
    fake.discovery_changes = {"token_endpoint_auth_methods_supported": methods} if methods else {}
    assert through(client)["Location"] == "/gestion/"


def test_an_elliptic_key_is_taken(client: Client, fake: FakeProvider) -> None:
    fake.key, fake.published = ec_key(), [rsa_key(), ec_key()]
    assert through(client)["Location"] == "/gestion/"


def test_a_key_changed_between_two_sign_ins_is_taken(client: Client, fake: FakeProvider) -> None:
    through(client)
    fake.key, fake.published = rsa_key(1), [rsa_key(1)]
    other = Client()
    assert through(other)["Location"] == "/gestion/"
    fake.key = rsa_key(0)
    assert through(Client()).status_code == 403


def test_another_address_there_opens_the_same_account(client: Client, fake: FakeProvider, admin: User) -> None:
    through(client)
    fake.person = {**fake.person, "email": "ada.mariee@exemple.fr", "email_verified": False}
    other = Client()
    through(other)
    assert inside(other) == str(admin.pk)
    assert User.objects.count() == 1


def test_an_address_that_passes_to_someone_else_opens_nothing(client: Client, fake: FakeProvider) -> None:
    through(client)
    fake.person = {**fake.person, "sub": "homonyme"}
    other = Client()
    assert provider_identities.TAKEN[:40] in through(other).content.decode().replace("&#x27;", "'")
    assert inside(other) is None


def test_unlinked_from_my_access_then_matched_again(client: Client, fake: FakeProvider) -> None:
    through(client)
    assert "Délier ce compte" in client.get("/gestion/mon-acces/").content.decode()
    client.post("/gestion/mon-acces/compte/delier/")
    assert not ProviderIdentity.objects.exists()
    fake.person = {**fake.person, "sub": "nouveau"}
    assert through(Client())["Location"] == "/gestion/"
    assert ProviderIdentity.objects.get().subject == "nouveau"


def test_nothing_of_what_it_says_is_kept_but_the_subject(client: Client, fake: FakeProvider) -> None:
    through(client)
    kept = serializers.serialize("json", [*ProviderIdentity.objects.all(), *JournalEntry.objects.all()])
    assert "canari" not in kept
    assert "exemple.fr" not in kept


def test_erasing_the_agent_forgets_the_link(client: Client, fake: FakeProvider, admin: User, places: Places) -> None:
    through(client)
    make_agent(places.lune, name="Irène Lune")
    erase_person(None, admin.email)
    assert not ProviderIdentity.objects.exists()
    refused(Client(), provider_identities.UNKNOWN)


def test_next_never_leads_to_another_site(client: Client, fake: FakeProvider) -> None:
    assert through(client, f"{START}?next=https://ailleurs.example/")["Location"] == "/gestion/"


def test_who_is_already_inside_stays(desk: Client, fake: FakeProvider) -> None:
    assert desk.get(START)["Location"] == "/gestion/"
    assert desk.get(RETURN)["Location"] == "/gestion/"
    assert fake.asked == []


def test_forty_agents_of_one_office_enter_in_the_same_minute(places: Places, fake: FakeProvider) -> None:
    cache.clear()
    for number in range(40):
        agent = make_agent(places.lune)
        fake.person = {"sub": f"n{number}", "email": agent.email, "email_verified": True}
        assert through(Client())["Location"] == "/gestion/"


def test_no_table_holds_an_ip_address(client: Client, fake: FakeProvider) -> None:
    client.defaults["REMOTE_ADDR"] = "203.0.113.77"
    through(client)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "203.0.113.77" not in str(cursor.fetchall())
    assert "203.0.113.77" not in str(dict(client.session))

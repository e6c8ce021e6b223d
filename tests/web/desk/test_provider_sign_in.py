"""Sign-in through an identity provider: a real one, on the loopback, that signs its userinfo."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from django.conf import LazySettings
from django.core import serializers
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver

from parvis.cli.routes import all_routes
from parvis.core import clock
from parvis.core.access import declared_access
from parvis.core.guards import ReadOnlyGetMiddleware, WriteInGet
from parvis.core.models import JournalEntry
from parvis.people.models import ProviderIdentity, User
from parvis.people.oidc import exchange
from parvis.people.operations import provider_identities
from parvis.people.operations.erase_person import erase_person
from parvis.people.operations.second_factor import activate_second_factor
from parvis.people.second_factor.totp import code_at, counter_of
from tests.fake_provider import FakeProvider, ec_key, rsa_key, served
from tests.places import Places, make_agent

ENTRANCE, START = "/gestion/connexion/", "/gestion/connexion/fournisseur/"
RETURN, STEP = "/gestion/connexion/fournisseur/retour/", "/gestion/connexion/deux-etapes/"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def fake(admin: User, settings: LazySettings) -> Iterator[FakeProvider]:
    """It knows Ada, and the site trusts it."""
    person = {"sub": "ada-chez-eux", "email": "Ada.Lune@exemple.fr", "email_verified": True, "usual_name": "canari"}
    with served(FakeProvider(person=person)) as provider:
        settings.OIDC = provider.settings()
        yield provider


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


# --- what works


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


def test_erasing_the_agent_forgets_the_link(client: Client, fake: FakeProvider, admin: User) -> None:
    through(client)
    erase_person(None, admin.email)
    assert not ProviderIdentity.objects.exists()
    refused(Client(), provider_identities.UNKNOWN)


# --- the second factor


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


# --- leaving


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


# --- what is refused


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


# --- the provider is away


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


# --- around it


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


# --- the only GET that writes


def test_the_return_is_the_only_get_that_may_write() -> None:
    writers = [
        route.path for route in all_routes()
        if (access := declared_access(get_resolver().resolve(_filled(route.path)).func)) is not None and access.writes
    ]  # fmt: skip
    assert writers == [RETURN]


def _filled(path: str) -> str:
    path = re.sub(r"<uuid:\w+>", "5b0f6e3e-3c7a-4a52-8a3b-1d2c3b4a5f60", path)
    return re.sub(r"<\w+:\w+>", "1", path)


def _during(path: str, sql: str) -> HttpResponse:
    """Run `sql` where the view of `path` would run."""

    def view(request: HttpRequest) -> HttpResponse:
        request.resolver_match = get_resolver().resolve(path)
        with connection.cursor() as cursor:
            cursor.execute(sql)
        return HttpResponse()

    return ReadOnlyGetMiddleware(view)(RequestFactory().get(path))


def test_the_return_writes_in_three_tables_and_no_other(db: None) -> None:
    assert _during(RETURN, "UPDATE people_user SET name = '' WHERE 1 = 0").status_code == 200
    for sql in (
        "UPDATE people_role SET kind = '' WHERE 1 = 0",
        "UPDATE people_user_other SET kind = '' WHERE 1 = 0",
        "DELETE FROM people_user WHERE 1 = 0",
        "INSERT INTO mfa_authenticator (id) VALUES (1)",
    ):
        with pytest.raises(WriteInGet):
            _during(RETURN, sql)
    with pytest.raises(WriteInGet):
        _during(START, "UPDATE people_user SET name = '' WHERE 1 = 0")

"""A code by mail or a link, then a code of the telephone: no way in goes round the second."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import connection
from django.test import Client

from parvis.cli.routes import all_routes
from parvis.core import clock
from parvis.core.mailing.sender import send_all_due
from parvis.people.enums import RoleKind
from parvis.people.models import Role, User
from parvis.people.operations.second_factor import activate_second_factor, recovery_codes_of
from parvis.people.operations.sign_in_links import create_sign_in_link
from parvis.people.second_factor.state import has_second_factor
from parvis.people.second_factor.totp import code_at, counter_of
from tests.places import Places, make_agent
from tests.web.desk.conftest import signed_in

ENTRANCE, STEP = "/gestion/connexion/", "/gestion/connexion/deux-etapes/"
MINE, ACTIVATE = "/gestion/mon-acces/", "/gestion/mon-acces/deux-etapes/activer/"
CODES, FILE = "/gestion/mon-acces/codes-de-secours/", "/gestion/mon-acces/codes-de-secours.txt"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NOON = datetime.datetime(2026, 11, 3, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def code(steps: int = 0, secret: str = SECRET) -> str:
    return code_at(secret, counter_of(NOON) + steps)


@pytest.fixture
def enrolled(admin: User) -> User:
    activate_second_factor(admin, SECRET, code(-1))
    return admin


def inside(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def by_mail(client: Client, user: User, **more: str) -> str:
    """Through the code sent by mail; returns where it led."""
    client.post(ENTRANCE, {"email": user.email, **more})
    send_all_due()
    letters = [letter for letter in mail.outbox if letter.subject == "Votre code pour entrer dans Parvis"]
    received = str(letters[-1].body).split("\n\n")[2].strip()
    return str(client.post(f"{ENTRANCE}code/", {"code": received, **more})["Location"])


def by_link(client: Client, user: User) -> str:
    return str(client.post(f"/gestion/lien/{create_sign_in_link(user)}/")["Location"])


@pytest.mark.parametrize("way", [by_mail, by_link])
def test_each_way_in_asks_for_the_second_step(way, client: Client, enrolled: User) -> None:  # type: ignore[no-untyped-def]
    assert way(client, enrolled) == STEP
    assert inside(client) is None
    assert client.get("/gestion/")["Location"].startswith(ENTRANCE)
    assert client.post(STEP, {"code": "000000"}).status_code == 200
    assert inside(client) is None
    assert client.post(STEP, {"code": code()})["Location"] == "/gestion/"
    assert inside(client) == str(enrolled.pk)


def test_the_second_step_goes_where_one_was_going(client: Client, enrolled: User) -> None:
    assert by_mail(client, enrolled, next="/gestion/territoires/").startswith(STEP)
    assert client.post(STEP, {"code": code()})["Location"] == "/gestion/territoires/"


def test_the_second_step_takes_a_recovery_code(client: Client, enrolled: User) -> None:
    by_link(client, enrolled)
    assert client.post(STEP, {"code": recovery_codes_of(enrolled)[0]})["Location"] == "/gestion/"


def test_the_second_step_says_what_to_do_after_too_many_codes(client: Client, enrolled: User) -> None:
    by_link(client, enrolled)
    for _ in range(5):
        client.post(STEP, {"code": "000000"})
    page = client.post(STEP, {"code": code()}).content.decode()
    assert "attendez cinq minutes" in page
    assert inside(client) is None


def test_the_second_step_may_be_left_to_start_again(client: Client, enrolled: User, places: Places) -> None:
    by_link(client, enrolled)
    other = make_agent(places.lune)
    assert client.get(ENTRANCE).status_code == 200
    assert by_mail(client, other) == "/gestion/"
    assert inside(client) == str(other.pk)


def test_the_second_step_alone_opens_nothing(client: Client, enrolled: User) -> None:
    assert client.get(STEP)["Location"] == ENTRANCE
    assert client.post(STEP, {"code": code()})["Location"] == ENTRANCE
    assert inside(client) is None


def test_an_agent_without_it_is_not_asked(client: Client, admin: User) -> None:
    assert by_mail(client, admin) == "/gestion/"


def _secret_on(page: str) -> str:
    found = re.search(r'class="typed-key">([A-Z2-7 ]+)<', page)
    assert found is not None
    return found[1].replace(" ", "")


def test_activate_shows_a_drawing_and_the_same_key_until_it_works(desk: Client, admin: User) -> None:
    page = desk.get(ACTIVATE).content.decode()
    secret = _secret_on(page)
    assert '<svg role="img"' in page
    assert " style=" not in page
    assert f"secret={secret}" in page
    refused = desk.post(ACTIVATE, {"code": "12"})
    assert refused.status_code == 422
    assert _secret_on(refused.content.decode()) == secret
    assert desk.post(ACTIVATE, {"code": code(secret=secret)})["Location"] == CODES
    assert has_second_factor(admin)
    assert desk.get(ACTIVATE)["Location"] == MINE


def test_activate_closes_the_other_sessions_and_keeps_this_one(desk: Client, admin: User) -> None:
    elsewhere = signed_in(admin)
    secret = _secret_on(desk.get(ACTIVATE).content.decode())
    desk.post(ACTIVATE, {"code": code(secret=secret)})
    assert desk.get("/gestion/").status_code == 200
    assert elsewhere.get("/gestion/").status_code == 302


def test_recovery_codes_are_shown_until_put_away(desk: Client, admin: User) -> None:
    assert desk.get(CODES)["Location"] == MINE
    secret = _secret_on(desk.get(ACTIVATE).content.decode())
    desk.post(ACTIVATE, {"code": code(secret=secret)})
    spare = recovery_codes_of(admin)
    page, file = desk.get(CODES), desk.get(FILE)
    assert re.findall(r"<code>([\d ]+)</code>", page.content.decode()) == spare
    assert page["Cache-Control"] == "private, no-store"
    assert file["Content-Disposition"] == 'attachment; filename="codes-de-secours.txt"'
    assert file["Cache-Control"] == "private, no-store"
    assert file.content.decode().splitlines()[3:] == spare
    assert desk.post(CODES)["Location"] == "/gestion/"
    assert [desk.get(path)["Location"] for path in (CODES, FILE)] == [MINE, MINE]


def test_new_recovery_codes_and_deactivation_ask_for_a_code(client: Client, enrolled: User) -> None:
    by_link(client, enrolled)
    client.post(STEP, {"code": code()})
    former = recovery_codes_of(enrolled)
    assert client.post(f"{CODES}nouveaux/", {"code": "000000"}).status_code == 422
    assert recovery_codes_of(enrolled) == former
    assert client.post(f"{CODES}nouveaux/", {"code": code(1)})["Location"] == CODES
    fresh = recovery_codes_of(enrolled)
    assert fresh != former
    assert client.post(f"{MINE}deux-etapes/retirer/", {"code": former[0]}).status_code == 422
    assert has_second_factor(enrolled)
    assert client.post(f"{MINE}deux-etapes/retirer/", {"code": fresh[0]})["Location"] == MINE
    assert not has_second_factor(enrolled)
    assert client.get(f"{MINE}deux-etapes/retirer/")["Location"] == MINE


def test_a_required_role_sets_it_up_before_anything(settings: LazySettings, desk: Client, admin: User) -> None:
    settings.REQUIRE_SECOND_FACTOR = ["administrator", "coordinator"]
    tried = [
        each for each in all_routes()
        if each.signed_in and "GET" in each.methods and "<" not in each.path
        and each.path not in (ACTIVATE, f"{ENTRANCE}quitter/")
    ]  # fmt: skip
    assert len(tried) > 10
    assert {desk.get(each.path)["Location"] for each in tried} == {ACTIVATE}
    assert desk.post("/gestion/agents/", {"email": "x@exemple.fr"})["Location"] == ACTIVATE
    assert desk.get("/gestion/", headers={"HX-Request": "true"})["HX-Redirect"] == ACTIVATE
    assert "Votre rôle l'exige" in desk.get(ACTIVATE).content.decode().replace("&#x27;", "'")
    assert desk.get(f"{ENTRANCE}quitter/").status_code == 200
    secret = _secret_on(desk.get(ACTIVATE).content.decode())
    desk.post(ACTIVATE, {"code": code(secret=secret)})
    assert desk.get("/gestion/").status_code == 200


def test_every_page_of_the_desk_is_for_who_signed_in() -> None:
    """What the requirement holds: a page of agents that forgot `signed_in` would go round it."""
    outside = {each.path for each in all_routes() if each.path.startswith("/gestion/") and not each.signed_in}
    assert outside == {
        ENTRANCE, f"{ENTRANCE}code/", STEP, f"{ENTRANCE}compte-ferme/", "/gestion/lien/<str:token>/",
        "/gestion/courrier/", f"{ENTRANCE}fournisseur/", f"{ENTRANCE}fournisseur/retour/",
    }  # fmt: skip


def test_a_role_that_is_not_named_goes_on_without(settings: LazySettings, places: Places) -> None:
    settings.REQUIRE_SECOND_FACTOR = ["administrator"]
    assert signed_in(make_agent(places.lune, RoleKind.READER)).get("/gestion/").status_code == 200


def test_administrator_resets_an_agent_of_hers(desk: Client, admin: User, places: Places) -> None:
    lost = make_agent(places.vallieres, RoleKind.COORDINATOR, name="Zoé Perdu")
    activate_second_factor(lost, SECRET, code())
    address = f"/gestion/agents/{lost.code}/deux-etapes/"
    assert address in desk.get("/gestion/agents/").content.decode()
    assert "Zoé Perdu" in desk.get(address).content.decode()
    assert has_second_factor(lost)
    assert desk.post(address)["Location"] == "/gestion/agents/"
    assert not has_second_factor(lost)


def test_nobody_resets_an_agent_who_works_elsewhere_too(desk: Client, places: Places) -> None:
    other = make_agent(places.large)
    activate_second_factor(other, SECRET, code())
    Role.objects.create(user=other, territory=places.lune, kind=RoleKind.READER)
    assert desk.post(f"/gestion/agents/{other.code}/deux-etapes/").status_code == 404
    assert has_second_factor(other)
    assert other.email in desk.get("/gestion/agents/").content.decode()
    assert f"{other.code}/deux-etapes" not in desk.get("/gestion/agents/").content.decode()


def test_no_table_holds_an_ip_address_after_both_steps(client: Client, enrolled: User) -> None:
    client.defaults["REMOTE_ADDR"] = "203.0.113.77"
    by_mail(client, enrolled)
    client.post(STEP, {"code": "000000"})
    client.post(STEP, {"code": code()})
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "203.0.113.77" not in str(cursor.fetchall())
    assert "203.0.113.77" not in str(dict(client.session))

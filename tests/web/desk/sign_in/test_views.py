from __future__ import annotations

import copy
import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.core import clock
from parvis.core.mailing.sender import send_all_due
from parvis.core.models import MailContent, OutgoingMail
from parvis.core.sealing import unseal
from parvis.people.code_tries import note_failure, take_try
from parvis.people.models import User
from parvis.people.operations.sign_in_links import create_sign_in_link
from tests.places import Places, make_agent

ENTRANCE, CODE = "/gestion/connexion/", "/gestion/connexion/code/"


def _code_received() -> str:
    send_all_due()
    return str(mail.outbox[-1].body).split("\n\n")[2].strip()


def _session_user(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_sign_in_by_code_goes_where_one_was_going(client: Client, admin: User) -> None:
    answer = client.get("/gestion/territoires/")
    assert answer["Location"] == f"{ENTRANCE}?next=/gestion/territoires/"
    answer = client.post(ENTRANCE, {"email": "ADA.LUNE@exemple.fr", "next": "/gestion/territoires/"})
    assert answer["Location"] == f"{CODE}?next=%2Fgestion%2Fterritoires%2F"
    answer = client.post(answer["Location"], {"code": _code_received()})
    assert answer["Location"] == "/gestion/territoires/"
    assert _session_user(client) == str(admin.pk)


def test_sign_in_never_goes_to_another_site(client: Client, admin: User) -> None:
    client.post(ENTRANCE, {"email": admin.email, "next": "https://ailleurs.example/"})
    answer = client.post(CODE, {"code": _code_received(), "next": "https://ailleurs.example/"})
    assert answer["Location"] == "/gestion/"


def test_sign_in_with_a_wrong_code_three_times_starts_again(client: Client, admin: User) -> None:
    client.post(ENTRANCE, {"email": admin.email})
    code = _code_received()
    assert [client.post(CODE, {"code": "AAAA-AAAA"}).status_code for _ in range(3)] == [200, 200, 302]
    assert client.post(CODE, {"code": code})["Location"] == ENTRANCE
    assert _session_user(client) is None


def test_tries_are_counted_beside_the_session(client: Client, admin: User) -> None:
    """Requests sent together each write the session that they read before the others."""
    client.post(ENTRANCE, {"email": admin.email})
    code, asked = _code_received(), copy.deepcopy(dict(client.session.items()))
    for _ in range(3):
        client.post(CODE, {"code": "AAAA-AAAA"})
        session = client.session
        session.update(copy.deepcopy(asked))
        session.save()
    client.post(CODE, {"code": code})
    assert _session_user(client) is None


def test_a_stranger_who_types_wrong_codes_leaves_the_owner_hers(client: Client, admin: User, places: Places) -> None:
    client.post(ENTRANCE, {"email": admin.email})
    code = _code_received()
    for minute in range(1, 8):
        with clock.at(clock.now() + datetime.timedelta(minutes=minute)):
            for _ in range(3):
                stranger = Client()
                stranger.post(ENTRANCE, {"email": admin.email})
                for _ in range(3):
                    stranger.post(CODE, {"code": "AAAA-AAAA"})
    client.post(CODE, {"code": code})
    assert _session_user(client) == str(admin.pk)


def test_once_strangers_insist_a_code_is_tried_once(admin: User) -> None:
    for _ in range(30):
        note_failure(admin.email)
    careless = Client()
    careless.post(ENTRANCE, {"email": admin.email})
    code = _code_received()
    careless.post(CODE, {"code": "AAAA-AAAA"})
    careless.post(CODE, {"code": code})
    assert _session_user(careless) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_a_file")
def test_thirty_two_wrong_codes_at_once_are_three() -> None:
    taken = []

    def guess(_: int) -> None:
        try:
            taken.append(take_try("a@exemple.fr", "one"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(32) as pool:
        list(pool.map(guess, range(32)))
    assert sum(taken) == 3


def test_sign_in_answers_the_same_to_a_known_and_an_unknown_address(places: Places, admin: User) -> None:
    known, unknown = Client(), Client()
    answers = [
        (client.post(ENTRANCE, {"email": email}), client.get(CODE))
        for client, email in ((known, admin.email), (unknown, "zz.lune@exemple.fr"))
    ]
    send_all_due()
    assert len(mail.outbox) == 1
    (first, first_page), (second, second_page) = answers
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert _plain(first_page, admin.email) == _plain(second_page, "zz.lune@exemple.fr")
    assert unknown.post(CODE, {"code": "AAAA-AAAA"}).status_code == 200


def _plain(answer: Any, email: str) -> str:
    """A page without what changes at each request."""
    text = answer.content.decode().replace(email, "…")
    return "".join(part.split('"', 1)[-1] for part in text.split('name="csrfmiddlewaretoken" value="'))


def test_sign_in_queues_the_code_and_calls_no_server(
    client: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parvis.core.mailing.sender.open_link", pytest.fail)
    client.post(ENTRANCE, {"email": admin.email})
    queued = OutgoingMail.objects.get()
    assert (queued.lane, queued.state, queued.recipient, queued.about) == ("urgent", "waiting", admin.email, admin.code)


def test_the_code_waits_enciphered_and_goes_once_it_left(client: Client, admin: User) -> None:
    client.post(ENTRANCE, {"email": admin.email})
    sealed = MailContent.objects.get().sealed
    code = _code_received()
    assert code not in sealed
    assert code in str(unseal("parvis.mailing", sealed))
    assert (MailContent.objects.count(), OutgoingMail.objects.get().recipient) == (0, "")


def test_an_unknown_address_leaves_no_trace_once_the_queue_was_read(admin: User) -> None:
    Client().post(ENTRANCE, {"email": "zz.lune@exemple.fr"})
    assert [(each.recipient, each.about) for each in OutgoingMail.objects.all()] == [("", "")]
    send_all_due()
    assert (OutgoingMail.objects.count(), mail.outbox) == (0, [])


def test_sign_in_asks_as_many_queries_for_a_known_and_an_unknown_address(
    admin: User,
) -> None:
    counts = []
    for email in (admin.email, "personne@exemple.fr"):
        with CaptureQueriesContext(connection) as queries:
            Client().post(ENTRANCE, {"email": email})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_sign_in_limits_each_address_and_never_the_room(admin: User, places: Places) -> None:
    agents = [make_agent(places.lune) for _ in range(40)]
    for agent in agents:
        assert Client().post(ENTRANCE, {"email": agent.email}).status_code == 302
    assert [Client().post(ENTRANCE, {"email": admin.email}).status_code for _ in range(4)] == [302, 302, 302, 200]
    cache.clear()


def test_sign_in_may_be_asked_again_for_another_address(client: Client, admin: User) -> None:
    client.post(ENTRANCE, {"email": "mal.ecrit@exemple.fr"})
    assert client.get(ENTRANCE).status_code == 200
    client.post(ENTRANCE, {"email": admin.email})
    assert client.post(CODE, {"code": _code_received()})["Location"] == "/gestion/"


def test_sign_in_of_a_closed_account_gets_no_code(client: Client, admin: User) -> None:
    User.objects.filter(pk=admin.pk).update(is_active=False)
    client.post(ENTRANCE, {"email": admin.email})
    send_all_due()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "path", ["signup/", "password/reset/", "password/change/", "password/set/", "email/", "login/", "login/code/"]
)
def test_no_page_of_sign_up_or_password_answers(path: str, client: Client, db: None) -> None:
    assert client.get(ENTRANCE + path).status_code == 404


def test_no_table_holds_an_ip_address(client: Client, admin: User) -> None:
    client.post(ENTRANCE, {"email": admin.email}, REMOTE_ADDR="203.0.113.77")
    client.post(CODE, {"code": _code_received()}, REMOTE_ADDR="203.0.113.77")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "203.0.113.77" not in str(cursor.fetchall())
    assert "203.0.113.77" not in str(dict(client.session))


def test_sign_in_link_opens_by_a_press_and_once(client: Client, admin: User) -> None:
    address = f"/gestion/lien/{create_sign_in_link(admin)}/"
    for _ in range(3):
        assert client.get(address).status_code == 200
    assert _session_user(client) is None
    assert client.post(address)["Location"] == "/gestion/"
    assert _session_user(client) == str(admin.pk)
    assert Client().post(address).status_code == 410


def test_sign_in_link_of_an_unknown_token_is_refused_in_words(client: Client, db: None) -> None:
    answer = client.post("/gestion/lien/inconnu/")
    assert answer.status_code == 410
    assert "Demandez un nouveau code" in answer.content.decode()


def test_leave_asks_then_closes_the_session(desk: Client) -> None:
    assert desk.get("/gestion/connexion/quitter/").status_code == 200
    assert _session_user(desk) is not None
    desk.post("/gestion/connexion/quitter/")
    assert _session_user(desk) is None

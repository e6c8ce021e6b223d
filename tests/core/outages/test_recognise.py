"""Which errors are an outage, whatever page meets them, and what is answered."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, InternalError, OperationalError, ProgrammingError
from django.test import Client

from parvis.core.outages import breaker
from parvis.core.outages.probe import Health
from parvis.core.outages.recognise import is_outage, is_slow
from tests.places import make_agent, make_places


@pytest.fixture
def desk(client: Client) -> Client:
    """An agent's browser."""
    client.force_login(make_agent(make_places().lune))
    return client


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


OUTAGES = [
    OperationalError("database is locked"), OperationalError("database or disk is full"),
    OperationalError("attempt to write a readonly database"), OperationalError("unable to open database file"),
    OperationalError("disk I/O error"), DatabaseError("database disk image is malformed"),
    InterfaceError("connection already closed"),
    caused(OperationalError("deadlock detected"), psycopg.errors.DeadlockDetected()),
    caused(OperationalError("canceling statement"), psycopg.errors.QueryCanceled()),
    caused(OperationalError("No space left on device"), psycopg.errors.DiskFull()),
    caused(InternalError("cannot execute UPDATE"), psycopg.errors.ReadOnlySqlTransaction()),
]  # fmt: skip
FAULTS = [
    ProgrammingError("syntax error"), IntegrityError("UNIQUE constraint failed"), ValueError("no"), None,
    caused(InternalError("current transaction is aborted"), psycopg.errors.InFailedSqlTransaction()),
]  # fmt: skip


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread of an outage outlives a test."""
    monkeypatch.setattr(breaker, "note_outage", lambda error, writing: None)
    for module in ("views.errors", "middleware"):
        monkeypatch.setattr(f"parvis.web.public.{module}.note_outage", lambda error, writing: None)


@pytest.mark.parametrize("error", OUTAGES, ids=str)
def test_an_outage_is_recognised(error: Exception) -> None:
    assert is_outage(error)


@pytest.mark.parametrize("error", FAULTS, ids=str)
def test_a_fault_is_not_taken_for_an_outage(error: Exception | None) -> None:
    assert not is_outage(error)


@pytest.mark.parametrize("error", OUTAGES, ids=str)
def test_any_page_answers_503_and_says_when_to_come_back(
    error: Exception, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr("parvis.web.room.views.entrance.find_room", fail)
    client = Client(raise_request_exception=False)
    answer = client.post("/atelier/", {"code": "ABCDEF"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Le site ne peut rien enregistrer" in answer.content.decode()
    answer = client.post("/atelier/", {"code": "ABCDEF"}, headers={"Accept": "application/json"})
    assert (answer.status_code, "refusal" in answer.json()) == (503, True)


def test_what_fails_in_the_session_answers_503_too(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.save", fail)
    answer = Client(raise_request_exception=False).post("/atelier/", {"code": "ZZZZZZ"})
    assert answer.status_code == 503


def test_what_fails_for_programs_answers_503_in_json(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("parvis.web.api.outbox.participant_of_key", fail)
    answer = Client(raise_request_exception=False).post(
        "/api/v1/outbox", {}, "application/json", headers={"Authorization": "Bearer x"}
    )
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/json")


def test_while_it_is_down_everyone_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the `db` fixture a query would fail: none is made."""
    monkeypatch.setattr("parvis.web.public.middleware.seen_health", lambda: Health(reads=False, writes=False))
    assert Client().get("/").status_code == 503


@pytest.fixture
def reads_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parvis.web.public.middleware.seen_health", lambda: Health(reads=True, writes=False))


def test_while_nothing_can_be_written_pages_are_read_and_writes_refused_at_once(db: None, reads_only: None) -> None:
    assert Client().get("/").status_code == 200
    answer = Client().post("/atelier/", {"code": "ABCDEF"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def with_a_session_to_write(client: Client) -> None:
    session = client.session
    session["_messages"] = '[["__json_message", 0, 25, "Fait.", ""]]'
    session.save()


@pytest.mark.parametrize("error", OUTAGES, ids=str)
def test_a_page_is_shown_though_its_session_cannot_be_kept(
    error: Exception, db: None, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    with_a_session_to_write(desk)
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.save", fail)
    answer = desk.get("/gestion/")
    assert (answer.status_code, "Fait." in answer.content.decode()) == (200, True)


def test_no_session_is_written_while_it_would_wait(
    db: None, desk: Client, reads_only: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_session_to_write(desk)
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.save", pytest.fail)
    assert desk.get("/gestion/").status_code == 200


def test_a_refusal_that_costs_nothing_does_not_stop_the_others() -> None:
    assert not is_slow(OperationalError("database or disk is full")) or is_slow(OperationalError("database is locked"))
    locked = caused(OperationalError("lock"), psycopg.errors.LockNotAvailable())
    assert not is_slow(locked)

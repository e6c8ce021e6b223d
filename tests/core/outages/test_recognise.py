"""Which errors are an outage, whatever page meets them, and what is answered."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, InternalError, OperationalError, ProgrammingError
from django.test import Client

from parvis.core.outages import breaker
from parvis.core.outages.recognise import is_outage, is_slow


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
    monkeypatch.setattr(breaker, "note_outage", lambda error: None)
    monkeypatch.setattr("parvis.web.public.views.errors.note_outage", lambda error: None)


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
    assert "Le site ne peut pas répondre" in answer.content.decode()
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
    monkeypatch.setattr("parvis.web.public.middleware.is_down", lambda: True)
    assert Client().get("/").status_code == 503


def test_a_refusal_that_costs_nothing_does_not_stop_the_others() -> None:
    assert not is_slow(OperationalError("database or disk is full")) or is_slow(OperationalError("database is locked"))
    locked = caused(OperationalError("lock"), psycopg.errors.LockNotAvailable())
    assert not is_slow(locked)

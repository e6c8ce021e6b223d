"""The probe writes, is asked by any name of the site, and does not let a crowd write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from parvis.core.models import DatabaseProbe
from parvis.core.outages import probe


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    probe.forget_health()
    yield
    probe.forget_health()


def test_it_writes_a_row_and_only_one(db: None) -> None:
    for _ in range(2):
        assert Client().get("/sante").json() == {"ok": True, "state": "ouvert", "database": True, "writes": True}
        probe.forget_health()
    assert DatabaseProbe.objects.count() == 1


def test_asked_often_it_writes_once(db: None, django_assert_num_queries: Any) -> None:
    Client().get("/sante")
    with django_assert_num_queries(0):
        for _ in range(20):
            Client().get("/sante")


def test_a_write_refused_is_told(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> bool:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(probe, "_write", fail)
    answer = Client().get("/sante")
    told = {"ok": False, "state": "lecture seule", "database": True, "writes": False}
    assert (answer.status_code, answer.json()) == (503, told)


def test_it_answers_on_the_loopback_of_a_site_that_has_another_name(db: None, settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["parvis.exemple.fr"], True
    assert Client().get("/sante", headers={"Host": "127.0.0.1:8000"}).status_code == 200
    assert Client().get("/", headers={"Host": "127.0.0.1:8000"}).status_code in (301, 400)

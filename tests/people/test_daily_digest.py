"""The mail of the day: what waits for her, once, in the day, and only if she wants it."""

from __future__ import annotations

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connections

from parvis.core import clock
from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.sender import send_all_due
from parvis.core.models import OutgoingMail
from parvis.people.models import User
from parvis.people.operations.daily_digest import choose_digest, queue_digests

MORNING = datetime.datetime(2026, 11, 30, 8, 0, tzinfo=ZoneInfo("Europe/Paris"))
HANDS = 8


def something(user: User) -> Letter:
    return Letter(user.email, "Parvis : 1 chose vous attend", "– Un signalement")


def someone(name: str = "ada") -> User:
    return User.objects.create_user(f"{name}@exemple.fr", name=name)


@pytest.mark.django_db
def test_once_a_day_in_the_day_and_not_when_nothing_waits() -> None:
    someone()
    hours = datetime.timedelta(hours=1)
    sent = []
    for moment, write in [
        (MORNING - 2 * hours, something),  # at night
        (MORNING, something),
        (MORNING + hours, something),
        (MORNING + 24 * hours, lambda user: None),
        (MORNING + 25 * hours, something),  # that day was looked at
        (MORNING + 48 * hours, something),
    ]:
        with clock.at(moment):
            sent.append(queue_digests(write))
            send_all_due()
    assert sent == [0, 1, 0, 0, 0, 1]
    assert [letter.to for letter in mail.outbox] == [["ada@exemple.fr"]] * 2


@pytest.mark.django_db
def test_not_to_who_wants_none_nor_to_a_closed_account() -> None:
    wants_none, closed = someone("bea"), someone("zoe")
    choose_digest(wants_none, wanted=False)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    with clock.at(MORNING):
        assert queue_digests(something) == 0
        choose_digest(wants_none, wanted=True)
        assert queue_digests(something) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_a_file")
def test_processes_that_look_at_once_write_once() -> None:
    for name in ("ada", "bea", "zoe"):
        someone(name)
    start = threading.Barrier(HANDS)

    def write(user: User) -> Letter:
        if user.name == "ada":
            start.wait(timeout=30)  # all have read that she is due before one takes her
        return something(user)

    def look(_: int) -> Any:
        try:
            with clock.at(MORNING):
                return queue_digests(write)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as hands:
        assert sum(hands.map(look, range(HANDS))) == 3
    assert OutgoingMail.objects.count() == 3

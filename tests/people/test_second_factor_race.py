"""Eight hands with one code: one enters. Real threads, a real file."""

from __future__ import annotations

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections

from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.people.models import User
from parvis.people.operations.second_factor import (
    MOST_FAILURES,
    activate_second_factor,
    check_second_factor,
    recovery_codes_of,
)
from parvis.people.second_factor.totp import code_at, counter_of
from tests.places import make_agent

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 8
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
NOON = datetime.datetime(2026, 11, 3, 12, 0, tzinfo=datetime.UTC)


def race(user: User, code: str) -> int:
    """How many of eight hands entered with `code`."""
    start = threading.Barrier(HANDS)

    def hand(_: int) -> bool:
        try:
            start.wait(timeout=30)
            with clock.at(NOON):
                check_second_factor(user, code)
        except RefusedInput:
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as hands:
        return sum(hands.map(hand, range(HANDS)))


def enrolled() -> User:
    user = make_agent(None)
    with clock.at(NOON):
        activate_second_factor(user, SECRET, code_at(SECRET, counter_of(NOON) - 1))
    return user


@pytest.mark.usefixtures("on_a_file")
def test_one_code_opens_once_to_eight_hands() -> None:
    user = enrolled()
    assert race(user, code_at(SECRET, counter_of(NOON))) == 1


@pytest.mark.usefixtures("on_a_file")
def test_one_recovery_code_opens_once_to_eight_hands() -> None:
    user = enrolled()
    assert race(user, recovery_codes_of(user)[0]) == 1


@pytest.mark.usefixtures("on_a_file")
def test_eight_hands_do_not_try_more_than_five_codes() -> None:
    user = enrolled()
    assert race(user, "000000") == 0
    assert len(Authenticator.objects.get(user=user, type="totp").data["failures"]) == MOST_FAILURES

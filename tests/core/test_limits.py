"""Limits are never passed, however many ask at once, and leave no name in the database."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from parvis.core import clock
from parvis.core.limits import Limit
from parvis.core.models import Count

THREE = Limit("three", most=3, seconds=60)
MOMENT = datetime.datetime(2026, 3, 4, 10, 0, 30, tzinfo=datetime.UTC)


def test_after_as_many_as_allowed_none_until_the_next_window(db: None) -> None:
    with clock.at(MOMENT):
        assert [THREE.take("a") for _ in range(5)] == [True, True, True, False, False]
        assert (THREE.is_reached("a"), THREE.is_reached("b")) == (True, False)
        assert THREE.take("b")
    with clock.at(MOMENT + datetime.timedelta(seconds=60)):
        assert THREE.take("a")


def test_nothing_of_what_is_counted_can_be_read(db: None) -> None:
    THREE.take("zoe.lune@exemple.fr")
    assert "zoe" not in str(list(Count.objects.values_list()))


def test_what_is_undone_is_not_counted(db: None) -> None:
    with transaction.atomic():
        THREE.take("a")
        transaction.set_rollback(True)
    with clock.at(MOMENT):
        assert [THREE.take("a") for _ in range(3)] == [True, True, True]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_a_file")
def test_thirty_two_at_once_are_counted_one_by_one() -> None:
    def take(_: int) -> bool:
        try:
            with clock.at(MOMENT):
                return THREE.take("a")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(32) as pool:
        assert sum(pool.map(take, range(32))) == 3

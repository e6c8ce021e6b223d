"""The embedded database: writers of one process wait for their turn, and hold nothing while they wait."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction

from parvis.core import clock
from parvis.core.models import JournalEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_a_file")]


@pytest.fixture(autouse=True)
def impatient(on_a_file: None) -> Iterator[None]:
    """What would wait for ever gives up after a second."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has its own turns")
    settings = connection.settings_dict
    kept = settings["OPTIONS"]
    settings["OPTIONS"] = kept | {"timeout": 1}
    yield
    settings["OPTIONS"] = kept


@pytest.fixture
def elsewhere() -> Iterator[Callable[[Callable[[], Any]], Future[Any]]]:
    """Runs in another thread, with a connection of its own."""
    with ThreadPoolExecutor(1) as pool:
        yield lambda job: pool.submit(job)
        pool.submit(connections.close_all)


def write(subject: str) -> None:
    with transaction.atomic():
        JournalEntry.objects.create(at=clock.now(), actor="", verb="test", subject=subject, values={})


def written() -> list[str]:
    return list(JournalEntry.objects.order_by("subject").values_list("subject", flat=True))


def test_who_waits_for_a_turn_holds_no_connection(elsewhere: Callable[[Callable[[], Any]], Future[Any]]) -> None:
    """The one who writes drops a cursor of the one who waits, as garbage collection does: neither stops the other."""
    cursors: list[Any] = []

    def leave_a_cursor() -> None:
        cursors.append(connection.cursor())
        cursors[0].execute("SELECT 1")

    elsewhere(leave_a_cursor).result()
    with transaction.atomic():
        write("first")
        waiting = elsewhere(lambda: write("second"))
        threading.Event().wait(0.2)  # time for the other to be waiting
        cursors.clear()
    waiting.result()
    assert written() == ["first", "second"]


def test_a_turn_is_given_back_whatever_ends_the_transaction(
    elsewhere: Callable[[Callable[[], Any]], Future[Any]],
) -> None:
    write("committed")
    elsewhere(lambda: write("after a commit")).result()
    with transaction.atomic():
        write("undone")
        transaction.set_rollback(True)
    elsewhere(lambda: write("after a rollback")).result()
    with transaction.atomic():
        connection.close()
    elsewhere(lambda: write("after a close")).result()
    assert written() == ["after a close", "after a commit", "after a rollback", "committed"]


def test_a_turn_that_does_not_come_is_refused_and_can_be_asked_again(
    elsewhere: Callable[[Callable[[], Any]], Future[Any]],
) -> None:
    with transaction.atomic():
        write("first")
        with pytest.raises(OperationalError):
            elsewhere(lambda: write("second")).result()
    elsewhere(lambda: write("third")).result()
    assert written() == ["first", "third"]

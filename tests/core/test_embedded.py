"""The embedded database: writers of one process wait for their turn, and hold nothing while they wait."""

from __future__ import annotations

import datetime
import decimal
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction

from bench.embedded import HIDES_WHEEL
from bench.places import ROOT
from parvis.core import clock
from parvis.core.embedded import base, driver
from parvis.core.models import JournalEntry
from tests.cli.parvis_command import parvis

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


def test_who_uses_the_driver_finds_what_django_gives_and_takes() -> None:
    """The adapters and converters, both ways of naming values, and a word that holds a percent sign."""
    moment = datetime.datetime(2026, 11, 28, 21, 5, 30, 123456)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE kinds (d date, t datetime, b bool, n text)")
        row = (moment.date(), moment, True, decimal.Decimal("1.50"))
        cursor.execute("INSERT INTO kinds VALUES (%s, %s, %s, %s)", row)
        cursor.executemany("INSERT INTO kinds (n) VALUES (%s)", iter([("a%b",), ("c",)]))
        cursor.execute("SELECT d, t, b, n FROM kinds WHERE n = %(n)s", {"n": "1.50"})
        assert cursor.fetchone() == (moment.date(), moment, True, "1.50")
        cursor.execute("SELECT n FROM kinds WHERE n LIKE 'a%%' AND n = %s", ["a%b"])
        assert cursor.fetchone() == ("a%b",)


def test_a_refusal_of_sqlite_is_one_that_django_knows() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO core_journalentry (id) VALUES (NULL)")


@pytest.mark.parametrize(
    ("version", "safe"),
    [((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 6), False),
     ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 53, 4), True)],
)  # fmt: skip
def test_the_write_ahead_log_is_used_only_where_it_was_mended(version: tuple[int, ...], safe: bool) -> None:
    assert driver._is_safe(version) is safe


@pytest.mark.parametrize("wheel", [True, False])
def test_the_journal_is_that_of_the_library(tmp_path: Path, wheel: bool) -> None:
    """With the wheel and without it: a file written by the one is opened by the other, and by the one again."""
    hidden = {} if wheel else {"PYTHONPATH": os.pathsep.join([HIDES_WHEEL, str(ROOT)])}
    script = (
        "from django.db import connection as c; from parvis.core.embedded.driver import sqlite, WAL_IS_SAFE as s\n"
        "k = c.cursor(); q = lambda w: k.execute('PRAGMA ' + w).fetchone()[0]\n"
        "print(sqlite.__name__.split('.')[0], q('journal_mode') == ('wal' if s else 'truncate'), q('synchronous'),"
        " q('secure_delete'), q('foreign_keys'))"
    )
    for environment in (hidden, {}, hidden):
        done = parvis(tmp_path, "verify", **environment)
        assert done.returncode == 0, done.stderr
    told = parvis(tmp_path, "manage", "shell", "-v", "0", "-c", script, **hidden).stdout.split()
    has_wheel = driver.sqlite.__name__.startswith("pysqlite3")
    assert told == ["pysqlite3" if wheel and has_wheel else "sqlite3", "True", "2", "1", "1"]


def test_readers_do_not_wait_for_who_writes(elsewhere: Callable[[Callable[[], Any]], Future[Any]]) -> None:
    if not driver.WAL_IS_SAFE:
        pytest.skip("the rollback journal makes them wait")
    write("before")
    with transaction.atomic():
        write("not yet")
        assert elsewhere(written).result() == ["before"]


def test_a_turn_and_another_program_are_waited_for_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was waited for a turn is taken off what SQLite waits for another program; then all of it is given back."""
    connection.ensure_connection()
    clocked, given = iter([100.0, 100.75, 200.0, 201.5, 300.0, 300.1]), list[int]()
    monkeypatch.setattr(base, "time", SimpleNamespace(monotonic=lambda: next(clocked)))
    monkeypatch.setattr(connection, "_take_turn", lambda: None)
    wait_inside = connection._wait_inside  # type: ignore[attr-defined]

    def noted(seconds: float) -> None:
        wait_inside(seconds)
        given.append(connection.connection.execute("PRAGMA busy_timeout").fetchone()[0])

    monkeypatch.setattr(connection, "_wait_inside", noted)
    for _ in range(3):
        with transaction.atomic():
            pass
    assert given == [250, 1000, 0, 1000]

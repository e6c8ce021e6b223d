"""What was erased leaves the bytes of the database: its file, its journal, the files of the tables; and the cache."""

from __future__ import annotations

import datetime
import random
import threading
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from parvis.cli.main import main
from parvis.consultations.models import Contribution
from parvis.core import clock, erasure
from parvis.core.embedded.base import DatabaseWrapper
from parvis.core.errors import RefusedInput
from parvis.people.operations.erase_person import erase_contact, erase_person
from parvis.publishing.operations.erase_contribution import erase_contribution
from parvis.sheets.models import Opinion
from parvis.sheets.operations.moderate_comments import erase_comment
from tests.erased import files_of, places_of
from tests.sheets.scene import Sheets, make_sheets

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_a_file")]
CANARY = "zebulon"
embedded_only = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL rewrites its tables at night")


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@transaction.atomic
def much(world: Sheets) -> list[Contribution]:
    """Texts that grow, shrink and go, so that rows move from page to page; the canary is in each of those returned."""
    dice = random.Random(1)
    rows = [
        Contribution.objects.create(
            consultation=world.consultation, theme=world.scene.jobs, kind="challenge", text="", origin="imported"
        )
        for _ in range(200)
    ]
    for row in dice.choices(rows, k=1000):
        row.text = f"{CANARY}{row.pk} " * dice.randint(1, 15)
        row.save()
    return rows


def erase_all(rows: list[Contribution]) -> None:
    """In one transaction, as for a person."""
    with transaction.atomic():
        for row in rows:
            erase_contribution(None, row)


@embedded_only
def test_erased_contributions_leave_no_byte(world: Sheets) -> None:
    rows = much(world)
    assert files_of(CANARY) != []
    erase_all(rows)
    assert (places_of(CANARY), files_of(CANARY)) == ([], [])


@embedded_only
def test_erased_contact_leaves_no_byte(world: Sheets) -> None:
    contact = world.participant(world.caf, name=CANARY).contact
    assert contact is not None
    assert files_of(CANARY) != []
    erase_contact(None, contact)
    assert (places_of(CANARY), files_of(CANARY)) == ([], [])


@embedded_only
def test_erased_person_leaves_no_byte(world: Sheets) -> None:
    someone = world.participant(world.caf)
    assert someone.contact is not None
    world.opine(someone, world.permis, "adapt", comment=f"{CANARY} dit")
    erase_person(None, someone.contact.email)
    assert (places_of(CANARY), files_of(CANARY, someone.contact.email)) == ([], [])


@embedded_only
def test_erased_comment_leaves_no_byte(world: Sheets) -> None:
    world.opine(world.participant(world.caf), world.permis, "adapt", comment=f"{CANARY} dit")
    erase_comment(world.scene.chloe, Opinion.objects.get())
    assert (places_of(CANARY), files_of(CANARY)) == ([], [])


@pytest.mark.parametrize("erased", ["contact", "person", "comment", "contribution", "all she wrote"])
def test_every_operation_that_erases_writes_the_file_again_once(
    world: Sheets, monkeypatch: pytest.MonkeyPatch, erased: str
) -> None:
    """A small base may keep no byte by luck: what is counted is the rewriting, not its effect."""
    someone = world.participant(world.caf)
    assert someone.contact is not None
    world.opine(someone, world.permis, "adapt", comment="Un avis")
    (row, *_) = much(world)
    written: list[str] = []
    monkeypatch.setattr(erasure, "_wipe_soon", lambda: written.append(erased))
    if erased == "contact":
        erase_contact(None, someone.contact)
    elif erased == "all she wrote":
        Contribution.objects.update(participant=someone)
        erase_contact(None, someone.contact)
    elif erased == "person":
        erase_person(None, someone.contact.email)
    elif erased == "comment":
        erase_comment(world.scene.chloe, Opinion.objects.get())
    else:
        erase_contribution(None, row)
    assert written == [erased]


def test_an_erasure_that_fails_wipes_nothing(world: Sheets, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(DatabaseWrapper, "write_anew", lambda *_: written.append("again"))
    row = much(world)[0]
    with pytest.raises(Contribution.DoesNotExist):
        erase_all([row, Contribution()])
    assert written == []


@embedded_only
def test_a_large_database_waits_for_the_purge(world: Sheets, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted too: whether a byte stays until then is a matter of luck."""
    written: list[str] = []
    monkeypatch.setattr(DatabaseWrapper, "write_anew", lambda *_: written.append("again"))
    monkeypatch.setattr(erasure, "_AT_ONCE", 0)
    erase_all(much(world))
    assert written == []
    monkeypatch.setattr(erasure, "_AT_ONCE", 150 * 1024 * 1024)
    erase_all(
        [
            Contribution.objects.create(
                consultation=world.consultation,
                theme=world.scene.jobs,
                kind="challenge",
                text=CANARY,
                origin="imported",
            )
        ]
    )
    assert written == ["again"]


def test_purge_leaves_no_byte_of_anything_erased_before(world: Sheets, monkeypatch: pytest.MonkeyPatch) -> None:
    """On both databases. What was being corrected, and could be undone, goes with the rest."""
    monkeypatch.setattr("parvis.cli.purge.ready_project", lambda: None)
    monkeypatch.setattr(erasure, "_AT_ONCE", 0)
    rows = much(world)
    minutes = world.scene.draft()
    minutes.changes.create(verb="edit", label="Texte", before={"x": {"text": CANARY}})
    erase_all(rows)
    with clock.at(datetime.datetime(2999, 1, 1, 12, tzinfo=datetime.UTC)):
        assert main(["purge", "--before", "2999-01-01"]) == 0
    assert (places_of(CANARY), files_of(CANARY)) == ([], [])


def test_the_cache_forgets_too(world: Sheets) -> None:
    """A file of a report is kept there for a quarter of an hour."""
    cache.set("report-file", CANARY)
    assert places_of(CANARY) == ["cache"]
    erase_contribution(None, much(world)[0])
    assert cache.get("report-file") is None


@pytest.fixture
def write_ahead() -> Iterator[None]:
    """The other journal, the one of a recent SQLite."""
    if connection.vendor != "sqlite":
        pytest.skip("a journal of SQLite")
    settings = connection.settings_dict
    former = settings["OPTIONS"]
    connection.close()
    settings["OPTIONS"] = former | {"init_command": "PRAGMA journal_mode=WAL;PRAGMA secure_delete=ON;", "timeout": 1}
    yield
    settings["OPTIONS"] = former


def test_the_write_ahead_log_is_emptied_once_its_reader_is_gone(world: Sheets, write_ahead: None) -> None:
    reads, leaves, left = threading.Event(), threading.Event(), threading.Event()

    def read() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM consultations_contribution")
            cursor.fetchone()
            reads.set()
            leaves.wait(30)
        connection.close()
        left.set()

    rows = much(world)
    reader = threading.Thread(target=read)
    reader.start()
    reads.wait(30)
    erase_all(rows)
    assert [name.rpartition("-")[2] for name in files_of(CANARY)] == ["wal"]
    with pytest.raises(RefusedInput, match="relancez"):
        erasure.wipe(patience=0.2)
    leaves.set()
    left.wait(30)
    reader.join()
    erasure.wipe()
    assert (places_of(CANARY), files_of(CANARY)) == ([], [])


@pytest.fixture
def snapshot() -> Iterator[threading.Event]:
    """A transaction that began before, reads no table that is erased, and lasts until the event is set."""
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL keeps what a snapshot may read")
    begun, leaves = threading.Event(), threading.Event()

    def look() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_current_snapshot()")
            begun.set()
            leaves.wait(30)
        connection.close()

    reader = threading.Thread(target=look)
    reader.start()
    begun.wait(30)
    yield leaves
    leaves.set()
    reader.join()


def test_tables_are_written_again_until_nobody_may_read_what_was_erased(snapshot: threading.Event) -> None:
    """An `ANALYZE`, the server's own included, takes such a snapshot. The session then waits for locks as before."""
    erase_all(much(make_sheets()))
    with pytest.raises(RefusedInput, match="relancez"):
        erasure.wipe(patience=0.2)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
    threading.Timer(0.7, snapshot.set).start()
    erasure.wipe()
    assert (places_of(CANARY), files_of(CANARY)) == ([], [])


@embedded_only
def test_what_is_overwritten_is_blanked() -> None:
    """Until the file is written again: a large one waits for the night."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)

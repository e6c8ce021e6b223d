"""What has no reason to be kept goes with `parvis purge`."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.sessions.models import Session

from parvis.cli.main import main
from parvis.core import clock
from parvis.meetings.models import NoteVersion
from parvis.meetings.operations.room.running import close_room
from tests.meetings.room.scene import make_room

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parvis.cli.purge.ready_project", lambda: None)


def purge_in_a_thousand_years() -> None:
    with clock.at(datetime.datetime(2999, 1, 1, 12, tzinfo=datetime.UTC)):
        assert main(["purge", "--before", "2999-01-01"]) == 0


def test_a_day_to_come_is_refused_and_ends_no_session(capsys: pytest.CaptureFixture[str]) -> None:
    """Sessions that end before it are open today: everyone would be put out."""
    Session.objects.create(session_key="open", session_data="", expire_date=clock.now() + datetime.timedelta(hours=1))
    assert main(["purge", "--before", str(clock.today() + datetime.timedelta(days=2))]) == 2
    assert "à venir" in capsys.readouterr().err
    assert Session.objects.count() == 1


@pytest.mark.django_db(transaction=True)  # PostgreSQL writes its tables again outside any transaction
def test_words_of_a_note_that_never_came_go_once_its_room_is_closed_for_long() -> None:
    room = make_room()
    note = room.note(room.phone, "Le bus")
    never = room.note_op("Le car")["op_id"]
    room.do(room.phone, "edit", of=never, text="Le car du soir")
    purge_in_a_thousand_years()
    assert NoteVersion.objects.count() == 2
    close_room(room.scene.bob, room.board)
    main(["purge", "--before", "2000-01-01"])
    assert NoteVersion.objects.count() == 2
    purge_in_a_thousand_years()
    assert [str(version.reference) for version in NoteVersion.objects.all()] == [note]

"""What has no reason to be kept goes with `parvis purge`."""

from __future__ import annotations

import pytest

from parvis.cli.main import main
from parvis.meetings.models import NoteVersion
from parvis.meetings.operations.room.running import close_room
from tests.meetings.room.scene import make_room

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parvis.cli.purge.ready_project", lambda: None)


@pytest.mark.django_db(transaction=True)  # PostgreSQL writes its tables again outside any transaction
def test_words_of_a_note_that_never_came_go_once_its_room_is_closed_for_long() -> None:
    room = make_room()
    note = room.note(room.phone, "Le bus")
    never = room.note_op("Le car")["op_id"]
    room.do(room.phone, "edit", of=never, text="Le car du soir")
    main(["purge", "--before", "2999-01-01"])
    assert NoteVersion.objects.count() == 2
    close_room(room.scene.bob, room.board)
    main(["purge", "--before", "2000-01-01"])
    assert NoteVersion.objects.count() == 2
    main(["purge", "--before", "2999-01-01"])
    assert [str(version.reference) for version in NoteVersion.objects.all()] == [note]

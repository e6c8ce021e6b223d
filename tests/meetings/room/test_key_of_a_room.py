"""The key of a phone opens its room and nothing else; a room is told no more than all of it may read."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from parvis.consultations.enums import Audience
from parvis.consultations.models import Theme
from parvis.consultations.outbox import ROOM_ONLY
from parvis.gathering.room.snapshot import RoomAudience, room_snapshot
from parvis.meetings.models import Seat
from parvis.meetings.operations.room.entering import UNKNOWN
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.meetings.operations.room.running import open_room
from parvis.sheets.enums import SheetState
from parvis.sheets.models import ActionSheet, Opinion
from tests.meetings.room.scene import Room, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return make_room()


def op(kind: str, **body: Any) -> dict[str, Any]:
    return {"op_id": str(uuid.uuid4()), "seq": 1, "kind": kind, **body}


def test_a_phone_gives_no_opinion_and_writes_no_contribution(room: Room) -> None:
    sheet = ActionSheet.objects.create(
        consultation=room.scene.consultation, number=1, title="Le permis", state=SheetState.READY
    )
    note = {"text": "Ailleurs", "contribution_kind": "challenge", "theme": room.scene.jobs.code}
    for who in (room.phone, room.secretary):
        for sent in (op("opinion", sheet=sheet.code, value="adapt"), op("note", **note)):
            result = room.send(who, sent)[0]
            assert (result.status, result.detail) == ("rejected", ROOM_ONLY)
    assert not Opinion.objects.exists()
    assert room.do(room.phone, "note", **note).status == "applied"


def test_a_phone_does_not_sit_in_another_room(room: Room) -> None:
    meeting = room.scene.other_meeting()
    other = prepare_board(room.scene.bob, meeting, BoardPlan(steps=AGENDAS[DEFAULT_AGENDA]))
    open_room(room.scene.bob, other)
    note = room.note_op() | {"room": other.room}
    assert room.send(room.phone, note)[0].detail == UNKNOWN
    assert not Seat.objects.filter(board=other, participant=room.phone).exists()
    assert room.send(room.invited, room.note_op() | {"room": other.room})[0].status == "applied"


@pytest.mark.parametrize("chosen", [True, False])
def test_themes_closed_to_a_room_are_neither_named_nor_written_on(room: Room, chosen: bool) -> None:
    closed = [
        Theme.objects.create(consultation=room.scene.consultation, name=name, slug=name, audience=audience)
        for name, audience in (("securite", Audience.RESTRICTED), ("interne", Audience.TEAM))
    ]
    if chosen:
        room.scene.meeting.themes.add(*closed)
    else:
        room.scene.meeting.themes.clear()
    for audience in RoomAudience:
        names = {theme["name"] for theme in room_snapshot(room.board, audience)["themes"]}
        assert {"securite", "interne"} & names == set()
    assert room.do(
        room.phone, "note", text="Tu", contribution_kind="challenge", theme=closed[0].code
    ).status == "rejected"  # fmt: skip
    room.scene.meeting.audience = Audience.RESTRICTED
    room.scene.meeting.save()
    room.board.refresh_from_db()
    names = {theme["name"] for theme in room_snapshot(room.board, RoomAudience.ROOM)["themes"]}
    assert {"securite", "interne"} & names == {"securite"}


def test_a_sheet_kept_to_the_team_meanwhile_leaves_the_room(room: Room) -> None:
    sheet = ActionSheet.objects.create(
        consultation=room.scene.consultation, number=1, title="Le permis", state=SheetState.READY
    )
    room.board.discussed = sheet
    assert room_snapshot(room.board, RoomAudience.ROOM)["discussed"]["title"] == "Le permis"
    ActionSheet.objects.update(audience=Audience.TEAM)
    assert room_snapshot(room.board, RoomAudience.ROOM)["discussed"] is None

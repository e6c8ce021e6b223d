"""A room in its first step: a facilitator, the secretary of table 1, two phones, a partner who was invited."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass, field
from typing import Any

from parvis.consultations.models import Participant
from parvis.consultations.outbox import Result, apply_ops
from parvis.meetings.models import Board
from parvis.meetings.operations.room.entering import join_with_phone, take_table, take_the_floor
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.meetings.operations.room.running import open_room
from parvis.meetings.room_state import RoomNote, RoomState, room_state
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact
from tests.meetings.scene import Scene, make_scene
from tests.sheets.scene import organisation

Raw = dict[str, Any]


@dataclass
class Room:
    scene: Scene
    board: Board
    facilitator: Participant
    secretary: Participant
    phone: Participant
    other_phone: Participant
    invited: Participant
    ticks: Any = field(default_factory=lambda: itertools.count(1))

    def op(self, kind: str, **body: Any) -> Raw:
        """An operation of this room, its clock one more than the last made here."""
        return {"op_id": str(uuid.uuid4()), "seq": next(self.ticks), "kind": kind, "room": self.board.room, **body}

    def note_op(self, text: str = "Une idée", kind: str = "challenge", **body: Any) -> Raw:
        return self.op("note", text=text, contribution_kind=kind, theme=self.scene.jobs.code, **body)

    def send(self, who: Participant, *ops: Raw, device: str = "d1") -> list[Result]:
        return list(apply_ops(who, device, ops).results)

    def note(self, who: Participant, text: str = "Une idée", **body: Any) -> str:
        """Written for good; its reference."""
        op = self.note_op(text, **body)
        assert self.send(who, op)[0].status == "applied"
        return str(op["op_id"])

    def family(self, title: str, *notes: str, who: Participant | None = None) -> str:
        op = self.op("family", title=title, notes=list(notes))
        assert self.send(who or self.secretary, op)[0].status == "applied"
        return str(op["op_id"])

    def do(self, who: Participant, kind: str, **body: Any) -> Result:
        return self.send(who, self.op(kind, **body))[0]

    def state(self) -> RoomState:
        self.board.refresh_from_db()
        return room_state(self.board)

    def read(self, reference: str) -> RoomNote:
        return next(note for note in self.state().notes if note.reference == reference)


def make_room(**plan: Any) -> Room:
    scene = make_scene()
    scene.meeting.themes.set([scene.jobs, scene.health])
    board = prepare_board(scene.bob, scene.meeting, BoardPlan(steps=AGENDAS[DEFAULT_AGENDA], **plan))
    open_room(scene.bob, board)
    caf = organisation(scene, "CAF", OrganisationType.CAF)
    contact = Contact.objects.create(organisation=caf, name="Une personne", email="quelquun@organisme.example")
    return Room(
        scene=scene,
        board=board,
        facilitator=take_the_floor(scene.bob, board),
        secretary=take_table(board, 1),
        phone=join_with_phone(board, 1),
        other_phone=join_with_phone(board, 2),
        invited=Participant.objects.create(consultation=scene.consultation, organisation=caf, contact=contact),
    )

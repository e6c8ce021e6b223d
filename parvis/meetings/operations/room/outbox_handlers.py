"""The handlers that the room gives to the outbox: who writes where, whether it is open; then one function a kind."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any, Final

from parvis.consultations.enums import OpStatus
from parvis.consultations.models import Participant
from parvis.consultations.outbox import MOST_AHEAD, Accept, Op, Outcome, register, register_place, rejected, too_far
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import BoardState
from parvis.meetings.models import Note
from parvis.meetings.operations.room import arranging, notes
from parvis.meetings.operations.room.entering import Writer, clean_code, writer_of

LATE: Final = "L'atelier est terminé : c'est gardé, l'animation dira si cela compte."
Write = Callable[[Writer, Participant, Op], dict[str, Any]]
"""Applies one operation; gives what the log keeps of it, codes only. Raises `RefusedInput`."""
WRITES: Final[dict[str, Write]] = {
    "note": notes.write_note,
    "edit": notes.edit,
    "withdraw": notes.withdraw,
    "family": arranging.make_family,
    "duplicate": arranging.mark_duplicate,
    "hide": arranging.hide,
    "promote": arranging.promote,
    "dot": arranging.place_dots,
    "attendance": arranging.count_heads,
}


def register_room(accept: Accept) -> None:
    """Say that the room applies these kinds, and `accept` what came late. Notes are written elsewhere too."""
    register_place("room", _rooms_of_notes)
    for kind in ("note", "edit", "withdraw"):
        register(kind, _apply_all, accept, place="room", own_clock=True)
    for kind in ("family", "duplicate", "hide", "promote", "dot", "attendance"):
        register(kind, _apply_all, accept, own_clock=True)


def apply_late(participant: Participant, op: Op) -> Outcome:
    """What came after the room closed, once it is accepted."""
    return _Batch(participant, late_counts=True).apply([(op, op.body.get("room"))])[0]


def _rooms_of_notes(participant: Participant, ops: Sequence[Op]) -> dict[uuid.UUID, str]:
    """Operation → room, for changes that name a note of a room where she sits, and not the room."""
    targets = {op.op_id: op.body["of"] for op in ops if _is_uuid(op.body.get("of"))}
    if not targets:
        return {}
    notes_there = Note.objects.filter(board__seats__participant=participant, reference__in=targets.values())
    rooms = {str(reference): room for reference, room in notes_there.order_by().values_list("reference", "board__room")}
    return {op_id: rooms[str(uuid.UUID(of))] for op_id, of in targets.items() if str(uuid.UUID(of)) in rooms}


def _apply_all(participant: Participant, ops: Sequence[Op]) -> list[Outcome]:
    return _Batch(participant).apply([(op, op.body.get("room")) for op in ops])


class _Batch:
    """Operations of one participant: each room is locked and looked at once, and grows by one version."""

    def __init__(self, participant: Participant, *, late_counts: bool = False) -> None:
        self._participant, self._late_counts = participant, late_counts
        self._writers: dict[object, Writer] = {}
        self._clocks: dict[object, int] = {}

    def apply(self, ops: Sequence[tuple[Op, object]]) -> list[Outcome]:
        """One outcome for each operation and its room; then the versions of what moved."""
        outcomes = [self._apply_one(op, clean_code(room) if isinstance(room, str) else room) for op, room in ops]
        for room, clock in self._clocks.items():
            self._writers[room].moves.write(clock)
        return outcomes

    def _apply_one(self, op: Op, room: object) -> Outcome:
        try:
            writer = self._writer_in(room)
            log: dict[str, Any] = {"room": writer.board.room}
            if not self._late_counts:
                if op.seq > writer.board.clock + MOST_AHEAD:  # the room's clock, not hers: all intentions meet there
                    return too_far(writer.board.clock)
                if writer.board.state == BoardState.CLOSED:
                    return Outcome(OpStatus.LATE, LATE, log, dict(op.body) | {"room": writer.board.room})
            log |= WRITES[op.kind](writer, self._participant, op)
        except RefusedInput as refusal:
            return rejected(refusal.message)
        self._clocks[room] = max(op.seq, self._clocks.get(room, 0))
        return Outcome(log=log)

    def _writer_in(self, room: object) -> Writer:
        """Where she sits. Raises `RefusedInput` when she may not write there."""
        if not isinstance(room, str) or room not in self._writers:
            writer = writer_of(self._participant, room)
            self._writers[room] = writer
        return self._writers[room]


def _is_uuid(given: object) -> bool:
    try:
        uuid.UUID(given)  # type: ignore[arg-type]
    except (ValueError, TypeError, AttributeError):
        return False
    return True

"""What came after a room closed, once an agent counts it: the room, then the draft already written from it."""

from __future__ import annotations

from parvis.consultations.enums import OpStatus
from parvis.consultations.models import Participant
from parvis.consultations.outbox import Op, Outcome
from parvis.meetings.models import Board
from parvis.meetings.operations.room.drafting import add_late_note
from parvis.meetings.operations.room.late_changes import follow_late_change, note_before
from parvis.meetings.operations.room.outbox_handlers import apply_late
from parvis.people.models import User


def accept_late_in_room(actor: User, participant: Participant, op: Op) -> Outcome:
    """Apply a late operation of a room; what the draft of the room must say of it is said at once."""
    board = Board.objects.select_related("meeting").get(room=op.body["room"])
    before = note_before(board, op.body.get("of"))
    outcome = apply_late(participant, op)
    if outcome.status != OpStatus.APPLIED:
        return outcome
    if op.kind == "note":
        add_late_note(actor, board, str(op.op_id))
    elif before is not None:
        follow_late_change(actor, board, before)
    return outcome

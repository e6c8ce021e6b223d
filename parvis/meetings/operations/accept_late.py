"""What came after closing, whatever it is: counted by the app that owns it, or left out."""

from __future__ import annotations

from parvis.consultations.models import OutboxOp
from parvis.consultations.operations import own_contributions
from parvis.consultations.operations.late_ops import accept_late
from parvis.meetings.models import Board
from parvis.meetings.operations.room import door
from parvis.meetings.operations.room.drafting import add_late_note
from parvis.people.models import User
from parvis.sheets.operations.enter_paper import accept_late_opinion


def accept_any_late(actor: User, op: OutboxOp) -> None:
    """Count an operation that came late: an opinion, something of a room, a partner's own contribution."""
    if op.kind == "opinion":
        accept_late_opinion(actor, op)
    elif room := op.log.get("room"):
        accept_late(actor, op, door.apply_late)
        board = Board.objects.filter(room=room).select_related("meeting").first()
        if op.kind == "note" and board is not None:
            add_late_note(actor, board, str(op.op_id))
    else:
        accept_late(actor, op, own_contributions.apply_late)

"""What came after closing, whatever it is: counted by the app that owns it, or left out."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.models import OutboxOp
from parvis.consultations.operations import own_contributions
from parvis.consultations.operations.late_ops import accept_late
from parvis.meetings.models import Board
from parvis.meetings.operations.room import outbox_handlers
from parvis.meetings.operations.room.drafting import add_late_note
from parvis.meetings.operations.room.late_changes import follow_late_change, note_before
from parvis.people.models import User
from parvis.sheets.operations.enter_paper import accept_late_opinion


@transaction.atomic
def accept_any_late(actor: User, op: OutboxOp) -> None:
    """Count an operation that came late: an opinion, something of a room, a partner's own contribution.

    What a room's draft must say of it is said at once, or nothing is accepted.
    """
    if op.kind == "opinion":
        accept_late_opinion(actor, op)
    elif room := op.log.get("room"):
        board = Board.objects.select_related("meeting").get(room=room)
        before = note_before(board, (op.content or {}).get("of"))
        accept_late(actor, op, outbox_handlers.apply_late)
        if op.kind == "note":
            add_late_note(actor, board, str(op.op_id))
        elif before is not None:
            follow_late_change(actor, board, before)
    else:
        accept_late(actor, op, own_contributions.apply_late)

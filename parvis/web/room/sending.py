"""What a form asks for, for who has no script: sent through the outbox, as the devices do."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from parvis.consultations.enums import OpStatus
from parvis.consultations.models import OutboxOp
from parvis.consultations.outbox import Result, apply_ops
from parvis.web.room.session import Place

DEVICE = "page"


def send_one(place: Place, kind: str, *, op_id: str = "", **body: Any) -> Result:
    """Apply one operation as her next intention. With the `op_id` of the form, sending twice counts once."""
    reference = op_id or str(uuid.uuid4())
    already = OutboxOp.objects.filter(participant=place.participant, op_id=reference).values_list("seq", flat=True)
    op = {
        "op_id": reference,
        "seq": already.first() or max(place.participant.clock, place.board.clock) + 1,
        "kind": kind,
        "room": place.board.room,
        **body,
    }
    return apply_ops(place.participant, DEVICE, [op]).results[0]


def send_many(place: Place, operations: Sequence[tuple[str, dict[str, Any]]]) -> list[str]:
    """Apply operations as her next intentions, in order; one sentence for each that was refused.

    An operation whose body has its own `op_id` keeps it.
    """
    if not operations:
        return []
    for stale in (place.participant, place.board):
        stale.refresh_from_db(fields=["clock"])
    first = max(place.participant.clock, place.board.clock) + 1
    ops = [
        {"op_id": str(uuid.uuid4()), "seq": first + rank, "kind": kind, "room": place.board.room, **body}
        for rank, (kind, body) in enumerate(operations)
    ]
    results = apply_ops(place.participant, DEVICE, ops).results
    return [refusal for result in results if (refusal := refusal_of(result))]


def refusal_of(result: Result) -> str:
    """The sentence to show when it was not applied, else nothing. A form sent twice is no fault."""
    return result.detail if result.status in (OpStatus.REJECTED, OpStatus.LATE, "conflict") else ""

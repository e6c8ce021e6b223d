"""What the operations `note`, `edit` and `withdraw` have in common, written alone or in a room.

The op_id of a note is its reference, by which changes name it. They may come before it: they are kept in the outbox,
and folded in when it comes; whatever the order, the last intention stands (`latest_intention`).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Final

from parvis.consultations.enums import OpStatus
from parvis.consultations.models import Contribution, OutboxOp, Participant, Theme
from parvis.consultations.outbox import Op

NOTE_FIELDS: Final = {"text": "text", "kind": "contribution_kind", "theme": "theme"}
"""Field of a contribution → its name in an operation."""


def given_by(op: Op) -> dict[str, str]:
    """The fields that an operation sets. A theme is its code."""
    return {field: op.body[name] for field, name in NOTE_FIELDS.items() if op.body.get(name) is not None}


def set_note_fields(contribution: Contribution, given: Mapping[str, Any]) -> None:
    """Put fields in a contribution, which is not saved."""
    for field, value in given.items():
        if field == "theme":
            contribution.theme = Theme.objects.get(consultation=contribution.consultation_id, code=value)
        else:
            setattr(contribution, field, value.strip() if field == "text" else value)


def held_changes(participant: Participant, reference: uuid.UUID) -> list[Op]:
    """Changes that came before their note, from the first intention to the last. The outbox keeps them no longer."""
    held = OutboxOp.objects.filter(participant=participant, target=reference, status=OpStatus.APPLIED)
    ops = [
        Op(row.op_id, row.device, row.seq, row.kind, row.content or {})
        for row in held.exclude(content=None).order_by("id")
    ]
    if ops:
        held.update(content=None)
    return sorted(ops, key=lambda op: op.stamp)

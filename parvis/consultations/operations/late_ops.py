"""Operations that came after closing: the project team counts them, or leaves them out."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from parvis.consultations.enums import OpStatus
from parvis.consultations.models import OutboxOp, Participant
from parvis.consultations.outbox import Op, Outcome
from parvis.core import journal
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.people.models import User

Accept = Callable[[Participant, Op], Outcome]
"""Applies an operation, closed or not: what its log then says, and what must still be kept of it."""


@transaction.atomic
def accept_late(actor: User, op: OutboxOp, write: Accept) -> None:
    """Count a late operation, by `write` of the app that owns its kind; a later intention still wins over it."""
    held = OutboxOp.objects.select_for_update().select_related("participant__consultation").get(pk=op.pk)
    if held.status != OpStatus.LATE or held.content is None:
        raise ForbiddenMove("Cet envoi tardif est déjà traité.")
    outcome = write(held.participant, Op(held.op_id, held.device, held.seq, held.kind, held.content))
    if outcome.status != OpStatus.APPLIED:
        raise RefusedInput(outcome.detail)
    OutboxOp.objects.filter(pk=held.pk).update(
        status=OpStatus.APPLIED, content=outcome.content, target=outcome.target, detail="",
        log=outcome.log or held.log,
    )  # fmt: skip
    journal.record(actor, "accept_late", held.participant, kind=held.kind)


@transaction.atomic
def refuse_late(actor: User, op: OutboxOp) -> None:
    """Leave a late operation out for good, and forget its words."""
    moved = OutboxOp.objects.filter(pk=op.pk, status=OpStatus.LATE).update(status=OpStatus.REJECTED, content=None)
    if not moved:
        raise ForbiddenMove("Cet envoi tardif est déjà traité.")
    journal.record(actor, "refuse_late", op.participant, kind=op.kind)

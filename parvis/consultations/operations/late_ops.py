"""Operations that came after closing: the project team counts them, or leaves them out."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.enums import OpStatus
from parvis.consultations.models import OutboxOp
from parvis.consultations.outbox import Op, handler_of
from parvis.core import journal
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.people.models import User


@transaction.atomic
def accept_late(actor: User, op: OutboxOp) -> None:
    """Count a late operation, by the app that owns its kind; a later intention still wins over it.

    What follows from it elsewhere (the draft of a workshop) is written in the same transaction, or nothing is.
    """
    held = OutboxOp.objects.select_for_update().select_related("participant__consultation").get(pk=op.pk)
    if held.status != OpStatus.LATE or held.content is None:
        raise ForbiddenMove("Cet envoi tardif est déjà traité.")
    late = Op(held.op_id, held.device, held.seq, held.kind, held.content)
    outcome = handler_of(late.kind, late.body).accept(actor, held.participant, late)
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

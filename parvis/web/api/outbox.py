"""`POST /api/v1/outbox`: what a device kept while it was offline, each operation once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Field, Router, Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer

from parvis.consultations.models import Participant
from parvis.consultations.operations.devices import participant_of_key
from parvis.consultations.outbox import MAX_OPS, apply_ops
from parvis.core.errors import RefusedInput
from parvis.sheets.operations.enter_paper import PAPER_DEVICE

router = Router(tags=["outbox"])


class DeviceBearer(HttpBearer):
    """The key that a device received when its participant came in."""

    def authenticate(self, request: HttpRequest, token: str) -> Participant | None:
        return participant_of_key(token)


class Batch(Schema):
    """What a device sends. An operation has `op_id` (UUID), `seq` (Lamport clock), `kind`, and what its kind says."""

    device: str = Field(max_length=40, description="A name that this device keeps.")
    ops: list[Any] = Field(max_length=MAX_OPS)


class OpResult(Schema):
    op_id: str | None
    status: str = Field(description="applied, duplicate, conflict, late or rejected")
    detail: str = ""
    clock: int | None = Field(None, description="Of one too far ahead: send it again with a seq just after this.")


class Answer(Schema):
    """`clock` is the greatest that was accepted; the next `seq` is one more."""

    clock: int
    results: list[OpResult]


@router.post("/outbox", auth=DeviceBearer(), response=Answer, operation_id="send_outbox")
def send_outbox(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Apply each operation once. The same again is `duplicate`; another under the same name is `conflict`."""
    if batch.device == PAPER_DEVICE:
        raise HttpError(422, "Ce nom d'appareil est celui de la saisie papier : donnez-en un autre.")
    try:
        applied = apply_ops(request.auth, batch.device, batch.ops)  # type: ignore[attr-defined]
    except RefusedInput as refusal:
        raise HttpError(422, refusal.message) from None
    # Written here, not by the schema, which says the same: checking our own answer cost as much as reading the batch.
    results = [
        {"op_id": result.op_id, "status": result.status, "detail": result.detail, "clock": result.clock}
        for result in applied.results
    ]
    return JsonResponse({"clock": applied.clock, "results": results})

"""One bad operation never takes the good ones with it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import pytest
from django.db import IntegrityError

from parvis.consultations import outbox
from parvis.consultations.models import OutboxOp, Participant
from parvis.consultations.outbox import Op, Outcome, apply_ops
from tests.sheets.scene import make_sheets

pytestmark = pytest.mark.django_db


def test_what_the_database_refuses_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def picky(participant: Participant, ops: Sequence[Op]) -> list[Outcome]:
        if any(op.body.get("bad") for op in ops):
            raise IntegrityError
        return [Outcome() for _ in ops]

    monkeypatch.setitem(outbox._handlers, "picky", picky)
    world = make_sheets()
    someone = world.participant(world.caf)
    ops = [{"op_id": str(uuid.uuid4()), "seq": seq, "kind": "picky", "bad": seq == 2} for seq in (1, 2, 3)]
    found = apply_ops(someone, "a", ops)
    assert [result.status for result in found.results] == ["applied", "rejected", "applied"]
    assert (found.clock, OutboxOp.objects.count()) == (3, 2)

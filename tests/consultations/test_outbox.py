"""One bad operation never takes the good ones with it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import pytest
from django.db import IntegrityError

from parvis.consultations import outbox
from parvis.consultations.models import OutboxOp, Participant
from parvis.consultations.outbox import Op, Outcome, apply_ops
from parvis.sheets.models import Opinion
from tests.sheets.scene import make_sheets

pytestmark = pytest.mark.django_db


def test_what_the_database_refuses_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def picky(participant: Participant, ops: Sequence[Op]) -> list[Outcome]:
        if any(op.body.get("bad") for op in ops):
            raise IntegrityError
        return [Outcome() for _ in ops]

    monkeypatch.setitem(outbox._handlers, ("picky", outbox.ANYWHERE), outbox.Handler(picky, lambda *_: Outcome()))
    world = make_sheets()
    someone = world.participant(world.caf)
    ops = [{"op_id": str(uuid.uuid4()), "seq": seq, "kind": "picky", "bad": seq == 2} for seq in (1, 2, 3)]
    found = apply_ops(someone, "a", ops)
    assert [result.status for result in found.results] == ["applied", "rejected", "applied"]
    assert (found.clock, OutboxOp.objects.count()) == (3, 2)


def test_a_name_taken_is_a_conflict_however_new_its_clock() -> None:
    """Beyond her clock nothing is looked up: the constraint tells, and the others of the batch are kept."""
    world = make_sheets()
    someone = world.participant(world.caf)
    first = {"op_id": str(uuid.uuid4()), "seq": 1, "kind": "opinion", "sheet": world.permis.code, "value": "continue"}
    apply_ops(someone, "a", [first])
    other = {"op_id": str(uuid.uuid4()), "seq": 3, "kind": "opinion", "sheet": world.velo.code, "value": "adapt"}
    found = apply_ops(someone, "a", [first | {"seq": 2, "value": "unknown"}, other])
    assert ([result.status for result in found.results], found.clock) == (["conflict", "applied"], 3)
    assert dict(Opinion.objects.values_list("sheet__code", "value")) == {
        world.permis.code: "continue", world.velo.code: "adapt"
    }  # fmt: skip


def test_a_device_behind_the_others_is_heard() -> None:
    world = make_sheets()
    someone = world.participant(world.caf)
    ahead = {"op_id": str(uuid.uuid4()), "seq": 9, "kind": "opinion", "sheet": world.permis.code, "value": "continue"}
    behind = {"op_id": str(uuid.uuid4()), "seq": 2, "kind": "opinion", "sheet": world.velo.code, "value": "adapt"}
    apply_ops(someone, "a", [ahead])
    found = apply_ops(someone, "b", [behind, ahead])
    assert ([result.status for result in found.results], found.clock) == (["applied", "duplicate"], 9)
    assert OutboxOp.objects.count() == 2


def test_operations_of_a_kind_are_written_by_one_handler() -> None:
    with pytest.raises(ValueError, match="operations 'opinion' are registered twice"):
        outbox.register("opinion", lambda *_: [], lambda *_: Outcome())
    with pytest.raises(ValueError, match="the place 'room' is registered twice"):
        outbox.register_place("room", lambda *_: {})

"""One bad operation never takes the good ones with it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import IntegrityError

from parvis.consultations import outbox
from parvis.consultations.models import OutboxOp, Participant
from parvis.consultations.operations.set_clock_right import set_clock_right
from parvis.consultations.outbox import MAX_SEQ, MOST_AHEAD, TOO_FAR, Op, Outcome, apply_ops
from parvis.core.models import JournalEntry
from parvis.sheets.models import Opinion
from tests.sheets.scene import Sheets, make_sheets

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


def opinion(world: Sheets, seq: int, **body: Any) -> dict[str, Any]:
    values = {"op_id": str(uuid.uuid4()), "seq": seq, "kind": "opinion", "sheet": world.permis.code, "value": "adapt"}
    return values | body


@pytest.mark.parametrize("earlier", [0, 4])
def test_what_is_refused_does_not_move_the_clock(earlier: int) -> None:
    """One wild number that was refused left none for the next: the table was silent for ever."""
    world = make_sheets()
    someone = world.participant(world.caf)
    for seq in range(1, earlier + 1):
        apply_ops(someone, "a", [opinion(world, seq)])
    for seq in (MAX_SEQ, MAX_SEQ, earlier + 9, 1):
        answer = apply_ops(someone, "a", [opinion(world, seq, value="nonsense")])
        assert (answer.results[0].status, answer.clock) == ("rejected", earlier)
    someone.refresh_from_db()
    assert someone.clock == earlier
    assert apply_ops(someone, "a", [opinion(world, earlier + 1)]).results[0].status == "applied"


def test_the_clock_goes_as_far_as_what_was_accepted_of_a_batch() -> None:
    world = make_sheets()
    someone = world.participant(world.caf)
    first = opinion(world, 3)
    batch = [opinion(world, 2), first, opinion(world, 7, value="nonsense")]
    assert apply_ops(someone, "a", batch).clock == 3
    taken = first | {"seq": 40, "value": "continue"}
    assert [result.status for result in apply_ops(someone, "a", [taken]).results] == ["conflict"]
    someone.refresh_from_db()
    assert someone.clock == 3


def test_what_is_too_far_ahead_is_refused_with_the_clock_to_follow() -> None:
    world = make_sheets()
    someone = world.participant(world.caf)
    apply_ops(someone, "a", [opinion(world, 5)])
    someone.refresh_from_db()
    answer = apply_ops(someone, "a", [opinion(world, 6 + MOST_AHEAD), opinion(world, 6, value="continue")])
    wild, sane = answer.results
    assert (wild.status, wild.clock, wild.detail) == ("rejected", 5, TOO_FAR)
    assert (sane.status, sane.clock, answer.clock) == ("applied", None, 6)
    assert Opinion.objects.get().value == "continue"
    someone.refresh_from_db()
    assert apply_ops(someone, "a", [opinion(world, 6 + MOST_AHEAD)]).results[0].status == "applied"


def test_an_agent_sets_a_clock_right() -> None:
    """What an earlier version left: a clock moved by what was refused."""
    world = make_sheets()
    someone = world.participant(world.caf)
    apply_ops(someone, "a", [opinion(world, 5)])
    Participant.objects.filter(pk=someone.pk).update(clock=MAX_SEQ)
    assert set_clock_right(world.scene.alice, someone) == 5
    written = JournalEntry.objects.get(verb="set_clock_right")
    assert (written.subject, written.values) == (someone.journal_name, {"before": MAX_SEQ, "after": 5})
    assert world.opine(someone, world.permis, "continue").status == "applied"


def test_operations_of_a_kind_are_written_by_one_handler() -> None:
    with pytest.raises(ValueError, match="operations 'opinion' are registered twice"):
        outbox.register("opinion", lambda *_: [], lambda *_: Outcome())
    with pytest.raises(ValueError, match="the place 'room' is registered twice"):
        outbox.register_place("room", lambda *_: {})

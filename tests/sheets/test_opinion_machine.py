"""Any history of opinions, on two devices, replayed, shuffled, closed, late, ends as a small model says it must."""

from __future__ import annotations

import random
import uuid
from collections import Counter, defaultdict
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from parvis.consultations.models import OutboxOp, Participant
from parvis.consultations.operations.late_ops import accept_late, refuse_late
from parvis.consultations.outbox import apply_ops
from parvis.gathering.recount.verification import verify
from parvis.sheets.models import Opinion
from tests.sheets.scene import Sheets, close_review, make_sheets

pytestmark = pytest.mark.django_db
DEVICES = (("one", "phone"), ("one", "desk"), ("other", "phone"))
"""A person with two devices, and another."""
Op = dict[str, Any]
Stamp = tuple[int, str, str]


class Model:
    """What each person says of each sheet: of each field, the greatest stamp, written another way than in SQL."""

    def __init__(self) -> None:
        self.history: dict[tuple[str, str, str], list[tuple[Stamp, str]]] = defaultdict(list)

    def apply(self, person: str, device: str, op: Op) -> None:
        stamp = (op["seq"], device, uuid.UUID(op["op_id"]).hex)
        given = {name: op[name] or "" for name in ("value", "comment", "relation") if name in op}
        if op.get("value", "") is None:
            given.setdefault("comment", "")
        for name, what in given.items():
            self.history[person, op["sheet"], name].append((stamp, what))

    def standing(self, person: str, sheet: str) -> tuple[str, str, str]:
        def last(name: str, unset: str) -> str:
            return max(self.history.get((person, sheet, name), []), default=((), unset))[1]

        return last("value", ""), last("comment", ""), last("relation", "none")

    def spoken(self) -> set[tuple[str, str]]:
        return {(person, sheet) for person, sheet, _ in self.history}


class Life(RuleBasedStateMachine):
    """A review phase. A device keeps what it writes while it is cut off, and sends it in whatever order."""

    @initialize()
    def open(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.world: Sheets = make_sheets()
        self.sheets = [self.world.permis.code, self.world.velo.code]
        self.people: dict[str, Participant] = {
            name: self.world.participant(self.world.caf) for name in ("one", "other")
        }
        self.model, self.closed = Model(), False
        self.clock = dict.fromkeys(DEVICES, 0)
        self.waiting: dict[tuple[str, str], list[Op]] = {device: [] for device in DEVICES}
        self.sent: list[tuple[tuple[str, str], Op]] = []

    @rule(
        device=st.sampled_from(DEVICES),
        place=st.integers(0, 1),
        body=st.fixed_dictionaries(
            {"value": st.sampled_from(["strengthen", "adapt", "unknown", "out_of_scope", None])},
            optional={
                "comment": st.sampled_from(["Plus tôt", "Le soir"]),
                "relation": st.sampled_from(["lead", "none"]),
            },
        )
        | st.fixed_dictionaries({"comment": st.sampled_from(["", "Seul", "مرحبا"])}),
    )
    def write(self, device: tuple[str, str], place: int, body: Op) -> None:
        self.clock[device] += 1
        named = {"op_id": str(uuid.uuid4()), "seq": self.clock[device], "kind": "opinion", "sheet": self.sheets[place]}
        self.waiting[device].append(named | body)

    @rule(device=st.sampled_from(DEVICES), seed=st.integers(0, 9))
    def send(self, device: tuple[str, str], seed: int) -> None:
        """What waited arrives shuffled, in one request or several, some of it twice."""
        dice = random.Random(seed)
        ops, self.waiting[device] = self.waiting[device], []
        dice.shuffle(ops)
        cut = dice.randint(0, len(ops))
        for batch in (ops[:cut], ops[cut:] + ops[:cut]):
            self.deliver(device, batch)

    def deliver(self, device: tuple[str, str], ops: list[Op]) -> None:
        person, name = device
        answer = apply_ops(self.people[person], name, ops)
        self.clock[device] = max(self.clock[device], answer.clock)
        known = {op["op_id"] for _, op in self.sent}
        for op, result in zip(ops, answer.results, strict=True):
            if op["op_id"] in known:
                assert result.status == "duplicate"
                continue
            assert result.status == ("late" if self.closed else "applied"), result.detail
            self.sent.append((device, op))
            if not self.closed:
                self.model.apply(person, name, op)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def replay(self, data: st.DataObject) -> None:
        (person, name), op = data.draw(st.sampled_from(self.sent))
        assert apply_ops(self.people[person], name, [op]).results[0].status == "duplicate"

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), ahead=st.booleans())
    def take_a_name(self, data: st.DataObject, ahead: bool) -> None:
        """Another operation under the same name changes nothing, its clock known or new."""
        (person, name), op = data.draw(st.sampled_from(self.sent))
        other = op | {"value": "no_view", "seq": op["seq"] + (10_000 if ahead else 0)}
        answer = apply_ops(self.people[person], name, [other])
        assert answer.results[0].status == "conflict"
        self.clock[person, name] = max(self.clock[person, name], answer.clock)

    @precondition(lambda self: not self.closed and len(self.sent) > 5)
    @rule()
    def close(self) -> None:
        close_review(self.world)
        self.closed = True

    @precondition(lambda self: self.closed)
    @rule(accept=st.booleans())
    def decide_late(self, accept: bool) -> None:
        late = OutboxOp.objects.filter(status="late").order_by("id").first()
        if late is None:
            return
        alice = self.world.scene.alice
        if not accept:
            refuse_late(alice, late)
            return
        (person, name), op = next(each for each in self.sent if each[1]["op_id"] == str(late.op_id))
        accept_late(alice, late)
        self.model.apply(person, name, op)

    def teardown(self) -> None:
        if not hasattr(self, "block"):
            return
        try:
            self.compare()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def compare(self) -> None:
        names = {participant.pk: name for name, participant in self.people.items()}
        found = {
            (names[opinion.participant_id], opinion.sheet.code): (opinion.value, opinion.comment, opinion.relation)
            for opinion in Opinion.objects.select_related("sheet").order_by("id")
        }
        assert found == {spoken: self.model.standing(*spoken) for spoken in self.model.spoken()}
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for person, sheet in self.model.spoken():
            value = self.model.standing(person, sheet)[0]
            if value:
                counts[sheet][value] += 1
        told = verify()
        assert (told.problems, told.opinions) == ([], {sheet: dict(values) for sheet, values in counts.items()})


def test_any_history_ends_as_the_model_says() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Life,
        settings=settings(
            max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )

"""Any history of a room, offline, shuffled, replayed, closed, late, ends as a model of twenty lines says it must."""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from parvis.consultations.models import OutboxOp, Participant
from parvis.consultations.operations.late_ops import accept_late, refuse_late
from parvis.consultations.outbox import apply_ops
from parvis.gathering.recount.verification import verify
from parvis.gathering.room.snapshot import RoomAudience
from parvis.meetings.operations.room.running import close_room
from tests.meetings.room.devices import State, catch_up, fresh_process, snapshots
from tests.meetings.room.scene import Raw, Room, make_room

pytestmark = pytest.mark.django_db
WRITERS = ("secretary", "phone", "facilitator")
Stamp = tuple[int, str, str]


class Model:
    """Registers, the greatest stamp winning: what the room must say, written another way than the room does it."""

    def __init__(self) -> None:
        self.registers: dict[tuple[str, ...], tuple[Stamp, Any]] = {}
        self.notes: set[str] = set()

    def set(self, key: tuple[str, ...], stamp: Stamp, value: Any) -> None:
        if key not in self.registers or stamp > self.registers[key][0]:
            self.registers[key] = (stamp, value)

    def get(self, *key: str) -> Any:
        return self.registers.get(key, ((), None))[1]

    def apply(self, writer: str, op: Raw) -> None:
        stamp, kind, of = (op["seq"], writer, uuid.UUID(op["op_id"]).hex), op["kind"], op.get("of")
        if kind == "note":
            self.notes.add(op["op_id"])
            self.set((op["op_id"], "text"), stamp, op["text"])
        elif kind == "edit":
            self.set((str(of), "text"), stamp, op["text"])
            self.set((str(of), "withdrawn"), stamp, False)
        elif kind == "withdraw":
            self.set((str(of), "withdrawn"), stamp, op["withdrawn"])
        elif kind == "family":
            family = op["of"] if "of" in op else op["op_id"]
            if "title" in op:
                self.set((family, "title"), stamp, op["title"])
            for note in op["notes"]:
                self.set((note, "family"), stamp, family)
        elif kind == "duplicate":
            self.set((op["note"], "double"), stamp, of)
        elif kind == "hide":
            self.set((str(of), "hidden"), stamp, op["hidden"])
        elif kind == "dot":
            self.set((op["target"], "dots", writer), stamp, op["count"])

    def shown(self) -> dict[str, tuple[Any, ...]]:
        return {
            note: (self.get(note, "text"), self.get(note, "family") or None, bool(self.get(note, "hidden")))
            for note in self.notes
            if not self.get(note, "withdrawn")
        }

    def dots(self, limits: dict[str, int]) -> dict[str, int]:
        counted: dict[str, int] = defaultdict(int)
        left = dict(limits)
        placed = sorted((stamp, key, value) for key, (stamp, value) in self.registers.items() if "dots" in key)
        for _, (target, _, writer), count in placed:
            taken = min(count, left[writer])
            left[writer] -= taken
            counted[target] += taken
        return {target: count for target, count in counted.items() if count}


class Life(RuleBasedStateMachine):
    """A workshop: three people, each on a device that may be cut off."""

    @initialize()
    def open(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.room: Room = make_room(dots_per_person=5)
        self.people: dict[str, Participant] = {writer: getattr(self.room, writer) for writer in WRITERS}
        self.model, self.closed = Model(), False
        self.clock = dict.fromkeys(WRITERS, 0)
        self.queue: dict[str, list[Raw]] = {writer: [] for writer in WRITERS}
        self.offline: set[str] = set()
        self.sent: list[tuple[str, Raw]] = []
        self.seen: list[dict[RoomAudience, State]] = []
        self.notes: list[tuple[str, str]] = []
        self.families: list[str] = []
        for writer in WRITERS:  # a few notes for every gesture to meet on
            self.write(writer, "Le bus")
        self.families.append(self.act("secretary", "family", title="Une famille", notes=[self.notes[0][0]]))

    @invariant()
    def every_device_can_catch_up(self) -> None:
        """Whoever last asked at any moment has the whole room again, by whichever process, with what moved since."""
        if not hasattr(self, "room"):
            return
        process = fresh_process(self.room.board)
        for known in self.seen[-1:]:
            catch_up(known, process)
        self.seen.append(snapshots(process))

    def act(self, writer: str, kind: str, **body: Any) -> str:
        self.clock[writer] += 1
        op = {
            "op_id": str(uuid.uuid4()), "seq": self.clock[writer], "kind": kind, "room": self.room.board.room, **body
        }  # fmt: skip
        self.queue[writer].append(op)
        if writer not in self.offline:
            self.deliver(writer, self.queue[writer])
            self.queue[writer] = []
        return str(op["op_id"])

    def deliver(self, writer: str, ops: list[Raw]) -> None:
        if not ops:
            return
        answer = apply_ops(self.people[writer], writer, ops)
        self.clock[writer] = max(self.clock[writer], answer.clock)
        for op, result in zip(ops, answer.results, strict=True):
            if result.status != "duplicate":
                assert result.status == ("late" if self.closed else "applied"), result.detail
                self.sent.append((writer, op))
                if not self.closed:
                    self.model.apply(writer, op)

    def mine(self, writer: str) -> list[str]:
        """The notes that `writer` may change: a phone its own, a secretary those of her table, the facilitator all."""
        return [note for note, author in self.notes if writer != "phone" or author == "phone"]

    @precondition(lambda self: len(self.notes) < 5)
    @rule(writer=st.sampled_from(WRITERS), text=st.sampled_from(["Le bus", "a", "🚌", "=1+1", "مرحبا"]))
    def write(self, writer: str, text: str) -> None:
        table = {"table": 1} if writer == "facilitator" else {}
        reference = self.act(
            writer, "note", text=text, contribution_kind="challenge", theme=self.room.scene.jobs.code, **table
        )
        if writer not in self.offline:
            self.notes.append((reference, writer))

    @rule(writer=st.sampled_from(WRITERS), data=st.data(), text=st.text("abc", min_size=1, max_size=3))
    def edit(self, writer: str, data: st.DataObject, text: str) -> None:
        if self.mine(writer):
            self.act(writer, "edit", of=data.draw(st.sampled_from(self.mine(writer))), text=text)

    @rule(writer=st.sampled_from(WRITERS), data=st.data(), gone=st.booleans())
    def withdraw(self, writer: str, data: st.DataObject, gone: bool) -> None:
        if self.mine(writer):
            self.act(writer, "withdraw", of=data.draw(st.sampled_from(self.mine(writer))), withdrawn=gone)

    @precondition(lambda self: len(self.families) < 3)
    @rule(writer=st.sampled_from(["secretary", "facilitator"]), data=st.data())
    def make_family(self, writer: str, data: st.DataObject) -> None:
        notes = data.draw(st.lists(st.sampled_from(self.mine(writer)), max_size=3, unique=True)) if self.notes else []
        reference = self.act(writer, "family", title="Une famille", notes=notes)
        if writer not in self.offline:
            self.families.append(reference)

    @rule(writer=st.sampled_from(["secretary", "facilitator"]), data=st.data())
    def move(self, writer: str, data: st.DataObject) -> None:
        if self.notes and self.families:
            family = data.draw(st.sampled_from([None, *self.families]))
            self.act(writer, "family", of=family, notes=[data.draw(st.sampled_from(self.mine(writer)))])

    @rule(writer=st.sampled_from(["secretary", "facilitator"]), data=st.data(), undo=st.booleans())
    def double(self, writer: str, data: st.DataObject, undo: bool) -> None:
        if len(self.notes) > 1:
            note, other = data.draw(st.lists(st.sampled_from(self.mine(writer)), min_size=2, max_size=2, unique=True))
            self.act(writer, "duplicate", note=note, of=None if undo else other)

    @rule(data=st.data(), hidden=st.booleans())
    def hide(self, data: st.DataObject, hidden: bool) -> None:
        if self.notes:
            self.act("facilitator", "hide", of=data.draw(st.sampled_from(self.mine("facilitator"))), hidden=hidden)

    @rule(writer=st.sampled_from(["secretary", "phone"]), data=st.data(), count=st.integers(0, 5))
    def dot(self, writer: str, data: st.DataObject, count: int) -> None:
        targets = [note for note, _ in self.notes] + self.families
        if targets:
            self.act(writer, "dot", target=data.draw(st.sampled_from(targets)), count=count)

    @rule(writer=st.sampled_from(WRITERS))
    def cut(self, writer: str) -> None:
        self.offline.add(writer)

    @rule(writer=st.sampled_from(WRITERS), seed=st.integers(0, 5))
    def come_back(self, writer: str, seed: int) -> None:
        """What waited arrives in any order, some of it twice."""
        self.offline.discard(writer)
        waiting, self.queue[writer] = self.queue[writer], []
        random.Random(seed).shuffle(waiting)
        self.notes += [(op["op_id"], writer) for op in waiting if op["kind"] == "note"]
        self.families += [op["op_id"] for op in waiting if op["kind"] == "family" and "of" not in op]
        self.deliver(writer, waiting + waiting[: len(waiting) // 2])

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def replay(self, data: st.DataObject) -> None:
        writer, op = data.draw(st.sampled_from(self.sent))
        assert apply_ops(self.people[writer], writer, [op]).results[0].status == "duplicate"

    @precondition(lambda self: not self.closed and len(self.sent) > 12)
    @rule()
    def close(self) -> None:
        close_room(self.room.scene.bob, self.room.board)
        self.closed = True

    @precondition(lambda self: self.closed)
    @rule(accept=st.booleans())
    def decide_late(self, accept: bool) -> None:
        late = OutboxOp.objects.filter(status="late").order_by("id").first()
        if late is None:
            return
        body = {"op_id": str(late.op_id), "seq": late.seq, "kind": late.kind, **(late.content or {})}
        if not accept:
            refuse_late(self.room.scene.alice, late)
            return
        accept_late(self.room.scene.alice, late)
        self.model.apply(late.device, body)

    def teardown(self) -> None:
        if not hasattr(self, "block"):
            return
        try:
            process = fresh_process(self.room.board)
            for known in self.seen:
                catch_up(known, process)
            self.compare()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def compare(self) -> None:
        state = self.room.state()
        known = {family.reference for family in state.families}
        assert {note.reference: (note.text, note.family, note.hidden) for note in state.notes} == {
            note: (text, family if family in known else None, hidden)
            for note, (text, family, hidden) in self.model.shown().items()
        }
        limits = {"secretary": 5 * 12, "phone": 5}
        wanted = self.model.dots(limits)
        found = {note.reference: note.own_dots for note in state.notes if note.own_dots}
        found |= {family.reference: family.own_dots for family in state.families if family.own_dots}
        assert found == {target: count for target, count in wanted.items() if target in self.model.shown() or
                         target in known}  # fmt: skip
        verified = verify()
        assert verified.problems == []
        assert verified.dots == {self.room.scene.meeting.code: sum(wanted.values())}


def test_any_history_of_a_room_ends_as_the_model_says() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck),
            derandomize=True, phases=[Phase.generate],
        ),
    )  # fmt: skip

"""What a partner writes herself: any order of arrival ends the same, and nobody touches another's."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

import pytest

from parvis.consultations.enums import Audience, PhaseControl
from parvis.consultations.models import Contribution, OutboxOp, Participant
from parvis.consultations.outbox import apply_ops
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def op(seq: int, kind: str, **body: Any) -> dict[str, Any]:
    return {"op_id": str(uuid.uuid4()), "seq": seq, "kind": kind, **body}


def note(world: Sheets, seq: int = 1, **more: Any) -> dict[str, Any]:
    said = {"contribution_kind": "challenge", "theme": world.scene.jobs.code, "text": "Le bus part trop tôt"}
    return op(seq, "note", **said | more)


def send(participant: Participant, *ops: dict[str, Any]) -> list[str]:
    return [result.status for result in apply_ops(participant, "a", ops).results]


def test_a_note_is_a_contribution_that_waits(world: Sheets) -> None:
    someone = world.participant(world.caf)
    first = note(world)
    assert send(someone, first, first) == ["applied", "duplicate"]
    found = Contribution.objects.get(participant=someone)
    assert (found.kind, found.theme, found.text, found.state, found.origin) == (
        "challenge", world.scene.jobs, "Le bus part trop tôt", "pending", "invited"
    )  # fmt: skip


def test_every_order_of_a_note_two_edits_and_a_withdrawal_ends_the_same(world: Sheets) -> None:
    ends = set()
    for order in itertools.permutations(range(4)):
        someone = world.participant(world.caf)
        first = note(world)
        of = first["op_id"]
        four = [first, op(2, "edit", of=of, text="Le bus part à 19 h"), op(3, "withdraw", of=of),
                op(4, "edit", of=of, contribution_kind="proposal")]  # fmt: skip
        for place in order:
            assert send(someone, four[place]) == ["applied"]
        found = Contribution.objects.get(participant=someone)
        ends.add((found.text, found.kind, found.state))
        assert not OutboxOp.objects.filter(participant=someone).exclude(content=None).exists()
    assert ends == {("Le bus part à 19 h", "proposal", "pending")}


def test_a_note_and_its_edit_in_one_batch_end_the_same_in_any_order(world: Sheets) -> None:
    someone = world.participant(world.caf)
    first = note(world)
    assert send(someone, op(2, "edit", of=first["op_id"], text="Le bus part à 19 h"), first) == ["applied", "applied"]
    assert Contribution.objects.get(participant=someone).text == "Le bus part à 19 h"
    assert not OutboxOp.objects.filter(participant=someone).exclude(content=None).exists()


def test_a_note_of_someone_else_is_out_of_reach(world: Sheets) -> None:
    author, other = world.participant(world.caf), world.participant(world.caf)
    first = note(world)
    send(author, first)
    send(other, op(5, "edit", of=first["op_id"], text="Volé"), op(6, "withdraw", of=first["op_id"]))
    found = Contribution.objects.get(participant=author)
    assert (found.text, found.state) == ("Le bus part trop tôt", "pending")


@pytest.mark.parametrize(
    "more",
    [
        {"text": ""}, {"text": "x" * 4_001}, {"text": 3}, {"text": None}, {"contribution_kind": "unsorted"},
        {"theme": "nothing000"}, {"theme": 3},
    ],
)  # fmt: skip
def test_what_is_no_contribution_is_rejected(world: Sheets, more: dict[str, Any]) -> None:
    assert send(world.participant(world.caf), note(world, **more)) == ["rejected"]
    assert not Contribution.objects.exists()


def test_a_theme_that_is_closed_to_her_does_not_exist(world: Sheets) -> None:
    world.scene.jobs.audience = Audience.RESTRICTED
    world.scene.jobs.save()
    assert send(world.participant(world.caf), note(world)) == ["rejected"]


def test_after_closing_a_note_is_late_and_kept(world: Sheets) -> None:
    world.phase.control, world.phase.opens_on = PhaseControl.CLOSED, world.consultation.created_at.date()
    world.phase.save()
    assert send(world.participant(world.caf), note(world)) == ["late"]
    assert not Contribution.objects.exists()
    assert OutboxOp.objects.get().content is not None


def test_every_order_within_one_batch_ends_the_same(world: Sheets) -> None:
    ends = set()
    for order in itertools.permutations(range(4)):
        someone = world.participant(world.caf)
        first = note(world)
        of = first["op_id"]
        four = [first, op(2, "edit", of=of, text="Le bus part à 19 h"), op(3, "withdraw", of=of),
                op(4, "edit", of=of, contribution_kind="proposal")]  # fmt: skip
        assert send(someone, *(four[place] for place in order)) == ["applied"] * 4
        found = Contribution.objects.get(participant=someone)
        ends.add((found.text, found.kind, found.state))
        assert not OutboxOp.objects.filter(participant=someone).exclude(content=None).exists()
    assert ends == {("Le bus part à 19 h", "proposal", "pending")}


def test_a_contribution_that_was_hidden_is_no_longer_changed(world: Sheets) -> None:
    someone, first = world.participant(world.caf), note(world)
    send(someone, first)
    Contribution.objects.update(state="hidden")
    assert send(someone, op(2, "edit", of=first["op_id"], text="Autre"), op(3, "withdraw", of=first["op_id"])) == [
        "rejected", "rejected"
    ]  # fmt: skip
    found = Contribution.objects.get()
    assert (found.text, found.state) == ("Le bus part trop tôt", "hidden")

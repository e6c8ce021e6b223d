"""An opinion is one row, and the last intention is the one that stands."""

from __future__ import annotations

import itertools
import uuid

import pytest

from parvis.consultations.enums import Audience, PhaseControl
from parvis.consultations.models import OutboxOp
from parvis.consultations.outbox import apply_ops
from parvis.sheets.models import Opinion
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def op(seq: int, **body: object) -> dict[str, object]:
    return {"op_id": str(uuid.uuid4()), "seq": seq, "kind": "opinion", **body}


def standing(opinion: Opinion) -> tuple[str, str, str]:
    return (opinion.value, opinion.comment, opinion.relation)


def test_an_opinion_is_recorded_then_changed_then_withdrawn(world: Sheets) -> None:
    someone = world.participant(world.caf)
    assert world.opine(someone, world.permis, "adapt", comment="Plus de créneaux").status == "applied"
    assert world.opine(someone, world.permis, "continue", relation="funder").status == "applied"
    opinion = Opinion.objects.get()
    assert standing(opinion) == ("continue", "Plus de créneaux", "funder")
    world.opine(someone, world.permis, None)
    opinion.refresh_from_db()
    assert standing(opinion) == ("", "", "funder")


def test_the_same_op_again_is_a_duplicate_and_another_under_its_name_a_conflict(world: Sheets) -> None:
    someone = world.participant(world.caf)
    first = op(1, sheet=world.permis.code, value="continue")
    assert [result.status for result in apply_ops(someone, "a", [first, first]).results] == ["applied", "duplicate"]
    assert apply_ops(someone, "a", [first]).results[0].status == "duplicate"
    assert apply_ops(someone, "a", [first | {"value": "adapt"}]).results[0].status == "conflict"
    assert (Opinion.objects.get().value, OutboxOp.objects.count()) == ("continue", 1)


def test_every_order_of_arrival_ends_the_same(world: Sheets) -> None:
    four = [
        op(1, sheet=world.permis.code, value="adapt", comment="Des horaires du soir"),
        op(2, sheet=world.permis.code, value="continue"),
        op(3, sheet=world.permis.code, relation="lead"),
        op(4, sheet=world.permis.code, value="strengthen"),
    ]
    ends = set()
    for order in itertools.permutations(four):
        someone = world.participant(world.caf)
        for each in order:
            assert apply_ops(someone, "a", [each]).results[0].status == "applied"
        ends.add(standing(Opinion.objects.get(participant=someone)))
    assert ends == {("strengthen", "Des horaires du soir", "lead")}


def test_two_devices_whose_clocks_interleave_end_the_same(world: Sheets) -> None:
    phone = [
        ("a-phone", op(seq, sheet=world.permis.code, value=value)) for seq, value in ((1, "adapt"), (3, "unknown"))
    ]
    desk = [("b-desk", op(seq, sheet=world.permis.code, value=value)) for seq, value in ((2, "continue"), (3, "adapt"))]
    ends = set()
    for order in itertools.permutations(phone + desk):
        someone = world.participant(world.caf)
        for device, each in order:
            apply_ops(someone, device, [each])
        ends.add(Opinion.objects.get(participant=someone).value)
    assert ends == {"adapt"}  # same clock: the device decides, b after a


def test_the_reply_gives_the_greatest_clock_seen(world: Sheets) -> None:
    someone = world.participant(world.caf)
    assert apply_ops(someone, "a", [op(41, sheet=world.permis.code, value="unknown")]).clock == 41
    assert apply_ops(someone, "b", [op(7, sheet=world.velo.code, value="unknown")]).clock == 41


@pytest.mark.parametrize(
    "body",
    [
        {"value": "great"}, {"value": 3}, {"value": ["continue"]}, {}, {"value": "continue", "relation": "boss"},
        {"value": "continue", "comment": 4}, {"value": "continue", "comment": "x" * 4_001},
    ],
)  # fmt: skip
def test_a_value_that_is_none_of_the_codes_is_rejected_and_nothing_is_written(
    world: Sheets, body: dict[str, object]
) -> None:
    someone = world.participant(world.caf)
    good = op(1, sheet=world.velo.code, value="continue")
    found = apply_ops(someone, "a", [op(1, sheet=world.permis.code, **body), good]).results
    assert [result.status for result in found] == ["rejected", "applied"]
    assert found[0].detail
    assert list(Opinion.objects.values_list("sheet__code", flat=True)) == [world.velo.code]


def test_a_sheet_that_is_not_shown_to_her_does_not_exist(world: Sheets) -> None:
    someone = world.participant(world.caf)
    team = world.sheet("Réservée à l'équipe", audience=Audience.TEAM)
    restricted = world.sheet("Groupe restreint", audience=Audience.RESTRICTED)
    closed = world.sheet("Thème fermé", world.scene.health)
    for code in (team.code, restricted.code, "inconnue00", None):
        assert apply_ops(someone, "a", [op(1, sheet=code, value="continue")]).results[0].status == "rejected"
    world.scene.health.audience = Audience.RESTRICTED
    world.scene.health.save()
    assert world.opine(someone, closed, "continue").status == "rejected"
    world.caf.partnerships.update(reads_restricted=True)
    assert world.opine(someone, closed, "continue").status == "applied"
    assert world.opine(someone, restricted, "continue").status == "applied"
    assert world.opine(someone, team, "continue").status == "rejected"


def test_after_closing_an_opinion_is_late_and_kept(world: Sheets) -> None:
    someone = world.participant(world.caf)
    world.opine(someone, world.permis, "continue")
    world.phase.control, world.phase.opens_on = PhaseControl.CLOSED, world.phase.consultation.created_at.date()
    world.phase.save()
    assert world.opine(someone, world.permis, "adapt", comment="Trop tard ?").status == "late"
    assert Opinion.objects.get().value == "continue"
    assert OutboxOp.objects.get(status="late").content == {
        "sheet": world.permis.code, "value": "adapt", "comment": "Trop tard ?"
    }  # fmt: skip


def test_before_opening_an_opinion_is_rejected(world: Sheets) -> None:
    world.phase.control, world.phase.opens_on = PhaseControl.DATES, None
    world.phase.save()
    assert world.opine(world.participant(world.caf), world.permis, "continue").status == "rejected"

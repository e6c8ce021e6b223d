"""The outbox's door: a bearer key, no cookie, true answers."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from parvis.consultations.enums import Audience
from parvis.consultations.models import OutboxOp, Participant
from parvis.sheets.models import Opinion
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def send(key: str, *ops: Any, device: Any = "phone") -> Any:
    return Client(enforce_csrf_checks=True).post(
        "/api/v1/outbox",
        {"device": device, "ops": list(ops)},
        content_type="application/json",
        headers={"authorization": f"Bearer {key}"} if key else {},
    )


def opinion(sheet: str, value: str, seq: int = 1, **more: Any) -> dict[str, Any]:
    return {"op_id": str(uuid.uuid4()), "seq": seq, "kind": "opinion", "sheet": sheet, "value": value, **more}


def test_a_batch_is_applied_and_answered_in_order(world: Sheets) -> None:
    key = world.key(world.participant(world.caf))
    first, second = opinion(world.permis.code, "continue"), opinion(world.velo.code, "unknown", 2)
    answer = send(key, first, {"op_id": "no", "kind": "opinion"}, second)
    assert answer.status_code == 200
    found = answer.json()
    assert found["clock"] == 2
    assert [result["status"] for result in found["results"]] == ["applied", "rejected", "applied"]
    assert [result["op_id"] for result in found["results"]] == [first["op_id"], "no", second["op_id"]]
    again = send(key, first, second).json()
    assert [result["status"] for result in again["results"]] == ["duplicate", "duplicate"]
    assert Opinion.objects.count() == 2


@pytest.mark.parametrize("key", ["", "nothing", "é"])
def test_without_a_key_nothing_opens(world: Sheets, key: str) -> None:
    assert send(key, opinion(world.permis.code, "continue")).status_code == 401
    assert not OutboxOp.objects.exists()


def test_a_revoked_participant_writes_no_more(world: Sheets) -> None:
    someone = world.participant(world.caf)
    key = world.key(someone)
    Participant.objects.filter(pk=someone.pk).update(revoked_at=someone.created_at)
    assert send(key, opinion(world.permis.code, "continue")).status_code == 401


def test_a_consultation_taken_offline_takes_nothing(world: Sheets) -> None:
    key = world.key(world.participant(world.caf))
    world.consultation.audience = Audience.TEAM
    world.consultation.save()
    assert send(key, opinion(world.permis.code, "continue")).status_code == 401


def test_the_sheet_of_another_consultation_is_unknown(world: Sheets) -> None:
    key = world.key(world.participant(world.caf))
    assert send(key, opinion("0000000000", "continue")).json()["results"][0]["status"] == "rejected"


@pytest.mark.parametrize("device", ["", "x" * 41, "a b", "é", None, 3])
def test_a_device_needs_a_plain_name(world: Sheets, device: Any) -> None:
    key = world.key(world.participant(world.caf))
    assert send(key, opinion(world.permis.code, "continue"), device=device).status_code == 422
    assert not OutboxOp.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"device": "a"}', b'{"device": "a", "ops": 3}', b"\xff"])
def test_a_body_that_is_no_batch_is_refused(world: Sheets, body: bytes) -> None:
    key = world.key(world.participant(world.caf))
    answer = Client().post(
        "/api/v1/outbox", body, content_type="application/json", headers={"authorization": f"Bearer {key}"}
    )
    assert answer.status_code in (400, 422)


def test_any_json_where_an_operation_should_be_is_rejected_alone(world: Sheets) -> None:
    key = world.key(world.participant(world.caf))
    strange = [None, 3, "x", [], {}, {"op_id": 3}, {"op_id": str(uuid.uuid4())}, opinion("x", "continue", seq=0),
               opinion("x", "continue", seq=2**50), {**opinion("x", "continue"), "kind": "hack"},
               {**opinion(world.permis.code, "continue"), "comment": "a\u0000b"}]  # fmt: skip
    answer = send(key, *strange, opinion(world.permis.code, "continue"))
    assert [result["status"] for result in answer.json()["results"]] == ["rejected"] * len(strange) + ["applied"]


def test_more_than_two_hundred_operations_are_asked_in_several_times(world: Sheets) -> None:
    key = world.key(world.participant(world.caf))
    assert send(key, *[opinion(world.permis.code, "continue", seq) for seq in range(1, 202)]).status_code == 422


def test_two_hundred_people_behind_one_address_are_all_heard(world: Sheets) -> None:
    keys = [world.key(world.participant(world.caf)) for _ in range(200)]
    assert {send(key, opinion(world.permis.code, "continue")).status_code for key in keys} == {200}
    assert Opinion.objects.filter(value="continue").count() == 200


def test_thirty_opinions_cost_a_constant_number_of_queries(world: Sheets, django_assert_max_num_queries: Any) -> None:
    key = world.key(world.participant(world.caf))
    sheets = [world.sheet(f"Action {number}") for number in range(30)]
    send(key, opinion(sheets[0].code, "continue"))  # what changes seldom is read once
    with django_assert_max_num_queries(7):
        answer = send(key, *[opinion(sheet.code, "continue", seq) for seq, sheet in enumerate(sheets, 2)])
    assert {result["status"] for result in answer.json()["results"]} == {"applied"}

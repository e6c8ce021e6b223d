"""What one phone may send so that the others can no longer write, or so that the screen says what nobody looked at."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from parvis.consultations.models import OutboxOp
from parvis.consultations.operations.devices import add_device
from parvis.consultations.outbox import MOST_AHEAD
from parvis.meetings.models import Dot, Note
from parvis.meetings.operations.room.running import close_room
from tests.meetings.room.scene import make_room

pytestmark = pytest.mark.django_db
RUDE = "Bande de connards"


def test_an_absurd_clock_is_refused_and_never_becomes_the_clock_of_the_room() -> None:
    room = make_room()
    for seq in (MOST_AHEAD + 1, 2**40, 2**40):
        assert room.send(room.phone, room.note_op() | {"seq": seq})[0].status == "rejected"
        room.phone.refresh_from_db()
        assert room.phone.clock == 0
    room.board.refresh_from_db()
    assert room.board.clock == 0
    assert room.do(room.secretary, "note", text="Le bus", contribution_kind="challenge").status == "applied"


def test_a_table_alone_for_long_is_far_ahead_and_is_heard() -> None:
    room = make_room()
    assert room.send(room.secretary, room.note_op() | {"seq": MOST_AHEAD})[0].status == "applied"
    assert room.send(room.phone, room.note_op() | {"seq": 2 * MOST_AHEAD})[0].status == "applied"


@pytest.mark.parametrize(
    "words", ["a\x00b", "a\ud800b", float("nan"), float("inf"), "a" * 70_000, [["\x00"]], {"a\x00": 1}]
)
@pytest.mark.parametrize("closed", [False, True])
def test_what_no_database_keeps_is_refused_alone_late_or_not(words: Any, closed: bool) -> None:
    room = make_room()
    if closed:
        close_room(room.scene.bob, room.board)
    bad, good = room.op("family", notes=[], title="T", more=words), room.op("attendance", organisation="CAF", people=2)
    first, second = room.send(room.secretary, bad, good)
    assert (first.status, second.status) == ("rejected", "late" if closed else "applied")
    assert OutboxOp.objects.filter(op_id=bad["op_id"]).count() == 0


def test_words_that_only_look_like_a_nul_are_kept() -> None:
    room = make_room()
    text = r"C:\u0000 et \\u0000"
    assert room.read(room.note(room.phone, text)).text == text


def test_the_door_of_the_outbox_stands_any_json(client: Client) -> None:
    room = make_room()
    key = add_device(room.phone)
    nested = "[" * 900 + "]" * 900
    bodies = [
        r'"text": "\u0000"', r'"text": "\ud800"', '"count": NaN', f'"of": {nested}', '"seq": 1e400', '"room": {"a": 1}',
        '"kind": ["note"]', '"op_id": 5', r'"op_id": "\ud800"', f'"seq": {"9" * 4000}', '"theme": {"a": 1}',
        r'"theme": "\u0000"',
    ]  # fmt: skip
    for body in bodies:
        op = '{"op_id": "00000000-0000-4000-8000-000000000001", "seq": 1, "kind": "note", "room": "%s", %s}'
        sent = '{"device": "d", "ops": [%s]}' % (op % (room.board.room, body))
        answer = client.post(
            "/api/v1/outbox", sent, content_type="application/json", headers={"Authorization": f"Bearer {key}"}
        )
        assert answer.status_code in (200, 400, 422), body
        assert answer.status_code != 200 or answer.json()["results"][0]["status"] == "rejected", body


def test_a_note_never_takes_the_reference_of_a_family() -> None:
    room = make_room()
    family = room.family("Les transports")
    room.do(room.phone, "dot", target=family, count=2)
    assert room.send(room.phone, room.note_op() | {"op_id": family})[0].status == "rejected"
    assert (room.state().dots, Note.objects.count(), Dot.objects.count()) == (2, 0, 1)


@pytest.mark.parametrize("approve_first", [True, False])
def test_words_changed_after_they_were_shown_wait_again(approve_first: bool) -> None:
    room = make_room(approve_first=approve_first)
    note = room.note(room.phone, "Le bus" if approve_first else RUDE)
    assert room.read(note).waiting
    room.do(room.facilitator, "hide", of=note, hidden=False)
    assert not room.read(note).waiting
    room.do(room.phone, "edit", of=note, contribution_kind="proposal")
    assert not room.read(note).waiting
    room.do(room.phone, "edit", of=note, text=f"{RUDE} !")
    assert room.read(note).waiting


def test_what_the_facilitator_corrects_waits_for_nobody() -> None:
    room = make_room(approve_first=True)
    note = room.note(room.phone, "Le buss")
    room.do(room.facilitator, "hide", of=note, hidden=False)
    room.do(room.facilitator, "edit", of=note, text="Le bus")
    room.do(room.secretary, "edit", of=note, text="Le bus du soir")
    assert not room.read(note).waiting


def test_words_changed_out_of_order_wait_again_all_the_same() -> None:
    """An edit of a phone made before, that comes after the facilitator looked: she did not see it."""
    room = make_room()
    note = room.note(room.phone, RUDE)
    early = room.op("edit", of=note, text=f"{RUDE} !")
    room.do(room.facilitator, "hide", of=note, hidden=False)
    room.send(room.phone, early)
    assert room.read(note).waiting


def test_what_is_hidden_stays_hidden_when_its_words_change() -> None:
    room = make_room()
    note = room.note(room.phone, "Le bus")
    room.do(room.facilitator, "hide", of=note, hidden=True)
    room.do(room.phone, "edit", of=note, text="Le car")
    assert room.read(note).hidden

"""What came after closing: one page tells it all, each thing counted by whom it belongs to."""

from __future__ import annotations

import pytest
from django.test import Client

from parvis.consultations.models import Contribution, OutboxOp
from parvis.consultations.operations.late_ops import refuse_late
from parvis.gathering.verification import verify
from parvis.gathering.workshop_minutes import workshop_introduction
from parvis.meetings.operations.accept_late import accept_any_late
from parvis.meetings.operations.room.drafting import LATE, close_workshop
from tests.meetings.room.scene import make_room
from tests.meetings.scene import items

pytestmark = pytest.mark.django_db


def test_late_note_joins_the_draft_once_accepted() -> None:
    room = make_room()
    room.note(room.phone, "À l'heure")
    minutes = close_workshop(room.scene.bob, room.board, workshop_introduction)
    room.send(room.phone, room.note_op("Trop tard"))
    accept_any_late(room.scene.alice, OutboxOp.objects.get(status="late"))
    assert [(line.text, line.doubt) for line in items(minutes)] == [("À l'heure", ""), ("Trop tard", LATE)]
    assert {note.text for note in room.state().notes} == {"À l'heure", "Trop tard"}
    assert verify().problems == []


def test_late_dots_count_once_accepted_and_a_refused_one_is_forgotten() -> None:
    room = make_room()
    note = room.note(room.phone)
    close_workshop(room.scene.bob, room.board, lambda _: ())
    room.do(room.phone, "dot", target=note, count=2)
    room.do(room.phone, "edit", of=note, text="Mots à oublier")
    dots, edit = OutboxOp.objects.filter(status="late").order_by("id")
    accept_any_late(room.scene.alice, dots)
    assert room.read(note).dots == 2
    refuse_late(room.scene.alice, edit)
    edit.refresh_from_db()
    assert (edit.status, edit.content, room.read(note).text) == ("rejected", None, "Une idée")


def test_late_contribution_of_a_partner_and_its_correction_in_any_order() -> None:
    room = make_room()
    room.scene.consultation.phases.create(kind="workshops", control="closed", opens_on="2026-01-01", position=2)
    note = {key: value for key, value in room.note_op("Trop tard").items() if key != "room"}
    edit = {key: value for key, value in room.op("edit", of=note["op_id"], text="Mieux").items() if key != "room"}
    assert [result.status for result in room.send(room.invited, note, edit)] == ["late", "late"]
    for kind in ("edit", "note"):
        accept_any_late(room.scene.alice, OutboxOp.objects.get(status="late", kind=kind))
    assert Contribution.objects.get(reference=note["op_id"]).text == "Mieux"
    assert OutboxOp.objects.exclude(content=None).count() == 0


def test_page_tells_what_waits_and_decides(client: Client) -> None:
    room = make_room()
    close_workshop(room.scene.bob, room.board, lambda _: ())
    room.send(room.phone, room.note_op("Trop tard"))
    client.force_login(room.scene.alice)
    address = f"/gestion/concertations/{room.scene.consultation.code}/saisie/tardifs/"
    rows = client.get(address).context["rows"]
    assert [(row.about, row.what, row.text, row.who) for row in rows] == [
        ("Atelier du mardi", "Défi", "Trop tard", "Atelier")
    ]
    assert client.post(address, {"op": rows[0].op_id, "accept": ""})["Location"] == address
    assert client.get(address).context["rows"] == []
    assert [note.text for note in room.state().notes] == ["Trop tard"]
    assert client.post(address, {"op": "x"}).status_code == 404

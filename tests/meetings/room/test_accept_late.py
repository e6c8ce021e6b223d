"""What came after closing: one page tells it all, each thing counted by whom it belongs to."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from parvis.consultations.enums import Audience, ContributionState
from parvis.consultations.models import Contribution, OutboxOp, Theme
from parvis.consultations.operations.late_ops import accept_late, refuse_late
from parvis.core import clock
from parvis.gathering.desk.late import waiting_ops
from parvis.gathering.recount.verification import verify
from parvis.gathering.room.minutes import workshop_introduction
from parvis.meetings.models import Meeting
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.meetings.operations.review import edit_line
from parvis.meetings.operations.room.drafting import LATE, close_workshop
from parvis.meetings.operations.room.late_changes import CHANGED, TAKEN_BACK
from parvis.people.enums import RoleKind
from parvis.people.models import User
from parvis.sheets.models import ActionSheet
from tests.meetings.room.scene import make_room
from tests.meetings.scene import agent, items, line

pytestmark = pytest.mark.django_db


def test_late_note_joins_the_draft_once_accepted() -> None:
    room = make_room()
    room.note(room.phone, "À l'heure")
    minutes = close_workshop(room.scene.bob, room.board, workshop_introduction)
    room.send(room.phone, room.note_op("Trop tard"))
    accept_late(room.scene.alice, OutboxOp.objects.get(status="late"))
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
    accept_late(room.scene.alice, dots)
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
        accept_late(room.scene.alice, OutboxOp.objects.get(status="late", kind=kind))
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


def test_what_was_said_behind_doors_is_counted_by_the_project_team_alone(client: Client) -> None:
    """Another coordinator of the town counts what is open to her, without the name of who said it."""
    room = make_room()
    caf = room.invited.organisation
    close_workshop(room.scene.bob, room.board, lambda _: ())
    room.send(room.phone, room.note_op("D'un téléphone"))
    assert caf is not None
    OutboxOp.objects.filter(status="late").update(participant=room.invited)
    other = agent("Fatou", (RoleKind.COORDINATOR, room.scene.consultation.territory))
    address = f"/gestion/concertations/{room.scene.consultation.code}/saisie/tardifs/"

    def told(user: User) -> list[tuple[str, str]]:
        client.force_login(user)
        return [(row.text, row.who) for row in client.get(address).context["rows"]]

    assert (told(room.scene.alice), told(other)) == (
        [("D'un téléphone", caf.name)], [("D'un téléphone", "")],
    )  # fmt: skip
    Meeting.objects.update(audience=Audience.RESTRICTED)
    assert (told(room.scene.alice), told(other)) == ([("D'un téléphone", caf.name)], [])
    op = OutboxOp.objects.get(status="late")
    assert client.post(address, {"op": op.op_id, "accept": ""}).status_code == 404
    assert OutboxOp.objects.filter(status="late").count() == 1


def test_late_opinions_and_contributions_behind_doors_too() -> None:
    room = make_room()
    other = agent("Fatou", (RoleKind.COORDINATOR, room.scene.consultation.territory))
    sheet = ActionSheet.objects.create(
        consultation=room.scene.consultation, number=1, title="Une action", audience=Audience.RESTRICTED
    )
    logs = [{"sheet": sheet.code, "value": "continue"}, {"theme": room.scene.health.code}]
    for rank, log in enumerate(logs, start=1):
        OutboxOp.objects.create(
            participant=room.invited, op_id=uuid.uuid4(), device="d", seq=rank, kind="opinion" if rank == 1 else "note",
            payload_hash="", status="late", log=log, content={}, received_at=clock.now(),
        )  # fmt: skip
    Theme.objects.filter(pk=room.scene.health.pk).update(audience=Audience.RESTRICTED)
    found = room.scene.consultation
    assert [waiting_ops(user, found).count() for user in (room.scene.alice, other)] == [2, 0]


def test_late_correction_and_withdrawal_once_accepted_are_what_is_published() -> None:
    room = make_room()
    bus, car, tram = (room.note(room.phone, text) for text in ("Le bus", "Le car", "Le tram"))
    minutes = close_workshop(room.scene.bob, room.board, workshop_introduction)
    edit_line(room.scene.alice, minutes, line(minutes, "Le tram").code, text="Le tramway", details=[])
    room.do(room.phone, "edit", of=bus, text="Le bus du soir")
    room.do(room.phone, "withdraw", of=car)
    room.do(room.phone, "edit", of=tram, contribution_kind="proposal")
    for op in OutboxOp.objects.filter(status="late").order_by("id"):
        accept_late(room.scene.alice, op)
    assert {(each.text, each.kind, each.doubt) for each in items(minutes)} == {
        ("Le bus du soir", "challenge", CHANGED), ("Le tramway", "proposal", CHANGED),
    }  # fmt: skip
    assert line(minutes, "Le car").doubt == TAKEN_BACK
    room.scene.ready(minutes)
    publish_minutes(room.scene.alice, minutes)
    published = Contribution.objects.filter(state=ContributionState.VISIBLE)
    assert set(published.values_list("text", flat=True)) == {"Le bus du soir", "Le tramway"}


def test_a_late_correction_that_lost_leaves_the_draft_as_it_is() -> None:
    room = make_room()
    bus = room.note(room.phone, "Le bus")
    early = room.op("edit", of=bus, text="Le premier mot")
    room.do(room.phone, "edit", of=bus, text="Le bus du soir")
    minutes = close_workshop(room.scene.bob, room.board, workshop_introduction)
    room.send(room.phone, early)
    accept_late(room.scene.alice, OutboxOp.objects.get(status="late"))
    assert [(each.text, each.doubt) for each in items(minutes)] == [("Le bus du soir", "")]

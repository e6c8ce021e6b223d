"""A phone comes in by the code of the room, writes and places dots with no script at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from parvis.consultations.models import DeviceKey, Participant
from parvis.gathering.recount.verification import verify
from parvis.gathering.room.snapshot import RoomAudience
from parvis.meetings.enums import BoardState
from parvis.meetings.models import Board, Note, Seat
from parvis.meetings.operations.room.entering import UNKNOWN
from parvis.meetings.operations.room.running import go_to_step
from parvis.web.room import session
from tests.meetings.room.scene import Room
from tests.web.room.asking import ask, key_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(client: Client, room: Room) -> Client:
    client.post("/atelier/", {"code": room.board.room.lower()})
    return client


def write(client: Client, room: Room, text: str, **more: Any) -> Any:
    form = client.get(f"/atelier/{room.board.room}/").context["form"]
    body = {"text": text, "contribution_kind": "proposal", "theme": room.scene.jobs.code}
    body["op_id"] = form["op_id"].value()
    return client.post(f"/atelier/{room.board.room}/", body | more)


def test_get_of_the_door_joins_nothing(client: Client, room: Room) -> None:
    before = Participant.objects.count()
    assert client.get(f"/atelier/?code={room.board.room}").context["form"]["code"].value() == room.board.room
    assert Participant.objects.count() == before


def test_code_opens_whatever_its_case_and_twice_is_one_seat(client: Client, room: Room) -> None:
    before = Seat.objects.count()
    for typed in (f" {room.board.room[:3].lower()}-{room.board.room[3:]} ", room.board.room):
        assert client.post("/atelier/", {"code": typed})["Location"] == f"/atelier/{room.board.room}/"
    assert Seat.objects.count() == before + 1
    assert Participant.objects.latest("id").contact is None


def test_wrong_codes_are_limited_for_the_device_and_for_it_only(client: Client, room: Room) -> None:
    for _ in range(session.MOST_TRIES):
        answer = client.post("/atelier/", {"code": "ZZZZZZ"})
        assert (answer.status_code, answer.context["form"].errors["code"]) == (422, [UNKNOWN])
    assert client.post("/atelier/", {"code": room.board.room}).status_code == 429
    assert Client().post("/atelier/", {"code": room.board.room}).status_code == 302


def test_two_hundred_phones_behind_one_address_all_come_in(room: Room) -> None:
    answers = [Client(REMOTE_ADDR="10.0.0.7").post("/atelier/", {"code": room.board.room}) for _ in range(200)]
    assert {answer.status_code for answer in answers} == {302}


def test_note_written_without_script_and_sent_twice_counts_once(inside: Client, room: Room) -> None:
    form = inside.get(f"/atelier/{room.board.room}/").context["form"]
    reference = form["op_id"].value()
    for _ in range(2):
        assert write(inside, room, "Une permanence", op_id=reference).status_code == 302
    assert [str(note.reference) for note in Note.objects.all()] == [str(reference)]
    page = inside.get(f"/atelier/{room.board.room}/")
    assert [note["text"] for note in page.context["alone"]] == ["Une permanence"]


def test_refused_note_comes_back_as_it_was_typed(inside: Client, room: Room) -> None:
    answer = write(inside, room, "a" * 5_000)
    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == "a" * 5_000
    assert Note.objects.count() == 0


def test_dots_placed_without_script(inside: Client, room: Room) -> None:
    note = room.note(room.secretary)
    assert inside.post(f"/atelier/{room.board.room}/gommettes/", {"target": note, "count": "3"}).status_code == 302
    page = inside.get(f"/atelier/{room.board.room}/")
    assert (page.context["alone"][0]["mine"], page.context["dots_left"]) == (3, 2)
    refused = inside.post(f"/atelier/{room.board.room}/gommettes/", {"target": note, "count": "9"})
    assert (refused.status_code, refused.context["refusal"]) == (422, "9, c'est trop : 5 au plus.")
    assert verify().dots == {room.scene.meeting.code: 3}


def test_leaving_closes_the_device(inside: Client, room: Room) -> None:
    keys = DeviceKey.objects.count()
    inside.post(f"/atelier/{room.board.room}/quitter/")
    assert DeviceKey.objects.count() == keys - 1
    assert inside.get(f"/atelier/{room.board.room}/")["Location"] == f"/atelier/?code={room.board.room}"


def test_state_is_asked_without_a_session_and_says_nothing_when_nothing_changed(
    client: Client, room: Room, django_assert_num_queries: Any
) -> None:
    room.note(room.secretary, "Le bus")
    room.board.refresh_from_db()
    key = key_for(room.board, RoomAudience.ROOM, room.phone)
    first = ask(client, room.board, key)
    assert [note["text"] for note in first.json()["notes"]] == ["Le bus"]
    with django_assert_num_queries(0):
        again = ask(client, room.board, key, first.json()["version"])
    assert (again.status_code, again.content) == (304, b"")
    assert ask(client, room.board, key + "x").status_code == 403


def test_state_never_tells_who_wrote(client: Client, room: Room) -> None:
    room.note(room.invited, "Le bus")
    for audience in RoomAudience:
        holder = {"room": room.phone, "table": room.secretary}.get(audience, room.scene.bob)
        answer = ask(client, room.board, key_for(room.board, audience, holder))
        assert answer.status_code == 200
        body = answer.content.decode()
        for secret in (room.invited.code, "CAF", "Une personne", "quelquun@organisme.example"):
            assert secret not in body


def test_no_kind_and_no_theme_is_taken_for_hers(inside: Client, room: Room) -> None:
    for step, kind in (("opinions", None), ("challenges", "challenge"), ("priorities", None)):
        go_to_step(room.scene.bob, room.board, room.board.steps.get(kind=step).position)
        form = inside.get(f"/atelier/{room.board.room}/").context["form"]
        assert (form["contribution_kind"].value(), form["theme"].value()) == (kind, "")
    refused = write(inside, room, "Sans nature", contribution_kind="", theme="")
    assert refused.status_code == 422
    assert "Sans nature" in refused.content.decode()
    assert set(refused.context["form"].errors) == {"contribution_kind", "theme"}
    assert Note.objects.count() == 0


def test_what_a_note_became_is_said_and_its_theme_is_kept_not_its_kind(inside: Client, room: Room) -> None:
    added = write(inside, room, "Une navette", contribution_kind="proposal", theme=room.scene.health.code)
    page = inside.get(added["Location"])
    assert "Note ajoutée : proposition." in page.content.decode().replace("\xa0", " ").replace("\u202f", " ")
    form = page.context["form"]
    assert (form["contribution_kind"].value(), form["theme"].value()) == (None, room.scene.health.code)


def test_the_room_that_is_not_open_yet_is_a_wait(client: Client, room: Room) -> None:
    Board.objects.update(state=BoardState.PREPARED)
    before = Participant.objects.count()
    page = client.post("/atelier/", {"code": room.board.room, "table": "2"})
    assert (page.status_code, "Votre code est le bon" in page.content.decode()) == (200, True)
    assert Participant.objects.count() == before
    Board.objects.update(state=BoardState.OPEN)
    assert client.post("/atelier/", {"code": room.board.room, "table": "2"}).status_code == 302
    assert Seat.objects.latest("pk").table == 2

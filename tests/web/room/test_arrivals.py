"""The entrance of a room: who waits sees where she stands; the facilitator lets in, sets aside, undoes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from parvis.consultations.models import Participant
from parvis.core.limits import Limit
from parvis.meetings.models import Seat
from parvis.meetings.operations.room import entering
from parvis.meetings.operations.room.entering import join_with_phone
from parvis.web.room.state_answers import forget_rooms
from parvis.web.room.views import entrance
from tests.meetings.room.scene import Room, make_room
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    """Full: its two phones are inside."""
    forget_rooms()
    return make_room(expected_people=2)


@pytest.fixture
def held(client: Client, room: Room) -> Client:
    client.post("/atelier/", {"code": room.board.room})
    return client


def desk(room: Room) -> Client:
    return signed_in(room.scene.bob)


def gesture(room: Room, name: str, **sent: Any) -> Any:
    client, address = desk(room), f"/atelier/{room.board.room}/table/"
    page = client.get(address).content.decode()
    last = re.search(r'name="last" value="([^"]+)"', page)
    assert last is not None
    return client.post(f"{address}entrees/", {"gesture": name, "last": last[1], **sent}, follow=True)


def test_a_phone_too_many_waits_is_let_in_then_writes(held: Client, room: Room) -> None:
    address = f"/atelier/{room.board.room}/"
    page = held.get(address, follow=True)
    assert page.redirect_chain == [(f"{address}attente/", 302)]
    assert 'téléphone numéro <strong class="number">3</strong>' in page.content.decode()
    for path in ("mien", "compte-rendu/"):
        assert held.get(address + path)["Location"] == f"{address}attente/"
    assert held.post(f"{address}gommettes/", {"target": "x", "count": "1"})["Location"] == f"{address}attente/"
    assert "1 téléphone attend." in desk(room).get(f"{address}table/").content.decode()
    assert gesture(room, "let-in").status_code == 200
    assert held.get(f"{address}attente/")["Location"] == address
    assert held.get(address).status_code == 200


def test_set_aside_by_its_minute_a_phone_is_told_and_may_leave(room: Room, client: Client) -> None:
    client.post("/atelier/", {"code": room.board.room})
    minute = Seat.objects.latest("pk").joined_at.replace(second=0, microsecond=0)
    assert "Mettre de côté" in gesture(room, "minutes-aside", minute=[minute.isoformat()]).content.decode()
    assert set(Seat.objects.filter(role="phone").values_list("admission", flat=True)) == {"set_aside"}
    page = client.get(f"/atelier/{room.board.room}/attente/").content.decode()
    assert "Ce téléphone est mis de côté" in page
    gesture(room, "one-in", number="3")
    assert Seat.objects.filter(admission="admitted", role="phone").count() == 1
    gesture(room, "one-aside", number="3")
    assert client.post(f"/atelier/{room.board.room}/quitter/").status_code == 302


def test_who_came_after_the_page_was_read_is_not_let_in_unseen(room: Room, held: Client) -> None:
    client, address = desk(room), f"/atelier/{room.board.room}/table/"
    page = client.get(address).content.decode()
    last = re.search(r'name="last" value="([^"]+)"', page)
    assert last is not None
    unseen = join_with_phone(room.board)
    client.post(f"{address}entrees/", {"gesture": "let-in", "last": last[1]})
    assert Seat.objects.get(participant=unseen).admission == "waiting"
    assert Seat.objects.filter(admission="waiting").count() == 1


def test_who_guesses_codes_locks_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A right code still opens, to the entrance: the facilitator sees who is there."""
    monkeypatch.setattr(entering, "WRONG_CODES", Limit("wrong_room_codes", most=2, seconds=600))
    monkeypatch.setattr(entrance, "WRONG_CODES", entering.WRONG_CODES)
    room, honest = make_room(), Client()
    for _ in range(3):
        assert Client().post("/atelier/", {"code": "ZZZZZZ"}).status_code == 422
    assert honest.post("/atelier/", {"code": room.board.room}).status_code == 302
    assert honest.get(f"/atelier/{room.board.room}/")["Location"] == f"/atelier/{room.board.room}/attente/"
    gesture(room, "let-in")
    assert honest.get(f"/atelier/{room.board.room}/").status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"gesture": "all"}, {"gesture": "one-in", "number": "deux"}, {"gesture": "minutes-in", "minute": "hier"},
        {"gesture": "let-in", "last": "2026-01-01T10:00:00"}, {"gesture": "minutes-aside"},
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_in_words(room: Room, held: Client, sent: dict[str, str]) -> None:
    answer = gesture(room, sent.pop("gesture"), **sent)
    assert answer.status_code == 422
    assert set(Seat.objects.filter(role="phone").values_list("admission", flat=True)) == {"admitted", "waiting"}
    told = desk(room).post(
        f"/atelier/{room.board.room}/table/entrees/", {"gesture": "all"}, headers={"Accept": "application/json"}
    )
    assert (told.status_code, bool(told.json()["refusal"])) == (422, True)


def test_who_may_not_run_the_room_decides_nothing(room: Room, held: Client) -> None:
    for who in (room.scene.dan, room.scene.edith):
        answer = signed_in(who).post(f"/atelier/{room.board.room}/table/entrees/", {"gesture": "let-in"})
        assert answer.status_code == 404
    assert Participant.objects.filter(seats__admission="waiting").count() == 1

"""The key of a room goes with the one who holds it, in a header, for a short time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation, DeviceKey, Participant
from parvis.core import clock
from parvis.gathering.room.snapshot import RoomAudience
from parvis.meetings.enums import Admission
from parvis.meetings.models import Meeting, Seat
from parvis.people.models import Role, User
from parvis.web.room.live_keys import KEY_SECONDS, forget_checks
from tests.meetings.room.scene import Room
from tests.web.room.asking import ask, key_for

pytestmark = pytest.mark.django_db


GONE: dict[str, tuple[str, Callable[[Room], Any]]] = {
    "role": ("facilitator", lambda room: Role.objects.filter(user=room.scene.bob).delete()),
    "account": ("screen", lambda room: User.objects.filter(pk=room.scene.bob.pk).update(is_active=False)),
    "meeting kept to the team": ("screen", lambda room: Meeting.objects.update(audience=Audience.TEAM)),
    "access": ("room", lambda room: Participant.objects.filter(pk=room.phone.pk).update(revoked_at=clock.now())),
    "device": ("room", lambda room: DeviceKey.objects.all().delete()),
    "admission": ("room", lambda room: Seat.objects.update(admission=Admission.SET_ASIDE)),
    "seat": ("table", lambda room: Seat.objects.filter(participant=room.secretary).delete()),
    "audience": ("table", lambda room: Consultation.objects.update(audience=Audience.TEAM)),
    "consultation": ("room", lambda room: Consultation.objects.update(hidden_at=clock.now())),
}


@pytest.mark.parametrize("what", GONE)
def test_a_key_does_not_survive_its_owner(room: Room, what: str) -> None:
    audience, take_away = GONE[what]
    holder = {"room": room.phone, "table": room.secretary}.get(audience, room.scene.bob)
    key = key_for(room.board, RoomAudience(audience), holder)
    assert ask(Client(), room.board, key).status_code == 200
    take_away(room)
    forget_checks()  # what half a minute does
    assert ask(Client(), room.board, key).status_code == 403


def test_a_phone_s_key_does_not_open_what_tables_or_screens_read(room: Room) -> None:
    for audience in (RoomAudience.TABLE, RoomAudience.SCREEN, RoomAudience.FACILITATOR):
        assert ask(Client(), room.board, key_for(room.board, audience, room.phone)).status_code == 403


def test_a_key_is_short_and_stands_in_no_address(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    key = key_for(room.board, RoomAudience.ROOM, room.phone)
    assert Client().get(f"/atelier/{room.board.room}/etat", {"cle": key}).status_code == 403
    now = signing.time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + KEY_SECONDS + 2)
    assert ask(Client(), room.board, key).status_code == 403


def test_a_page_is_given_another_key_by_its_session_and_only_its_own(room: Room) -> None:
    phone, desk = Client(), Client()
    phone.post("/atelier/", {"code": room.board.room})
    desk.force_login(room.scene.bob)
    found = {
        (name, audience.value): client.get(f"/atelier/{room.board.room}/cle/{audience}").status_code
        for name, client in (("nobody", Client()), ("phone", phone), ("facilitator", desk))
        for audience in RoomAudience
    }
    opens = {("phone", "room"), ("facilitator", "facilitator"), ("facilitator", "screen")}
    assert {where for where, status in found.items() if status == 200} == opens
    assert set(found.values()) == {200, 403}
    assert phone.get(f"/atelier/{room.board.room}/cle/x").status_code == 403
    fresh = phone.get(f"/atelier/{room.board.room}/cle/room").json()["key"]
    assert ask(Client(), room.board, fresh).status_code == 200


def test_asking_again_reads_the_rows_once_in_half_a_minute(room: Room, django_assert_num_queries: Any) -> None:
    key = key_for(room.board, RoomAudience.ROOM, room.phone)
    known = ask(Client(), room.board, key).json()["version"]
    with django_assert_num_queries(0):
        assert ask(Client(), room.board, key, known).status_code == 304


def test_who_waits_at_the_entrance_is_given_no_key(room: Room) -> None:
    """Neither by her session, nor by a key of before."""
    phone = Client()
    phone.post("/atelier/", {"code": room.board.room})
    seat, address = Seat.objects.latest("pk"), f"/atelier/{room.board.room}/cle/room"
    assert phone.get(address).status_code == 200
    Seat.objects.filter(pk=seat.pk).update(admission=Admission.WAITING)
    assert phone.get(address).status_code == 403
    assert ask(Client(), room.board, key_for(room.board, RoomAudience.ROOM, seat.participant)).status_code == 403

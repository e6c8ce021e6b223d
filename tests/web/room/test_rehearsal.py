"""Nobody takes a rehearsal for the workshop: each of its pages says what becomes of what one writes there."""

from __future__ import annotations

import pytest
from django.test import Client

from parvis.meetings.models import Board
from parvis.meetings.operations.room.table_links import table_path
from tests.html import squeezed
from tests.meetings.room.scene import Room

pytestmark = pytest.mark.django_db
SAID = "Ceci est une répétition"


def pages(room: Room) -> dict[str, str]:
    """What the phone, the table, the facilitator and the screen read."""
    phone, laptop, desk = Client(), Client(), Client()
    phone.post("/atelier/", {"code": room.board.room})
    laptop.post(table_path(room.board, 1))
    desk.force_login(room.scene.bob)
    base = f"/atelier/{room.board.room}"
    found = {
        "phone": phone.get(f"{base}/"),
        "table": laptop.get(f"{base}/secretaire/"),
        "facilitator": desk.get(f"{base}/table/"),
        "screen": desk.get(f"{base}/ecran/"),
    }
    assert {name: answer.status_code for name, answer in found.items()} == dict.fromkeys(found, 200)
    return {name: squeezed(answer.content.decode()) for name, answer in found.items()}


def test_each_page_of_a_rehearsal_says_that_it_is_one(room: Room) -> None:
    Board.objects.filter(pk=room.board.pk).update(rehearsal=True)
    said = pages(room)
    assert [name for name in ("phone", "table", "facilitator") if SAID not in said[name]] == []
    assert ">Répétition</strong>" in said["screen"]
    erase = f'href="/gestion/rencontres/{room.scene.meeting.code}/salle/"'
    assert [name for name, page in said.items() if erase in page] == ["facilitator"]


def test_no_page_of_a_workshop_speaks_of_a_rehearsal(room: Room) -> None:
    assert [name for name, page in pages(room).items() if "épétition" in page] == []

"""Those who registered are told of a change, once, after the agent has seen to how many and what."""

from __future__ import annotations

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.test import Client

from parvis.core import clock
from parvis.core.mailing.sender import send_all_due
from parvis.core.models import OutgoingMail
from parvis.gathering.desk.received import gather_received
from parvis.meetings.models import Attendance, Meeting
from parvis.meetings.operations.create_meeting import MeetingDetails, create_meeting
from parvis.meetings.operations.tell_change import tell_change
from parvis.meetings.operations.update_meeting import cancel_meeting, reinstate_meeting, update_meeting
from parvis.people.models import Contact
from tests.sheets.scene import Sheets, make_sheets
from tests.web.desk.conftest import signed_in

DAY = datetime.timedelta(days=1)
HANDS = 8


def details(world: Sheets, **changed: Any) -> MeetingDetails:
    values: dict[str, Any] = {
        "title": "Atelier emploi", "starts_at": clock.now() + 3 * DAY, "territory": world.consultation.territory,
        "place": "Salle des fêtes",
    }  # fmt: skip
    return MeetingDetails(**values | changed)


def registered(world: Sheets, meeting: Meeting, presence: str = "registered", **fields: Any) -> Contact:
    contact = world.participant(world.caf).contact
    assert contact is not None
    for name, value in fields.items():
        setattr(contact, name, value)
    contact.save()
    Attendance.objects.create(meeting=meeting, contact=contact, presence=presence, updated_at=clock.now())
    return contact


def a_meeting(world: Sheets) -> Meeting:
    return create_meeting(world.scene.alice, world.consultation, details(world))


@pytest.fixture
def world(db: None) -> Sheets:
    return make_sheets()


def addresses() -> list[str]:
    send_all_due()
    return sorted(letter.to[0] for letter in mail.outbox)


def test_who_registered_is_told_once_of_each_change(world: Sheets) -> None:
    alice, meeting = world.scene.alice, a_meeting(world)
    comes = registered(world, meeting)
    registered(world, meeting, "excused")
    registered(world, meeting, "invited")
    same = details(world, starts_at=meeting.starts_at, introduction="Mieux dit")
    update_meeting(alice, meeting, same)
    assert tell_change(alice, meeting) == 0, "nothing that matters changed"
    update_meeting(alice, meeting, details(world, starts_at=meeting.starts_at, place="Mairie"))
    later = registered(world, meeting)
    assert [tell_change(alice, meeting) for _ in range(2)] == [1, 0]
    assert addresses() == [comes.email]
    assert "Mairie" in mail.outbox[0].body
    assert mail.outbox[0].subject.startswith("Changement : Atelier emploi, ")
    cancel_meeting(alice, meeting)
    assert addresses() == sorted([comes.email, comes.email, later.email])
    assert mail.outbox[-1].subject == "Annulée : Atelier emploi"
    reinstate_meeting(alice, meeting)
    assert tell_change(alice, meeting) == 2


def test_nobody_is_told_of_what_is_past(world: Sheets) -> None:
    meeting = a_meeting(world)
    registered(world, meeting)
    with clock.at(clock.now() + 5 * DAY):
        cancel_meeting(world.scene.alice, meeting)
    assert not OutgoingMail.objects.exists()


def test_the_agent_sees_the_number_and_the_text_before(world: Sheets) -> None:
    meeting, desk = a_meeting(world), signed_in(world.scene.alice)
    registered(world, meeting)
    registered(world, meeting, email="", name="Sans Adresse", phone="01 02 03 04 05")
    base = f"/gestion/rencontres/{meeting.code}"
    page = read(desk, f"{base}/annuler/")
    assert "1 personne inscrite" in page
    assert "Elle est annulée, ne vous déplacez pas" in page
    assert "Sans Adresse, CAF · 01 02 03 04 05" in page
    form = {"kind": "workshop", "title": "Atelier emploi", "on": "2100-01-02", "starts": "14:00", "place": "Mairie",
            "territory": world.consultation.territory.code}  # fmt: skip
    assert desk.post(f"{base}/modifier/", form).headers["Location"] == f"{base}/prevenir/"
    assert not OutgoingMail.objects.exists()
    page = read(desk, f"{base}/prevenir/")
    assert "1 personne inscrite" in page
    assert "2 janvier 2100, 14:00" in page
    assert "Les prévenir" in read(desk, f"{base}/")
    assert [row.code for row in gather_received(world.scene.alice).changes] == [meeting.code]
    desk.post(f"{base}/prevenir/")
    assert len(addresses()) == 1
    assert "Les prévenir" not in read(desk, f"{base}/")


def read(desk: Client, address: str) -> str:
    return desk.get(address).content.decode().replace("&#x27;", "'")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_a_file")
def test_agents_who_tell_at_once_tell_once() -> None:
    world = make_sheets()
    meeting = a_meeting(world)
    registered(world, meeting)
    update_meeting(world.scene.alice, meeting, details(world, place="Mairie"))
    start = threading.Barrier(HANDS)

    def tell(_: int) -> int:
        try:
            start.wait(timeout=30)
            return tell_change(world.scene.alice, meeting)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as hands:
        assert sum(hands.map(tell, range(HANDS))) == 1
    assert OutgoingMail.objects.count() == 1

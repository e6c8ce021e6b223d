"""The list of those who come, at the desk; what partners see of it."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.test import Client

from parvis.core import clock
from parvis.core.mailing.sender import send_all_due
from parvis.meetings.models import Attendance, Meeting
from parvis.people.models import Contact
from parvis.web.partners.session import _KEY
from tests.html import squeezed
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@pytest.fixture
def meeting(world: Sheets) -> Meeting:
    return world.scene.other_meeting(starts_at=clock.now() + datetime.timedelta(days=9), place="Salle des fêtes")


@pytest.fixture
def desk(world: Sheets) -> Client:
    client = Client()
    client.force_login(world.scene.bob)
    return client


def partner(world: Sheets, participant: object) -> Client:
    client = Client()
    session = client.session
    session[_KEY] = world.key(participant)  # type: ignore[arg-type]
    session.save()
    return client


def test_only_what_was_moved_is_written(desk: Client, world: Sheets, meeting: Meeting) -> None:
    first, second = world.participant(world.caf).contact, world.participant(world.ddets).contact
    assert first is not None
    assert second is not None
    Attendance.objects.create(meeting=meeting, contact=second, presence="excused", updated_at=clock.now())
    address = f"/gestion/rencontres/{meeting.code}/salle/inscriptions/"
    page = {f"was-{first.code}": "invited", f"p-{first.code}": "present",
            f"was-{second.code}": "registered", f"p-{second.code}": "registered", "p-x": "dancing"}  # fmt: skip
    desk.post(address, page)
    assert dict(Attendance.objects.order_by("pk").values_list("contact__code", "presence")) == {
        first.code: "present", second.code: "excused",
    }  # fmt: skip
    shown = desk.get(address)
    assert [(row.contact, row.presence) for row in shown.context["rows"]] == [
        (first.code, "present"), (second.code, "excused"),
    ]  # fmt: skip
    assert [row.contact for row in desk.get(f"{address}?etat=excused").context["rows"]] == [second.code]


def test_adding_by_hand_asks_for_someone_and_keeps_what_was_typed(
    desk: Client, world: Sheets, meeting: Meeting
) -> None:
    address = f"/gestion/rencontres/{meeting.code}/salle/inscriptions/ajouter/"
    page = desk.post(address, {"position": "Conseillère", "presence": "registered"})
    assert (page.status_code, sorted(page.context["form"].errors)) == (422, ["name", "organisation"])
    assert 'value="Conseillère"' in page.content.decode()
    sent = {"organisation": world.caf.code, "name": "Nouvelle", "presence": "present"}
    assert desk.post(address, sent)["Location"] == f"/gestion/rencontres/{meeting.code}/salle/inscriptions/"
    known = world.participant(world.ddets).contact
    assert known is not None
    desk.post(address, {"contact": known.code, "presence": "registered"})
    assert sorted(Attendance.objects.values_list("contact__name", "presence")) == [
        ("Nouvelle", "present"), ("Une personne", "registered"),
    ]  # fmt: skip
    assert Contact.objects.get(name="Nouvelle").organisation == world.caf


def test_the_reminder_page_gives_a_text_to_paste_and_sends(desk: Client, world: Sheets, meeting: Meeting) -> None:
    someone = world.participant(world.caf).contact
    assert someone is not None
    Attendance.objects.create(meeting=meeting, contact=someone, updated_at=clock.now())
    address = f"/gestion/rencontres/{meeting.code}/salle/inscriptions/rappel/"
    page = desk.get(address)
    assert page.context["addresses"] == someone.email
    assert "Salle des fêtes" in page.context["letter"].body
    assert "/partenaires/invitation/" not in page.context["letter"].body
    assert "1 rappel sera envoyé par courriel." in desk.post(address, follow=True).content.decode()
    assert "0 parti, 1 en attente." in squeezed(desk.get(address).content.decode())
    send_all_due()
    assert len(mail.outbox) == 1


def test_a_partner_registers_changes_her_mind_and_takes_the_date(world: Sheets, meeting: Meeting) -> None:
    someone = world.participant(world.caf)
    client = partner(world, someone)
    assert "Je viens" in client.get("/partenaires/rencontres/").content.decode()
    for answer, said in (("yes", "registered"), ("no", "excused")):
        client.post(f"/partenaires/rencontres/{meeting.code}/", {"answer": answer})
        assert Attendance.objects.get().presence == said
    calendar = client.get(f"/partenaires/rencontres/{meeting.code}/rencontre.ics")
    assert calendar["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"LOCATION:Salle des f\xc3\xaates" in calendar.content


def test_a_workshop_of_others_does_not_exist_for_a_partner(world: Sheets, meeting: Meeting) -> None:
    meeting.audience = "restricted"
    meeting.save()
    client = partner(world, world.participant(world.caf))
    assert meeting.title not in client.get("/partenaires/rencontres/").content.decode()
    assert client.post(f"/partenaires/rencontres/{meeting.code}/", {"answer": "yes"}).status_code == 404
    assert client.get(f"/partenaires/rencontres/{meeting.code}/rencontre.ics").status_code == 404
    assert Attendance.objects.count() == 0

"""A town hall has one address: two hundred people come in and speak from behind it, and none is refused."""

from __future__ import annotations

import uuid
from collections import Counter

import pytest
from django.test import Client

from parvis.consultations.models import Participant
from parvis.consultations.operations.invitations import invitation_path, invite_anyone, invite_contact
from parvis.people.models import Contact
from parvis.sheets.models import Opinion
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db
ADDRESS = "198.51.100.7"
PEOPLE = 200


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def doors(world: Sheets) -> list[tuple[str, dict[str, str]]]:
    """Half invited by name, half by the QR code on the wall: address, what its form says."""
    contacts = Contact.objects.bulk_create(
        Contact(organisation=world.caf, name=f"Personne {rank}", email=f"p{rank}@organisme.example")
        for rank in range(PEOPLE // 2)
    )
    named = [invitation_path(invite_contact(world.scene.alice, world.consultation, contact)) for contact in contacts]
    wall = invitation_path(invite_anyone(world.scene.alice, world.consultation))
    return [(path, {}) for path in named] + [(wall, {"organisation": world.asso.code})] * (PEOPLE // 2)


def test_two_hundred_people_behind_one_address_come_in_and_are_heard(world: Sheets) -> None:
    answers: Counter[str] = Counter()
    for path, form in doors(world):
        client = Client(REMOTE_ADDR=ADDRESS, enforce_csrf_checks=True)
        page = client.get(path)
        sent = form | {"csrfmiddlewaretoken": str(page.context["csrf_token"])}
        entered = client.post(path, sent)
        op = {"op_id": str(uuid.uuid4()), "seq": 1, "kind": "opinion", "sheet": world.permis.code, "value": "continue"}
        heard = client.post(
            "/api/v1/outbox",
            {"device": "phone", "ops": [op]},
            content_type="application/json",
            headers={"authorization": f"Bearer {client.session['participant_key']}"},
        )
        answers[f"{page.status_code} {entered.status_code} {heard.status_code}"] += 1
    assert answers == {"200 302 200": PEOPLE}
    assert (Participant.objects.count(), Opinion.objects.filter(value="continue").count()) == (PEOPLE, PEOPLE)

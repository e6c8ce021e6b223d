"""Nobody is to be reminded once the opinions are closed: the silent are no longer something that waits."""

from __future__ import annotations

import pytest

from parvis.consultations.operations.send_invitations import invite_by_mail
from parvis.core.mailing.sender import send_all_due
from parvis.people.models import Contact
from tests.sheets.scene import close_review, make_sheets
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_the_silent_wait_until_the_closing() -> None:
    world = make_sheets()
    Contact.objects.create(organisation=world.caf, name="Une personne", email="une.personne@organisme.example")
    invite_by_mail(world.scene.alice, world.consultation, Contact.objects.filter(organisation=world.caf).order_by("pk"))
    send_all_due()
    desk = signed_in(world.scene.alice)
    assert "encore rien dit" in desk.get("/gestion/").content.decode()
    close_review(world)
    assert "encore rien dit" not in desk.get("/gestion/").content.decode()

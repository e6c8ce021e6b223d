"""Nothing of a draft is read by anyone but agents, whatever it already holds; its doors open with it."""

from __future__ import annotations

import datetime

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from parvis.cli.routes import all_routes
from parvis.consultations.enums import PhaseControl
from parvis.consultations.lifecycle import NOT_OPEN
from parvis.consultations.models import Consultation, Phase
from parvis.consultations.operations.invitations import GONE, TOO_EARLY, find_invitation
from parvis.consultations.operations.lifecycle import open_consultation
from parvis.consultations.operations.send_invitations import invite_by_mail
from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.core.mailing.models import OutgoingMail
from parvis.meetings.models import Attendance, Meeting, Minutes
from parvis.meetings.operations.remind_meeting import queue_reminders
from parvis.people.models import Contact
from tests.rights.crawl import addresses, words_of
from tests.rights.town import Town, make_town
from tests.routes_table import TABLE

pytestmark = pytest.mark.django_db

WORDS = ("quartiers 2030", "atelier du mardi", "le dernier bus part trop tôt", "permis")
"""Titles of the consultation, of a meeting, of a sheet; a sentence of published minutes."""


@pytest.fixture
def town() -> Town:
    """A town where everything happened, whose consultation is a draft again: no operation does that."""
    cache.clear()
    town = make_town()
    Consultation.objects.update(opened_at=None)
    return town


def test_no_address_tells_a_word_of_a_draft_to_who_is_not_an_agent(town: Town) -> None:
    values = town.values()
    clients = town.clients()
    told = set()
    for who in ("anyone", "partner", "referent", "lead", "secretary", "phone"):
        for route, address in addresses(values, values, files=False):
            words = words_of(clients[who].get(address))
            told |= {(who, route, word) for word in WORDS if word in words}
    assert told == set()


def test_the_same_addresses_tell_them_once_it_is_open(town: Town) -> None:
    values, told = town.values(), set()
    assert Client().get("/concertations/{slug}/".format(**values)).status_code == 404
    open_consultation(town.sheets.scene.alice, town.sheets.consultation)
    for _, address in addresses(values, values, files=False):
        words = words_of(Client().get(address))
        told |= {word for word in WORDS if word in words}
    assert told == set(WORDS)
    assert "permis" in words_of(town.clients()["partner"].get("/partenaires/fiches/"))


def test_no_link_nor_mail_opens_a_draft(town: Town) -> None:
    scene, consultation = town.sheets.scene, town.sheets.consultation
    token = str(town.keys["invitation"])
    assert find_invitation(token) is None
    closed = Client().get(f"/partenaires/invitation/{token}/")
    assert (closed.status_code, closed.context["reason"]) == (410, TOO_EARLY)
    assert Client().get(f"/partenaires/invitation/{token}x/").context["reason"] == GONE
    before = OutgoingMail.objects.count()
    Phase.objects.update(closes_on=None, control=PhaseControl.OPEN)
    with pytest.raises(RefusedInput, match="pas encore ouverte"):
        invite_by_mail(scene.alice, consultation, Contact.objects.all())
    scene.meeting.starts_at = consultation.created_at.replace(year=2090)
    scene.meeting.save()
    with pytest.raises(RefusedInput) as refused:
        queue_reminders(scene.alice, scene.meeting, unanswered=True)
    assert (refused.value.message, OutgoingMail.objects.count()) == (NOT_OPEN, before)
    open_consultation(scene.alice, consultation)
    assert find_invitation(token) is not None
    assert queue_reminders(scene.alice, scene.meeting, unanswered=True) == 1


def test_agents_prepare_a_draft(town: Town) -> None:
    values, client = town.values(), town.clients()["coordinator"]
    page = client.get("/gestion/concertations/{consultation}/".format(**values)).content.decode()
    assert "C'est un brouillon" in page.replace("&#x27;", "'")
    for part in ("modifier/", "etapes/", "fiches/", "annuaire/", "rencontres/nouvelle/", "invitations/"):
        assert client.get("/gestion/concertations/{consultation}/".format(**values) + part).status_code == 200, part


def test_the_page_that_publishes_says_that_nothing_will_show(town: Town) -> None:
    values, client = town.values(), town.clients()["coordinator"]
    Minutes.objects.filter(code=values["minutes"]).update(state="ready")
    page = client.get("/gestion/comptes-rendus/{minutes}/publier/".format(**values)).content.decode()
    assert "rien ne paraîtra tant qu" in page
    meeting = client.get("/gestion/rencontres/{meeting}/".format(**values)).content.decode()
    assert "La page publique" not in meeting
    assert "Brouillon" in client.get("/gestion/").content.decode()


def test_every_gesture_of_an_agent_answers_in_a_draft(town: Town) -> None:
    """What would write to partners, or let them in, is refused with its reason: nothing breaks."""
    values, client = town.values(), town.clients()["coordinator"]
    for route in all_routes():
        if "POST" in route.methods and "/gestion/" in route.path:
            template = TABLE.get(f"GET {route.path}", TABLE.get(f"POST {route.path}"))
            assert template is not None
            with transaction.atomic():
                assert client.post((template[0] or route.path).format(**values)).status_code < 500
                transaction.set_rollback(True)


def test_the_buttons_that_write_to_partners_say_why_not(town: Town) -> None:
    values, client, scene = town.values(), town.clients()["coordinator"], town.sheets.scene
    Phase.objects.update(closes_on=None, control=PhaseControl.OPEN)
    someone = town.partners["partner"].contact
    assert someone is not None
    changed = clock.now()
    Meeting.objects.update(starts_at=changed + datetime.timedelta(days=9), changed_at=changed)
    Attendance.objects.create(
        meeting=scene.meeting, contact=someone, presence="registered", updated_at=changed - datetime.timedelta(hours=1)
    )
    before = OutgoingMail.objects.count()
    new = Contact.objects.create(organisation=town.sheets.caf, name="Ève", email="eve@organisme.example")
    for address, sent in (
        ("/gestion/concertations/{consultation}/invitations/envoyer/inviter/", {"contact": new.code, "confirmed": "1"}),
        ("/gestion/rencontres/{meeting}/prevenir/", {}),
        ("/gestion/rencontres/{meeting}/salle/inscriptions/rappel/", {}),
    ):  # fmt: skip
        answer = client.post(address.format(**values), sent, follow=True)
        assert "pas encore ouverte" in answer.content.decode(), address
    assert OutgoingMail.objects.count() == before

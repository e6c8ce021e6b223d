"""The directory at the desk: an organisation, its people, by whoever prepares the consultation."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.consultations.models import Partner
from parvis.consultations.operations.invitations import invite_contact
from parvis.people.models import Contact, Organisation, User
from tests.places import make_consultation
from tests.sheets.scene import Sheets, make_sheets
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@pytest.fixture
def alice(world: Sheets) -> Client:
    return signed_in(world.scene.alice)


def address(world: Sheets, *rest: str) -> str:
    parts = "".join(f"{part}/" for part in rest)
    return f"/gestion/concertations/{world.consultation.code}/annuaire/{parts}"


def contact(world: Sheets, name: str = "Awa Diop") -> Contact:
    found = world.participant(world.caf, name).contact
    assert found is not None
    return found


def test_contact_is_added_then_shown(world: Sheets, alice: Client) -> None:
    typed = {"name": "Awa Diop", "position": "Chargée de mission", "email": "Awa@Caf.example", "phone": "01 02 03"}
    assert alice.post(address(world, world.caf.code, "contacts", "nouveau"), typed)["Location"] == address(
        world, world.caf.code
    )
    page = alice.get(address(world, world.caf.code)).content.decode()
    for word in ("Awa Diop", "Chargée de mission", "awa@caf.example", "01 02 03"):
        assert word in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [({}, "Donnez au moins un nom"), ({"name": "<b>x</b>", "email": "pas une adresse"}, "&lt;b&gt;x&lt;/b&gt;")],
)
def test_contact_refused_keeps_what_was_typed(typed: dict[str, str], said: str, world: Sheets, alice: Client) -> None:
    answer = alice.post(address(world, world.caf.code, "contacts", "nouveau"), typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Contact.objects.exists()


def test_contact_is_changed_and_the_agent_is_told_of_the_closed_door(world: Sheets, alice: Client) -> None:
    held = contact(world)
    invite_contact(None, world.consultation, held)
    form = address(world, world.caf.code, "contacts", held.code)
    assert held.email in alice.get(form).content.decode()
    page = alice.post(form, {"name": "Awa Ba", "email": "awa.ba@caf.example"}, follow=True).content.decode()
    assert "invitez de nouveau" in page
    held.refresh_from_db()
    assert (held.name, held.email) == ("Awa Ba", "awa.ba@caf.example")


def test_contact_is_erased_once_confirmed(world: Sheets, alice: Client) -> None:
    held = contact(world)
    form = address(world, world.caf.code, "contacts", held.code, "effacer")
    assert "sans son nom" in alice.get(form).content.decode()
    assert Contact.objects.get().name == "Awa Diop"
    page = alice.post(form, follow=True).content.decode()
    assert "Awa Diop" not in page
    assert Contact.objects.get().name == ""
    assert alice.post(form).status_code == 404


def test_referent_is_designated_then_dismissed(world: Sheets, alice: Client) -> None:
    first, second = contact(world), contact(world, "Bo Li")
    for each in (first, second):
        alice.post(address(world, world.caf.code, "contacts", each.code, "referent"), {"referent": "oui"})
    assert list(Contact.objects.filter(is_referent=True)) == [second]
    assert alice.get(address(world, world.caf.code)).content.decode().count('<span class="badge badge--info">') == 1
    alice.post(address(world, world.caf.code, "contacts", second.code, "referent"), {"referent": "non"})
    assert not Contact.objects.filter(is_referent=True).exists()


def test_perimeter_is_saved_on_the_same_page(world: Sheets, alice: Client) -> None:
    partner = world.caf.partnerships.get()
    theme = world.scene.jobs
    answer = alice.post(address(world, world.caf.code), {"themes": [theme.code], "reads_restricted": "on"})
    assert answer["Location"] == address(world, world.caf.code)
    partner.refresh_from_db()
    assert (list(partner.themes.all()), partner.reads_restricted) == ([theme], True)
    shown = alice.get(address(world, world.caf.code)).content.decode()
    assert shown.count(" checked") == 2


def test_organisation_is_added_then_changed(world: Sheets, alice: Client) -> None:
    typed = {"name": "Le Pont", "type": "association", "siret": "", "phone": "", "address": ""}
    answer = alice.post(address(world, "nouveau"), typed)
    made = Organisation.objects.get(name="Le Pont")
    assert answer["Location"] == address(world, made.code)
    refused = alice.post(address(world, made.code, "modifier"), typed | {"siret": "123"})
    assert (refused.status_code, 'value="123"' in refused.content.decode()) == (422, True)
    alice.post(address(world, made.code, "modifier"), typed | {"name": "Le Grand Pont", "phone": "01"})
    made.refresh_from_db()
    assert (made.name, made.phone) == ("Le Grand Pont", "01")


def test_nothing_is_reached_through_another_consultation(world: Sheets, alice: Client) -> None:
    """Dan prepares elsewhere; and a contact is not reached through an organisation that is not hers."""
    held = contact(world)
    dan = signed_in(User.objects.get(email="dan@exemple.fr"))
    paths = [
        address(world, world.caf.code),
        address(world, world.caf.code, "contacts", held.code),
        address(world, world.caf.code, "contacts", held.code, "effacer"),
        address(world, world.caf.code, "contacts", held.code, "referent"),
    ]
    assert [dan.post(path, {"referent": "oui"}).status_code for path in paths] == [404] * 4
    for more in ((), ("effacer",), ("referent",)):
        path = address(world, world.ddets.code, "contacts", held.code, *more)
        assert alice.post(path, {"referent": "oui"}).status_code == 404
    held.refresh_from_db()
    assert (held.name, held.is_referent) == ("Awa Diop", False)


def test_a_partner_of_another_consultation_only_is_not_of_this_one(world: Sheets, alice: Client) -> None:
    other = make_consultation(world.scene.alice, world.consultation.territory, "une-autre")
    partner = Organisation.objects.create(territory=world.consultation.territory, name="Ailleurs")
    Partner.objects.create(consultation=other, organisation=partner)
    assert alice.get(address(world, partner.code)).status_code == 404


def test_organisation_asks_as_much_for_two_contacts_as_for_fifty(world: Sheets, alice: Client) -> None:
    counts = []
    for number in (2, 50):
        for each in range(number):
            Contact.objects.create(organisation=world.caf, name=f"Personne {number} {each}")
        with CaptureQueriesContext(connection) as queries:
            alice.get(address(world, world.caf.code))
        counts.append(len(queries))
    assert counts[0] == counts[1]

"""Two organisations made one on screen: proposed, chosen, seen, confirmed; refused with its reason."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from parvis.core import clock
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact, Organisation
from parvis.sheets.models import Position
from parvis.territories.models import Territory
from tests.sheets.scene import Sheets, make_sheets, organisation
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db
NAME = "Caisse d'allocations familiales de l'Essonne"


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@pytest.fixture
def alice(world: Sheets) -> Client:
    return signed_in(world.scene.alice)


@pytest.fixture
def double(world: Sheets) -> Organisation:
    return organisation(world.scene, NAME, OrganisationType.CAF)


def directory(world: Sheets, end: str = "") -> str:
    return f"/gestion/concertations/{world.consultation.code}/annuaire/{end}"


def words(content: bytes) -> str:
    return html.unescape(content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_directory_proposes_likely_doubles(world: Sheets, alice: Client, double: Organisation) -> None:
    Organisation.objects.filter(pk__in=[world.ddets.pk, world.asso.pk]).update(siret="35600000000048")
    answer = alice.get(directory(world))
    pairs = {(pair.kept.name, pair.other.name, pair.reason) for pair in answer.context["likely"]}
    assert pairs == {("CAF", NAME, "noms proches"), ("DDETS", "Les Vélos du Quartier", "même SIRET")}
    assert "2 doublons possibles" in words(answer.content)
    assert not alice.get(directory(world), {"q": "caf"}).context["likely"]


def test_who_only_reads_is_proposed_nothing(world: Sheets, double: Organisation) -> None:
    assert "doublon" not in words(signed_in(world.scene.bob).get(directory(world)).content)


def test_the_other_is_chosen_and_what_moves_is_told(world: Sheets, alice: Client, double: Organisation) -> None:
    world.opine(world.participant(double, "Awa Diop"), world.permis, "continue")
    Contact.objects.create(organisation=double, name="Bo Li", email="bo@caf.example", is_referent=True)
    Contact.objects.create(organisation=world.caf, name="Li Bo", email="bo@caf.example", is_referent=True)
    Organisation.objects.filter(pk=double.pk).update(type=OrganisationType.ASSOCIATION, phone="01 02")
    Organisation.objects.filter(pk=world.caf.pk).update(phone="03 04")
    address = directory(world, f"{world.caf.code}/reunir/")
    assert NAME in words(alice.get(address).content)
    page = words(alice.get(address, {"avec": double.code}).content)
    for told in ("2 contacts", "1 avis", "Li Bo est dans les deux", "collège Social et santé", "le téléphone 01 02"):
        assert told in page
    assert "n'est plus référent" not in page
    assert Organisation.objects.filter(pk=double.pk).exists()


def test_confirmed_they_are_one(world: Sheets, alice: Client, double: Organisation) -> None:
    address = directory(world, f"{world.caf.code}/reunir/")
    done = alice.post(address, {"avec": double.code}, follow=True)
    assert "ne font plus qu'un" in words(done.content)
    assert f"Aussi connu comme {NAME}" in words(done.content)
    again = alice.post(address, {"avec": double.code})
    assert (again.status_code, "choisissez-en un autre" in words(again.content)) == (422, True)


def test_what_is_refused_says_why_and_changes_nothing(world: Sheets, alice: Client, double: Organisation) -> None:
    for house, value in ((world.caf, "continue"), (double, "adapt")):
        Position.objects.create(organisation=house, sheet=world.velo, value=value, updated_at=clock.now())
    answer = alice.post(directory(world, f"{world.caf.code}/reunir/"), {"avec": double.code})
    assert (answer.status_code, "elles diffèrent" in words(answer.content)) == (422, True)
    assert Organisation.objects.filter(pk=double.pk).exists()


def test_one_of_another_town_cannot_be_chosen(world: Sheets, alice: Client) -> None:
    town = Territory.objects.exclude(pk=world.caf.territory_id).order_by("pk")[0]
    elsewhere = Organisation.objects.create(territory=town, name="Ailleurs")
    answer = alice.post(directory(world, f"{world.caf.code}/reunir/"), {"avec": elsewhere.code})
    assert answer.status_code == 422
    assert "Ailleurs" not in words(answer.content)

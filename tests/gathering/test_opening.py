"""What the opening of a consultation announces: what is read, by whom, and what is missing."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation, Phase
from parvis.core import clock
from parvis.gathering.desk.opening import gather_opening
from parvis.sheets.enums import SheetState
from tests.places import make_agent, make_places
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    world = make_sheets()
    Consultation.objects.update(opened_at=None, audience=Audience.PUBLIC)
    world.consultation.refresh_from_db()
    world.consultation.sheets.update(audience=Audience.PARTNERS)
    world.scene.meeting.__class__.objects.update(audience=Audience.PUBLIC)
    world.scene.other_meeting(audience=Audience.TEAM)
    world.sheet("Un brouillon", state=SheetState.DRAFT)
    return world


def test_it_says_who_will_read_what(world: Sheets) -> None:
    opening = gather_opening(world.consultation)
    assert opening.shown == (
        "Par tout le monde : la page de la concertation et 1 rencontre.",
        "Par les partenaires : 2 fiches actions.",
        "Par l'équipe projet seulement : 1 rencontre.",
    )
    assert opening.kept[1] == "1 fiche reste en brouillon, pour les agents seulement."


def test_nothing_is_read_by_more_people_than_the_consultation(world: Sheets) -> None:
    world.consultation.audience = Audience.RESTRICTED
    assert gather_opening(world.consultation).shown == (
        "Par le groupe restreint : la page de la concertation, 1 rencontre et 2 fiches actions.",
        "Par l'équipe projet seulement : 1 rencontre.",
    )


def test_an_embargo_is_told(world: Sheets) -> None:
    world.consultation.embargo_until = clock.now() + datetime.timedelta(days=400)
    assert gather_opening(world.consultation).shown[0].startswith("Par tout le monde, à partir du ")


def test_what_is_missing_has_its_page_and_prevents_nothing(world: Sheets) -> None:
    Phase.objects.update(opens_on=None, closes_on=None)
    world.consultation.partners.all().delete()
    missing = {item.page for item in gather_opening(world.consultation).missing}
    assert missing == {"edit_consultation", "phases", "directory"}
    desk = Client()
    desk.force_login(world.scene.alice)
    address = f"/gestion/concertations/{world.consultation.code}/"
    page = desk.get(f"{address}ouvrir/").content.decode()
    assert all(f'href="{address}{part}"' in page for part in ("modifier/", "etapes/", "annuaire/"))
    assert desk.post(f"{address}ouvrir/")["Location"] == address
    assert Client().get(f"/concertations/{world.consultation.slug}/").status_code == 200
    assert desk.get(f"{address}ouvrir/").status_code == 302


def test_one_just_created_misses_almost_everything() -> None:
    places = make_places()
    desk = Client()
    desk.force_login(make_agent(places.lune))
    sent = {"territory": places.lune.code, "title": "Contrat", "authority": "Val de Lune", "audience": "public"}
    made = desk.post("/gestion/concertations/nouvelle/", sent)["Location"]
    assert len(desk.get(f"{made}ouvrir/").context["missing"]) == 6
    assert "Brouillon" in desk.get("/gestion/concertations/").content.decode()

"""A territory renamed or hidden on screen: what an import, a picker and the public make of it."""

from __future__ import annotations

import pytest
from django.test import Client

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation
from parvis.core.models import JournalEntry
from parvis.people.enums import RoleKind
from parvis.people.models import User
from parvis.sheets.enums import SheetState
from parvis.sheets.models import ActionSheet
from parvis.territories.models import Territory
from parvis.territories.operations.import_territories import import_territories
from tests.places import TABLE, Places, make_agent
from tests.web.desk.conftest import signed_in
from tests.web.desk.page_forms import form_of

pytestmark = pytest.mark.django_db


def address(territory: Territory) -> str:
    return f"/gestion/territoires/{territory.code}/modifier/"


def hide(desk: Client, territory: Territory) -> None:
    assert desk.post(address(territory), {"name": territory.name, "hidden": "on"}).status_code == 302


def test_a_name_given_here_survives_the_next_import(desk: Client, places: Places) -> None:
    assert desk.post(address(places.tilleuls), {"name": "Les Tilleuls – Gare"}).status_code == 302
    import_territories(None, TABLE)
    assert Territory.objects.get(pk=places.tilleuls.pk).name == "Les Tilleuls – Gare"
    assert JournalEntry.objects.get(verb="settle_territory").values == {"renamed": True, "hidden": False}
    assert "Les Tilleuls – Gare" in desk.get("/gestion/territoires/").content.decode()


def test_one_who_does_not_administer_it_changes_nothing(places: Places, desk: Client) -> None:
    coordinator = signed_in(make_agent(places.lune, RoleKind.COORDINATOR))
    for client, territory in ((coordinator, places.tilleuls), (desk, places.large)):
        assert client.post(address(territory), {"name": "Autre"}).status_code == 404
    assert not Territory.objects.filter(name="Autre").exists()


def test_an_empty_name_is_refused(desk: Client, places: Places) -> None:
    assert desk.post(address(places.tilleuls), {"name": " "}).status_code == 422


def test_hidden_it_is_offered_nowhere_nor_what_lies_below(
    desk: Client, places: Places, consultation: Consultation
) -> None:
    root = f"/gestion/concertations/{consultation.code}"
    pages = (f"{root}/rencontres/nouvelle/", f"{root}/fiches/nouvelle/")
    for page in pages:
        assert places.tilleuls.code in desk.get(page).content.decode()
    hide(desk, places.vallieres)
    for page in pages:
        text = desk.get(page).content.decode()
        assert places.vallieres.code not in text
        assert places.tilleuls.code not in text
    desk.post(address(places.vallieres), {"name": "Vallières"})
    assert places.tilleuls.code in desk.get(pages[0]).content.decode()


def test_what_is_filed_there_already_stays(desk: Client, places: Places, consultation: Consultation) -> None:
    """Saving the form of a sheet must not take away a place that is no longer offered."""
    sheet = ActionSheet.objects.create(
        consultation=consultation, number=1, title="Une action", state=SheetState.READY, audience=Audience.PARTNERS
    )
    sheet.themes.set(consultation.themes.all()[:1])
    sheet.territories.set([places.tilleuls])
    hide(desk, places.tilleuls)
    page = f"/gestion/concertations/{consultation.code}/fiches/{sheet.code}/"
    sent = form_of(desk.get(page).content.decode(), "budget")
    assert desk.post(page, {**sent, "budget": "12"}).status_code == 302
    assert list(sheet.territories.all()) == [places.tilleuls]


def test_the_public_reads_the_places_of_open_consultations_only(
    desk: Client, places: Places, consultation: Consultation, admin: User
) -> None:
    Consultation.objects.filter(pk=consultation.pk).update(audience=Audience.PUBLIC)
    page = Client().get("/rencontres/").content.decode()
    assert "Les Tilleuls" in page
    assert "Le Port" not in page, "another agglomération, that consults nobody"
    hide(desk, places.tilleuls)
    page = Client().get("/rencontres/").content.decode()
    assert "Les Tilleuls" not in page
    assert "La Gare" in page


def test_the_desk_shows_ones_own_agglomeration(desk: Client, places: Places) -> None:
    page = desk.get("/gestion/territoires/").content.decode()
    assert "Vallières" in page
    assert "Le Port" not in page
    assert "n'est pas montrée" in page

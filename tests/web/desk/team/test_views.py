"""The project team."""

from __future__ import annotations

from django.test import Client

from parvis.consultations.models import Consultation
from parvis.people.enums import RoleKind
from tests.places import Places, make_agent

LIST = "/gestion/concertations/"


def test_team_offers_agents_of_the_territory_only(desk: Client, consultation: Consultation, places: Places) -> None:
    address = f"{LIST}{consultation.code}/equipe/"
    stranger, colleague = make_agent(places.large), make_agent(places.lune, RoleKind.READER)
    assert desk.post(address, {"user": stranger.code}).status_code == 422
    assert desk.post(address, {"user": colleague.code}).status_code == 302
    assert consultation.members.count() == 2
    leaving = f"{address}{colleague.code}/retirer/"
    assert "ne verra plus qui a dit quoi" in desk.get(leaving).content.decode()
    assert consultation.members.count() == 2, "reading the page takes nobody out"
    assert desk.post(leaving)["Location"] == address
    assert consultation.members.count() == 1
    assert desk.get(leaving).status_code == 404


def test_the_last_of_a_team_stays_and_the_page_says_why(desk: Client, consultation: Consultation) -> None:
    last = consultation.members.get().user
    refused = desk.post(f"{LIST}{consultation.code}/equipe/{last.code}/retirer/")
    assert refused.status_code == 422
    assert "garde au moins une personne" in refused.content.decode()
    assert consultation.members.count() == 1

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
    desk.post(f"{address}{colleague.code}/retirer/")
    assert consultation.members.count() == 1
    assert desk.get(f"{address}{colleague.code}/retirer/").status_code == 405

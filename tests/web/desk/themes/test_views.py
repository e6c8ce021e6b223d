"""The themes of a consultation."""

from __future__ import annotations

from django.test import Client

from parvis.consultations.models import Consultation
from tests.places import Places, make_agent, make_consultation

LIST = "/gestion/concertations/"


def test_themes_are_added_moved_and_removed(desk: Client, consultation: Consultation) -> None:
    address = f"{LIST}{consultation.code}/thematiques/"
    desk.post(address, {"name": "Mobilité", "aliases": "Transports\nBus", "audience": "public"})
    added = consultation.themes.get(name="Mobilité")
    desk.post(f"{address}{added.code}/changer/", {"gesture": "up"})
    assert [theme.name for theme in consultation.themes.all()][-2:] == [
        "Mobilité",
        "Sécurité / Prévention de la délinquance",
    ]
    desk.post(f"{address}{added.code}/", {"name": "Se déplacer", "aliases": "", "audience": "partners"})
    added.refresh_from_db()
    assert (added.name, added.audience, added.aliases.count()) == ("Se déplacer", "partners", 0)
    desk.post(f"{address}{added.code}/changer/", {"gesture": "remove"})
    assert consultation.themes.count() == 7


def test_theme_of_another_consultation_cannot_be_reached_through_mine(
    desk: Client, consultation: Consultation, places: Places
) -> None:
    other = make_consultation(make_agent(places.large), places.large, slug="ailleurs").themes.all()[0]
    address = f"{LIST}{consultation.code}/thematiques/{other.code}/"
    assert [desk.get(address).status_code, desk.post(f"{address}changer/").status_code] == [404, 404]

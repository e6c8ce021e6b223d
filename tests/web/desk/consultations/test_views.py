from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation
from parvis.people.enums import RoleKind
from parvis.people.models import User
from tests.places import Places, make_agent, make_consultation
from tests.web.desk.conftest import signed_in

LIST, NEW = "/gestion/concertations/", "/gestion/concertations/nouvelle/"
PARTS = ("modifier/", "etapes/", "validation/", "equipe/", "thematiques/")


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_new_consultation_proposes_its_address(desk: Client, places: Places, admin: User) -> None:
    sent = {
        "territory": places.lune.code,
        "title": "Contrat de ville : l'avenir",
        "authority": "Val de Lune",
        "audience": "public",
    }
    answer = desk.post(NEW, sent)
    made = Consultation.objects.get()
    assert (made.slug, answer["Location"]) == ("contrat-de-ville-l-avenir", f"{LIST}{made.code}/")
    again = desk.post(NEW, sent)
    assert again.status_code == 422
    assert again.context["form"].errors == {
        "slug": ["Cette adresse est, ou a été, celle d'une autre concertation : changez-en un mot."]
    }
    assert Consultation.objects.count() == 1


def test_new_consultation_with_everything_wrong_ties_errors_to_fields_and_keeps_what_was_typed(
    desk: Client, places: Places
) -> None:
    answer = desk.post(
        NEW, {"territory": places.large.code, "introduction": "Déjà écrit", "contact_email": "pas une adresse"}
    )
    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["audience", "authority", "contact_email", "territory", "title"]
    page = answer.content.decode()
    assert "Déjà écrit" in page
    assert 'value="pas une adresse"' in page
    assert Consultation.objects.count() == 0


def test_consultation_pages_of_other_territories_do_not_exist(consultation: Consultation, places: Places) -> None:
    stranger = signed_in(make_agent(places.large))
    address = f"{LIST}{consultation.code}/"
    for path in ("", *PARTS, "rencontres/nouvelle/"):
        assert stranger.get(address + path).status_code == 404
        if path:
            assert stranger.post(address + path, {"title": "Volé"}).status_code == 404
    assert list(stranger.get(LIST).context["consultations"]) == []


@pytest.mark.parametrize("role", [RoleKind.READER, RoleKind.ELECTED, RoleKind.MODERATOR, RoleKind.FACILITATOR])
def test_consultation_is_read_and_not_changed_by_who_does_not_prepare(
    role: RoleKind, consultation: Consultation, places: Places
) -> None:
    client = signed_in(make_agent(places.lune, role))
    address = f"{LIST}{consultation.code}/"
    assert client.get(address).status_code == 200
    assert [client.get(address + part).status_code for part in PARTS] == [403] * 5
    assert client.get(f"{address}rencontres/nouvelle/").status_code == (200 if role == RoleKind.FACILITATOR else 403)
    assert "Modifier" not in client.get(address).content.decode()


def test_consultation_of_the_team_is_hidden_from_other_coordinators(consultation: Consultation, places: Places) -> None:
    consultation.audience = Audience.TEAM
    consultation.save()
    other = signed_in(make_agent(places.lune, RoleKind.COORDINATOR))
    assert other.get(f"{LIST}{consultation.code}/").status_code == 404


def test_edit_consultation_saves_and_returns(desk: Client, consultation: Consultation) -> None:
    address = f"{LIST}{consultation.code}/"
    form = {"title": "Autre", "slug": "Autre Adresse", "authority": "Val", "audience": "partners",
            "embargo_until": "2026-06-01T09:30"}  # fmt: skip
    assert desk.post(f"{address}modifier/", form)["Location"] == address
    consultation.refresh_from_db()
    assert (consultation.title, consultation.slug, consultation.audience) == ("Autre", "autre-adresse", "partners")
    assert consultation.embargo_until == datetime.datetime(2026, 6, 1, 7, 30, tzinfo=datetime.UTC)


def test_list_of_consultations_asks_as_much_for_one_as_for_thirty(
    desk: Client, consultation: Consultation, admin: User, places: Places
) -> None:
    before = [_queries(desk, path) for path in (LIST, "/gestion/")]
    for number in range(29):
        make_consultation(admin, places.lune, slug=f"concertation-{number}")
    assert [_queries(desk, path) for path in (LIST, "/gestion/")] == before

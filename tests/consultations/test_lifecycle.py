"""A consultation is born a draft, opens, goes to the archive, comes back; its addresses lead to it."""

from __future__ import annotations

import pytest
from django.test import Client

from parvis.cli.routes import all_routes
from parvis.consultations.enums import Audience
from parvis.consultations.models import Consultation, ConsultationAddress
from parvis.consultations.operations import create_consultation as module
from parvis.consultations.operations.create_consultation import ConsultationDetails, create_consultation
from parvis.consultations.operations.lifecycle import (
    archive_consultation,
    bring_back_consultation,
    open_consultation,
)
from parvis.consultations.operations.update_consultation import update_consultation
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.core.models import JournalEntry
from parvis.people.models import User
from tests.places import Places, make_agent, make_consultation, make_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> Places:
    return make_places()


@pytest.fixture
def ada(places: Places) -> User:
    return make_agent(places.lune)


def moved(actor: User, consultation: Consultation, slug: str, audience: str = Audience.PUBLIC) -> None:
    details = ConsultationDetails(title="Contrat", slug=slug, authority="Val de Lune", audience=audience)
    update_consultation(actor, Consultation.objects.get(pk=consultation.pk), details)


def test_it_is_born_a_draft_and_opens_once(places: Places, ada: User) -> None:
    made = create_consultation(ada, places.lune, ConsultationDetails("Contrat", "contrat", "Val de Lune"))
    assert (made.opened_at, Client().get("/concertations/contrat/").status_code) == (None, 404)
    open_consultation(ada, made)
    first = Consultation.objects.get().opened_at
    open_consultation(ada, made)
    assert first is not None
    assert Consultation.objects.get().opened_at == first
    assert Client().get("/concertations/contrat/").status_code == 200
    assert JournalEntry.objects.filter(verb="open_consultation").count() == 1


def test_a_draft_is_not_archived(places: Places, ada: User) -> None:
    made = create_consultation(ada, places.lune, ConsultationDetails("Contrat", "contrat", "Val de Lune"))
    with pytest.raises(ForbiddenMove):
        archive_consultation(ada, made)


def test_it_goes_to_the_archive_and_comes_back(places: Places, ada: User) -> None:
    made = make_consultation(ada, places.lune)
    desk = Client()
    desk.force_login(ada)
    archive_consultation(ada, made)
    listed = desk.get("/gestion/concertations/")
    assert (list(listed.context["consultations"]), list(listed.context["archived"])) == ([], [made])
    assert desk.get("/gestion/").context["content"].consultations == ()
    assert desk.post(f"/gestion/concertations/{made.code}/sortir-des-archives/").status_code == 302
    assert list(desk.get("/gestion/concertations/").context["consultations"]) == [made]
    bring_back_consultation(ada, made)
    assert JournalEntry.objects.filter(verb="bring_back_consultation").count() == 1


def test_a_former_address_leads_to_the_present_one(places: Places, ada: User) -> None:
    made = make_consultation(ada, places.lune, "premiere")
    visitor = Client()
    assert visitor.get("/concertations/premiere/").status_code == 200  # kept from now on
    moved(ada, made, "deuxieme")
    moved(ada, made, "troisieme")
    for former in ("premiere", "deuxieme"):
        answer = visitor.get(f"/concertations/{former}/?vue=1")
        assert (answer.status_code, answer["Location"]) == (301, "/concertations/troisieme/?vue=1")
    assert visitor.get("/rencontres/?concertation=premiere").status_code == 200
    moved(ada, made, "premiere")
    assert visitor.get("/concertations/premiere/").status_code == 200
    assert visitor.get("/concertations/troisieme/")["Location"] == "/concertations/premiere/"


def test_a_calendar_subscribed_at_a_former_address_goes_on(places: Places, ada: User) -> None:
    made = make_consultation(ada, places.lune, "premiere")
    made.meetings.create(title="Plénière de rentrée", starts_at="2090-01-01T10:00:00Z", territory=places.lune)
    moved(ada, made, "deuxieme")
    assert "Plénière de rentrée" in Client().get("/rencontres/agenda.ics?concertation=premiere").content.decode()
    assert Client().get("/signaler/concertation/premiere/").status_code == 200


def test_a_former_address_says_nothing_of_what_is_not_read(places: Places, ada: User) -> None:
    made = make_consultation(ada, places.lune, "premiere")
    moved(ada, made, "deuxieme", Audience.TEAM)
    assert Client().get("/concertations/premiere/").status_code == 404
    assert Client().get("/concertations/inconnue/").status_code == 404


def test_a_former_address_is_never_anothers(places: Places, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_consultation(ada, places.lune, "premiere")
    moved(ada, made, "deuxieme")
    with pytest.raises(RefusedInput, match="a été"):
        create_consultation(ada, places.lune, ConsultationDetails("Autre", "premiere", "Val de Lune"))
    other = make_consultation(ada, places.lune, "autre")
    with pytest.raises(RefusedInput, match="a été"):
        moved(ada, other, "premiere")
    monkeypatch.setattr(module, "is_taken", lambda *_: False)  # somebody took it just after we looked
    with pytest.raises(RefusedInput, match="a été"):
        moved(ada, other, "premiere")
    other.refresh_from_db()
    assert other.slug == "autre"


def test_former_addresses_go_with_their_consultation(places: Places, ada: User) -> None:
    made = make_consultation(ada, places.lune, "premiere")
    moved(ada, made, "deuxieme")
    Consultation.objects.all().delete()
    assert ConsultationAddress.objects.count() == 0
    assert Client().get("/concertations/premiere/").status_code == 404


def test_no_other_public_address_can_change() -> None:
    """The parts of public addresses: codes and numbers never change; a slug does, and is followed."""
    parts = set()
    for route in all_routes():
        if route.audience == "public" and not route.path.startswith("/gestion/"):
            parts |= {part.strip("<>") for part in route.path.split("/") if part.startswith("<")}
    assert parts == {"slug:slug", "str:code", "published:kind"}

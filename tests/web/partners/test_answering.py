"""Answering a sheet without script: what is sent is kept, what is not said is never written, and one goes on."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from parvis.consultations.enums import PhaseControl
from parvis.consultations.models import Consultation, OutboxOp
from parvis.core import clock
from parvis.people.models import FollowUpConsent
from parvis.sheets.models import ActionSheet, LeadReply, Opinion
from parvis.sheets.operations.record_opinions import MAX_COMMENT
from parvis.sheets.operations.reply_as_lead import MAX_REPLY
from parvis.sheets.operations.share_results import LEADS_ALONE, share_with_leads
from tests.sheets.scene import Sheets, close_review, make_sheets
from tests.web.partners.test_journey import inside, invited

pytestmark = pytest.mark.django_db
_SHOWN_HEADING = re.compile(r'<span data-when="\w+">([^<]+)</span>')


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@pytest.fixture
def client(world: Sheets) -> Client:
    return inside(invited(world))


def sheet(world: Sheets) -> str:
    return f"/partenaires/fiches/{world.permis.code}/"


def test_the_way_on_saves_and_leads_to_the_next_sheet_then_to_the_end(world: Sheets, client: Client) -> None:
    answer = client.post(f"{sheet(world)}avis/", {"value": "adapt", "comment": "", "relation": ""}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/partenaires/fiches/{world.velo.code}/"
    assert "Votre avis est enregistré : « Permis de conduire solidaire »." in " ".join(answer.content.decode().split())
    answer = client.post(f"/partenaires/fiches/{world.velo.code}/avis/", {"value": "unknown"})
    assert answer.headers["Location"] == "/partenaires/merci/"


def test_passing_writes_nothing_and_confirms_nothing(world: Sheets, client: Client) -> None:
    answer = client.post(f"{sheet(world)}avis/", {"comment": "", "relation": ""}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/partenaires/fiches/{world.velo.code}/"
    assert "notice--success" not in answer.content.decode()
    assert not OutboxOp.objects.exists()


def test_passing_again_takes_nothing_back(world: Sheets, client: Client) -> None:
    said = {"value": "adapt", "comment": "Plus tard le soir\r\nou le samedi", "relation": "funder"}
    client.post(f"{sheet(world)}avis/", said)
    client.post(f"{sheet(world)}avis/", said)
    client.post(f"{sheet(world)}avis/", {"comment": said["comment"], "relation": ""})
    opinion = Opinion.objects.get()
    assert (opinion.value, opinion.comment, opinion.relation) == (
        "adapt", "Plus tard le soir\nou le samedi", "funder"
    )  # fmt: skip
    assert OutboxOp.objects.count() == 1


def test_a_comment_without_an_answer_is_kept_and_told_as_such(world: Sheets, client: Client) -> None:
    page = client.post(f"{sheet(world)}avis/", {"comment": "Plus tard", "relation": ""}, follow=True).content.decode()
    assert "Votre commentaire est gardé, sans avis" in page
    assert "Votre avis est enregistré" not in page
    assert Opinion.objects.get().comment == "Plus tard"


def test_no_link_is_said_before_it_is_chosen(world: Sheets, client: Client) -> None:
    assert '<option value="" selected>Choisissez' in client.get(sheet(world)).content.decode()
    client.post(f"{sheet(world)}avis/", {"value": "adapt", "relation": ""})
    assert Opinion.objects.get().relation_stamp == ""
    client.post(f"{sheet(world)}avis/", {"value": "adapt", "relation": "none"})
    assert '<option value="none" selected>' in client.get(sheet(world)).content.decode()


def test_what_is_refused_comes_back_with_what_was_typed(world: Sheets, client: Client) -> None:
    answer = client.post(f"{sheet(world)}avis/", {"value": "adapt", "comment": "é" * (MAX_COMMENT + 1)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "data-errors" in page
    assert "#id_comment" in page
    assert 'value="adapt" checked' in page
    assert "é" * (MAX_COMMENT + 1) in page
    assert "Enregistré." not in page
    world.phase.control = PhaseControl.DATES
    world.phase.save()
    answer = client.post(f"{sheet(world)}avis/", {"value": "adapt", "comment": "Plus tard"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "n'est pas encore ouverte" in page.replace("&#x27;", "'")
    assert 'value="adapt" checked' in page
    assert "Plus tard" in page


def test_a_request_to_be_shown_an_action_is_marked_where_it_is_wrong(world: Sheets, client: Client) -> None:
    answer = client.post(f"{sheet(world)}presenter/", {"name": "Une personne", "email": "une"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('aria-invalid="true"') == 2
    assert 'value="Une personne"' in page
    assert not FollowUpConsent.objects.exists()
    said = {"name": "Une personne", "email": "une@personne.example", "consent": "on"}
    assert client.post(f"{sheet(world)}presenter/", said).status_code == 302
    assert FollowUpConsent.objects.get().email == "une@personne.example"


def test_the_reply_of_a_lead_is_confirmed_or_comes_back_as_it_was_typed(world: Sheets, client: Client) -> None:
    ActionSheet.objects.filter(pk=world.permis.pk).update(lead=world.caf)
    close_review(world)
    share_with_leads(world.scene.alice, world.consultation, clock.today() + LEADS_ALONE)
    path = f"/partenaires/mes-actions/{world.permis.code}/"
    answer = client.post(path, {"text": "é" * (MAX_REPLY + 1)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "é" * (MAX_REPLY + 1) in page
    assert "data-errors" in page
    lines = "\r\n".join(["é" * 99] * 40)  # as browsers send 4 000 characters less one
    assert "Votre réponse est enregistrée" in client.post(path, {"text": lines}, follow=True).content.decode()
    page = client.post(path, {"text": ""}, follow=True).content.decode()
    assert "Votre réponse est retirée" in page
    assert "est enregistrée" not in page
    assert not LeadReply.objects.exists()


def test_the_end_says_what_was_done_and_no_more(world: Sheets, client: Client) -> None:
    Consultation.objects.update(next_steps="Le comité choisit au printemps.")

    def heading() -> str:
        page = client.get("/partenaires/merci/").content.decode()
        assert "Le comité choisit au printemps." in page
        assert "Ajouter une proposition" in page
        assert "/partenaires/transmettre/" in page
        (shown,) = _SHOWN_HEADING.findall(page)
        return str(shown)

    assert heading() == "Vous n'avez pas encore répondu"
    client.post(f"{sheet(world)}avis/", {"value": "adapt"})
    assert heading() == "Merci d'avoir répondu"
    client.post(f"/partenaires/fiches/{world.velo.code}/avis/", {"value": "unknown"})
    assert heading() == "Merci, vous êtes au bout"
    page = client.get("/partenaires/merci/").content.decode()
    assert "À faire évoluer" in page
    assert "Je ne connais pas cette action" in page
    assert "Et maintenant" in client.get("/partenaires/fiches/").content.decode()

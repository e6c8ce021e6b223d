"""Every address by every role: what opens for whom is a table (routes_table.py), and nothing is missing from it."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from parvis.cli.routes import Route, all_routes
from parvis.consultations.enums import FlagReason, FlagTarget, Kind
from parvis.consultations.operations.flag_content import flag_content
from parvis.consultations.operations.glossary import Definition, save_entry
from parvis.consultations.operations.invitations import invite_anyone, invite_contact, token_of
from parvis.consultations.operations.set_logo import set_logo
from parvis.core import clock
from parvis.meetings.enums import LinePlace
from parvis.meetings.operations.heading_words import add_word
from parvis.meetings.operations.room.preparing import AGENDAS, DEFAULT_AGENDA, BoardPlan, prepare_board
from parvis.meetings.operations.room.table_links import table_token
from parvis.people.enums import RoleKind
from parvis.people.models import User
from parvis.people.operations.sign_in_links import create_sign_in_link
from parvis.sheets.enums import FileKind
from parvis.sheets.models import LeadReply
from parvis.sheets.operations.waiting_sheets import bring_file
from tests.meetings.scene import agent
from tests.routes_table import ACTORS, TABLE
from tests.sheets.scene import make_sheets, published_results
from tests.sheets.word import word_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> dict[str, str]:
    """A consultation with a published report, and a value for each part of an address."""
    cache.clear()
    sheets = make_sheets()
    scene = sheets.scene
    board = prepare_board(scene.bob, scene.meeting, BoardPlan(steps=AGENDAS[DEFAULT_AGENDA]))
    someone = sheets.participant(sheets.caf)
    sheets.opine(someone, sheets.permis, "adapt", comment="?")
    LeadReply.objects.create(sheet=sheets.permis, text="!", updated_at=clock.now())
    published_results(sheets)
    here = scene.consultation.territory
    agent("Irene", (RoleKind.ADMINISTRATOR, here))
    agent("Luc", (RoleKind.READER, here))
    agent("Personne")
    minutes = scene.published()
    contribution = minutes.contributions.order_by("id")[0]
    save_entry(scene.alice, here, Definition("QPV", "quartier prioritaire"))
    flag = flag_content(
        scene.consultation, FlagTarget.CONTRIBUTION, contribution.code, reason=FlagReason.OTHER, comment="?"
    )
    set_logo(scene.alice, scene.consultation, b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"/>')
    return {
        "slug": scene.consultation.slug,
        "sheet": sheets.permis.code,
        "file": sheets.permis.files.create(kind=FileKind.ATTACHMENT, name="bilan.pdf", data=b"?", size=1).code,
        "waiting": bring_file(scene.alice, scene.consultation, word_sheet("Vélo", picture="La cour"), "v.docx")[0].code,
        "organisation": sheets.caf.code,
        "contact": someone.contact.code,
        "invitation_code": invite_contact(None, scene.consultation, someone.contact).code,
        "invitation": token_of(invite_contact(None, scene.consultation, someone.contact).code),
        "door": invite_anyone(scene.alice, scene.consultation).code,
        "opinion": someone.opinions.get().code,
        "consultation": scene.consultation.code,
        "meeting": scene.meeting.code,
        "minutes": minutes.code,
        "room": board.room,
        "table_token": table_token(board, 1),
        "line": minutes.lines.filter(place=LinePlace.ITEM).order_by("position")[0].code,
        "contribution": contribution.code,
        "flag": flag.code,
        "theme": scene.jobs.code,
        "entry": here.glossary.get().code,
        "word": add_word(scene.alice, here, "Ce qui nous pèse", Kind.CHALLENGE).code,
        "user": scene.bob.code,
        "member": scene.alice.code,
        "territory": here.code,
        "token": create_sign_in_link(scene.bob),
    }


def client_of(actor: str) -> Client:
    client = Client()
    if ACTORS[actor]:
        client.force_login(User.objects.get(email=f"{ACTORS[actor]}@exemple.fr"))
    return client


def opens(response: HttpResponse) -> bool:
    """Whether the door opened; what was asked behind it may still be refused (409, 422)."""
    if response.status_code == 302 and response["Location"].startswith("/gestion/connexion/?next="):
        return False
    return response.status_code not in (401, 403, 404)


def key(route: Route) -> str:
    return f"{'GET' if 'GET' in route.methods else 'POST'} {route.path}"


def test_every_route_is_in_the_table() -> None:
    assert {key(route) for route in all_routes()} == set(TABLE)


def test_no_route_is_undeclared() -> None:
    assert [route.path for route in all_routes() if route.rule == "denied"] == []


@pytest.mark.parametrize("actor", ACTORS)
def test_what_opens_for(actor: str, world: dict[str, str]) -> None:
    client = client_of(actor)
    found: dict[str, bool] = {}
    for name, (address, _) in TABLE.items():
        method, _, path = name.partition(" ")
        with transaction.atomic():
            found[name] = opens((client.get if method == "GET" else client.post)((address or path).format(**world)))
            transaction.set_rollback(True)
    assert found == {name: actor in who for name, (_, who) in TABLE.items()}


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_route_answers_another_method(method: str, world: dict[str, str]) -> None:
    client = client_of("coordinator")
    for name, (address, _) in TABLE.items():
        path = (address or name.partition(" ")[2]).format(**world)
        assert getattr(client, method)(path).status_code == 405, path

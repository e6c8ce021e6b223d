"""The project team sees a rush where it looks first, and decides about it in one gesture or person by person."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.consultations.models import Invitation, Participant
from parvis.consultations.operations.invitations import invite_anyone, open_invitation
from tests.sheets.scene import Sheets, make_sheets
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@pytest.fixture
def wall(world: Sheets) -> Invitation:
    return invite_anyone(world.scene.alice, world.consultation)


@pytest.fixture
def alice(world: Sheets) -> Client:
    return signed_in(world.scene.alice)


def address(world: Sheets, rest: str = "entrees/") -> str:
    return f"/gestion/concertations/{world.consultation.code}/{rest}"


def rush(world: Sheets, wall: Invitation, people: int = 4) -> list[Participant]:
    robots = [open_invitation(wall, (world.caf, world.ddets)[rank % 2]) for rank in range(people)]
    for robot in robots:
        world.opine(robot, world.permis, "reconsider", comment="zyxcanari")
    return robots


def decide(client: Client, world: Sheets, gesture: str, query: str = "", **sent: Any) -> Any:
    page = client.get(address(world) + query).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(etat|lien|depuis|avant|vu)" value="([^"]*)"', page))
    return client.post(address(world) + query, hidden | {"geste": gesture, **sent}, follow=True)


def standings() -> list[str]:
    return sorted(Participant.objects.exclude(came_by=None).values_list("standing", flat=True))


def test_the_rush_is_seen_from_the_first_page_then_on_the_consultation_and_the_results(
    world: Sheets, wall: Invitation, alice: Client
) -> None:
    rush(world, wall)
    home = alice.get("/gestion/").content.decode()
    assert "4 personnes entrées par un lien ouvert depuis le" in home
    assert "Entrées à vérifier (4)" in alice.get(address(world, "")).content.decode()
    assert "4 personnes à vérifier, 4 avis gardés à part" in alice.get(address(world, "avis/")).content.decode()
    assert "4 personnes à vérifier" in alice.get(address(world, "avis/diffusion/")).content.decode()
    sheet = alice.get(address(world, f"avis/{world.permis.code}/")).content.decode()
    assert "À vérifier, dans aucun chiffre" in sheet
    assert sheet.index("À vérifier, dans aucun chiffre") < sheet.index("zyxcanari")
    page = alice.get(address(world)).content.decode()
    assert "zyxcanari" not in page
    assert "CAF" in page


def test_nothing_waits_nothing_is_said(world: Sheets, wall: Invitation, alice: Client) -> None:
    assert "lien ouvert depuis" not in alice.get("/gestion/").content.decode()
    assert "Personne ici" in alice.get(address(world)).content.decode()
    assert "gardé à part" not in alice.get(address(world, "avis/")).content.decode()


def test_all_in_one_gesture_and_back(world: Sheets, wall: Invitation, alice: Client) -> None:
    rush(world, wall)
    page = decide(alice, world, "tous:set_aside")
    assert "Mises de côté\u00a0: 4 personnes." in page.content.decode()
    assert standings() == ["set_aside"] * 4
    decide(alice, world, "tous:counted", "?etat=set_aside")
    assert standings() == ["counted"] * 4
    decide(alice, world, "tous:to_check", "?etat=counted")
    assert standings() == ["to_check"] * 4


def test_by_organisation_by_person_by_period_by_link(world: Sheets, wall: Invitation, alice: Client) -> None:
    robots = rush(world, wall)
    decide(alice, world, "coches:counted", coche=[world.caf.code])
    assert standings() == ["counted"] * 2 + ["to_check"] * 2
    decide(alice, world, "coches:set_aside", coche=[robots[1].code])
    assert standings() == ["counted"] * 2 + ["set_aside", "to_check"]
    refused = decide(alice, world, "tous:counted", "?depuis=2030-01-01T10:00")
    assert standings() == ["counted"] * 2 + ["set_aside", "to_check"]
    assert refused.status_code == 422
    decide(alice, world, "tous:counted", f"?lien={wall.code}")
    assert standings() == ["counted"] * 3 + ["set_aside"]


def test_nothing_ticked_a_stale_page_or_a_forged_gesture_changes_nothing(
    world: Sheets, wall: Invitation, alice: Client
) -> None:
    rush(world, wall)
    for gesture, sent in (
        ("coches:counted", {}), ("coches:counted", {"coche": "inconnu"}), ("tous:rien", {}), ("", {}),
        ("tous:counted", {"vu": "hier"}), ("tous:counted", {"vu": "2026-01-01T10:00:00"}),
        ("tous:counted", {"lien": "inconnu"}), ("tous:counted", {"depuis": "hier"}),
    ):  # fmt: skip
        assert decide(alice, world, gesture, **sent).status_code == 422, (gesture, sent)
    assert standings() == ["to_check"] * 4
    page = decide(alice, world, "coches:rien", coche=[world.caf.code]).content.decode()
    assert f'value="{world.caf.code}" checked' in page


def test_who_came_in_after_the_page_was_read_is_not_counted_unseen(
    world: Sheets, wall: Invitation, alice: Client
) -> None:
    rush(world, wall, 2)
    page = alice.get(address(world)).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(etat|vu)" value="([^"]*)"', page))
    rush(world, wall, 1)
    alice.post(address(world), hidden | {"geste": "tous:counted"})
    assert standings() == ["counted", "counted", "to_check"]


def test_only_the_project_team_decides(world: Sheets, wall: Invitation) -> None:
    rush(world, wall)
    for who in (world.scene.bob, world.scene.chloe, world.scene.dan):
        refusal = 404 if who == world.scene.dan else 403  # she may read the consultation, he may not
        client = signed_in(who)
        assert client.get(address(world)).status_code == refusal
        assert client.post(address(world), {"geste": "tous:counted"}).status_code == refusal
        assert "lien ouvert depuis" not in client.get("/gestion/").content.decode()
    assert standings() == ["to_check"] * 4


def test_a_rush_costs_the_page_no_more_questions(world: Sheets, wall: Invitation, alice: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert alice.get(address(world)).status_code == 200
        return len(captured)

    rush(world, wall, 2)
    few = queries()
    rush(world, wall, 20)
    assert queries() == few
    page = alice.get(address(world)).content.decode()
    assert "<strong>22 personnes</strong> de 2 organismes" in page


def test_the_partner_is_told_what_becomes_of_her_opinions(world: Sheets, wall: Invitation, alice: Client) -> None:
    from parvis.consultations.operations.invitations import invitation_path

    client = Client()
    assert "vérifie les personnes entrées par ce lien" in client.get(invitation_path(wall)).content.decode()
    client.post(invitation_path(wall), {"organisation": world.asso.code})
    assert "vérifie votre accès" in client.get("/partenaires/").content.decode()
    answer = client.post(f"/partenaires/fiches/{world.permis.code}/avis/", {"value": "adapt"}, follow=True)
    assert "Votre avis est enregistré" in answer.content.decode()
    assert client.post("/partenaires/transmettre/", {"email": "ami@ailleurs.example"}).status_code == 422
    decide(alice, world, "tous:set_aside")
    assert "ne comptent pas" in client.get("/partenaires/fiches/").content.decode()
    decide(alice, world, "tous:counted", "?etat=set_aside")
    assert "vérifie votre accès" not in client.get("/partenaires/").content.decode()

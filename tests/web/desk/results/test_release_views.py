"""The results made known: sent to validation, passed step by step by whom the consultation names, then published."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from parvis.consultations.models import TeamMember
from parvis.consultations.operations.team import choose_steps
from parvis.people.models import User
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.sheets.models import ResultsRelease
from tests.sheets.scene import Sheets, make_sheets, shared_results

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    world = make_sheets()
    for number in range(6):
        world.opine(world.participant(world.caf, name=f"Personne {number}"), world.permis, "continue")
    return world


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def where(world: Sheets, name: str = "desk:release_results") -> str:
    return reverse(name, args=[world.consultation.code])


def state() -> str:
    return ResultsRelease.objects.get().state


def test_sent_validated_published_from_the_screen(world: Sheets) -> None:
    shared_results(world)
    alice = as_(world.scene.alice)
    assert [row.state for row in alice.get(where(world)).context["steps"]] == ["next"]
    assert alice.post(where(world), {"submit": ""}).status_code == 302
    page = alice.get(where(world))
    assert (state(), page.context["waiting"].kind, page.context["waiting"].mine) == ("validation", "project_team", True)
    answer = alice.post(where(world), {"etape-step": "project_team", "etape-note": "Relus"})
    assert (answer["Location"], state()) == (where(world), "ready")
    assert alice.get(where(world)).context["steps"][0].passed.note == "Relus"
    assert alice.post(where(world), {"publish": ""}).status_code == 302
    assert state() == "published"


def test_what_is_refused_says_why_and_changes_nothing(world: Sheets) -> None:
    shared_results(world)
    alice = as_(world.scene.alice)
    answer = alice.post(where(world), {"publish": ""})
    assert (answer.status_code, state()) == (422, "draft")
    assert "Toutes les étapes de validation ne sont pas passées" in answer.content.decode()
    assert alice.post(where(world), {"etape-step": "project_team"}).status_code == 422
    assert alice.post(where(world), {"etape-step": "autre"}).status_code == 422
    assert state() == "draft"


def test_sent_back_the_leads_may_answer_again(world: Sheets) -> None:
    release = shared_results(world)
    submit_draft(world.scene.alice, release)
    assert as_(world.scene.alice).post(where(world), {"reopen": ""}).status_code == 302
    assert state() == "draft"


def test_who_only_validates_reads_the_preview_while_the_step_waits_and_publishes_nothing(world: Sheets) -> None:
    """The steering committee is not of the project team: it reads what everyone would, never who said what."""
    choose_steps(world.scene.alice, world.consultation, ["steering_committee"])  # type: ignore[list-item]
    edith = as_(world.scene.edith)
    release = shared_results(world)
    assert [edith.get(where(world, name)).status_code for name in ("desk:release_results", "desk:preview_results")] == [
        403, 403
    ]  # fmt: skip
    assert edith.get(where(world, "desk:results")).context["waits"] is False
    submit_draft(world.scene.alice, release)
    assert where(world) in edith.get(where(world, "desk:results")).content.decode()
    preview = edith.get(where(world, "desk:preview_results"))
    assert [sheet.title for sheet in preview.context["published"].sheets] == [world.permis.title, world.velo.title]
    assert edith.post(where(world), {"publish": ""}).status_code == 403
    assert edith.post(where(world), {"reopen": ""}).status_code == 403
    answer = edith.post(where(world), {"etape-step": "steering_committee"})
    assert (answer["Location"], state()) == (where(world, "desk:results"), "ready")
    assert edith.get(where(world)).status_code == 403


def test_facilitator_of_the_team_passes_its_step_and_publishes_nothing(world: Sheets) -> None:
    TeamMember.objects.create(consultation=world.consultation, user=world.scene.bob)
    submit_draft(world.scene.alice, shared_results(world))
    bob = as_(world.scene.bob)
    assert bob.post(where(world), {"etape-step": "project_team"}).status_code == 302
    assert bob.post(where(world), {"publish": ""}).status_code == 403
    assert state() == "ready"


def test_who_has_no_step_to_pass_sees_nothing(world: Sheets) -> None:
    submit_draft(world.scene.alice, shared_results(world))
    for user in (world.scene.chloe, world.scene.dan, world.scene.edith):
        refusal = 404 if user == world.scene.dan else 403  # she may read the consultation, he may not
        assert as_(user).get(where(world)).status_code == refusal
        assert as_(user).get(where(world, "desk:preview_results")).status_code == refusal
        assert as_(user).post(where(world), {"etape-step": "project_team"}).status_code == refusal
    assert state() == "validation"

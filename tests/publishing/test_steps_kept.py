"""A step that began holds what it began with, and readers learn that the steps were changed."""

from __future__ import annotations

import pytest
from django.test import Client

from parvis.consultations.enums import StepKind
from parvis.consultations.operations.team import choose_steps
from parvis.core.errors import ForbiddenMove
from parvis.gathering.desk.home import gather_home
from parvis.gathering.validation_history import validation_history
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.publishing.digests import verify_edition
from parvis.publishing.operations.pass_step import pass_step
from parvis.publishing.operations.reopen_draft import reopen_draft
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.publishing.queries import editions_of, step_rows
from parvis.publishing.validation import next_step
from tests.meetings.scene import Scene, make_scene

pytestmark = pytest.mark.django_db
TEAM, COMMITTEE = StepKind.PROJECT_TEAM, StepKind.STEERING_COMMITTEE


@pytest.fixture
def scene() -> Scene:
    scene = make_scene()
    choose_steps(scene.alice, scene.consultation, [TEAM, COMMITTEE])
    return scene


def test_a_step_taken_out_still_holds_what_was_sent_to_it(scene: Scene) -> None:
    minutes = scene.draft()
    submit_draft(scene.alice, minutes)
    pass_step(scene.alice, minutes, TEAM)
    choose_steps(scene.alice, scene.consultation, [])
    with pytest.raises(ForbiddenMove, match="Toutes les étapes"):
        publish_minutes(scene.alice, minutes)
    reopen_draft(scene.alice, minutes)  # back to draft and sent again: the way round it
    submit_draft(scene.alice, minutes)
    assert (minutes.state, next_step(minutes)) == ("validation", TEAM)
    waiting = next(row for row in gather_home(scene.alice).minutes if row.code == minutes.code)
    assert waiting.awaited == "Étape « Équipe projet »"
    pass_step(scene.alice, minutes, TEAM)
    assert [row.kind for row in step_rows(minutes, scene.alice, editions_of(minutes))] == [TEAM, COMMITTEE]
    pass_step(scene.edith, minutes, COMMITTEE)
    publish_minutes(scene.alice, minutes)
    assert [row.state for row in step_rows(minutes, scene.alice, editions_of(minutes))] == ["done", "done"]


def test_the_next_edition_follows_the_steps_of_then(scene: Scene) -> None:
    minutes = scene.published()
    choose_steps(scene.alice, scene.consultation, [TEAM])
    reopen_draft(scene.alice, minutes)
    submit_draft(scene.alice, minutes)
    pass_step(scene.alice, minutes, TEAM)
    assert next_step(minutes) is None


def test_steps_taken_out_before_a_publication_are_told_on_its_page(scene: Scene) -> None:
    minutes = scene.draft()
    choose_steps(scene.alice, scene.consultation, [])
    submit_draft(scene.alice, minutes)
    edition = publish_minutes(scene.alice, minutes)
    choose_steps(scene.alice, scene.consultation, [TEAM, COMMITTEE])
    assert verify_edition(edition) == []
    page = Client().get(f"/rencontres/{scene.meeting.code}/").content.decode()
    assert "Publiée sans étape de validation." in page
    assert "retirée des étapes de validation" in page
    assert "équipe projet et comité de pilotage" in page
    reopen_draft(scene.alice, minutes)
    second = publish_minutes(scene.alice, scene.ready(minutes), note="Une faute")
    assert [change["added"] for change in second.header["validation"]["changes"]] == [[TEAM, COMMITTEE]]
    told = validation_history(second.header)
    assert told[0].startswith("Validée par : équipe projet (")
    assert (len(told), "Alice" in " ".join(told)) == (3, False)
    assert told[1] == "Une même personne a validé ces étapes : équipe projet et comité de pilotage."


def test_an_edition_of_before_says_nothing_of_it() -> None:
    assert validation_history({"title": "Ancienne"}) == ()

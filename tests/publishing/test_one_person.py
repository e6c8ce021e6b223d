"""Steps are passed by different people, unless the consultation says that its team is one person: readers are told."""

from __future__ import annotations

import pytest
from django.test import Client

from parvis.consultations.enums import StepKind
from parvis.consultations.models import Consultation, TeamMember
from parvis.core.errors import NotAllowed
from parvis.core.models import JournalEntry
from parvis.gathering.desk.home import gather_home
from parvis.gathering.validation_history import validation_history
from parvis.meetings.models import Minutes
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.publishing.models import Edition
from parvis.publishing.operations.pass_step import pass_step
from parvis.publishing.operations.reopen_draft import reopen_draft
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.publishing.queries import step_rows
from tests.meetings.scene import Scene, make_scene

pytestmark = pytest.mark.django_db

FIRST, SECOND = StepKind.PARTICIPANTS, StepKind.PROJECT_TEAM


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def by_several(scene: Scene) -> Minutes:
    """Minutes sent to two steps, where each needs its person."""
    Consultation.objects.update(one_person_validates=False)
    scene.consultation.refresh_from_db()
    scene.meeting.consultation.refresh_from_db()
    TeamMember.objects.create(consultation=scene.consultation, user=scene.bob)
    minutes = scene.draft()
    submit_draft(scene.alice, minutes)
    return minutes


def test_who_passed_a_step_does_not_pass_the_next(scene: Scene) -> None:
    minutes = by_several(scene)
    pass_step(scene.alice, minutes, FIRST)
    with pytest.raises(NotAllowed, match="une autre personne"):
        pass_step(scene.alice, minutes, SECOND)
    assert [row.mine for row in step_rows(minutes, scene.alice, [])] == [False, False]
    assert [row.mine for row in step_rows(minutes, scene.bob, [])] == [False, True]
    assert [row.mine for row in gather_home(scene.alice).minutes] == [False]
    assert [row.mine for row in gather_home(scene.bob).minutes] == [True]
    pass_step(scene.bob, minutes, SECOND)
    publish_minutes(scene.alice, minutes)
    assert validation_history(Edition.objects.get().header)[1:] == ()


def test_sent_again_it_is_anyones_first_step_again(scene: Scene) -> None:
    minutes = by_several(scene)
    pass_step(scene.alice, minutes, FIRST)
    reopen_draft(scene.alice, minutes)
    submit_draft(scene.alice, minutes)
    pass_step(scene.bob, minutes, FIRST)
    pass_step(scene.alice, minutes, SECOND)


def test_where_the_team_is_one_person_she_passes_all_and_readers_are_told(scene: Scene) -> None:
    minutes = by_several(scene)
    desk = Client()
    desk.force_login(scene.alice)
    address = f"/gestion/concertations/{scene.consultation.code}/validation/"
    steps = {"step_0": FIRST, "step_1": SECOND}
    assert desk.post(address, steps | {"one_person": "on"}).status_code == 302
    assert JournalEntry.objects.get(verb="let_one_person_validate").values == {"allowed": True}
    pass_step(scene.alice, minutes, FIRST)
    minutes.refresh_from_db()
    pass_step(scene.alice, minutes, SECOND)
    publish_minutes(scene.alice, minutes)
    told = "Une même personne a validé ces étapes : relecture des participants et équipe projet."
    assert told in validation_history(Edition.objects.get().header)
    page = Client().get(f"/rencontres/{scene.meeting.code}/").content.decode()
    assert told in page.replace("\u00a0", " ").replace("\u202f", " ")
    assert desk.post(address, steps).status_code == 302
    assert not Consultation.objects.get().one_person_validates

"""Minutes pass their steps in order, by whom they belong to."""

from __future__ import annotations

import pytest

from parvis.consultations.enums import Kind, StepKind
from parvis.consultations.models import ValidationStep
from parvis.core.errors import ForbiddenMove, NotAllowed, RefusedInput
from parvis.meetings.operations import review
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.publishing.enums import PublishingState
from parvis.publishing.models import StepPassed
from parvis.publishing.operations.pass_step import pass_step
from parvis.publishing.operations.reopen_draft import reopen_draft
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.publishing.validation import next_step, steps_passed
from tests.meetings.scene import Scene, items


def test_steps_are_passed_in_order_then_minutes_are_ready(scene: Scene) -> None:
    minutes = scene.draft()
    submit_draft(scene.bob, minutes)
    assert (minutes.state, next_step(minutes)) == (PublishingState.VALIDATION, StepKind.PARTICIPANTS)
    with pytest.raises(ForbiddenMove):
        pass_step(scene.alice, minutes, StepKind.PROJECT_TEAM)
    pass_step(scene.bob, minutes, StepKind.PARTICIPANTS, note="Relu en séance")
    with pytest.raises(NotAllowed):
        pass_step(scene.bob, minutes, StepKind.PROJECT_TEAM)
    pass_step(scene.alice, minutes, StepKind.PROJECT_TEAM)
    assert minutes.state == PublishingState.READY
    passed = steps_passed(minutes, 1).order_by("id").values_list("kind", "passed_by__name", "note", "edition_number")
    assert list(passed) == [("participants", "Bob", "Relu en séance", 1), ("project_team", "Alice", "", 1)]


def test_a_step_tells_what_changed_since_the_one_before(scene: Scene) -> None:
    minutes = scene.draft()
    submit_draft(scene.alice, minutes)
    pass_step(scene.alice, minutes, StepKind.PARTICIPANTS)
    first = items(minutes)[0]
    review.split_line(scene.alice, minutes, first.code, 5)
    pass_step(scene.alice, minutes, StepKind.PROJECT_TEAM)
    assert list(steps_passed(minutes, 1).order_by("id").values_list("changed_lines", flat=True)) == [0, 2]


def test_elected_member_passes_the_steering_committee_only(scene: Scene) -> None:
    scene.consultation.steps.all().delete()
    ValidationStep.objects.create(consultation=scene.consultation, kind=StepKind.STEERING_COMMITTEE)
    minutes = scene.draft()
    submit_draft(scene.alice, minutes)
    with pytest.raises(NotAllowed):
        pass_step(scene.bob, minutes, StepKind.STEERING_COMMITTEE)
    pass_step(scene.edith, minutes, StepKind.STEERING_COMMITTEE)
    assert minutes.state == PublishingState.READY


def test_agent_of_elsewhere_passes_nothing(scene: Scene) -> None:
    minutes = scene.draft()
    submit_draft(scene.alice, minutes)
    with pytest.raises(NotAllowed):
        pass_step(scene.dan, minutes, StepKind.PARTICIPANTS)


def test_without_steps_minutes_are_ready_at_once(scene: Scene) -> None:
    scene.consultation.steps.all().delete()
    minutes = scene.draft()
    submit_draft(scene.alice, minutes)
    assert minutes.state == PublishingState.READY


def test_unsorted_or_without_theme_is_not_sent(scene: Scene) -> None:
    minutes = scene.draft()
    first = items(minutes)[0]
    review.set_kind(scene.alice, minutes, [first.code], Kind.UNSORTED)
    with pytest.raises(RefusedInput):
        submit_draft(scene.alice, minutes)
    assert minutes.state == PublishingState.DRAFT


def test_step_is_refused_when_a_line_was_unsorted_meanwhile(scene: Scene) -> None:
    minutes = scene.draft()
    submit_draft(scene.alice, minutes)
    review.set_kind(scene.alice, minutes, [items(minutes)[0].code], Kind.UNSORTED)
    with pytest.raises(RefusedInput):
        pass_step(scene.alice, minutes, StepKind.PARTICIPANTS)


def test_reopening_starts_the_steps_again(scene: Scene) -> None:
    minutes = scene.ready(scene.draft())
    reopen_draft(scene.alice, minutes)
    assert (minutes.state, StepPassed.objects.count()) == (PublishingState.DRAFT, 0)


def test_step_added_after_the_others_holds_publication(scene: Scene) -> None:
    minutes = scene.ready(scene.draft())
    ValidationStep.objects.create(consultation=scene.consultation, kind=StepKind.STEERING_COMMITTEE, position=9)
    with pytest.raises(ForbiddenMove):
        publish_minutes(scene.alice, minutes)


def test_empty_minutes_are_not_sent(scene: Scene) -> None:
    minutes = scene.draft("Emploi\nDéfis\n1. Le bus\n")
    minutes.lines.all().delete()
    with pytest.raises(RefusedInput):
        submit_draft(scene.alice, minutes)

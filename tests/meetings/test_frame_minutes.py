"""Title, meetings covered, minutes begun without a file."""

from __future__ import annotations

import pytest

from parvis.core.errors import ForbiddenMove, RefusedInput, Stale
from parvis.meetings.operations.frame_minutes import cover_meetings, rename_minutes, start_minutes
from parvis.publishing.operations.reopen_draft import reopen_draft
from tests.meetings.scene import Scene


def test_start_gives_the_same_minutes_twice(scene: Scene) -> None:
    assert start_minutes(scene.bob, scene.meeting) == start_minutes(scene.alice, scene.meeting)


def test_rename_is_refused_when_empty_stale_or_published(scene: Scene) -> None:
    minutes = scene.draft()
    with pytest.raises(RefusedInput):
        rename_minutes(scene.alice, minutes, " ")
    with pytest.raises(Stale):
        rename_minutes(scene.alice, minutes, "Autre", minutes.version + 1)
    rename_minutes(scene.alice, minutes, "Autre", minutes.version)
    assert minutes.title == "Autre"
    scene.ready(minutes)
    with pytest.raises(ForbiddenMove):
        rename_minutes(scene.alice, minutes, "Encore")


def test_cover_adds_a_meeting_and_keeps_one_at_least(scene: Scene) -> None:
    minutes, other = scene.draft(), scene.other_meeting()
    cover_meetings(scene.alice, minutes, [scene.meeting, other])
    assert minutes.meetings.count() == 2
    with pytest.raises(RefusedInput):
        cover_meetings(scene.alice, minutes, [])


def test_published_meeting_cannot_be_left_out(scene: Scene) -> None:
    minutes, other = scene.published(), scene.other_meeting()
    reopen_draft(scene.alice, minutes)
    with pytest.raises(RefusedInput):
        cover_meetings(scene.alice, minutes, [other])
    cover_meetings(scene.alice, minutes, [scene.meeting, other])
    assert minutes.meetings.count() == 2

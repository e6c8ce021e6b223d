"""Erasing reaches every copy: contribution, editions, working text, source, gestures that could bring it back."""

from __future__ import annotations

import pytest

from parvis.consultations.enums import ContributionState
from parvis.consultations.models import Contribution
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import LinePlace
from parvis.meetings.operations import review
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.meetings.operations.take_back import undo_change
from parvis.publishing.digests import verify_edition
from parvis.publishing.models import Edition
from parvis.publishing.operations.erase_contribution import ERASED, erase_contribution
from parvis.publishing.operations.reopen_draft import reopen_draft
from tests.erased import still_told
from tests.meetings.scene import Scene, line

BUS = "Le dernier bus part trop tôt"
FILES = "Les dossiers se font en ligne"


BUS_WORDS = ["dernier", "part trop"]
FILES_WORDS = ["dossiers", "ordinateur", "aide"]
"""Words that no other line says, and no code could spell: canaries in any column, folded or not."""


def erase(scene: Scene, text: str) -> Contribution:
    contribution = Contribution.objects.get(text=text)
    erase_contribution(scene.chloe, contribution)
    return contribution


def test_erased_words_are_nowhere_sub_points_included(scene: Scene) -> None:
    minutes = scene.published()
    assert still_told(FILES_WORDS) == FILES_WORDS
    erase(scene, FILES)
    assert still_told(FILES_WORDS) == []
    assert still_told(BUS_WORDS) == BUS_WORDS
    assert verify_edition(Edition.objects.get(subject=minutes.journal_name)) == []


def test_erasing_while_gestures_could_bring_it_back_drops_them(scene: Scene) -> None:
    minutes = scene.published()
    reopen_draft(scene.alice, minutes)
    review.edit_line(scene.alice, minutes, line(minutes, BUS).code, "Le bus", [])
    erase(scene, BUS)
    assert still_told(BUS_WORDS) == []
    with pytest.raises(RefusedInput):
        undo_change(scene.alice, minutes)


def test_agent_who_was_looking_at_erased_words_is_told(scene: Scene) -> None:
    minutes = scene.published()
    reopen_draft(scene.alice, minutes)
    minutes.refresh_from_db()
    seen = minutes.version
    erase(scene, BUS)
    minutes.refresh_from_db()
    assert minutes.version > seen


def test_erasing_a_line_joined_into_another_takes_the_other_back(scene: Scene) -> None:
    minutes = scene.published()
    reopen_draft(scene.alice, minutes)
    review.join_lines(scene.alice, minutes, [line(minutes, BUS).code, line(minutes, FILES).code])
    erase(scene, FILES)
    assert still_told(FILES_WORDS) == []
    back = line(minutes, BUS)
    assert (back.checked, bool(back.doubt), back.origins) == (False, True, [])


def test_erasing_a_line_nested_into_another_takes_the_other_back(scene: Scene) -> None:
    minutes = scene.published()
    reopen_draft(scene.alice, minutes)
    review.nest_lines(scene.alice, minutes, [line(minutes, FILES).code])
    erase(scene, FILES)
    assert still_told(FILES_WORDS) == []
    assert line(minutes, BUS).details == []


def test_erasing_a_cut_line_erases_both_halves(scene: Scene) -> None:
    minutes = scene.published()
    reopen_draft(scene.alice, minutes)
    review.split_line(scene.alice, minutes, line(minutes, BUS).code, len("Le dernier bus "))
    erase(scene, BUS)
    assert still_told(BUS_WORDS) == []


def test_erasing_lifted_sub_points_erases_them_too(scene: Scene) -> None:
    minutes = scene.published()
    reopen_draft(scene.alice, minutes)
    review.lift_details(scene.alice, minutes, line(minutes, FILES).code)
    erase(scene, FILES)
    assert still_told(FILES_WORDS) == []


def test_erasing_a_line_gives_back_the_ones_it_had_taken_in(scene: Scene) -> None:
    minutes = scene.published()
    reopen_draft(scene.alice, minutes)
    review.join_lines(scene.alice, minutes, [line(minutes, BUS).code, line(minutes, FILES).code])
    other = Contribution.objects.get(text=FILES)
    erase(scene, BUS)
    assert line(minutes, FILES).contribution == other
    scene.ready(minutes)
    publish_minutes(scene.alice, minutes, note="Une correction")
    other.refresh_from_db()
    assert other.state == ContributionState.VISIBLE


def test_words_written_on_an_erased_line_are_another_contribution(scene: Scene) -> None:
    minutes = scene.published()
    contribution = erase(scene, BUS)
    reopen_draft(scene.alice, minutes)
    (blank,) = minutes.lines.filter(text=ERASED)
    review.set_place(scene.alice, minutes, [blank.code], LinePlace.ITEM)
    review.edit_line(scene.alice, minutes, blank.code, "Un texte neuf", [])
    scene.ready(minutes)
    publish_minutes(scene.alice, minutes, note="Une correction")
    contribution.refresh_from_db()
    assert (contribution.text, contribution.state) == (ERASED, ContributionState.HIDDEN)
    assert Contribution.objects.get(text="Un texte neuf").state == ContributionState.VISIBLE


def test_erasing_after_a_move_reaches_every_passage_of_a_joined_line(scene: Scene) -> None:
    minutes = scene.draft()
    last = line(minutes, "Des créneaux pour les femmes")
    review.move_lines(scene.alice, minutes, [last.code], line(minutes, BUS).code)
    review.join_lines(scene.alice, minutes, [last.code])
    scene.ready(minutes)
    publish_minutes(scene.alice, minutes)
    erase(scene, f"Des créneaux pour les femmes {BUS}")
    assert still_told(["creneaux", "femmes", *BUS_WORDS]) == []
    assert still_told(FILES_WORDS) == FILES_WORDS

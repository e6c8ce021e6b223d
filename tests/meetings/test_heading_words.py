"""Corrections teach headings: proposed at publication, known only once an agent accepts."""

from __future__ import annotations

import pytest

from parvis.consultations.enums import Audience, Kind
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import LinePlace, WordState
from parvis.meetings.models import HeadingWord, Minutes
from parvis.meetings.operations import review
from parvis.meetings.operations.heading_words import add_word, decide_word, known_words
from parvis.meetings.operations.publish_minutes import publish_minutes
from tests.meetings.scene import Scene, items, line

REPORT = """Emploi / Insertion
Défis
1. Le dernier bus part trop tôt

# Ce qui nous pèse :
Les ascenseurs sont en panne
La poste a fermé
"""


def corrected(scene: Scene, *texts: str) -> Minutes:
    """Minutes whose lines under an unknown heading were ranged by hand, published."""
    minutes = scene.draft(REPORT, "rapport.md")
    codes = [line(minutes, text).code for text in texts]
    review.set_kind(scene.alice, minutes, codes, Kind.CHALLENGE)
    review.set_theme(scene.alice, minutes, [each.code for each in items(minutes)], scene.jobs)
    scene.ready(minutes)
    publish_minutes(scene.alice, minutes)
    return minutes


def test_lines_ranged_by_hand_propose_the_heading_above(scene: Scene) -> None:
    corrected(scene, "Les ascenseurs sont en panne", "La poste a fermé")
    word = HeadingWord.objects.get()
    assert (word.phrase, word.kind, word.lines, word.state) == ("Ce qui nous pèse", "challenge", 2, WordState.PROPOSED)


def test_one_line_proposes_nothing(scene: Scene) -> None:
    corrected(scene, "Les ascenseurs sont en panne")
    assert not HeadingWord.objects.exists()


def test_a_reserved_meeting_proposes_nothing(scene: Scene) -> None:
    scene.meeting.audience = Audience.TEAM
    scene.meeting.save()
    corrected(scene, "Les ascenseurs sont en panne", "La poste a fermé")
    assert not HeadingWord.objects.exists()


def test_nothing_is_known_before_an_agent_accepts(scene: Scene) -> None:
    corrected(scene, "Les ascenseurs sont en panne", "La poste a fermé")
    word, territory = HeadingWord.objects.get(), scene.consultation.territory_id
    assert known_words(territory) == {}
    decide_word(scene.alice, word, WordState.ACCEPTED)
    assert known_words(territory) == {"Ce qui nous pèse": "challenge"}
    decide_word(scene.alice, word, WordState.REFUSED)
    assert known_words(territory) == {}


def test_an_accepted_heading_is_read(scene: Scene) -> None:
    add_word(scene.alice, scene.consultation.territory, "CE QUI NOUS PESE :", Kind.CHALLENGE)
    minutes = scene.draft(REPORT, "rapport.md")
    found = {each.text: each.place for each in minutes.lines.all()}
    assert found["La poste a fermé"] == LinePlace.ITEM
    assert found["Les ascenseurs sont en panne"] == LinePlace.ITEM


def test_a_refused_heading_is_not_proposed_again(scene: Scene) -> None:
    word = add_word(scene.alice, scene.consultation.territory, "Ce qui nous pèse", Kind.STRENGTH)
    decide_word(scene.alice, word, WordState.REFUSED)
    corrected(scene, "Les ascenseurs sont en panne", "La poste a fermé")
    word.refresh_from_db()
    assert (word.state, word.kind) == (WordState.REFUSED, Kind.STRENGTH)


@pytest.mark.parametrize(
    "phrase", ["Défis", "Emploi", "Une phrase bien trop longue pour être un intertitre", ":", "Table 2"]
)
def test_what_is_no_new_heading_is_refused(scene: Scene, phrase: str) -> None:
    with pytest.raises(RefusedInput):
        add_word(scene.alice, scene.consultation.territory, phrase, Kind.CHALLENGE)

"""Canaries in every field of what is not for everyone: none sings in a page, a search, a feed, a file, a count."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from parvis.consultations.enums import Audience
from parvis.consultations.operations.glossary import Definition, save_entry
from tests.meetings.scene import Scene, make_scene
from tests.web.public.square import everywhere, visit

REPORT = """Zzcanari titre
Zzcanari introduction.
Emploi / Insertion
Défis
1. Zzcanari défi
- Zzcanari détail
Propositions
1. Zzcanari proposition
"""


@pytest.fixture
def scene(db: None) -> Scene:
    """A published report, every word of which is a canary."""
    made = make_scene()
    made.meeting.title, made.meeting.place = "Zzcanari rencontre", "Zzcanari lieu"
    made.meeting.address = made.meeting.introduction = "Zzcanari adresse"
    made.meeting.save()
    minutes = made.draft(REPORT)
    minutes.title = "Zzcanari compte-rendu"
    minutes.save()
    from parvis.meetings.operations.publish_minutes import publish_minutes

    publish_minutes(made.alice, made.ready(minutes))
    return made


def sings(scene: Scene) -> set[str]:
    return {place for place, said in everywhere(scene.meeting, "Zzcanari").items() if "zzcanari" in said.lower()}


def restrict_meeting(audience: str) -> Callable[[Scene], None]:
    def change(scene: Scene) -> None:
        scene.meeting.audience = audience
        scene.meeting.save()

    return change


def restrict_consultation(audience: str) -> Callable[[Scene], None]:
    def change(scene: Scene) -> None:
        scene.consultation.audience = audience
        scene.consultation.save()

    return change


def embargo_meeting(scene: Scene) -> None:
    scene.meeting.embargo_until = timezone.now() + datetime.timedelta(hours=1)
    scene.meeting.save()


def embargo_consultation(scene: Scene) -> None:
    scene.consultation.embargo_until = timezone.now() + datetime.timedelta(hours=1)
    scene.consultation.save()


CHANGES = {
    **{f"meeting {each}": restrict_meeting(each) for each in Audience.values if each != "public"},
    **{f"consultation {each}": restrict_consultation(each) for each in Audience.values if each != "public"},
    "meeting embargo": embargo_meeting,
    "consultation embargo": embargo_consultation,
}


def test_canaries_sing_when_everything_is_public(scene: Scene) -> None:
    found = sings(scene)
    assert {"pdf", "docx", "odt", "csv", "xlsx", "ods", "json", "/", "/rencontres/", "/rencontres/atom.xml"} <= found
    assert {"/rencontres/agenda.ics", "q=Zzcanari"} <= found


@pytest.mark.parametrize("change", CHANGES)
def test_no_canary_sings(scene: Scene, change: str) -> None:
    CHANGES[change](scene)
    assert sings(scene) == set()
    assert scene.meeting.code not in "".join(
        said for place, said in everywhere(scene.meeting).items() if scene.meeting.code not in place
    )


def test_embargo_that_is_over_hides_nothing(scene: Scene) -> None:
    scene.meeting.embargo_until = timezone.now() - datetime.timedelta(seconds=1)
    scene.meeting.save()
    assert "/rencontres/" in sings(scene)


def test_reserved_theme_keeps_its_contributions(scene: Scene) -> None:
    scene.jobs.audience = Audience.TEAM
    scene.jobs.save()
    told = everywhere(scene.meeting)
    for word in ("Zzcanari défi", "Zzcanari détail", "Zzcanari proposition", "Emploi / Insertion"):
        assert {place for place, said in told.items() if word in said} == set(), word


def test_minutes_that_also_tell_a_reserved_meeting_are_read_nowhere(scene: Scene) -> None:
    other = scene.other_meeting(audience=Audience.RESTRICTED)
    minutes = scene.meeting.minutes.get()
    minutes.meetings.add(other)
    told = everywhere(scene.meeting)
    assert {place for place, said in told.items() if "Zzcanari défi" in said} == set()


def test_drafts_are_read_nowhere(db: None) -> None:
    scene = make_scene()
    scene.draft(REPORT)
    assert {place for place, said in everywhere(scene.meeting).items() if "Zzcanari" in said} == set()


def test_reserved_meeting_is_in_no_count_nor_map(scene: Scene) -> None:
    before = visit("/rencontres/")
    scene.other_meeting(title="Secrète", audience=Audience.TEAM)
    assert visit("/rencontres/") == before


def test_glossary_is_public_by_nature(scene: Scene) -> None:
    save_entry(scene.alice, scene.consultation.territory, Definition("ZZC", "zzcanari du glossaire"))
    assert "zzcanari du glossaire" in visit("/glossaire/")

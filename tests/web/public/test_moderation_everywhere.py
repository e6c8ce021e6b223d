"""What moderation hides is gone at once from every page, feed and file, comes back whole, and the hash holds."""

from __future__ import annotations

import pytest

from parvis.consultations.models import Contribution
from parvis.meetings.enums import MinutesRole
from parvis.meetings.operations.moderate_meeting import hide_meeting, restore_meeting
from parvis.publishing.digests import verify_edition
from parvis.publishing.enums import FlagReason
from parvis.publishing.models import Edition
from parvis.publishing.operations.erase_contribution import erase_contribution
from parvis.publishing.operations.hide_consultation import hide_consultation, restore_consultation
from parvis.publishing.operations.hide_contribution import hide_contribution, restore_contribution
from parvis.publishing.operations.hide_line import hide_line, restore_line
from tests.meetings.scene import REPORT, Scene, make_scene
from tests.web.public.square import check_seal, everywhere, where

BUS = "Le dernier bus part trop"
DETAIL = "sans ordinateur"
WELCOME = "maison de quartier"


@pytest.fixture
def scene(db: None) -> Scene:
    made = make_scene()
    made.published(REPORT)
    return made


def said(text: str) -> Contribution:
    return Contribution.objects.get(text__startswith=text)


def holds(scene: Scene) -> None:
    """The public json proves the edition, and so do we."""
    check_seal(scene.meeting)
    assert [problem for edition in Edition.objects.all() for problem in verify_edition(edition)] == []


def test_hidden_contribution_is_nowhere_then_everywhere_again(scene: Scene) -> None:
    before = where(scene.meeting, BUS)
    assert {"pdf", "docx", "odt", "csv", "xlsx", "ods", "json", f"/rencontres/{scene.meeting.code}/"} <= before
    assert f"/contributions/{said(BUS).code}/" in before
    hide_contribution(scene.chloe, said(BUS), reason=FlagReason.PERSON)
    assert where(scene.meeting, BUS) == set()
    holds(scene)
    restore_contribution(scene.chloe, said(BUS))
    assert where(scene.meeting, BUS) == before
    holds(scene)


def test_hidden_contribution_takes_its_details_along(scene: Scene) -> None:
    assert where(scene.meeting, DETAIL)
    hide_contribution(scene.chloe, said("Les dossiers"), reason=FlagReason.OTHER)
    assert where(scene.meeting, DETAIL) == set()


def test_erased_contribution_never_comes_back(scene: Scene) -> None:
    erase_contribution(scene.chloe, said(BUS))
    assert where(scene.meeting, BUS) == set()
    holds(scene)
    seal = check_seal(scene.meeting)
    assert sum(line["salt"] is None for line in seal["lines"]) == 1


def test_hidden_line_of_introduction(scene: Scene) -> None:
    introduction = Edition.objects.get().lines.filter(role=MinutesRole.INTRODUCTION)
    (line,) = (each for each in introduction if WELCOME in each.content["text"])
    before = where(scene.meeting, WELCOME)
    assert before
    hide_line(scene.chloe, line, reason=FlagReason.PERSON)
    assert where(scene.meeting, WELCOME) == set()
    holds(scene)
    restore_line(scene.chloe, line)
    assert where(scene.meeting, WELCOME) == before
    holds(scene)


def test_hidden_meeting(scene: Scene) -> None:
    before = where(scene.meeting, "Atelier du mardi")
    hide_meeting(scene.chloe, scene.meeting, reason=FlagReason.OTHER)
    scene.meeting.refresh_from_db()
    for word in ("Atelier du mardi", BUS, WELCOME, scene.meeting.code):
        assert {place for place in where(scene.meeting, word) if place != f"/rencontres/{scene.meeting.code}/"} == set()
    restore_meeting(scene.chloe, scene.meeting)
    assert where(scene.meeting, "Atelier du mardi") == before
    holds(scene)


def test_hidden_consultation(scene: Scene) -> None:
    before = where(scene.meeting, BUS)
    hide_consultation(scene.chloe, scene.consultation, reason=FlagReason.OTHER)
    for word in ("Quartiers 2030", "Atelier du mardi", BUS):
        assert where(scene.meeting, word) == set()
    restore_consultation(scene.chloe, scene.consultation)
    assert where(scene.meeting, BUS) == before


def test_search_finds_what_is_shown_and_not_what_is_hidden(scene: Scene) -> None:
    link = f"/rencontres/{scene.meeting.code}/"
    assert link in everywhere(scene.meeting, "mardi")["q=mardi"]
    hide_meeting(scene.chloe, scene.meeting, reason=FlagReason.OTHER)
    assert link not in everywhere(scene.meeting, "mardi")["q=mardi"]

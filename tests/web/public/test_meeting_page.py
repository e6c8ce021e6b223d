"""A rencontre: how to come, is it for me; its report: one kind at a time, each line leads to its thread."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from parvis.consultations.models import Contribution
from parvis.meetings.enums import MeetingKind
from parvis.publishing.enums import FlagReason
from parvis.publishing.operations.hide_contribution import hide_contribution
from tests.meetings.scene import Scene, make_scene
from tests.web.public.square import EXTENSIONS, file_text

LETTERHEAD = """Communauté d'agglomération de Vallières
Direction de la cohésion sociale
Emploi / Insertion
Défis
1. Le dernier bus part trop tôt
Propositions
1. Une permanence numérique
"""


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def page(path: str) -> str:
    return Client().get(path).content.decode()


def days_from_now(days: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


def test_the_list_begins_with_the_soonest_then_goes_back(scene: Scene) -> None:
    for title, days in (("Dans un mois", 30), ("Demain", 1), ("Hier", -1), ("Il y a un an", -365)):
        scene.other_meeting(title=title, starts_at=days_from_now(days))
    for path in ("/rencontres/", "/rencontres/?territoire=" + scene.meeting.territory.code):
        shown = re.findall(r"(Dans un mois|Demain|Hier|Il y a un an)</a>", page(path))
        assert shown == ["Demain", "Dans un mois", "Hier", "Il y a un an"]


def test_a_meeting_to_come_tells_its_street_in_the_list(scene: Scene) -> None:
    scene.other_meeting(starts_at=days_from_now(3), place="Salle Prévert", address="3 rue du Lavoir")
    scene.other_meeting(starts_at=days_from_now(-3), place="Salle Hugo", address="9 rue du Four")
    shown = page("/rencontres/")
    assert "Salle Prévert, 3 rue du Lavoir" in shown
    assert "9 rue du Four" not in shown


def test_the_list_is_filtered_by_kind_of_meeting(scene: Scene) -> None:
    scene.other_meeting(title="Pour tous", kind=MeetingKind.PUBLIC_MEETING)
    shown = page("/rencontres/?type=public_meeting")
    assert "Pour tous</a>" in shown
    assert "Atelier du mardi</a>" not in shown
    assert "Atelier du mardi</a>" in page("/rencontres/?type=nope")


def test_a_meeting_to_come_says_how_to_come_and_for_whom_it_is(scene: Scene) -> None:
    fields = {"address": "3 rue du Lavoir", "kind": MeetingKind.PUBLIC_MEETING}
    coming = scene.other_meeting(starts_at=days_from_now(3), **fields)
    over = scene.other_meeting(starts_at=days_from_now(-3), **fields)
    shown = page(f"/rencontres/{coming.code}/")
    assert "search?query=3%20rue%20du%20Lavoir" in shown
    assert "Ouverte à toutes et à tous" in shown
    assert "Ouverte à toutes" not in page(f"/rencontres/{over.code}/")


def test_attendance_stands_in_the_head(scene: Scene) -> None:
    scene.meeting.people_count, scene.meeting.organisation_count = 38, 21
    scene.meeting.save()
    head = page(f"/rencontres/{scene.meeting.code}/").partition("page-head")[2].partition("columns")[0]
    assert "38 personnes, 21 organismes" in head


def test_each_line_is_the_link_to_its_thread(scene: Scene) -> None:
    scene.published()
    hidden = Contribution.objects.get(text__startswith="Les dossiers")
    hide_contribution(scene.chloe, hidden, reason=FlagReason.PERSON)
    shown = page(f"/rencontres/{scene.meeting.code}/")
    assert "Suivre<" not in shown
    for contribution in Contribution.objects.exclude(pk=hidden.pk).order_by("pk"):
        assert f'entry__link" href="/contributions/{contribution.code}/"' in shown
    assert f"/contributions/{hidden.code}/" not in shown


def test_one_kind_at_a_time(scene: Scene) -> None:
    scene.published()
    path = f"/rencontres/{scene.meeting.code}/"
    shown = page(f"{path}?nature=strength")
    assert "Les partenaires se parlent" in shown
    assert "dernier bus" not in shown
    assert "Santé / Sport" not in shown.partition("synthese")[2]
    assert 'href="?nature=strength#synthese" aria-current="true"' in shown
    assert "dernier bus" in page(f"{path}?nature=nope")
    assert "dernier bus" in page(f"{path}edition-1/?nature=challenge")


def test_the_title_of_a_report_is_the_meeting_s_in_every_file(scene: Scene) -> None:
    minutes = scene.published(LETTERHEAD)
    assert minutes.title == "Atelier du mardi"
    for extension in EXTENSIONS:
        text = file_text(scene.meeting, extension)
        assert "Communauté d'agglomération" not in text
        assert "Communauté d&apos;agglomération" not in text
    for extension in ("pdf", "docx", "odt", "xlsx", "ods", "json"):
        assert "Atelier du mardi" in file_text(scene.meeting, extension)


def test_a_letterhead_is_kept_in_the_working_text(scene: Scene) -> None:
    minutes = scene.draft(LETTERHEAD)
    assert minutes.lines.filter(text__startswith="Communauté d'agglomération").exists()

"""The page of a contribution: its words first, what changed it, what stands beside it, what its link shows."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parvis.consultations.enums import Audience
from parvis.consultations.models import Contribution
from parvis.gathering.public.contribution import Thread, contribution_thread
from parvis.meetings.models import MinutesLine
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.publishing.enums import FlagReason
from parvis.publishing.operations.hide_contribution import hide_contribution
from parvis.publishing.operations.reopen_draft import reopen_draft
from tests.meetings.scene import Scene, make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    made = make_scene()
    made.published()
    return made


def said(text: str) -> Contribution:
    return Contribution.objects.get(text__startswith=text)


def thread(text: str) -> Thread:
    found = contribution_thread(said(text).code)
    assert isinstance(found, Thread)
    return found


def page(contribution: Contribution) -> str:
    return Client().get(f"/contributions/{contribution.code}/").content.decode()


def correct(scene: Scene, text: str, words: str, note: str) -> None:
    """Publish a correction of one line."""
    minutes = scene.meeting.minutes.get()
    reopen_draft(scene.alice, minutes)
    MinutesLine.objects.filter(minutes=minutes, text__startswith=text).update(text=words)
    publish_minutes(scene.alice, scene.ready(minutes), note=note)


def test_the_words_are_the_title_under_their_kind_and_theme(scene: Scene) -> None:
    shown = page(said("Le dernier bus"))
    assert re.search(r"<h1[^>]*>Le dernier bus part trop tôt</h1>", shown)
    assert shown.index("Défi") < shown.index("<h1")
    assert shown.index("Emploi / Insertion") < shown.index("<h1")


def test_only_the_editions_that_changed_it_are_told(scene: Scene) -> None:
    correct(scene, "Une permanence", "Une permanence à la mairie", "La permanence est à la mairie.")
    correct(scene, "Le dernier bus", "Le dernier bus part à 20 h", "L'heure du bus.")
    assert [fate.text for fate in thread("Le dernier bus").fates] == [
        "Publiée dans l'édition 1 du compte-rendu",
        "Corrigée dans l'édition 3 du compte-rendu",
    ]
    assert thread("Le dernier bus").fates[1].note == "L'heure du bus."
    assert len(thread("Peu de médecins").fates) == 1


def test_one_goes_on_in_the_order_of_the_report(scene: Scene) -> None:
    first, second, third = said("Le dernier bus"), said("Les dossiers"), said("Les partenaires se parlent")
    middle = thread("Les dossiers")
    assert middle.previous
    assert middle.next
    assert (middle.previous.code, middle.next.code) == (first.code, third.code)
    assert thread("Le dernier bus").previous is None
    assert thread("Des créneaux").next is None
    hide_contribution(scene.chloe, second, reason=FlagReason.PERSON)
    after = thread("Le dernier bus").next
    assert after
    assert after.code == third.code
    assert "dossiers" not in page(first)


def test_neighbours_of_a_reserved_theme_are_passed_over(scene: Scene) -> None:
    last_of_jobs = thread("Une permanence numérique")
    assert last_of_jobs.next
    assert last_of_jobs.next.text == "Peu de médecins"
    scene.health.audience = Audience.TEAM
    scene.health.save()
    assert thread("Une permanence numérique").next is None


def test_others_of_its_theme_and_of_no_other(scene: Scene) -> None:
    assert {other.text for other in thread("Peu de médecins").same_theme} == {
        "Un centre de santé", "Des créneaux pour les femmes",
    }  # fmt: skip
    hide_contribution(scene.chloe, said("Un centre"), reason=FlagReason.PERSON)
    assert [other.text for other in thread("Peu de médecins").same_theme] == ["Des créneaux pour les femmes"]


def test_its_link_shows_its_words_elsewhere(scene: Scene) -> None:
    contribution = said("Le dernier bus")
    shown = page(contribution)
    assert '<meta property="og:title" content="Le dernier bus part trop tôt">' in shown
    assert re.search(r'"og:description" content="Défi · Emploi / Insertion · Atelier du mardi, 12\s+mars 2026">', shown)
    assert f'/contributions/{contribution.code}/">' in shown


def test_a_link_shows_nothing_of_what_is_hidden_or_under_embargo(scene: Scene) -> None:
    contribution = said("Le dernier bus")
    scene.meeting.embargo_until = timezone.now() + datetime.timedelta(hours=1)
    scene.meeting.save()
    assert "og:title" not in page(contribution)
    assert "bus" not in page(contribution)
    scene.meeting.embargo_until = None
    scene.meeting.save()
    assert "og:title" in page(contribution)
    hide_contribution(scene.chloe, contribution, reason=FlagReason.PERSON)
    assert "og:title" not in page(contribution)
    assert "bus" not in page(contribution)


def test_queries(scene: Scene, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    code = said("Les dossiers").code
    with django_assert_num_queries(7):
        contribution_thread(code)

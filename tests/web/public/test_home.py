"""The first page: real words with their signs, figures, the next occasion, and a door to each."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parvis.consultations.enums import Audience
from parvis.consultations.models import Contribution
from parvis.gathering.public.home import home_page
from parvis.publishing.enums import FlagReason
from parvis.publishing.operations.hide_contribution import hide_contribution
from tests.meetings.scene import Scene, make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    made = make_scene()
    made.meeting.people_count = 31
    made.meeting.save()
    made.published()
    return made


def page() -> str:
    return Client().get("/").content.decode()


def test_the_last_words_of_each_kind_with_their_sign(scene: Scene) -> None:
    assert [(words.kind, words.text) for words in home_page().words] == [
        ("challenge", "Peu de médecins"), ("strength", "Les partenaires se parlent"),
        ("proposal", "Des créneaux pour les femmes"),
    ]  # fmt: skip
    said = Contribution.objects.get(text="Peu de médecins")
    assert f'<a href="/contributions/{said.code}/">Peu de médecins</a>' in page()
    assert "kind--challenge" in page()


def test_the_words_speak_of_several_themes_where_they_can(scene: Scene) -> None:
    """The last défi is of health, and no atout is told: the proposition is the last of the other theme."""
    Contribution.objects.filter(kind="strength").update(state="withdrawn")
    assert [words.theme for words in home_page().words] == ["Santé / Sport", "Emploi / Insertion"]


def test_long_words_are_left_for_their_own_page(scene: Scene) -> None:
    Contribution.objects.filter(text="Peu de médecins").update(text="Peu de médecins. " * 20, details=[])
    assert "Peu de médecins" not in home_page().words[0].text


def test_what_was_heard_in_figures(scene: Scene) -> None:
    shown = home_page()
    assert shown.heard == "3 défis, 1 atout et 3 propositions"
    assert shown.met == "1 rencontre, 31 personnes présentes"


def test_nothing_of_what_is_hidden_or_reserved(scene: Scene) -> None:
    hide_contribution(scene.chloe, Contribution.objects.get(text="Peu de médecins"), reason=FlagReason.PERSON)
    assert "Peu de médecins" not in page()
    assert home_page().heard == "2 défis, 1 atout et 3 propositions"
    scene.health.audience = Audience.TEAM
    scene.health.save()
    assert home_page().heard == "2 défis, 1 atout et 1 proposition"
    scene.meeting.embargo_until = timezone.now() + datetime.timedelta(hours=1)
    scene.meeting.save()
    assert (home_page().heard, home_page().words, home_page().met) == ("", (), "")


def test_a_door_opens_on_something(scene: Scene) -> None:
    shown = page()
    assert 'href="/chercher/"' in shown
    assert 'href="/atelier/">J' in shown
    assert "Venir à une rencontre" not in shown
    scene.other_meeting(title="Demain", starts_at=timezone.now() + datetime.timedelta(days=1))
    assert "Venir à une rencontre" in page()
    assert "La prochaine occasion" in page()


def test_an_empty_instance_says_so(db: None) -> None:
    shown = page()
    assert "Aucune concertation n" in shown
    assert "Ce qui a été dit</h2>" not in shown


def test_queries(scene: Scene, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    home_page()
    with django_assert_num_queries(9):
        home_page()

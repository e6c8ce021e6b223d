"""The headings that agents teach."""

from __future__ import annotations

from django.test import Client

from parvis.meetings.enums import WordState
from parvis.meetings.models import HeadingWord
from tests.places import Places

WORDS = "/gestion/intertitres/"


def test_headings_are_taught_kept_and_left(desk: Client, places: Places) -> None:
    form = {"phrase": "Ce qui nous pèse", "kind": "challenge", "territory": places.lune.code}
    assert desk.post(WORDS, form).status_code == 302
    assert desk.post(WORDS, form).status_code == 422
    word = HeadingWord.objects.get()
    assert "Oublier" in desk.get(WORDS).content.decode()
    assert desk.post(f"{WORDS}{word.code}/decider/", {"keep": "0"}).status_code == 302
    word.refresh_from_db()
    assert word.state == WordState.REFUSED
    assert "Oublier" not in desk.get(WORDS).content.decode()


def test_headings_of_another_agglomeration_are_out_of_reach(desk: Client, places: Places) -> None:
    word = HeadingWord.objects.create(territory=places.large, phrase="Ailleurs", key="ailleurs", kind="challenge")
    assert desk.post(f"{WORDS}{word.code}/decider/", {"keep": "1"}).status_code == 404
    form = {"phrase": "Chez eux", "kind": "challenge", "territory": places.large.code}
    assert desk.post(WORDS, form).status_code == 422

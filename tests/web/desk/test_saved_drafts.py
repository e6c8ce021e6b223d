"""The server says which drafts are saved, and no other: a device drops what it is told."""

from __future__ import annotations

import pytest
from django.test import Client

from parvis.core.errors import ForbiddenMove
from tests.meetings.scene import Scene
from tests.web.desk.test_sent_once import send

pytestmark = pytest.mark.django_db

NAME = "0123456789abcdef01234567"


def told(client: Client) -> str:
    page = client.get("/gestion/").content.decode()
    return page.partition('<meta name="parvis-saved" content="')[2].partition('"')[0]


def test_a_saved_form_is_told_once(scene: Scene, alice: Client) -> None:
    send(alice, scene, draft=NAME)
    assert [told(alice), told(alice)] == [NAME, ""]


def test_a_form_sent_twice_is_saved_too(scene: Scene, alice: Client) -> None:
    send(alice, scene, draft=NAME)
    told(alice)
    send(alice, scene, draft=NAME)
    assert told(alice) == NAME


def test_a_refused_form_is_not(scene: Scene, alice: Client) -> None:
    send(alice, scene, draft=NAME, title="")
    assert told(alice) == ""


def test_a_form_whose_refusal_is_told_by_the_next_page_is_not(
    scene: Scene, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ForbiddenMove("Pas maintenant.")

    monkeypatch.setattr("parvis.web.desk.meetings.views.cancel_meeting", refuse)
    alice.post(f"/gestion/rencontres/{scene.meeting.code}/annuler/", {"draft": NAME})
    page = alice.get("/gestion/").content.decode()
    assert "Pas maintenant." in page
    assert NAME not in page


def test_a_form_sent_after_the_session_ended_is_not(scene: Scene, alice: Client) -> None:
    alice.logout()
    assert send(alice, scene, draft=NAME)["Location"].startswith("/gestion/connexion/")
    alice.force_login(scene.alice)
    assert told(alice) == ""


def test_nothing_else_than_a_name_enters_the_session(scene: Scene, alice: Client) -> None:
    send(alice, scene, draft='"><script>' + NAME)
    assert told(alice) == ""

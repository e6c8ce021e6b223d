"""A file that takes too much to be made: its page says why, and asking again does not cost the same work again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from parvis.sandbox import NoChildFree, NotDone
from parvis.web.public import report_files
from tests.meetings.scene import Scene, make_scene

REASON = "Ce compte-rendu est trop long pour un PDF : prenez le csv."


@pytest.fixture
def path(db: None) -> Iterator[str]:
    scene: Scene = make_scene()
    scene.published()
    cache.clear()
    yield f"/rencontres/{scene.meeting.code}/compte-rendu.pdf"
    cache.clear()


@pytest.fixture
def making(monkeypatch: pytest.MonkeyPatch) -> list[NotDone]:
    """How it ends each time that the file is made; told again at the end of the list."""
    outcomes: list[NotDone] = []

    def fail(*_: Any) -> bytes:
        raise outcomes.pop(0)

    monkeypatch.setattr(report_files, "report_file", fail)
    return outcomes


def test_what_is_too_heavy_is_said_and_not_tried_again(path: str, making: list[NotDone]) -> None:
    making.append(NotDone(REASON))
    for _ in range(2):
        answer = Client().get(path)
        assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
        assert REASON in answer.content.decode()
    assert Client().get(path, headers={"accept": "application/json"}).json()["detail"].endswith(REASON)


def test_when_others_are_being_made_the_next_asking_tries(path: str, making: list[NotDone]) -> None:
    making += [NoChildFree("Recommencez dans une minute."), NoChildFree("Recommencez dans une minute.")]
    for _ in range(2):
        assert "Recommencez dans une minute." in Client().get(path).content.decode()
    assert making == []

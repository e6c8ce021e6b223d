from __future__ import annotations

import pytest
from django.test import Client

from parvis.people.models import User
from tests.meetings.scene import Scene, make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


@pytest.fixture
def alice(scene: Scene) -> Client:
    """The desk as the coordinator sees it."""
    return signed_in(scene.alice)


def signed_in(user: User, *, csrf: bool = False) -> Client:
    client = Client(enforce_csrf_checks=csrf)
    client.force_login(user)
    return client

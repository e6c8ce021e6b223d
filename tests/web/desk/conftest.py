from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from parvis.consultations.models import Consultation
from parvis.people.models import User
from tests.meetings.scene import Scene, make_scene
from tests.places import Places, make_agent, make_consultation, make_places


@pytest.fixture(autouse=True)
def no_rate_left_over() -> None:
    """What one test asked does not count for the next."""
    cache.clear()


@pytest.fixture
def places(db: None) -> Places:
    return make_places()


@pytest.fixture
def admin(places: Places) -> User:
    return make_agent(places.lune, name="Ada Lune")


@pytest.fixture
def consultation(admin: User, places: Places) -> Consultation:
    return make_consultation(admin, places.lune)


@pytest.fixture
def desk(admin: User) -> Client:
    """The desk as the administrator of Val de Lune sees it."""
    return signed_in(admin)


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


@pytest.fixture
def alice(scene: Scene) -> Client:
    """The desk as the coordinator of the scene sees it."""
    return signed_in(scene.alice)


def signed_in(user: User, *, csrf: bool = False) -> Client:
    client = Client(enforce_csrf_checks=csrf)
    client.force_login(user)
    return client

"""A room, and who leads it at her desk."""

from __future__ import annotations

import pytest
from django.test import Client

from parvis.web.room.state_answers import forget_rooms
from tests.meetings.room.scene import Room, make_room


@pytest.fixture
def room() -> Room:
    forget_rooms()
    return make_room()


@pytest.fixture
def bob(client: Client, room: Room) -> Client:
    client.force_login(room.scene.bob)
    return client

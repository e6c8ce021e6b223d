"""Asking a room what changed, as its screens do (a key, for someone who holds a place), and conducting it."""

from __future__ import annotations

from typing import Any

from django.test import Client

from parvis.consultations.models import Participant
from parvis.consultations.operations.devices import add_device
from parvis.gathering.room.snapshot import RoomAudience
from parvis.meetings.models import Board
from parvis.people.models import User
from parvis.web.room.live_keys import HEADER, live_key
from tests.meetings.room.scene import Room


def key_for(board: Board, audience: RoomAudience, holder: Participant | User) -> str:
    """The key of her page; a participant has a device."""
    if isinstance(holder, Participant):
        add_device(holder)
    return live_key(board, audience, holder)


def ask(client: Client, board: Board, key: str, since: int | None = None) -> Any:
    query = {} if since is None else {"since": since}
    return client.get(f"/atelier/{board.room}/etat", query, headers={HEADER: key})


def do(client: Client, room: Room, name: str, **more: Any) -> Any:
    """What a button of the facilitator's page sends."""
    return client.post(f"/atelier/{room.board.room}/table/conduire/", {"do": name, **more})

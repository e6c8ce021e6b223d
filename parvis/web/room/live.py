"""What the screens of a room ask for every two seconds: the same bytes for everyone, made once for each version.

A signed key in the page says which room and which audience, so that asking reads neither session nor participant. The
version is read from the database at most twice a second for each process; the snapshot only when it moved.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Final

from django.core import signing

from parvis.gathering.room_snapshot import RoomAudience, room_snapshot
from parvis.meetings.models import Board

_SALT: Final = "parvis.room.live"
_KEY_SECONDS: Final = 24 * 3600
_FRESH_SECONDS: Final = 0.5
_MOST_ROOMS: Final = 64


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A version of a room as bytes, plain and compressed."""

    version: int
    plain: bytes
    gzipped: bytes


@dataclass(slots=True)
class _Known:
    """What this process knows of a room."""

    read_at: float = 0.0
    version: int = -1
    made: dict[RoomAudience, Snapshot] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_rooms: dict[str, _Known] = {}
_rooms_lock = threading.Lock()


def live_key(board: Board, audience: RoomAudience) -> str:
    """What a page shows to ask for the room, for a day."""
    return signing.dumps([board.code, audience.value], salt=_SALT, compress=False)


def read_key(key: str) -> tuple[str, RoomAudience] | None:
    """The board's code and the audience that a key opens; None when it is forged or too old."""
    try:
        code, audience = signing.loads(key, salt=_SALT, max_age=_KEY_SECONDS)
        return str(code), RoomAudience(audience)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def latest(code: str, audience: RoomAudience) -> Snapshot | None:
    """The room as it is, at most half a second ago. None when it is gone."""
    known = _known(code)
    with known.lock:
        if time.monotonic() - known.read_at > _FRESH_SECONDS:
            version = Board.objects.filter(code=code).values_list("version", flat=True).first()
            if version is None:
                return None
            if version != known.version:
                known.version, known.made = version, {}
            known.read_at = time.monotonic()
        if audience not in known.made:
            board = Board.objects.select_related("meeting", "step", "discussed").get(code=code)
            if board.version != known.version:
                known.version, known.made = board.version, {}
            known.made[audience] = _snapshot(board, audience)
        return known.made[audience]


def forget_rooms() -> None:
    """Start again from the database (tests)."""
    with _rooms_lock:
        _rooms.clear()


def _known(code: str) -> _Known:
    with _rooms_lock:
        if code not in _rooms:
            while len(_rooms) >= _MOST_ROOMS:
                _rooms.pop(next(iter(_rooms)))
            _rooms[code] = _Known()
        return _rooms[code]


def _snapshot(board: Board, audience: RoomAudience) -> Snapshot:
    plain = json.dumps(room_snapshot(board, audience), ensure_ascii=False, separators=(",", ":")).encode()
    return Snapshot(board.version, plain, gzip.compress(plain, 5))

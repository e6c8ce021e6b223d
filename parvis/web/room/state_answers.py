"""What the screens of a room are answered when they ask what changed since a version: the same bytes for everyone.

A signed key in the page says which room, which audience and for whom (`live_keys`): asking reads no session. The
database says which rows moved since a version (`RowVersion`): any process answers, whatever it read before.

Each process reads the room again at most twice a second, and never for more than a fifth of the time: with three
thousand notes and two hundred phones, a reading costs more than what it brings. Meanwhile everyone is answered what is
known, with its age: a device keeps on top what it wrote after that.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Final

from parvis.gathering.room.snapshot import RoomAudience, RoomReading, read_room
from parvis.meetings.models import Board
from parvis.meetings.operations.room.entering import standing_rooms
from parvis.meetings.operations.room.row_versions import moved_since

_FRESH_SECONDS: Final = 0.5
_SHARE_OF_TIME: Final = 5
_MOST_ROOMS: Final = 64
_MOST_ANSWERS: Final = 256


@dataclass(frozen=True, slots=True)
class Answer:
    """Bytes for a device, plain and compressed."""

    plain: bytes
    gzipped: bytes


@dataclass(frozen=True, slots=True)
class RoomAnswers:
    """A version of a room, and what was answered of it so far."""

    board: Board
    reading: RoomReading
    _made: dict[tuple[RoomAudience, int], Answer] = field(default_factory=dict)

    @property
    def version(self) -> int:
        return self.reading.version

    def since(self, version: int, audience: RoomAudience) -> Answer:
        """What moved after `version`, and what left; the whole room when that version tells nothing (0)."""
        known = version if self.board.whole_before <= version <= self.version else 0
        answer = self._made.get((audience, known))
        if answer is None:
            answer = _encoded(self._content(known, audience))
            if len(self._made) >= _MOST_ANSWERS:  # another thread may empty it too: what was made is in hand
                self._made.clear()
            self._made[audience, known] = answer
        return answer

    def _content(self, since: int, audience: RoomAudience) -> dict[str, Any]:
        if not since:
            return self.reading.head | self.reading.rows(audience)
        moved = {str(reference) for reference in moved_since(self.board, since)}
        rows = self.reading.rows(audience, only=moved)
        gone = moved.difference(row["reference"] for name in rows for row in rows[name])
        return self.reading.head | {"since": since, "gone": sorted(gone)} | rows


def _encoded(content: dict[str, Any]) -> Answer:
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(plain, gzip.compress(plain, 5))


@dataclass(frozen=True, slots=True)
class Known:
    """A room as this process knows it. `age`: seconds since its reading began; `fresh`: read for this question."""

    answers: RoomAnswers
    age: float
    fresh: bool

    def has_nothing_after(self, version: int) -> bool:
        """Whether a device that knows `version` needs no answer.

        Another process may have read a later one: it keeps it. A fresh reading is never behind: if its version is
        lower, the database is another, and the device starts again.
        """
        return version == self.answers.version or (version > self.answers.version and not self.fresh)


@dataclass(slots=True)
class _Room:
    """What this process knows of a room. `began`, `read_at`: when its last reading began and ended."""

    began: float = 0.0
    read_at: float = 0.0
    rests: float = _FRESH_SECONDS
    answers: RoomAnswers | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def known(self, *, fresh: bool = False) -> Known | None:
        answers = self.answers
        return Known(answers, time.monotonic() - self.began, fresh) if answers is not None else None

    def read(self, code: str) -> None:
        """Look at the version of the board, then read its rows if it is another."""
        began = time.monotonic()
        board = standing_rooms().select_related("meeting", "step", "discussed").filter(code=code).first()
        if board is None:
            self.answers = None
        elif self.answers is None or self.answers.version != board.version:
            self.answers = RoomAnswers(board, read_room(board))
        self.began, self.read_at = began, time.monotonic()
        self.rests = max(_FRESH_SECONDS, _SHARE_OF_TIME * (self.read_at - began))


_rooms: dict[str, _Room] = {}
_rooms_lock = threading.Lock()


def latest(code: str) -> Known | None:
    """The room as it was a moment ago. None when it is gone. One reader at a time; the others do not wait for it."""
    room = _room(code)
    if not room.lock.acquire(blocking=room.answers is None):
        return room.known()
    try:
        due = time.monotonic() - room.read_at > room.rests or room.answers is None
        if due:
            room.read(code)
        return room.known(fresh=due)
    finally:
        room.lock.release()


def forget_rooms() -> None:
    """Start again from the database (tests)."""
    with _rooms_lock:
        _rooms.clear()


def _room(code: str) -> _Room:
    with _rooms_lock:
        if code not in _rooms:
            while len(_rooms) >= _MOST_ROOMS:
                _rooms.pop(next(iter(_rooms)))
            _rooms[code] = _Room()
        return _rooms[code]

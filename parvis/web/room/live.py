"""What the screens of a room ask for every two seconds: the same bytes for everyone, made once for each version.

A signed key in the page says which room and which audience, so that asking reads neither session nor participant. Who
says which version she has gets what changed since, as far as this process remembers; else the whole room.

The room is read again at most twice a second, and never for more than a fifth of the time: with three thousand notes
and two hundred phones, a reading costs more than what it brings. Meanwhile everyone is answered what is known, with its
age: a device keeps on top what it wrote after that.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Final

from django.core import signing

from parvis.core.access import rule
from parvis.gathering.room_snapshot import RoomAudience, room_snapshot
from parvis.meetings.models import Board
from parvis.meetings.operations.room.entering import standing_rooms

_SALT: Final = "parvis.room.live"
_KEY_SECONDS: Final = 24 * 3600
_FRESH_SECONDS: Final = 0.5
_SHARE_OF_TIME: Final = 5
_MOST_ROOMS: Final = 64
_MOST_ANSWERS: Final = 256
_LISTS: Final = ("notes", "families")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A version of a room as bytes, plain and compressed. `version` is what the device then has."""

    version: int
    plain: bytes
    gzipped: bytes


@dataclass(slots=True)
class View:
    """A version of a room for an audience, each note and family with the version at which it was last seen to move.

    `reads`: the versions that this process read, the only ones it can tell changes from. Of one that another process
    read, it does not know what moved there and came back.
    """

    version: int
    reads: frozenset[int]
    head: dict[str, Any]
    moved: dict[tuple[str, str], tuple[int, str]]
    gone: dict[str, int]
    answers: dict[int, Snapshot] = field(default_factory=dict)

    def answer(self, since: int) -> Snapshot:
        """What changed since a version; the whole room when this process never read it (0)."""
        known = since if since in self.reads else 0
        if known not in self.answers:
            if len(self.answers) >= _MOST_ANSWERS:
                self.answers.clear()
            self.answers[known] = self._made(known)
        return self.answers[known]

    def _made(self, since: int) -> Snapshot:
        told = self.head | ({"since": since, "gone": self._gone(since)} if since else {})
        lists = {
            name: f"[{','.join(text for (of, _), (at, text) in self.moved.items() if of == name and at > since)}]"
            for name in _LISTS
        }
        parts = [f"{json.dumps(name)}:{_dumps(value)}" for name, value in told.items()]
        parts += [f"{json.dumps(name)}:{text}" for name, text in lists.items()]
        plain = f"{{{','.join(parts)}}}".encode()
        return Snapshot(self.version, plain, gzip.compress(plain, 5))

    def _gone(self, since: int) -> list[str]:
        return sorted(reference for reference, at in self.gone.items() if at > since)


@dataclass(frozen=True, slots=True)
class Seen:
    """A room as this process knows it. `age`: seconds since its reading began; `fresh`: read for this question."""

    view: View
    age: float
    fresh: bool

    def is_behind(self, since: int) -> bool:
        """Whether another process has read a later version, which the device already has: nothing to tell it.

        A fresh reading is never behind: if its version is lower, a backup was put back, and the device starts again.
        """
        return since > self.view.version and not self.fresh


@dataclass(slots=True)
class _Known:
    """What this process knows of a room. `began`, `read_at`: when its last reading began and ended."""

    began: float = 0.0
    read_at: float = 0.0
    rests: float = _FRESH_SECONDS
    views: dict[RoomAudience, View] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def seen(self, audience: RoomAudience, *, fresh: bool = False) -> Seen | None:
        view = self.views.get(audience)
        return Seen(view, time.monotonic() - self.began, fresh) if view is not None else None


_rooms: dict[str, _Known] = {}
_rooms_lock = threading.Lock()


def live_key(board: Board, audience: RoomAudience) -> str:
    """What a page shows to ask for the room, for a day."""
    return signing.dumps([board.code, audience.value], salt=_SALT, compress=False)


@rule
def read_key(key: str) -> tuple[str, RoomAudience] | None:
    """The board's code and the audience that a key opens; None when it is forged or too old."""
    try:
        code, audience = signing.loads(key, salt=_SALT, max_age=_KEY_SECONDS)
        return str(code), RoomAudience(audience)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def latest(code: str, audience: RoomAudience) -> Seen | None:
    """The room as it was a moment ago. None when it is gone. One reader at a time; the others do not wait for it."""
    known = _known(code)
    if not known.lock.acquire(blocking=audience not in known.views):
        return known.seen(audience)
    try:
        due = time.monotonic() - known.read_at > known.rests or audience not in known.views
        if due:
            _read(code, audience, known)
        return known.seen(audience, fresh=due)
    finally:
        known.lock.release()


def _read(code: str, audience: RoomAudience, known: _Known) -> None:
    began = time.monotonic()
    board = standing_rooms().select_related("meeting", "step", "discussed").filter(code=code).first()
    if board is None:
        known.views.clear()
        return
    before = {each: known.views.get(each) for each in (audience, *known.views)}
    told = {
        each: room_snapshot(board, each)
        for each, view in before.items()
        if view is None or view.version != board.version
    }
    if told:  # what came during the reading may be in it, and not in another process's of the same version
        until = Board.objects.filter(pk=board.pk).values_list("version", flat=True).first() or 0
        known.views |= {each: grown(before[each], snapshot, until) for each, snapshot in told.items()}
    known.began, known.read_at = began, time.monotonic()
    known.rests = max(_FRESH_SECONDS, _SHARE_OF_TIME * (known.read_at - began))


def grown(before: View | None, told: dict[str, Any], until: int = 0) -> View:
    """The view of a snapshot, remembering from the one before when each thing moved, at the latest.

    `until`: the version at which its reading ended, if the room moved meanwhile.
    """
    version = told["version"]
    latest_move = max(version, until)
    old = before.moved if before is not None else {}
    moved: dict[tuple[str, str], tuple[int, str]] = {}
    for name in _LISTS:
        for each in told[name]:
            key, text = (name, each["reference"]), _dumps(each)
            moved[key] = old[key] if key in old and old[key][1] == text else (latest_move, text)
    gone = dict(before.gone) if before is not None else {}
    gone |= {reference: latest_move for _, reference in old.keys() - moved.keys()}
    for _, reference in moved:
        gone.pop(reference, None)
    head = {name: value for name, value in told.items() if name not in _LISTS}
    reads = (before.reads if before is not None else frozenset()) | {version}
    return View(version, reads, head, moved, gone)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


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

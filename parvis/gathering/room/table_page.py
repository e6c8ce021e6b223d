"""The pages of those who write in a room: a table's secretary, a phone."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from parvis.consultations.models import DeviceKey, Participant
from parvis.core.codes import hash_token
from parvis.gathering.room.families import rows_by
from parvis.gathering.room.personal import personal_state
from parvis.gathering.room.snapshot import RoomAudience, room_snapshot
from parvis.meetings.enums import SeatRole
from parvis.meetings.models import Board, Seat


@dataclass(frozen=True, slots=True)
class TablePage:
    """`families`: those of the table, and those that hold its notes; `others`: the rest, where a note may go too.

    `alone`: notes in no family. `hidden`: the table's own that the facilitator took off the screen, with their words.
    `dots_left`: what the table may still place.
    """

    room: dict[str, Any]
    mine: dict[str, Any]
    families: tuple[dict[str, Any], ...]
    others: tuple[dict[str, Any], ...]
    alone: tuple[dict[str, Any], ...]
    hidden: tuple[dict[str, Any], ...]
    dots_left: int


def table_page(seat: Seat) -> TablePage:
    """The room for the secretary of one table."""
    room, mine = room_snapshot(seat.board, RoomAudience.TABLE), personal_state(seat)
    shown = _shown(room, mine, waiting=True)
    here = [note for note in shown if note["table"] in (None, seat.table)]
    represented = {note["family"] for note in here}
    families = _families(room, mine, shown)
    ours = {
        family["reference"]
        for family in families
        if family["table"] == seat.table or family["reference"] in represented
    }
    return TablePage(
        room=room,
        mine=mine,
        families=tuple(family for family in families if family["reference"] in ours),
        others=tuple(family for family in families if family["reference"] not in ours),
        alone=tuple(note for note in here if note["family"] is None),
        hidden=tuple(note for note in _own(room, mine) if note["hidden"]),
        dots_left=_dots_left(mine),
    )


@dataclass(frozen=True, slots=True)
class PhonePage:
    """`own`: her notes, the last first, those that were hidden too, with what became of each."""

    room: dict[str, Any]
    mine: dict[str, Any]
    own: tuple[dict[str, Any], ...]
    families: tuple[dict[str, Any], ...]
    alone: tuple[dict[str, Any], ...]
    dots_left: int


def phone_page(seat: Seat) -> PhonePage:
    """The room for a phone: everything of the board but what is hidden, or waits for the facilitator."""
    room, mine = room_snapshot(seat.board, RoomAudience.ROOM), personal_state(seat)
    shown = _shown(room, mine, waiting=False)
    return PhonePage(
        room=room,
        mine=mine,
        own=tuple(_own(room, mine)),
        families=tuple(family for family in _families(room, mine, shown) if not family["hidden"]),
        alone=tuple(note for note in shown if note["family"] is None),
        dots_left=_dots_left(mine),
    )


def _own(room: dict[str, Any], mine: dict[str, Any]) -> list[dict[str, Any]]:
    """Her notes with their words and what became of each, the last first."""
    known = {note["reference"]: note for note in room["notes"]}
    return [
        note | {name: known[note["reference"]][name] for name in ("hidden", "waiting")}
        for note in reversed(mine["notes"])
        if note["reference"] in known
    ]


def _shown(room: dict[str, Any], mine: dict[str, Any], *, waiting: bool) -> list[dict[str, Any]]:
    """Notes as they are read: the name of their theme when there are several, and the dots she put on each.

    Those whose words are kept from her are left out, unless she wrote them.
    """
    names = {theme["code"]: theme["name"] for theme in room["themes"]} if len(room["themes"]) > 1 else {}
    own = {note["reference"]: note["text"] for note in mine["notes"]}
    read = [note | {"text": note["text"] or own.get(note["reference"], "")} for note in room["notes"]]
    return [
        note | {"mine": mine["dots"].get(note["reference"], 0), "theme_name": names.get(note["theme"], "")}
        for note in read
        if note["text"] and not note["hidden"] and not note["duplicate_of"] and (waiting or not note["waiting"])
    ]


def _families(room: dict[str, Any], mine: dict[str, Any], shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    notes = rows_by(shown, "family")
    return [
        family | {"mine": mine["dots"].get(family["reference"], 0), "notes": notes.get(family["reference"], [])}
        for family in room["families"]
        if family["joined_into"] is None
    ]


def _dots_left(mine: dict[str, Any]) -> int:
    left: int = mine["limit"] - sum(mine["dots"].values())
    return max(0, left)


def laptops_of(board: Board, table: int) -> tuple[datetime.datetime, ...]:
    """When the laptops that hold a table came to it, the first first."""
    seat = Seat.objects.filter(board=board, table=table, role=SeatRole.SECRETARY).first()
    return other_laptops(seat.participant, "") if seat is not None else ()


def other_laptops(participant: Participant, key: str) -> tuple[datetime.datetime, ...]:
    """When the devices of a participant came, but the one of `key`."""
    keys = DeviceKey.objects.filter(participant=participant).exclude(token_hash=hash_token(key)).order_by("id")
    return tuple(keys.values_list("created_at", flat=True))

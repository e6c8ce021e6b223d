"""The room as its screens ask for it: JSON without a name, one for each audience, told by its version."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from parvis.core import clock
from parvis.gathering.room.figures import room_figures
from parvis.meetings.models import Board
from parvis.meetings.room_state import RoomFamily, RoomNote, RoomState, room_state
from parvis.meetings.rules import shown_in_room, themes_of_room
from parvis.sheets.models import ActionSheet

_NOTE = tuple(field.name for field in fields(RoomNote) if field.name not in ("contribution", "for_its_words"))
_FAMILY = tuple(field.name for field in fields(RoomFamily))
Rows = dict[str, list[dict[str, Any]]]
"""`notes` and `families`, each row with its `reference`."""


class RoomAudience(StrEnum):
    """Who looks: the phones of the room, the secretary of a table, everyone before the screen, the facilitator."""

    ROOM = "room"
    TABLE = "table"
    SCREEN = "screen"
    FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class RoomReading:
    """A room read once for every audience. `head`: all but its rows, the same for all.

    The version is the one the board had before its rows were read: what came meanwhile has a later one.
    """

    version: int
    head: dict[str, Any]
    state: RoomState

    def rows(self, audience: RoomAudience, only: Container[str] | None = None) -> Rows:
        """What a screen of `audience` may show, of all rows or of those named in `only`.

        To a phone, what is hidden or waits for a person to look at it comes without its words: its author learns what
        became of it, nobody reads it. A table reads what waits, for it gathers it, unless it waits for its words: the
        facilitator alone reads those. The screen has none of them.
        """
        return {
            "notes": [
                _note(note, audience)
                for note in self.state.notes
                if (only is None or note.reference in only) and _sees(note, audience)
            ],
            "families": [
                _family(family, audience)
                for family in self.state.families
                if (only is None or family.reference in only) and (audience != RoomAudience.SCREEN or not family.hidden)
            ],
        }


def read_room(board: Board) -> RoomReading:
    """Read a room whole. Keys of its head: version, clock, room, title, state, now, step, steps, themes, dots…"""
    state = room_state(board)
    head = {
        "version": board.version,
        "clock": board.clock,
        "room": board.room,
        "title": board.meeting.title,
        "state": board.state,
        "rehearsal": board.rehearsal,
        "now": clock.now().isoformat(),
        "steps": [
            {"position": step.position, "kind": step.kind, "title": step.title, "minutes": step.minutes}
            for step in board.steps.order_by("position")
        ],
        "step": _step(board),
        "themes": _themes(board),
        "tables": board.tables,
        "dots_per_person": board.dots_per_person,
        "discussed": _discussed(board),
        "dots": state.dots,
    }
    return RoomReading(board.version, head, state)


def room_snapshot(board: Board, audience: RoomAudience) -> dict[str, Any]:
    """The whole room as a screen of `audience` may show it: its head, its notes and its families."""
    reading = read_room(board)
    return reading.head | reading.rows(audience)


def _sees(note: RoomNote, audience: RoomAudience) -> bool:
    return audience != RoomAudience.SCREEN or not (note.hidden or note.waiting)


def _note(note: RoomNote, audience: RoomAudience) -> dict[str, Any]:
    row = {name: getattr(note, name) for name in _NOTE}  # asdict would copy each value deeply
    asks = note.waiting if audience == RoomAudience.ROOM else note.for_its_words
    if audience in (RoomAudience.ROOM, RoomAudience.TABLE) and (note.hidden or asks):
        row["text"] = ""
    return row


def _family(family: RoomFamily, audience: RoomAudience) -> dict[str, Any]:
    row = {name: getattr(family, name) for name in _FAMILY}
    if family.hidden and audience == RoomAudience.ROOM:
        row["title"] = ""
    return row


def _step(board: Board) -> dict[str, Any] | None:
    if board.step is None:
        return None
    return {
        "position": board.step.position,
        "kind": board.step.kind,
        "title": board.step.title,
        "ends_at": board.step_ends_at.isoformat() if board.step_ends_at else None,
        "seconds_left": board.seconds_left,
    }


def _themes(board: Board) -> list[dict[str, str]]:
    return [{"code": theme.code, "name": theme.name} for theme in themes_of_room(board.meeting)]


def _discussed(board: Board) -> dict[str, Any] | None:
    sheet = board.discussed
    if sheet is None or not ActionSheet.objects.filter(shown_in_room(board.meeting), pk=sheet.pk).exists():
        return None  # hidden, withdrawn or kept to fewer people since it was chosen
    content = {"code": sheet.code, "number": sheet.number, "title": sheet.title, "summary": sheet.summary}
    return content | {"figures": room_figures(sheet)}

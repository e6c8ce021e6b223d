"""The room as its screens ask for it: JSON without a name, one for each audience, told by its version."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from typing import Any

from parvis.consultations.models import Theme
from parvis.core import clock
from parvis.gathering.room.figures import room_figures
from parvis.meetings.models import Board
from parvis.meetings.room_state import RoomFamily, RoomNote, room_state

_NOTE = tuple(each.name for each in fields(RoomNote) if each.name != "contribution")
_FAMILY = tuple(each.name for each in fields(RoomFamily))


class RoomAudience(StrEnum):
    """Who looks: the phones of the room, the secretary of a table, everyone before the screen, the facilitator."""

    ROOM = "room"
    TABLE = "table"
    SCREEN = "screen"
    FACILITATOR = "facilitator"


def room_snapshot(board: Board, audience: RoomAudience) -> dict[str, Any]:
    """What a screen of `audience` may show. Keys: version, state, now, step, steps, themes, notes, families, dots…

    To a phone, what is hidden or waits for a person to look at it comes without its words: its author learns what
    became of it, nobody reads it. A table reads what waits, for it gathers it. The screen has none of them.
    """
    state = room_state(board)
    return {
        "version": board.version,
        "clock": board.clock,
        "room": board.room,
        "title": board.meeting.title,
        "state": board.state,
        "rehearsal": board.rehearsal,
        "now": clock.now().isoformat(),
        "steps": [
            {"position": each.position, "kind": each.kind, "title": each.title, "minutes": each.minutes}
            for each in board.steps.order_by("position")
        ],
        "step": _step(board),
        "themes": _themes(board),
        "tables": board.tables,
        "dots_per_person": board.dots_per_person,
        "discussed": _discussed(board),
        "notes": [_note(each, audience) for each in state.notes if _sees(each, audience)],
        "families": [
            _family(each, audience) for each in state.families if audience != RoomAudience.SCREEN or not each.hidden
        ],
        "dots": state.dots,
    }


def _sees(note: RoomNote, audience: RoomAudience) -> bool:
    return audience != RoomAudience.SCREEN or not (note.hidden or note.waiting)


def _note(note: RoomNote, audience: RoomAudience) -> dict[str, Any]:
    told = {name: getattr(note, name) for name in _NOTE}  # asdict would copy each value deeply
    if (note.hidden and audience in (RoomAudience.ROOM, RoomAudience.TABLE)) or (
        note.waiting and audience == RoomAudience.ROOM
    ):
        told["text"] = ""
    return told


def _family(family: RoomFamily, audience: RoomAudience) -> dict[str, Any]:
    told = {name: getattr(family, name) for name in _FAMILY}
    if family.hidden and audience == RoomAudience.ROOM:
        told["title"] = ""
    return told


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
    """The themes of the meeting, else all those of the consultation."""
    chosen = Theme.objects.filter(meetings=board.meeting_id).order_by("position", "id")
    themes = list(chosen) or list(
        Theme.objects.filter(consultation=board.meeting.consultation_id).order_by("position", "id")
    )
    return [{"code": theme.code, "name": theme.name} for theme in themes]


def _discussed(board: Board) -> dict[str, Any] | None:
    sheet = board.discussed
    if sheet is None or sheet.hidden_at is not None:
        return None
    told = {"code": sheet.code, "number": sheet.number, "title": sheet.title, "summary": sheet.summary}
    return told | {"figures": room_figures(sheet)}

"""Where a room stands in its agenda, as one moment: kept before a gesture of the facilitator, put back to undo it."""

from __future__ import annotations

import datetime
from typing import TypedDict

from parvis.core import journal
from parvis.core.errors import ForbiddenMove
from parvis.meetings.enums import BoardState
from parvis.meetings.models import Board
from parvis.meetings.operations.room.running import changing_board, show_from_first_page
from parvis.people.models import User

MOVED_ON = "La salle a changé depuis ce geste : il n'est plus à annuler."


class Moment(TypedDict):
    """The step by its position, its clock, the action on the screen by its code: what JSON holds."""

    position: int | None
    ends_at: str | None
    seconds_left: int | None
    sheet: str | None


def moment_of(board: Board) -> Moment:
    """Where `board` stands now."""
    return {
        "position": board.step.position if board.step is not None else None,
        "ends_at": board.step_ends_at.isoformat() if board.step_ends_at is not None else None,
        "seconds_left": board.seconds_left,
        "sheet": board.discussed.code if board.discussed is not None else None,
    }


def put_back(actor: User, board: Board, was: Moment, left: Moment) -> None:
    """Back to the moment `was`, its clock as if it had never stopped; refused once the room is no longer at `left`."""
    with changing_board(board, BoardState.OPEN) as locked:
        if moment_of(locked) != left:
            raise ForbiddenMove(MOVED_ON)
        locked.step = next((step for step in locked.steps.all() if step.position == was["position"]), None)
        row = locked.board_sheets.filter(sheet__code=was["sheet"] or "").select_related("sheet").first()
        show_from_first_page(locked, row.sheet if row is not None else None)
        locked.step_ends_at = datetime.datetime.fromisoformat(was["ends_at"]) if was["ends_at"] is not None else None
        locked.seconds_left = was["seconds_left"]
        journal.record(actor, "undo_step", locked, position=was["position"])

"""What the facilitator puts on the screen: an action, the points raised about it, a page that she holds."""

from __future__ import annotations

from parvis.core import clock, journal
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import BoardState
from parvis.meetings.models import Board, BoardSheet
from parvis.meetings.operations.room.running import changing_board, show_from_first_page
from parvis.people.models import User
from parvis.sheets.models import ActionSheet

MOST_POINTS_SIGNS = 2_000
NOT_OF_THE_ROOM = "Cette fiche n'est pas de l'atelier : ajoutez-la à la préparation."


def discuss(actor: User, board: Board, sheet: ActionSheet | None) -> None:
    """Put an action of the room on the screen, or take it off."""
    with changing_board(board, BoardState.PREPARED, BoardState.OPEN) as locked:
        if sheet is not None and not locked.board_sheets.filter(sheet=sheet).exists():
            raise RefusedInput(NOT_OF_THE_ROOM)
        show_from_first_page(locked, sheet)
        journal.record(actor, "discuss_sheet", locked, sheet=sheet.code if sheet else None)


def gather_points(actor: User, board: Board, sheet: ActionSheet, points: str) -> None:
    """Write the points raised about an action of the room, one a line. They are nobody's: the screen shows them."""
    if len(points) > MOST_POINTS_SIGNS:
        raise RefusedInput("Ces points sont trop longs pour un écran : gardez 2 000 signes. Rien n'est effacé.")
    with changing_board(board, BoardState.PREPARED, BoardState.OPEN) as locked:
        row = BoardSheet.objects.select_for_update().filter(board=locked, sheet=sheet).first()
        if row is None:
            raise RefusedInput(NOT_OF_THE_ROOM)
        row.points = points.strip()
        row.save(update_fields=["points"])
        journal.record(actor, "gather_points", locked, sheet=sheet.code)


def hold_page(board: Board, page: int) -> None:
    """Keep a page on the screen, the first being 0, until the pages are let turn."""
    with changing_board(board, BoardState.PREPARED, BoardState.OPEN, BoardState.CLOSED) as locked:
        locked.screen_page, locked.screen_turns_from = min(max(page, 0), 9_999), None


def let_pages_turn(board: Board, page: int) -> None:
    """They turn again, from this one."""
    with changing_board(board, BoardState.PREPARED, BoardState.OPEN, BoardState.CLOSED) as locked:
        locked.screen_page, locked.screen_turns_from = min(max(page, 0), 9_999), clock.now()

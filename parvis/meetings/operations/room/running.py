"""A room as it runs: opened, its steps and their clock, closed. The screen follows the step."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from parvis.consultations.lifecycle import refuse_before_opening
from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.meetings.enums import BoardState
from parvis.meetings.models import Board, BoardStep
from parvis.people.models import User
from parvis.sheets.models import ActionSheet

NOT_RUNNING = "L'atelier n'est pas en cours."
REHEARSED = "Une répétition est en cours dans cette salle : effacez-la d'abord."


@contextmanager
def changing_board(board: Board, *states: BoardState) -> Iterator[Board]:
    """The board, locked, in one of these states; saved with a new version at the end."""
    with transaction.atomic():
        locked = Board.objects.select_for_update().get(pk=board.pk)
        if locked.state not in states:
            raise ForbiddenMove(NOT_RUNNING)
        yield locked
        locked.version += 1
        locked.save()
    board.refresh_from_db()


def open_room(actor: User, board: Board) -> None:
    """Let people in, at the first step, its clock running. A rehearsal is erased first, whatever its state."""
    if Board.objects.filter(pk=board.pk, rehearsal=True).exists():
        raise ForbiddenMove(REHEARSED)
    refuse_before_opening(board.meeting.consultation)
    with changing_board(board, BoardState.PREPARED) as locked:
        first = locked.steps.first()
        if first is None:
            raise RefusedInput("L'ordre du jour est vide : préparez-le avant d'ouvrir la salle.")
        locked.state, locked.opened_at = BoardState.OPEN, clock.now()
        _start(locked, first)
        journal.record(actor, "open_room", locked)


def go_to_step(actor: User, board: Board, position: int) -> None:
    """Start a step from its beginning, forward or back."""
    with changing_board(board, BoardState.OPEN) as locked:
        step = locked.steps.filter(position=position).first()
        if step is None:
            raise RefusedInput("Cette étape n'existe pas.")
        _start(locked, step)
        journal.record(actor, "start_step", locked, position=position)


def next_step_of(board: Board) -> BoardStep | None:
    """The step that follows, None after the last."""
    after = board.step.position if board.step is not None else 0
    return board.steps.filter(position__gt=after).order_by("position").first()


def pause(actor: User, board: Board) -> None:
    """Stop the clock of the step."""
    with changing_board(board, BoardState.OPEN) as locked:
        if locked.step_ends_at is None:
            raise ForbiddenMove("L'horloge est déjà arrêtée.")
        locked.seconds_left = max(0, int((locked.step_ends_at - clock.now()).total_seconds()))
        locked.step_ends_at = None
        journal.record(actor, "pause_step", locked)


def resume(actor: User, board: Board) -> None:
    """Start it again from where it was."""
    with changing_board(board, BoardState.OPEN) as locked:
        if locked.step_ends_at is not None:
            raise ForbiddenMove("L'horloge tourne déjà.")
        locked.step_ends_at = clock.now() + datetime.timedelta(seconds=locked.seconds_left or 0)
        locked.seconds_left = None
        journal.record(actor, "resume_step", locked)


def extend(actor: User, board: Board, minutes: int) -> None:
    """Give the step more time, or less (`minutes` from -60 to 60). A step already over starts again from now."""
    if not -60 <= minutes <= 60 or not minutes:
        raise RefusedInput("Donnez de 1 à 60 minutes.")
    with changing_board(board, BoardState.OPEN) as locked:
        now = clock.now()
        if locked.step_ends_at is None:
            locked.seconds_left = max(0, (locked.seconds_left or 0) + minutes * 60)
        else:
            locked.step_ends_at = max(now, max(locked.step_ends_at, now) + datetime.timedelta(minutes=minutes))
        journal.record(actor, "extend_step", locked, minutes=minutes)


def close_room(actor: User, board: Board) -> None:
    """End the workshop: what comes after is kept apart, as late."""
    with changing_board(board, BoardState.OPEN) as locked:
        locked.state, locked.closed_at = BoardState.CLOSED, clock.now()
        locked.step_ends_at, locked.seconds_left = None, None
        show_from_first_page(locked)
        journal.record(actor, "close_room", locked)


def show_from_first_page(board: Board, sheet: ActionSheet | None = None) -> None:
    """Another scene on the screen, of an action or of the step: from its first page. The board is to be saved."""
    board.discussed, board.screen_page, board.screen_turns_from = sheet, 0, clock.now()


def _start(board: Board, step: BoardStep) -> None:
    show_from_first_page(board)
    board.step, board.seconds_left = step, None
    board.step_ends_at = clock.now() + datetime.timedelta(minutes=step.minutes)

"""What the facilitator conducts with buttons, by the name that each sends: the agenda, its clock, the screen."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from parvis.consultations.operations.set_clock_right import set_clock_right
from parvis.core.errors import RefusedInput
from parvis.gathering.room.minutes import attendance_figures, workshop_introduction
from parvis.gathering.room.screen import screen_page
from parvis.meetings.enums import SeatRole
from parvis.meetings.models import Board, Seat
from parvis.meetings.operations.room import on_screen, running
from parvis.meetings.operations.room.drafting import close_workshop, draft_workshop
from parvis.meetings.operations.room.entering import take_the_floor
from parvis.people.models import User
from parvis.sheets.models import ActionSheet
from parvis.web.room.last_gestures import undo_last
from parvis.web.room.session import Place


def place_at_front(actor: User, board: Board) -> Place:
    """Where she writes from. Raises `RefusedInput` until she took the floor."""
    seat = Seat.objects.filter(board=board, user=actor).select_related("participant__consultation").first()
    if seat is None:
        raise RefusedInput("Prenez d'abord l'animation : c'est le bouton en haut de la page.")
    return Place(board, seat, seat.participant, "")


def _open(request: HttpRequest, actor: User, board: Board) -> str:
    take_the_floor(actor, board)
    running.open_room(actor, board)
    return "L'atelier est ouvert : les participants peuvent entrer."


def _go(request: HttpRequest, actor: User, board: Board) -> str:
    running.go_to_step(actor, board, _whole(request.POST.get("position", "")))
    return ""


def _next(request: HttpRequest, actor: User, board: Board) -> str:
    step = running.next_step_of(board)
    if step is None:
        raise RefusedInput("C'était la dernière étape : vous pouvez terminer l'atelier.")
    running.go_to_step(actor, board, step.position)
    return ""


def _pause(request: HttpRequest, actor: User, board: Board) -> str:
    running.pause(actor, board)
    return ""


def _resume(request: HttpRequest, actor: User, board: Board) -> str:
    running.resume(actor, board)
    return ""


def _extend(request: HttpRequest, actor: User, board: Board) -> str:
    running.extend(actor, board, _whole(request.POST.get("minutes", "")))
    return ""


def _whole(typed: str) -> int:
    """A number of a form; 0, which no operation takes, when it is none."""
    digits = typed.removeprefix("-")
    return int(typed) if digits.isascii() and digits.isdecimal() and len(digits) < 6 else 0


def _discuss(request: HttpRequest, actor: User, board: Board) -> str:
    on_screen.discuss(actor, board, _sheet(request, board) if request.POST.get("sheet") else None)
    return ""


def _points(request: HttpRequest, actor: User, board: Board) -> str:
    on_screen.gather_points(actor, board, _sheet(request, board), request.POST.get("points", ""))
    return ""


def _sheet(request: HttpRequest, board: Board) -> ActionSheet:
    code = request.POST.get("sheet", "").replace("\x00", "")
    return get_object_or_404(ActionSheet, consultation=board.meeting.consultation_id, code=code)


def _turn(request: HttpRequest, actor: User, board: Board) -> str:
    """The page that is shown stays, or the one before or after it (`turn`: 0, -1, 1); or they turn again (`on`)."""
    page, turn = screen_page(board), request.POST.get("turn", "")
    if turn == "on":
        on_screen.let_pages_turn(board, page.shown)
    else:
        on_screen.hold_page(board, (page.shown + _whole(turn)) % page.turning.count)
    return ""


def _undo(request: HttpRequest, actor: User, board: Board) -> str:
    undo_last(request, actor, board, place_at_front(actor, board))
    return ""


def _close(request: HttpRequest, actor: User, board: Board) -> str:
    if request.POST.get("sure") != "1":
        raise RefusedInput("Cochez la case pour terminer l'atelier : on ne le rouvre pas.")
    close_workshop(actor, board, workshop_introduction, attendance_figures)
    return "L'atelier est terminé. Le compte-rendu est rédigé : relisez-le."


def _set_clock(request: HttpRequest, actor: User, board: Board) -> str:
    table = _whole(request.POST.get("table", ""))
    seat = Seat.objects.filter(board=board, role=SeatRole.SECRETARY, table=table).select_related("participant").first()
    if seat is None:
        raise RefusedInput("Personne ne tient cette table : rechargez la page.")
    set_clock_right(actor, seat.participant)
    return f"La table {table} est remise à l'heure : ses ordinateurs suivront à leur prochain envoi."


def _draft(request: HttpRequest, actor: User, board: Board) -> str:
    draft_workshop(actor, board, workshop_introduction, attendance_figures)
    return "Le compte-rendu est rédigé : relisez-le."


RUNS: dict[str, Callable[[HttpRequest, User, Board], str]] = {
    "open": _open, "go": _go, "next": _next, "pause": _pause, "resume": _resume, "extend": _extend,
    "discuss": _discuss, "points": _points, "turn": _turn, "undo": _undo,
    "close": _close, "draft": _draft, "set_clock": _set_clock,
}  # fmt: skip

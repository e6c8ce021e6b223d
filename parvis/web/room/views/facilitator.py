"""The facilitator at the front: the agenda and its clock, what the screen shows, the notes of every table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from parvis.consultations.operations.set_clock_right import set_clock_right
from parvis.core.access import POST, REFUSED_FORM, RouteAudience, access
from parvis.core.errors import ParvisError, RefusedInput
from parvis.gathering.room.minutes import attendance_figures, workshop_introduction
from parvis.gathering.room.page import facilitator_page
from parvis.gathering.room.snapshot import RoomAudience
from parvis.meetings.enums import SeatRole
from parvis.meetings.models import Board, Seat
from parvis.meetings.operations.room import running
from parvis.meetings.operations.room.drafting import close_workshop, draft_workshop
from parvis.meetings.operations.room.entering import clean_code, take_the_floor
from parvis.meetings.rules import editable_meetings
from parvis.people.actor import actor_of
from parvis.people.models import User
from parvis.sheets.models import ActionSheet
from parvis.web.components.form_pages import form_page
from parvis.web.room.form_operations import operations_of
from parvis.web.room.live_keys import live_key
from parvis.web.room.screens import screen_path
from parvis.web.room.sending import send_many
from parvis.web.room.session import Place

JSON: Final = "application/json"


@access(editable_meetings, audience=RouteAudience.AGENTS)
def table(request: HttpRequest, room: str) -> HttpResponse:
    """The page of the facilitator; before she takes the floor, a button to do it."""
    return _show(request, board_to_run(request, room))


@access(editable_meetings, audience=RouteAudience.AGENTS, methods=POST)
def floor(request: HttpRequest, room: str) -> HttpResponse:
    """Take the floor: from then on she writes in the room too."""
    board = board_to_run(request, room)
    take_the_floor(actor_in_room(request), board)
    return redirect("room:table", board.room)


@access(editable_meetings, audience=RouteAudience.AGENTS, methods=POST)
def run(request: HttpRequest, room: str) -> HttpResponse:
    """Open, step, pause, extend, discuss, close: what the button says (`do`)."""
    board, actor = board_to_run(request, room), actor_in_room(request)
    name = request.POST.get("do", "")
    if name not in _RUNS:
        raise PermissionDenied
    try:
        done = _RUNS[name](request, actor, board)
    except ParvisError as refusal:
        return refuse(request, board, refusal.message)
    if request.headers.get("Accept") == JSON:
        return JsonResponse({"refusal": ""})
    if done:
        messages.success(request, done)
    return redirect("room:table", board.room)


@access(editable_meetings, audience=RouteAudience.AGENTS, methods=POST)
def change_board(request: HttpRequest, room: str) -> HttpResponse:
    """One change of notes and families, written through the outbox as everyone's are."""
    board, actor = board_to_run(request, room), actor_in_room(request)
    try:
        refusals = send_many(_place(actor, board), operations_of(request.POST))
    except RefusedInput as refusal:
        refusals = [refusal.message]
    if refusals:
        return refuse(request, board, refusals[0])
    if request.headers.get("Accept") == JSON:
        return JsonResponse({"refusal": ""})
    return redirect(f"{reverse('room:table', args=[board.room])}#tableau")


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
    code = request.POST.get("sheet", "").replace("\x00", "")
    sheet = get_object_or_404(ActionSheet, consultation=board.meeting.consultation_id, code=code) if code else None
    running.discuss(actor, board, sheet)
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


_RUNS: dict[str, Callable[[HttpRequest, User, Board], str]] = {
    "open": _open, "go": _go, "next": _next, "pause": _pause, "resume": _resume, "extend": _extend,
    "discuss": _discuss, "close": _close, "draft": _draft, "set_clock": _set_clock,
}  # fmt: skip


def board_to_run(request: HttpRequest, room: str) -> Board:
    """The board of a room that the agent may run."""
    theirs = Board.objects.filter(editable_meetings(actor_of(request), "meeting__"), meeting__cancelled_at=None)
    return get_object_or_404(theirs.select_related("meeting__consultation", "step", "discussed"), room=clean_code(room))


def actor_in_room(request: HttpRequest) -> User:
    """The agent who runs it."""
    actor = actor_of(request)
    if actor is None:
        raise PermissionDenied
    return actor


def _place(actor: User, board: Board) -> Place:
    seat = Seat.objects.filter(board=board, user=actor).select_related("participant__consultation").first()
    if seat is None:
        raise RefusedInput("Prenez d'abord l'animation : c'est le bouton en haut de la page.")
    return Place(board, seat, seat.participant, "")


def refuse(request: HttpRequest, board: Board, refusal: str) -> HttpResponse:
    """The page again with what was refused and why; for a script, the sentence alone."""
    if request.headers.get("Accept") == JSON:
        return JsonResponse({"refusal": refusal}, status=REFUSED_FORM)
    sent = request.POST
    editing, renaming = (sent.get("of", "") if sent.get("gesture") == name else "" for name in ("edit", "rename"))
    return _show(
        request, board, refusal=refusal, typed=sent.get("title", ""), typed_text=sent.get("text", ""),
        editing=editing, renaming=renaming,
    )  # fmt: skip


def _show(request: HttpRequest, board: Board, **more: Any) -> HttpResponse:
    board.refresh_from_db()
    actor = actor_in_room(request)
    context = {
        "page": facilitator_page(board, actor),
        "board": board,
        "live_key": live_key(board, RoomAudience.FACILITATOR, actor),
        "screen_address": f"{settings.PUBLIC_URL}{screen_path(board, actor)}",
        "refusal": "",
        "typed": "",
        "typed_text": "",
        "editing": request.GET.get("note", ""),
        "renaming": request.GET.get("famille", ""),
    }
    return form_page(request, "room/table.html", context | more, refused="refusal" in more)

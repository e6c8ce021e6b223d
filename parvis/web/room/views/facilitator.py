"""The facilitator at the front: the agenda and its clock, what the screen shows, the notes of every table."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from parvis.core.access import POST, REFUSED_FORM, RouteAudience, access
from parvis.core.errors import ParvisError, RefusedInput
from parvis.gathering.room.page import facilitator_page
from parvis.gathering.room.snapshot import RoomAudience
from parvis.meetings.models import Board
from parvis.meetings.operations.room.entering import clean_code, take_the_floor
from parvis.meetings.operations.room.inverse import inverses
from parvis.meetings.operations.room.moments import moment_of
from parvis.meetings.room_state import room_state
from parvis.meetings.rules import editable_meetings
from parvis.people.actor import actor_of
from parvis.people.models import User
from parvis.web.components.form_pages import form_page
from parvis.web.room.conducting import RUNS, place_at_front
from parvis.web.room.form_operations import operations_of
from parvis.web.room.last_gestures import NAMES, Gesture, keep, last_name
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
    """Open, step, pause, extend, discuss, turn pages, undo, close: what the button says (`do`)."""
    board, actor = board_to_run(request, room), actor_in_room(request)
    name = request.POST.get("do", "")
    if name not in RUNS:
        raise PermissionDenied
    was = moment_of(board)
    try:
        done = RUNS[name](request, actor, board)
    except ParvisError as refusal:
        return refuse(request, board, refusal.message)
    if name in NAMES and moment_of(board) != was:
        keep(request, board, Gesture(name=name, inverses=[], was=was, left=moment_of(board)))
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
        refusals = _send(request, board, place_at_front(actor, board))
    except RefusedInput as refusal:
        refusals = [refusal.message]
    if refusals:
        return refuse(request, board, refusals[0])
    if request.headers.get("Accept") == JSON:
        return JsonResponse({"refusal": ""})
    return redirect(f"{reverse('room:table', args=[board.room])}#tableau")


def _send(request: HttpRequest, board: Board, place: Place) -> list[str]:
    """Send the operations of a form, and keep what undoes them."""
    operations = [(kind, {"op_id": str(uuid.uuid4())} | body) for kind, body in operations_of(request.POST)]
    before = room_state(board)
    refusals = send_many(place, operations)
    undone, name = inverses(operations, before, room_state(board)), request.POST.get("gesture", "")
    if undone and name in NAMES:
        keep(request, board, Gesture(name=name, inverses=undone, was=None, left=None))
    return refusals


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


def refuse(request: HttpRequest, board: Board, refusal: str) -> HttpResponse:
    """The page again with what was refused and why; for a script, the sentence alone."""
    if request.headers.get("Accept") == JSON:
        return JsonResponse({"refusal": refusal}, status=REFUSED_FORM)
    sent = request.POST
    editing, renaming = (sent.get("of", "") if sent.get("gesture") == name else "" for name in ("edit", "rename"))
    return _show(
        request, board, refusal=refusal, typed=sent.get("title", ""), typed_text=sent.get("text", ""),
        typed_points=sent.get("points", ""), editing=editing, renaming=renaming,
    )  # fmt: skip


def _show(request: HttpRequest, board: Board, **more: Any) -> HttpResponse:
    board.refresh_from_db()
    actor = actor_in_room(request)
    page = facilitator_page(board, actor)
    context = {
        "page": page,
        "shown_number": page.screen.shown + 1,
        "board": board,
        "live_key": live_key(board, RoomAudience.FACILITATOR, actor),
        "undoes": last_name(request, board),
        "screen_address": f"{settings.PUBLIC_URL}{screen_path(board, actor)}",
        "refusal": "",
        "typed": "",
        "typed_text": "",
        "typed_points": "",
        "editing": request.GET.get("note", ""),
        "renaming": request.GET.get("famille", ""),
    }
    return form_page(request, "room/table.html", context | more, refused="refusal" in more)

"""Who is in which room on this device: the session holds one key for each room, as it does for a partner.

The page gives the same key to the outbox. A device may sit in several rooms, one after another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from parvis.consultations.models import Participant
from parvis.consultations.operations.devices import add_device, participant_of_key, remove_device
from parvis.core import clock
from parvis.core.access import SentToEntrance, rule
from parvis.meetings.enums import Admission, SeatRole
from parvis.meetings.models import Board, Seat
from parvis.meetings.operations.room.entering import clean_code, find_room

_KEYS = "room_keys"
_TRIES = "room_tries"
_LASTS_SECONDS = 24 * 3600
MOST_TRIES = 10
TRIES_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Place:
    """Someone at her place. `key` opens the outbox for this device."""

    board: Board
    seat: Seat
    participant: Participant
    key: str


@rule
def place_of(request: HttpRequest, room: str) -> Place | None:
    """Where this device sits in a room, if it does. Three queries."""
    key = request.session.get(_KEYS, {}).get(clean_code(room), "")
    participant = participant_of_key(key)
    board = find_room(room) if participant is not None else None
    if participant is None or board is None:
        return None
    seat = Seat.objects.filter(board=board, participant=participant).first()
    return Place(board, seat, participant, key) if seat is not None else None


def sits_somewhere(request: HttpRequest) -> bool:
    """Whether this device came into a room, whichever. Asked before a photograph is read at all."""
    return bool(request.session.get(_KEYS))


def sit_down(request: HttpRequest, board: Board, participant: Participant) -> None:
    """Open this device to a participant of the room. Her other devices go on working."""
    keys = dict(request.session.get(_KEYS, {}))
    request.session.cycle_key()
    request.session[_KEYS] = keys | {board.room: add_device(participant)}
    request.session.set_expiry(_LASTS_SECONDS)


def stand_up(request: HttpRequest, room: str) -> None:
    """Close this device for a room."""
    keys = dict(request.session.get(_KEYS, {}))
    remove_device(keys.pop(clean_code(room), ""))
    request.session[_KEYS] = keys


def home_of(place: Place) -> HttpResponseRedirect:
    """The page of her place: the table's for its secretary, the phone's for anyone else."""
    return redirect("room:secretary" if place.seat.role == SeatRole.SECRETARY else "room:phone", place.board.room)


def at_my_table(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same as `at_my_place`, for the secretary of a table only; a phone goes to its own page."""

    @wraps(view)
    def opened(request: HttpRequest, place: Place, *args: object, **kwargs: object) -> HttpResponse:
        if place.seat.role != SeatRole.SECRETARY:
            return home_of(place)
        return view(request, place, *args, **kwargs)

    return at_my_place(opened)


def at_my_place(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view its place, once she is let in; before, or set aside, sends to the page where one waits."""

    @wraps(view)
    def opened(request: HttpRequest, place: Place, *args: object, **kwargs: object) -> HttpResponse:
        if place.seat.admission != Admission.ADMITTED:
            return SentToEntrance(reverse("room:waiting", args=[place.board.room]))
        return view(request, place, *args, **kwargs)

    return with_a_seat(opened)


def with_a_seat(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view its place, let in or not; without one, sends to the entrance with the code already written."""

    @wraps(view)
    def opened(request: HttpRequest, room: str, *args: object, **kwargs: object) -> HttpResponse:
        place = place_of(request, room)
        if place is None:
            return SentToEntrance(f"/atelier/?code={clean_code(room)}")
        return view(request, place, *args, **kwargs)

    return opened


def too_many_tries(request: HttpRequest) -> bool:
    """Whether this device gave too many wrong codes lately. Never by address: a whole room shares one."""
    return len(_recent(request)) >= MOST_TRIES


def count_wrong_try(request: HttpRequest) -> None:
    request.session[_TRIES] = [*_recent(request), int(clock.now().timestamp())]


def _recent(request: HttpRequest) -> list[int]:
    since = clock.now().timestamp() - TRIES_SECONDS
    return [moment for moment in request.session.get(_TRIES, []) if moment > since]

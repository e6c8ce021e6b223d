"""How a phone enters a room by its code, waits when the room is full, and leaves it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from parvis.core.access import FORM, RouteAudience, access, anyone
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import Admission, BoardState
from parvis.meetings.operations.room.admitting import phone_number
from parvis.meetings.operations.room.entering import UNKNOWN, WRONG_CODES, find_room, join_with_phone
from parvis.web.components.form_pages import form_page
from parvis.web.room.forms import RoomCodeForm
from parvis.web.room.session import (
    Place,
    count_wrong_try,
    home_of,
    place_of,
    sit_down,
    stand_up,
    too_many_tries,
    with_a_seat,
)

TOO_MANY = 429
WAIT = "Trop de codes faux : attendez dix minutes, puis recopiez celui qui est affiché dans la salle."


@access(anyone, audience=RouteAudience.PARTNERS, methods=FORM)
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code. It is a POST that comes in: a link that is only opened joins nothing."""
    form = RoomCodeForm(request.POST or None, initial={"code": request.GET.get("code", "")[:20]})
    if request.method == "POST" and too_many_tries(request):
        form.add_error("code", WAIT)
        return render(request, "room/entrance.html", {"form": form}, status=TOO_MANY)
    if request.method == "POST" and form.is_valid():
        board = find_room(form.cleaned_data["code"])
        if board is None:
            count_wrong_try(request)
            WRONG_CODES.take("")
            form.add_error("code", UNKNOWN)
        else:
            already = place_of(request, board.room)
            if already is not None:
                return home_of(already)
            if board.state == BoardState.PREPARED:
                return render(request, "room/not_open.html", {"board": board, "form": form})
            try:
                participant = join_with_phone(board, form.cleaned_data["table"])
            except RefusedInput as refusal:
                form.add_error(None, refusal.message)
            else:
                sit_down(request, board, participant)
                return redirect("room:phone", board.room)
    return form_page(request, "room/entrance.html", {"form": form})


@access(place_of, audience=RouteAudience.PARTNERS)
@with_a_seat
def waiting(request: HttpRequest, place: Place) -> HttpResponse:
    """Where one waits for the facilitator. Its script asks again; it goes to the room as soon as she is let in."""
    if place.seat.admission == Admission.ADMITTED:
        return home_of(place)
    context = {"place": place, "number": phone_number(place.seat), "aside": place.seat.admission == Admission.SET_ASIDE}
    return render(request, "room/waiting.html", context)


@access(place_of, audience=RouteAudience.PARTNERS, methods=FORM)
@with_a_seat
def leave(request: HttpRequest, place: Place) -> HttpResponse:
    """Close the room on this device. The page's script refuses while something waits to be sent."""
    if request.method == "POST":
        stand_up(request, place.board.room)
        return redirect("room:entrance")
    return render(request, "room/leave.html", {"place": place, "live_key": ""})

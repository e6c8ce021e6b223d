"""The facilitator at the entrance: she lets phones in, or sets a rush aside."""

from __future__ import annotations

import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from parvis.core.access import POST, RouteAudience, access
from parvis.core.errors import ParvisError, RefusedInput
from parvis.meetings.enums import Admission
from parvis.meetings.operations.room.admitting import NO_PHONE, PhoneChoice, decide_phones
from parvis.meetings.rules import editable_meetings
from parvis.web.room.views.facilitator import JSON, actor_in_room, board_to_run, refuse

_GESTURES: Final = {
    "let-in": Admission.ADMITTED, "turn-away": Admission.SET_ASIDE,
    "minutes-in": Admission.ADMITTED, "minutes-aside": Admission.SET_ASIDE,
    "one-in": Admission.ADMITTED, "one-aside": Admission.SET_ASIDE,
}  # fmt: skip
"""What a button is called → what becomes of the phones it is about: those who wait, those of minutes, one."""
NO_GESTURE: Final = "Ce geste n'existe pas : rechargez la page."
_MOST_DIGITS: Final = 6


@access(editable_meetings, audience=RouteAudience.AGENTS, methods=POST)
def decide(request: HttpRequest, room: str) -> HttpResponse:
    """What the button says (`gesture`), for those who had come when the page was read: until `last`."""
    board = board_to_run(request, room)
    try:
        gesture = request.POST.get("gesture", "")
        if gesture not in _GESTURES:
            raise RefusedInput(NO_GESTURE)
        decide_phones(actor_in_room(request), board, _choice(request, gesture), _GESTURES[gesture])
    except ParvisError as refusal:
        return refuse(request, board, refusal.message)
    if request.headers.get("Accept") == JSON:
        return JsonResponse({"refusal": ""})
    return redirect(f"{reverse('room:table', args=[board.room])}#entrees")


def _choice(request: HttpRequest, gesture: str) -> PhoneChoice:
    if gesture.startswith("one-"):
        typed = request.POST.get("number", "").strip()
        if not (typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS):
            raise RefusedInput(NO_PHONE)
        return PhoneChoice(number=int(typed))
    last = _moment(request.POST.get("last", ""))
    if gesture.startswith("minutes-"):
        return PhoneChoice(minutes=[_moment(minute) for minute in request.POST.getlist("minute")], until=last)
    return PhoneChoice(admission=Admission.WAITING, until=last)


def _moment(sent: str) -> datetime.datetime:
    """A moment that the page wrote itself."""
    try:
        moment = datetime.datetime.fromisoformat(sent)
    except ValueError:
        raise RefusedInput(NO_GESTURE) from None
    if moment.tzinfo is None:
        raise RefusedInput(NO_GESTURE)
    return moment

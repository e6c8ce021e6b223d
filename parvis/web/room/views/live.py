"""`/atelier/<code>/cle/<audience>`: another key for a page that is open, from its session."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse

from parvis.consultations.models import Participant
from parvis.core.access import RouteAudience, access, rule
from parvis.gathering.room.snapshot import RoomAudience
from parvis.meetings.enums import Admission, SeatRole
from parvis.meetings.models import Board
from parvis.people.actor import actor_of
from parvis.people.models import User
from parvis.web.room.live_keys import live_key, room_of_agent
from parvis.web.room.screens import screen_of
from parvis.web.room.session import place_of


@rule
def holder_of(request: HttpRequest, room: str, audience: RoomAudience) -> tuple[Board, Participant | User] | None:
    """For whom this session may follow a room as `audience`, if it may."""
    if audience == RoomAudience.SCREEN:
        return screen_of(request, room)
    if audience == RoomAudience.FACILITATOR:
        actor = actor_of(request)
        board = room_of_agent(actor, room)
        return (board, actor) if board is not None and actor is not None else None
    place = place_of(request, room)
    if place is None or place.seat.admission != Admission.ADMITTED:
        return None
    if (audience == RoomAudience.TABLE) != (place.seat.role == SeatRole.SECRETARY):
        return None
    return place.board, place.participant


@access(holder_of, audience=RouteAudience.PARTNERS)
def renew(request: HttpRequest, room: str, audience: str) -> HttpResponse:
    """A fresh key, or a refusal."""
    wanted = RoomAudience(audience) if audience in list(RoomAudience) else None
    holder = holder_of(request, room, wanted) if wanted is not None else None
    if wanted is None or holder is None:
        raise PermissionDenied
    return JsonResponse({"key": live_key(holder[0], wanted, holder[1])})

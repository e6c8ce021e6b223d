"""The projected screen: read from ten metres, opened by a signed address, on a computer where nobody signs in."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from parvis.core.access import RouteAudience, access
from parvis.gathering.room.page import screen_page
from parvis.gathering.room.snapshot import RoomAudience
from parvis.meetings.operations.room.entering import clean_code, standing_rooms
from parvis.web.components.qr import qr_svg
from parvis.web.room.state_answers import read_key


@access(read_key, audience=RouteAudience.PARTNERS)
def screen(request: HttpRequest, room: str) -> HttpResponse:
    """What everyone in the room sees: no name, no raw comment, nothing hidden or waiting."""
    key = request.GET.get("cle", "")
    opened = read_key(key)
    if opened is None or opened[1] != RoomAudience.SCREEN:
        raise Http404
    boards = standing_rooms().select_related("meeting__consultation", "step", "discussed")
    board = get_object_or_404(boards, code=opened[0], room=clean_code(room))
    address = f"{settings.PUBLIC_URL}/atelier/?code={board.room}"
    context = {
        "board": board,
        "screen": screen_page(board),
        "live_key": key,
        "address": address.removeprefix("https://").removeprefix("http://").partition("?")[0],
        "qr": qr_svg(address, "Ouvre la salle sur un téléphone"),
    }
    return render(request, "room/screen.html", context)

"""The projected screen: read from ten metres, on a computer where someone who runs the room opened it."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from parvis.core import clock
from parvis.core.access import FORM, RouteAudience, access
from parvis.gathering.room.screen import screen_page
from parvis.gathering.room.snapshot import RoomAudience
from parvis.gathering.room.turning import TURN_SECONDS
from parvis.web.components.qr import qr_svg
from parvis.web.room.live_keys import live_key
from parvis.web.room.screens import find_screen, keep_screen, screen_of


@access(screen_of, audience=RouteAudience.PARTNERS)
def screen(request: HttpRequest, room: str) -> HttpResponse:
    """What everyone in the room sees: no name, no raw comment, nothing hidden or waiting."""
    opened = screen_of(request, room)
    if opened is None:
        raise Http404
    board, actor = opened
    address = f"{settings.PUBLIC_URL}/atelier/?code={board.room}"
    page = screen_page(board)
    context = {
        "board": board,
        "screen": page,
        "now": clock.now(),
        "shown_number": page.shown + 1,
        "turn_seconds": TURN_SECONDS,
        "live_key": live_key(board, RoomAudience.SCREEN, actor),
        "address": address.removeprefix("https://").removeprefix("http://").partition("?")[0],
        "qr": qr_svg(address, "Ouvre la salle sur un téléphone"),
    }
    return render(request, "room/screen.html", context)


@access(find_screen, audience=RouteAudience.PARTNERS, methods=FORM)
def screen_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link for another computer: opened alone it does nothing, the button shows the screen there."""
    opened = find_screen(token)
    if opened is None:
        return render(request, "room/screen_link_gone.html", status=404)
    board, actor = opened
    if request.method == "POST":
        keep_screen(request, board, actor)
        return redirect("room:screen", board.room)
    return render(request, "room/screen_link.html", {"board": board})

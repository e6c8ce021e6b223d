"""The projected screen: on the computer of whoever runs the room, or on another that she opens by a link.

The link serves a quarter of an hour, to be opened with a button; the session of that computer then says who opened the
screen. It closes with the rights of that agent.
"""

from __future__ import annotations

from typing import Final

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from parvis.core.access import rule
from parvis.meetings.models import Board
from parvis.meetings.operations.room.entering import clean_code
from parvis.people.actor import actor_of
from parvis.people.models import User
from parvis.web.room.live_keys import room_of_agent

_SALT: Final = "parvis.room.screens"
LINK_SECONDS: Final = 15 * 60
_SCREENS: Final = "room_screens"
_LASTS_SECONDS: Final = 12 * 3600


def screen_path(board: Board, actor: User) -> str:
    """The address that opens the screen of `board` on another computer, on this site."""
    token = signing.dumps([board.room, actor.pk], salt=_SALT, compress=False)
    return reverse("room:screen_link", args=[token])


@rule
def find_screen(token: str) -> tuple[Board, User] | None:
    """The room of a link, and the agent who made it; None when it is forged, too old, or she may no longer."""
    try:
        room, pk = signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return _opened_by(str(room), pk)


def keep_screen(request: HttpRequest, board: Board, actor: User) -> None:
    """Open the screen of `board` on this computer, in the name of `actor`. The session takes a new name."""
    screens = dict(request.session.get(_SCREENS, {}))
    request.session.cycle_key()
    request.session[_SCREENS] = screens | {board.room: actor.pk}
    if actor_of(request) is None:
        request.session.set_expiry(_LASTS_SECONDS)


@rule
def screen_of(request: HttpRequest, room: str) -> tuple[Board, User] | None:
    """The room whose screen this computer may show, and in whose name."""
    actor = actor_of(request)
    board = room_of_agent(actor, room)
    if actor is not None and board is not None:
        return board, actor
    return _opened_by(room, request.session.get(_SCREENS, {}).get(clean_code(room)))


def _opened_by(room: str, pk: object) -> tuple[Board, User] | None:
    actor = User.objects.filter(pk=pk, is_active=True).first() if isinstance(pk, int) else None
    board = room_of_agent(actor, room)
    return (board, actor) if actor is not None and board is not None else None

"""The keys by which the screens of a room ask what changed, in a header of their own: short, and whose they are.

Asking reads no session. The key says which room, which audience and for whom; the rows say whether she may still: each
process looks at them again after half a minute, so that a role taken away, an account closed, a seat left, a
phone set aside, close the room. A page gets another key from its session before the former one is too old
(`views.live`).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest

from parvis.consultations.models import Participant
from parvis.consultations.operations.devices import admitted_participants
from parvis.core.access import rule
from parvis.gathering.room.snapshot import RoomAudience
from parvis.meetings.enums import Admission, SeatRole
from parvis.meetings.models import Board, Seat
from parvis.meetings.operations.room.entering import clean_code, standing_rooms
from parvis.meetings.rules import editable_meetings
from parvis.people.actor import Actor
from parvis.people.models import User

HEADER: Final = "X-Parvis-Key"
_SALT: Final = "parvis.room.live_keys"
KEY_SECONDS: Final = 15 * 60
CHECKED_SECONDS: Final = 30
_MOST_CHECKED: Final = 4096


@dataclass(frozen=True, slots=True)
class LiveKey:
    """What a key opens, for whom: `agent` says whether `holder` is the row of an agent or of a participant."""

    board: str
    audience: RoomAudience
    agent: bool
    holder: int


_checked: dict[LiveKey, float] = {}


def live_key(board: Board, audience: RoomAudience, holder: Participant | User) -> str:
    """What a page shows to ask for the room, for a quarter of an hour."""
    return signing.dumps([board.code, audience.value, isinstance(holder, User), holder.pk], salt=_SALT, compress=False)


@rule
def read_key(request: HttpRequest) -> LiveKey | None:
    """What the key of a request opens; None when it is forged, too old, or its holder may no longer."""
    try:
        given = signing.loads(request.headers.get(HEADER, ""), salt=_SALT, max_age=KEY_SECONDS)
        code, audience, agent, holder = given
        opened = LiveKey(str(code), RoomAudience(audience), bool(agent), int(holder))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    now = time.monotonic()
    if now - _checked.get(opened, -CHECKED_SECONDS) >= CHECKED_SECONDS:
        if not _may_still(opened):
            _checked.pop(opened, None)
            return None
        if len(_checked) >= _MOST_CHECKED:
            _checked.clear()
        _checked[opened] = now
    return opened


def forget_checks() -> None:
    """Look at the rows again at the next question (tests)."""
    _checked.clear()


def runnable_rooms(actor: Actor) -> QuerySet[Board]:
    """The rooms whose meeting an agent may write in: she facilitates, she opens the screen."""
    return standing_rooms().filter(editable_meetings(actor, "meeting__"))


def _may_still(opened: LiveKey) -> bool:
    if opened.agent:
        actor = User.objects.filter(pk=opened.holder, is_active=True).first()
        return actor is not None and runnable_rooms(actor).filter(code=opened.board).exists()
    rooms = standing_rooms().filter(code=opened.board).order_by()
    seats = Seat.objects.filter(board__in=rooms, admission=Admission.ADMITTED)
    if opened.audience == RoomAudience.TABLE:
        seats = seats.filter(role=SeatRole.SECRETARY)
    elif opened.audience != RoomAudience.ROOM:
        return False
    inside = admitted_participants().filter(pk=opened.holder, keys__isnull=False)
    return seats.filter(participant__in=inside.order_by().values("pk")).exists()


def room_of_agent(actor: Actor, room: str) -> Board | None:
    """The room of this code, if the agent may run it."""
    boards = runnable_rooms(actor).select_related("meeting__consultation", "step", "discussed")
    return boards.filter(room=clean_code(room)).first() if actor is not None else None

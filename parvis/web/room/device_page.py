"""What the page of a place gives to the scripts of its device."""

from __future__ import annotations

from typing import Any, Final

from parvis.gathering.room.snapshot import RoomAudience
from parvis.meetings.enums import SeatRole
from parvis.web.room.live_keys import live_key
from parvis.web.room.session import Place

BLANK_NOTE: Final = {
    "reference": "", "kind": "unsorted", "text": "", "conclusion": False, "from_phone": False, "waiting": False,
    "hidden": False, "dots": 0, "mine": 0, "theme_name": "",
}  # fmt: skip
"""What the script copies to show a note that the server did not write in the page."""
BLANK_FAMILY: Final = {"reference": "", "title": "", "dots": 0, "mine": 0, "notes": ()}


def device_context(place: Place, room: dict[str, Any], mine: dict[str, Any]) -> dict[str, Any]:
    """Who is here, the key of her outbox and of the room, and the state from which the script starts."""
    holds_table = place.seat.role == SeatRole.SECRETARY
    audience = RoomAudience.TABLE if holds_table else RoomAudience.ROOM
    return {
        "place": place,
        "participant": place.participant,
        "key": place.key,
        "live_key": live_key(place.board, audience, place.participant),
        "audience": audience.value,
        "room": room,
        "device_state": {"room": room, "mine": mine, "table": place.seat.table if holds_table else None},
        "dots_state": room["state"],
    }

"""The last gestures of who leads a room, kept by her session so that she may undo them, the last first.

References and positions only: no word of a note is kept there, an erasure has nothing to look for.
"""

from __future__ import annotations

from typing import Any, Final, TypedDict

from django.http import HttpRequest

from parvis.core.errors import RefusedInput
from parvis.meetings.models import Board
from parvis.meetings.operations.room.inverse import Inverse, still_as_left
from parvis.meetings.operations.room.moments import Moment, put_back
from parvis.meetings.room_state import room_state
from parvis.people.models import User
from parvis.web.room.sending import send_many
from parvis.web.room.session import Place

_GESTURES: Final = "room_gestures"
_MOST: Final = 20
NAMES: Final = {
    "gather": "rassembler", "take_out": "sortir de la famille", "same": "disent la même chose", "part": "séparer",
    "hide": "masquer", "show": "montrer", "promote": "mettre en avant", "demote": "ne plus mettre en avant",
    "go": "changer d'étape", "next": "changer d'étape", "pause": "pause", "resume": "reprendre", "extend": "+ 5 min",
    "discuss": "montrer une action",
}  # fmt: skip
"""What may be undone, as the buttons say it."""
NOTHING: Final = "Il n'y a plus rien à annuler."
CHANGED: Final = "Une table a changé depuis ce que ce geste avait fait : cela reste comme elle l'a mis."


class Gesture(TypedDict):
    """A gesture by its `name`: notes and families (`inverses`), or the agenda (`was`, then `left`)."""

    name: str
    inverses: list[Inverse]
    was: Moment | None
    left: Moment | None


def keep(request: HttpRequest, board: Board, gesture: Gesture) -> None:
    """The last one from now on."""
    _store(request, board, [*_kept(request, board), gesture][-_MOST:])


def last_name(request: HttpRequest, board: Board) -> str:
    """How the last gesture is called; nothing when there is none."""
    kept = _kept(request, board)
    return NAMES[kept[-1]["name"]] if kept else ""


def undo_last(request: HttpRequest, actor: User, board: Board, place: Place) -> None:
    """Undo it, as far as nobody changed since what it did. It leaves the list whatever comes of it."""
    kept = _kept(request, board)
    if not kept:
        raise RefusedInput(NOTHING)
    gesture = kept[-1]
    _store(request, board, kept[:-1])
    if gesture["was"] is not None and gesture["left"] is not None:
        put_back(actor, board, gesture["was"], gesture["left"])
        return
    notes = [inverse for inverse in gesture["inverses"] if inverse["kind"] != "withdraw"]
    families = [inverse for inverse in gesture["inverses"] if inverse["kind"] == "withdraw"]
    done = [_send(board, place, inverses) for inverses in (notes, families)]  # a family goes once its notes have left
    if not all(done):
        raise RefusedInput(CHANGED)


def _send(board: Board, place: Place, inverses: list[Inverse]) -> bool:
    """Whether all of them could be."""
    state = room_state(board)
    free = [inverse for inverse in inverses if still_as_left(inverse, state)]
    refusals = send_many(place, [(inverse["kind"], inverse["body"]) for inverse in free])
    return not refusals and len(free) == len(inverses)


def _kept(request: HttpRequest, board: Board) -> list[Any]:
    kept: list[Any] = request.session.get(_GESTURES, {}).get(board.room, [])
    return kept


def _store(request: HttpRequest, board: Board, gestures: list[Any]) -> None:
    request.session[_GESTURES] = request.session.get(_GESTURES, {}) | {board.room: gestures}

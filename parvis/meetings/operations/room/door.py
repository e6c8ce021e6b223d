"""The handlers that the room gives to the outbox: who, where, open or over; then one function a kind."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.db.models import F
from django.db.models.functions import Greatest

from parvis.consultations.enums import OpStatus
from parvis.consultations.models import Participant
from parvis.consultations.outbox import Accept, Op, Outcome, register, register_place, rejected
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import BoardState
from parvis.meetings.models import Board, Note
from parvis.meetings.operations.room import arranging, notes
from parvis.meetings.operations.room.entering import Hand, hand_of

LATE: Final = "L'atelier est terminé : c'est gardé, l'animation dira si cela compte."
WILD_CLOCK: Final = "Cet appareil compte trop loin : quittez l'atelier, puis entrez de nouveau."
MOST_AHEAD: Final = 100_000
"""How far an intention may be ahead of the room: far more than a device writes alone. Taken as it is, one clock near
the greatest that the outbox takes would leave no number for anyone after it."""
Gesture = Callable[[Hand, Participant, Op], dict[str, Any]]
GESTURES: Final[dict[str, Gesture]] = {
    "note": notes.write_note,
    "edit": notes.edit,
    "withdraw": notes.withdraw,
    "family": arranging.make_family,
    "duplicate": arranging.mark_duplicate,
    "hide": arranging.hide,
    "promote": arranging.promote,
    "dot": arranging.place_dots,
    "attendance": arranging.count_heads,
}


def register_room(accept: Accept) -> None:
    """Say that the room applies these kinds, and `accept` what came late. Notes are written elsewhere too."""
    register_place("room", _rooms_of_notes)
    for kind in ("note", "edit", "withdraw"):
        register(kind, _apply_all, accept, place="room")
    for kind in ("family", "duplicate", "hide", "promote", "dot", "attendance"):
        register(kind, _apply_all, accept)


def apply_late(participant: Participant, op: Op) -> Outcome:
    """What came after the room closed, once it is accepted."""
    hand = hand_of(participant, op.body.get("room"))
    try:
        log = GESTURES[op.kind](hand, participant, op)
    except RefusedInput as refusal:
        return rejected(refusal.message)
    _grow(hand.board, op.seq)
    return Outcome(log={"room": hand.board.room} | log)


def _rooms_of_notes(participant: Participant, ops: Sequence[Op]) -> dict[uuid.UUID, str]:
    """Operation → room, for changes that name a note of a room where she sits, and not the room."""
    targets = {op.op_id: op.body["of"] for op in ops if _is_uuid(op.body.get("of"))}
    if not targets:
        return {}
    found = Note.objects.filter(board__seats__participant=participant, reference__in=targets.values())
    rooms = {str(reference): room for reference, room in found.order_by().values_list("reference", "board__room")}
    return {op_id: rooms[str(uuid.UUID(of))] for op_id, of in targets.items() if str(uuid.UUID(of)) in rooms}


def _apply_all(participant: Participant, ops: Sequence[Op]) -> list[Outcome]:
    hands = Hands(participant)
    return [_apply(hands, op, op.body.get("room")) for op in ops]


class Hands:
    """Where one participant sits, each room asked once for a batch."""

    def __init__(self, participant: Participant) -> None:
        self.participant = participant
        self._known: dict[object, Hand] = {}

    def at(self, room: object) -> Hand:
        """Raises `RefusedInput` when she may not write there."""
        if not isinstance(room, str) or room not in self._known:
            hand = hand_of(self.participant, room)
            self._known[room] = hand
        return self._known[room]


def _apply(hands: Hands, op: Op, room: object) -> Outcome:
    try:
        hand = hands.at(room)
        log = {"room": hand.board.room}
        if op.seq > hand.board.clock + MOST_AHEAD:  # her own clock grew with what was refused: it says nothing
            raise RefusedInput(WILD_CLOCK)
        if hand.board.state == BoardState.CLOSED:
            return Outcome(OpStatus.LATE, LATE, log, dict(op.body) | {"room": hand.board.room})
        log |= GESTURES[op.kind](hand, hands.participant, op)
    except RefusedInput as refusal:
        return rejected(refusal.message)
    _grow(hand.board, op.seq)
    return Outcome(log=log)


def _grow(board: Board, seq: int) -> None:
    Board.objects.filter(pk=board.pk).update(version=F("version") + 1, clock=Greatest(F("clock"), seq))


def _is_uuid(given: object) -> bool:
    try:
        uuid.UUID(given)  # type: ignore[arg-type]
    except (ValueError, TypeError, AttributeError):
        return False
    return True

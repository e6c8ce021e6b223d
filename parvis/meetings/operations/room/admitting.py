"""The facilitator lets phones in or sets them aside: all those that wait, those of some minutes, one by its number."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import Admission, SeatRole
from parvis.meetings.models import Board, Seat
from parvis.meetings.operations.room.row_versions import resend_whole_room
from parvis.people.models import User

NO_PHONE: Final = "Aucun téléphone n'est choisi : cochez des minutes d'arrivée, ou donnez le numéro d'un téléphone."
_MINUTE: Final = datetime.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class PhoneChoice:
    """Which phones of a room: each part that is given narrows.

    `minutes`: the beginnings of the minutes of their arrivals. `number`: see `phone_number`. `until`: those who came
    after it were not seen by who decides.
    """

    admission: str = ""
    minutes: Sequence[datetime.datetime] | None = None
    number: int | None = None
    until: datetime.datetime | None = None


def phones_of(board: Board) -> QuerySet[Seat]:
    """The seats of a room that are phones, in the order they came."""
    return Seat.objects.filter(board=board, role=SeatRole.PHONE).order_by("pk")


def phone_number(seat: Seat) -> int:
    """What a phone says of itself to the facilitator: its rank in the order of arrivals, from 1; it never changes."""
    return phones_of(seat.board).filter(pk__lte=seat.pk).count()


@transaction.atomic
def decide_phones(actor: User, board: Board, choice: PhoneChoice, decision: Admission) -> int:
    """Let the phones of `choice` in, or set them aside; how many moved.

    What those set aside wrote is kept, hidden and uncounted: let in again, it is there as it was. Every screen is given
    the room anew.
    """
    Board.objects.select_for_update().get(pk=board.pk)
    moved = Seat.objects.filter(pk__in=_chosen(board, choice)).exclude(admission=decision).update(admission=decision)
    if not moved:
        raise RefusedInput(NO_PHONE)
    resend_whole_room(Board.objects.filter(pk=board.pk))
    journal.record(actor, "decide_phones", board, decision=decision, phones=moved)
    board.refresh_from_db()
    return moved


def _chosen(board: Board, choice: PhoneChoice) -> list[int]:
    phones = phones_of(board)
    if choice.number is not None:
        number = choice.number
        return list(phones.values_list("pk", flat=True)[number - 1 : number]) if number > 0 else []
    if choice.admission:
        phones = phones.filter(admission=choice.admission)
    if choice.until is not None:
        phones = phones.filter(joined_at__lte=choice.until)
    if choice.minutes is not None:
        within = Q(pk__in=[])
        for minute in choice.minutes:
            within |= Q(joined_at__gte=minute, joined_at__lt=minute + _MINUTE)
        phones = phones.filter(within)
    return list(phones.values_list("pk", flat=True))

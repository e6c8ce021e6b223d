"""Dots counted: each person's, in the order she meant them, up to what she may place."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Q, Sum

from parvis.meetings.enums import Admission, SeatRole
from parvis.meetings.models import Board, Dot, Headcount, Seat

UNCOUNTED_TABLE: Final = 12
"""How many people a table is taken to have until its secretary counted them."""
LARGEST_TABLE: Final = 40

Placed = tuple[int, uuid.UUID, int, str]
"""Who, on what, how many, and the stamp."""


def most_dots(board: Board, role: str) -> int:
    """What one operation may ask for: beyond it, it is a mistake whatever the rest. See `limits_of` for what counts."""
    return board.dots_per_person * (1 if role == SeatRole.PHONE else LARGEST_TABLE)


def dots_of(board: Board) -> dict[uuid.UUID, int]:
    """Note or family → dots that count."""
    return _counted(Q(board=board), limits_of(board))


def dots_of_seat(board: Board, seat: Seat) -> dict[uuid.UUID, int]:
    """Note or family → those of one person that count."""
    people = None
    if seat.role != SeatRole.PHONE:
        heads = Headcount.objects.filter(board=board, participant=seat.participant_id)
        people = heads.aggregate(people=Sum("people"))["people"]
    limits = {seat.participant_id: _limit(board, seat.role, people)} if seat.admission == Admission.ADMITTED else {}
    return _counted(Q(board=board, participant=seat.participant_id), limits)


def limits_of(board: Board) -> dict[int, int]:
    """Participant → dots she may place in all; who is not in the room has none that count."""
    heads = Headcount.objects.filter(board=board).order_by()
    people = dict(heads.values_list("participant_id").annotate(Sum("people")))
    seats = (
        Seat.objects.filter(board=board, admission=Admission.ADMITTED).order_by().values_list("participant_id", "role")
    )
    return {participant: _limit(board, role, people.get(participant)) for participant, role in seats}


def _limit(board: Board, role: str, people: int | None) -> int:
    return board.dots_per_person * (1 if role == SeatRole.PHONE else people or UNCOUNTED_TABLE)


def _counted(whose: Q, limits: Mapping[int, int]) -> dict[uuid.UUID, int]:
    rows = Dot.objects.filter(whose, count__gt=0).order_by("id")
    return count_dots(rows.values_list("participant_id", "target", "count", "stamp"), limits)


def count_dots(placed: Iterable[Placed], limits: Mapping[int, int]) -> dict[uuid.UUID, int]:
    """Dots by target. The first that a person meant count, up to her limit: no order of arrival changes the total."""
    left = dict(limits)
    counted: Counter[uuid.UUID] = Counter()
    for who, target, count, _ in sorted(placed, key=lambda row: row[3]):
        taken = min(count, left.get(who, 0))
        left[who] = left.get(who, 0) - taken
        counted[target] += taken
    return {target: count for target, count in counted.items() if count}

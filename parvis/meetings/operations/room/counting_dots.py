"""Dots counted: each person's, in the order she meant them, up to what she may place."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Q, Sum

from parvis.meetings.enums import SeatRole
from parvis.meetings.models import Board, Dot, Headcount, Seat

UNCOUNTED_TABLE: Final = 12
"""How many people a table is taken to have until its secretary counted them."""
LARGEST_TABLE: Final = 40

Placed = tuple[int, uuid.UUID, int, str]
"""Who, on what, how many, and the stamp."""


def most_dots(board: Board, role: str) -> int:
    """What one operation may ask for: beyond it, it is a mistake whatever the rest. See `limits_of` for what counts."""
    return board.dots_per_person * (1 if role == SeatRole.PHONE else LARGEST_TABLE)


def dots_of(board: Board, participant_id: int | None = None) -> dict[uuid.UUID, int]:
    """Note or family → dots that count, of all or of one person."""
    rows = Dot.objects.filter(_of(board, participant_id), count__gt=0).order_by("id")
    return count_dots(rows.values_list("participant_id", "target", "count", "stamp"), limits_of(board, participant_id))


def limits_of(board: Board, participant_id: int | None = None) -> dict[int, int]:
    """Participant → dots she may place in all, for all or for one."""
    theirs = _of(board, participant_id)
    people = dict(Headcount.objects.filter(theirs).order_by().values_list("participant_id").annotate(Sum("people")))
    return {
        participant: board.dots_per_person
        * (1 if role == SeatRole.PHONE else people.get(participant, 0) or UNCOUNTED_TABLE)
        for participant, role in Seat.objects.filter(theirs).order_by().values_list("participant_id", "role")
    }


def _of(board: Board, participant_id: int | None) -> Q:
    return Q(board=board) if participant_id is None else Q(board=board, participant=participant_id)


def count_dots(placed: Iterable[Placed], limits: Mapping[int, int]) -> dict[uuid.UUID, int]:
    """Dots by target. The first that a person meant count, up to her limit: no order of arrival changes the total."""
    left = dict(limits)
    counted: Counter[uuid.UUID] = Counter()
    for who, target, count, _ in sorted(placed, key=lambda each: each[3]):
        taken = min(count, left.get(who, 0))
        left[who] = left.get(who, 0) - taken
        counted[target] += taken
    return {target: count for target, count in counted.items() if count}

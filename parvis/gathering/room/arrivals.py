"""The phones of a room by the minute they came in, for the facilitator: figures, no name."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Sum

from parvis.french import dates
from parvis.gathering import local_time
from parvis.meetings.enums import Admission
from parvis.meetings.models import Board, Dot, Note
from parvis.meetings.operations.room.admitting import phones_of


@dataclass(frozen=True, slots=True)
class ArrivalMinute:
    """Phones that came within one minute, and what they wrote and placed, counted or not. `clock`: « 14 h 02 »."""

    starts: datetime.datetime
    clock: str
    admitted: int
    waiting: int
    aside: int
    notes: int
    dots: int


@dataclass(frozen=True, slots=True)
class RoomArrivals:
    """`last_at`: when the last of them came; None before the first."""

    expected: int
    admitted: int
    waiting: int
    aside: int
    minutes: tuple[ArrivalMinute, ...]
    last_at: datetime.datetime | None

    @property
    def total(self) -> int:
        return self.admitted + self.waiting + self.aside


def room_arrivals(board: Board) -> RoomArrivals:
    """Three queries, whatever the number of phones."""
    last_at = None
    notes = dict(
        Note.objects.filter(board=board, from_phone=True).order_by().values_list("contribution__participant")
        .annotate(count=Count("pk"))
    )  # fmt: skip
    dots = dict(Dot.objects.filter(board=board).order_by().values_list("participant").annotate(count=Sum("count")))
    states: dict[datetime.datetime, Counter[str]] = defaultdict(Counter)
    for joined_at, admission, who in phones_of(board).values_list("joined_at", "admission", "participant"):
        last_at = max(joined_at, last_at or joined_at)
        state = states[joined_at.replace(second=0, microsecond=0)]
        state[admission] += 1
        state["notes"] += notes.get(who, 0)
        state["dots"] += dots.get(who, 0)
    minutes = tuple(
        ArrivalMinute(
            starts=starts,
            clock=dates.hour(local_time.local(starts)),
            admitted=state[Admission.ADMITTED],
            waiting=state[Admission.WAITING],
            aside=state[Admission.SET_ASIDE],
            notes=state["notes"],
            dots=state["dots"],
        )
        for starts, state in sorted(states.items())
    )
    return RoomArrivals(
        expected=board.expected_people,
        admitted=sum(minute.admitted for minute in minutes),
        waiting=sum(minute.waiting for minute in minutes),
        aside=sum(minute.aside for minute in minutes),
        minutes=minutes,
        last_at=last_at,
    )

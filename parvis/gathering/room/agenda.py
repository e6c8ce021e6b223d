"""The agenda of a workshop with its clock times: for the page that prepares it, for the facilitator's paper."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from parvis.gathering import local_time
from parvis.meetings.models import Board, Meeting


@dataclass(frozen=True, slots=True)
class Slot:
    """When a step starts and ends, in Paris."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class AgendaTimes:
    """One slot a step, the whole in minutes, and by how much it passes the announced end (negative: time is left)."""

    slots: tuple[Slot, ...]
    minutes: int
    ends_at: datetime.datetime
    beyond: int | None


@dataclass(frozen=True, slots=True)
class AgendaLine:
    kind: str
    kind_label: str
    title: str
    minutes: int
    slot: Slot


def agenda_times(meeting: Meeting, minutes: Iterable[int]) -> AgendaTimes:
    """The steps one after the other from the start of the meeting."""
    moment = local_time.local(meeting.starts_at)
    slots = []
    for length in minutes:
        after = moment + datetime.timedelta(minutes=length)
        slots.append(Slot(moment, after))
        moment = after
    total = sum(int((slot.ends_at - slot.starts_at).total_seconds()) for slot in slots) // 60
    beyond = None if meeting.ends_at is None else int((moment - meeting.ends_at).total_seconds()) // 60
    return AgendaTimes(tuple(slots), total, moment, beyond)


def agenda_lines(board: Board) -> tuple[AgendaLine, ...]:
    """The agenda of a board, timed. One query."""
    steps = list(board.steps.order_by("position"))
    slots = agenda_times(board.meeting, [step.minutes for step in steps]).slots
    return tuple(
        AgendaLine(step.kind, step.get_kind_display(), step.title, step.minutes, slot)
        for step, slot in zip(steps, slots, strict=True)
    )

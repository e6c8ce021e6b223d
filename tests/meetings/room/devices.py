"""What a device of a room knows of it: what it is answered, and what it makes of it."""

from __future__ import annotations

import json
from typing import Any

from parvis.gathering.room.snapshot import RoomAudience, read_room
from parvis.meetings.models import Board
from parvis.web.room.state_answers import RoomAnswers

State = dict[str, Any]


def fresh_process(board: Board) -> RoomAnswers:
    """A process that never read this room."""
    now = Board.objects.select_related("meeting", "step", "discussed").get(pk=board.pk)
    return RoomAnswers(now, read_room(now))


def snapshots(process: RoomAnswers) -> dict[RoomAudience, State]:
    """The whole room as each audience may see it."""
    return {audience: process.reading.head | process.reading.rows(audience) for audience in RoomAudience}


def catch_up(known: dict[RoomAudience, State], process: RoomAnswers) -> None:
    """Whoever knows these has the whole room again with what moved since."""
    for audience, now in snapshots(process).items():
        told: State = json.loads(process.since(known[audience]["version"], audience).plain)
        assert told["since"] == known[audience]["version"]
        assert content(merged(known[audience], told)) == content(now)


def answered(board: Board, since: int, audience: RoomAudience = RoomAudience.ROOM) -> State:
    """What such a process answers to who knows a version (0: none)."""
    told: State = json.loads(fresh_process(board).since(since, audience).plain)
    return told


def merged(before: State, answer: State) -> State:
    """What a device makes of an answer (model.js does the same)."""
    if "since" not in answer:
        return answer
    result = before | {name: value for name, value in answer.items() if name not in ("since", "gone")}
    for name in ("notes", "families"):
        by = {row["reference"]: row for row in before[name] if row["reference"] not in answer["gone"]}
        by |= {row["reference"]: row for row in answer[name]}
        result[name] = list(by.values())
    return result


def content(state: State) -> State:
    """Its order and the moment it was read left out."""
    return {name: sorted(value, key=str) if name in ("notes", "families") else value
            for name, value in state.items() if name != "now"}  # fmt: skip

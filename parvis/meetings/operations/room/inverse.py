"""What undoes an operation of the facilitator, as operations: nothing is ever taken out of the log.

Each one says what it looks at and what her gesture left there: what a table changed since is not undone over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypedDict

from parvis.meetings.room_state import RoomFamily, RoomNote, RoomState

Operation = tuple[str, dict[str, Any]]
"""A kind of operation and its body, with its `op_id`."""
Rows = Mapping[str, RoomNote | RoomFamily]
_FLAGS: Final = {"hide": "hidden", "promote": "promoted"}


class Inverse(TypedDict):
    """An operation, the row that it changes, the field, and the value it had once the gesture was done."""

    kind: str
    body: dict[str, Any]
    row: str
    field: str
    left: Any


def inverses(operations: Iterable[Operation], before: RoomState, after: RoomState) -> list[Inverse]:
    """What undoes those that changed something, the last first; a family that was made goes once it is empty."""
    then, now = rows_of(before), rows_of(after)
    made = [
        one
        for kind, body in operations
        for one in _undone(kind, body, then)
        if one["row"] in now and getattr(now[one["row"]], one["field"]) != _former(then, one)
    ]
    for one in made:
        one["left"] = getattr(now[one["row"]], one["field"])
    return made[::-1]


def still_as_left(inverse: Inverse, state: RoomState) -> bool:
    """Whether nobody changed since what the gesture changed."""
    row = rows_of(state).get(inverse["row"])
    if row is None or getattr(row, inverse["field"]) != inverse["left"]:
        return False
    return inverse["kind"] != "withdraw" or all(note.family != inverse["row"] for note in state.notes)


def rows_of(state: RoomState) -> Rows:
    rows: list[RoomNote | RoomFamily] = [*state.families, *state.notes]
    return {row.reference: row for row in rows}


def _former(then: Rows, inverse: Inverse) -> Any:
    row = then.get(inverse["row"])
    return getattr(row, inverse["field"]) if row is not None else None


def _undone(kind: str, body: Mapping[str, Any], then: Rows) -> list[Inverse]:
    if kind in _FLAGS:
        field = _FLAGS[kind]
        return [_inverse(kind, {"of": body["of"], field: not body[field]}, body["of"], field)]
    if kind == "duplicate":
        row = then.get(body["note"])
        field = "joined_into" if isinstance(row, RoomFamily) else "duplicate_of"
        former = getattr(row, field) if row is not None else None
        return [_inverse(kind, {"note": body["note"], "of": former}, body["note"], field)]
    if kind != "family":
        return []
    homes = {note: row.family for note in body["notes"] if isinstance(row := then.get(note), RoomNote)}
    back = [_inverse(kind, {"of": home, "notes": [note]}, note, "family") for note, home in homes.items()]
    return back if "of" in body else [_inverse("withdraw", {"of": body["op_id"]}, body["op_id"], "title"), *back]


def _inverse(kind: str, body: dict[str, Any], row: str, field: str) -> Inverse:
    return {"kind": kind, "body": body, "row": row, "field": field, "left": None}

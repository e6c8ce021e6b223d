"""What the facilitator's page shows without a script: the same room as the screens, and what only she does with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from parvis.gathering.room.arrivals import RoomArrivals, room_arrivals
from parvis.gathering.room.families import FamilyPage, rows_by, standing_families
from parvis.gathering.room.screen import ScreenPage, screen_page
from parvis.gathering.room.snapshot import RoomAudience, read_room
from parvis.insight.near_titles import near_titles
from parvis.meetings.enums import BoardState, RoomStep, SeatRole
from parvis.meetings.models import Board, Seat
from parvis.meetings.operations.room.drafting import is_drafted
from parvis.meetings.operations.room.running import next_step_of
from parvis.meetings.operations.room.table_links import table_path
from parvis.people.models import User


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two families with near titles, of different tables or not."""

    keep: FamilyPage
    join: FamilyPage


@dataclass(frozen=True, slots=True)
class TableLink:
    """A table, the address that opens it, and whether a laptop has it open."""

    number: int
    path: str
    open: bool


@dataclass(frozen=True, slots=True)
class FacilitatorPage:
    """Everything of the page. `waiting`: notes that a person must look at before the screen shows them."""

    room: dict[str, Any]
    has_floor: bool
    next_title: str
    last_step: bool
    sheets: tuple[tuple[str, str], ...]
    families: tuple[FamilyPage, ...]
    alone: tuple[dict[str, Any], ...]
    waiting: tuple[dict[str, Any], ...]
    hidden: tuple[dict[str, Any], ...]
    near: tuple[NearPair, ...]
    tables: tuple[TableLink, ...]
    arrivals: RoomArrivals
    counts_dots: bool
    drafted: bool
    screen: ScreenPage
    points: str
    """What she gathered about the action on the screen."""


def facilitator_page(board: Board, actor: User) -> FacilitatorPage:
    """The room for the one who leads it."""
    reading = read_room(board)
    room = reading.head | reading.rows(RoomAudience.FACILITATOR)
    doubles = rows_by(room["notes"], "duplicate_of")
    shown = [
        note | {"doubles": doubles.get(note["reference"], [])}
        for note in room["notes"]
        if not note["hidden"] and not note["waiting"] and not note["duplicate_of"]
    ]
    families = standing_families(room["families"], shown)
    seats = list(Seat.objects.filter(board=board).order_by("id").values_list("role", "table", "user_id"))
    following = next_step_of(board) if board.state == BoardState.OPEN else None
    return FacilitatorPage(
        room=room,
        has_floor=any(user == actor.pk for _, _, user in seats),
        next_title=following.title if following is not None else "",
        last_step=board.step is not None and following is None,
        sheets=tuple(
            (row.sheet.code, f"{row.sheet.number}. {row.sheet.title}")
            for row in board.board_sheets.select_related("sheet").order_by("position")
        ),
        families=families,
        alone=tuple(note for note in shown if note["family"] is None),
        waiting=tuple(note for note in room["notes"] if note["waiting"] and not note["hidden"]),
        hidden=tuple(note for note in room["notes"] if note["hidden"]),
        near=_near(families),
        tables=_tables(board, {table for role, table, _ in seats if role == SeatRole.SECRETARY}),
        arrivals=room_arrivals(board),
        counts_dots=board.step is not None and board.step.kind == RoomStep.PRIORITIES,
        drafted=is_drafted(board),
        screen=screen_page(board, reading),
        points=board.board_sheets.filter(sheet=board.discussed_id).values_list("points", flat=True).first() or "",
    )


def _near(families: tuple[FamilyPage, ...]) -> tuple[NearPair, ...]:
    pairs = near_titles([family.title for family in families])
    return tuple(NearPair(families[pair.first], families[pair.second]) for pair in pairs)


def _tables(board: Board, open_tables: set[int | None]) -> tuple[TableLink, ...]:
    return tuple(
        TableLink(number, table_path(board, number), number in open_tables) for number in range(1, board.tables + 1)
    )

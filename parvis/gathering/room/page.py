"""What the facilitator's page shows without a script: the same room as the screens, and what only she does with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from parvis.gathering.room.arrivals import RoomArrivals, room_arrivals
from parvis.gathering.room.snapshot import RoomAudience, room_snapshot
from parvis.insight.near_titles import near_titles
from parvis.meetings.enums import BoardState, RoomStep, SeatRole
from parvis.meetings.models import Board, Seat
from parvis.meetings.operations.room.drafting import is_drafted
from parvis.meetings.operations.room.running import next_step_of
from parvis.meetings.operations.room.table_links import table_path
from parvis.people.models import User


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """A family and its notes."""

    reference: str
    title: str
    table: int | None
    dots: int
    hidden: bool
    promoted: bool
    notes: tuple[dict[str, Any], ...]
    joined: tuple[tuple[str, str], ...]
    """Reference and title of the families joined to it."""


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


def facilitator_page(board: Board, actor: User) -> FacilitatorPage:
    """The room for the one who leads it."""
    room = room_snapshot(board, RoomAudience.FACILITATOR)
    doubles = rows_by(room["notes"], "duplicate_of")
    shown = [
        note | {"doubles": doubles.get(note["reference"], [])}
        for note in room["notes"]
        if not note["hidden"] and not note["waiting"] and not note["duplicate_of"]
    ]
    families = _families(room["families"], shown)
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
    )


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """What is projected. `latest`: the newest notes of the step, the newest first; `mode`: what the step looks at."""

    room: dict[str, Any]
    mode: str
    families: tuple[FamilyPage, ...]
    alone: tuple[dict[str, Any], ...]
    latest: tuple[dict[str, Any], ...]
    more: int
    promoted: tuple[dict[str, Any], ...]


LATEST = 4
CLOUD = 4
"""How many notes, and families above them, are read from ten metres without running off the screen."""


def screen_page(board: Board) -> ScreenPage:
    """The room for the screen: figures of the action under discussion, notes arriving, then families by dots."""
    room = room_snapshot(board, RoomAudience.SCREEN)
    shown = [note for note in room["notes"] if not note["duplicate_of"]]
    families = _families(room["families"], shown)
    kind = board.step.kind if board.step is not None else ""
    mode = "closed" if board.state == BoardState.CLOSED else "results" if kind == RoomStep.PRIORITIES else "notes"
    mode = "action" if room["discussed"] is not None else "waiting" if board.state == BoardState.PREPARED else mode
    promoted = tuple(note for note in shown if note["promoted"])[-2:]
    latest = LATEST if not promoted else LATEST // 2
    of_step = [note for note in shown if note["step"] == kind] or shown
    return ScreenPage(
        room=room,
        mode=mode,
        families=families if mode in ("results", "closed") else families[:CLOUD],
        alone=tuple(note for note in shown if note["family"] is None),
        latest=tuple(reversed(of_step[-latest:])),
        more=max(0, len(of_step) - latest),
        promoted=promoted,
    )


def rows_by(rows: Iterable[dict[str, Any]], name: str) -> dict[str, list[dict[str, Any]]]:
    """Rows of a snapshot by the one they name: read once, whatever their number."""
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row[name] is not None:
            grouped[row[name]].append(row)
    return grouped


def _families(families: list[dict[str, Any]], notes: list[dict[str, Any]]) -> tuple[FamilyPage, ...]:
    """Those that stand, with their notes and the families joined to them."""
    by_family, by_target = rows_by(notes, "family"), rows_by(families, "joined_into")
    return tuple(
        FamilyPage(
            reference=family["reference"],
            title=family["title"],
            table=family["table"],
            dots=family["dots"],
            hidden=family["hidden"],
            promoted=family["promoted"],
            notes=tuple(by_family.get(family["reference"], ())),
            joined=tuple((other["reference"], other["title"]) for other in by_target.get(family["reference"], ())),
        )
        for family in families
        if family["joined_into"] is None
    )


def _near(families: tuple[FamilyPage, ...]) -> tuple[NearPair, ...]:
    pairs = near_titles([family.title for family in families])
    return tuple(NearPair(families[pair.first], families[pair.second]) for pair in pairs)


def _tables(board: Board, open_tables: set[int | None]) -> tuple[TableLink, ...]:
    return tuple(
        TableLink(number, table_path(board, number), number in open_tables) for number in range(1, board.tables + 1)
    )

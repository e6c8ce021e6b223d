"""What is projected in a room, and in how many pages: read from ten metres, so six notes at a time and few words."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Max

from parvis.consultations.enums import Kind
from parvis.core import clock
from parvis.gathering.room.action_scene import ActionScene, action_scene
from parvis.gathering.room.families import FamilyPage, standing_families
from parvis.gathering.room.snapshot import RoomAudience, RoomReading, read_room
from parvis.gathering.room.turning import Turning, in_pages
from parvis.meetings.enums import BoardState, RoomStep
from parvis.meetings.models import Board, Note

NOTES_A_COLUMN: Final = 3
COLUMNS: Final = 2
"""Six notes a page."""
MOST_PROMOTED: Final = 2
"""Notes put forward: they keep the first column, the other one turns."""
ROWS_OF_ONE_COLUMN: Final = 5
ROWS_OF_TWO_COLUMNS: Final = 12
_KINDS: Final = (Kind.STRENGTH, Kind.CHALLENGE, Kind.PROPOSAL, Kind.UNSORTED)


@dataclass(frozen=True, slots=True)
class Column:
    """Up to three notes, of one family or of none (`title` empty). `total`: the notes of that family."""

    title: str
    total: int
    goes_on: bool
    notes: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A family, or a note of no family, by its dots. `tied`: another one has as many, and it is not none."""

    dots: int
    tied: bool
    family: FamilyPage | None
    note: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """What is projected. `mode`: what the step looks at. `pages`: of columns, of ranked rows, or of the action.

    `counts`: how many notes of each kind, each note once, and whether that is a plural.
    """

    room: dict[str, Any]
    mode: str
    counts: tuple[tuple[Kind, int, bool], ...]
    promoted: tuple[dict[str, Any], ...]
    pages: tuple[Any, ...]
    turning: Turning
    shown: int
    action: ActionScene | None

    @property
    def held(self) -> bool:
        return self.turning.since is None

    @property
    def page(self) -> Any:
        """The page that is shown, alone: a long workshop has fifty, and a screen asks for each in its turn."""
        return self.pages[self.shown] if self.pages else ()


def screen_page(board: Board, reading: RoomReading | None = None) -> ScreenPage:
    """The room for the screen, at this moment; `reading`: the room, when it was read already."""
    reading = reading or read_room(board)
    room = reading.head | reading.rows(RoomAudience.SCREEN)
    of_screen = {family["reference"] for family in room["families"]}
    standing = [note for note in room["notes"] if not note["duplicate_of"]]
    notes = [note for note in standing if not note["family"] or note["family"] in of_screen]
    families = standing_families(room["families"], notes)
    mode = _mode(board, room, empty=not notes)
    promoted = tuple(note for note in notes if note["promoted"])[-MOST_PROMOTED:] if mode == "notes" else ()
    action = action_scene(board, room["discussed"]) if mode == "action" else None
    pages: tuple[Any, ...] = ()
    if action is not None:
        pages = action.panels
    elif mode == "notes":
        step = board.step.kind if board.step is not None else ""
        pages = in_pages(_columns(families, notes, promoted, step), 1 if promoted else COLUMNS)
    elif mode in ("results", "closed"):
        ranked = _ranked(families, notes)
        pages = in_pages(ranked, ROWS_OF_ONE_COLUMN if len(ranked) <= ROWS_OF_ONE_COLUMN else ROWS_OF_TWO_COLUMNS)
    turning = _turning(board, mode, len(pages))
    counted = Counter(note["kind"] for note in notes)
    return ScreenPage(
        room=room,
        mode=mode,
        counts=tuple((kind, counted[kind], counted[kind] > 1) for kind in _KINDS if counted[kind]),
        promoted=promoted,
        pages=pages,
        turning=turning,
        shown=turning.page_at(clock.now()),
        action=action,
    )


def _mode(board: Board, room: dict[str, Any], *, empty: bool) -> str:
    if room["discussed"] is not None:
        return "action"
    if board.state == BoardState.CLOSED:
        return "closed"
    if board.state == BoardState.OPEN and board.step is not None and board.step.kind == RoomStep.PRIORITIES:
        return "results"
    return "waiting" if board.state == BoardState.PREPARED or empty else "notes"


def _columns(
    families: tuple[FamilyPage, ...], notes: list[dict[str, Any]], promoted: tuple[dict[str, Any], ...], step: str
) -> list[Column]:
    """Families first, then the notes of none, those of the step if it has any, in the order they came.

    What arrives is added at the end: nothing that is being read changes place.
    """
    in_front = {note["reference"] for note in promoted}
    made = []
    for family in families:
        rest = [note for note in family.notes if note["reference"] not in in_front]
        for rank, part in enumerate(in_pages(rest, NOTES_A_COLUMN)):
            made.append(Column(family.title, len(family.notes), rank > 0, part))
    alone = [note for note in notes if not note["family"] and note["reference"] not in in_front]
    alone = [note for note in alone if note["step"] == step] or alone
    made += [Column("", 0, False, part) for part in in_pages(alone, NOTES_A_COLUMN)]
    return made


def _ranked(families: tuple[FamilyPage, ...], notes: list[dict[str, Any]]) -> list[Ranked]:
    """Families, and the notes of none that have dots, the most first."""
    alone = [note for note in notes if not note["family"] and note["dots"]]
    many = Counter([family.dots for family in families] + [note["dots"] for note in alone])
    rows = [Ranked(family.dots, family.dots > 0 and many[family.dots] > 1, family, None) for family in families]
    rows += [Ranked(note["dots"], many[note["dots"]] > 1, None, note) for note in alone]
    return sorted(rows, key=lambda row: -row.dots)


def _turning(board: Board, mode: str, count: int) -> Turning:
    """A note that arrives is shown at once, on the last page; the pages turn on from there."""
    last = max(1, count) - 1
    since = board.screen_turns_from
    if since is not None and mode == "notes":
        arrived: datetime.datetime | None = Note.objects.filter(board=board).aggregate(at=Max("written_at"))["at"]
        if arrived is not None and arrived > since:
            return Turning(last + 1, last, arrived)
    return Turning(last + 1, board.screen_page, since)

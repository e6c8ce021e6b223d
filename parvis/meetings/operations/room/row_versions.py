"""Which rows of a room a change moves, and the version it gives them.

A row moves when what a screen shows of it changes. Versions say what a device must fetch; no write is refused by them.

What is shown of a note depends on others: those that say the same thing, the families that hold it, the dots of each
person up to her limit. A change therefore moves its own row and those that depend on it, before or after. Each is given
the board's next version in the transaction of the change, under the board's lock: any process then tells a device what
moved since a version. A row moved for nothing costs a few bytes; one forgotten would stay wrong on every device.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F, QuerySet

from parvis.meetings.enums import MarkField
from parvis.meetings.models import Board, Mark, RowVersion, Seat
from parvis.meetings.operations.room.counting_dots import dots_of_seat

_LINKS = (MarkField.DUPLICATE_OF, MarkField.FAMILY)


class RowMoves:
    """The rows that changes to a board move, gathered while they are written. The board is locked by the caller."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._moved: set[uuid.UUID] = set()
        self._created: set[uuid.UUID] = set()

    def created(self, reference: uuid.UUID) -> None:
        """A note or a family comes; its version is written at once. Rows that already named it depend on it now."""
        RowVersion.objects.bulk_create(
            [RowVersion(board=self._board, reference=reference, version=self._board.version + 1)], ignore_conflicts=True
        )
        self._created.add(reference)
        self.with_dependents(reference)

    def row_only(self, reference: uuid.UUID) -> None:
        """Only what the row says of itself changes: its words, whether it is hidden or put forward."""
        self._moved.add(reference)

    def with_dependents(self, reference: uuid.UUID) -> None:
        """The row leaves or comes back, and its links are the same before and after."""
        self._moved |= dependents(self._board, reference)

    @contextmanager
    def around_relinking(self, *references: uuid.UUID) -> Iterator[None]:
        """Around a change of their family, or of what they are the double of."""
        self._moved |= dependents(self._board, *references)
        yield
        self._moved |= dependents(self._board, *references)

    @contextmanager
    def around_recounting(self, seat: Seat) -> Iterator[None]:
        """Around a change of someone's dots, or of how many she may place: others of hers may count from then on."""
        before = dots_of_seat(self._board, seat)
        yield
        after = dots_of_seat(self._board, seat)
        targets = {target for target in before | after if before.get(target) != after.get(target)}
        self._moved |= targets | _ancestors(self._board, targets)

    def write(self, clock: int = 0) -> None:
        """Give the board its next version, and the rows that moved the same. `clock`: the greatest Lamport one seen."""
        self._board.version += 1
        self._board.clock = max(self._board.clock, clock)
        self._board.save(update_fields=["version", "clock"])
        others = self._moved - self._created
        if others:
            rows = RowVersion.objects.filter(board=self._board, reference__in=others)
            rows.update(version=self._board.version)
        self._moved.clear()
        self._created.clear()


def dependents(board: Board, *references: uuid.UUID) -> set[uuid.UUID]:
    """These rows, and all those whose family, original, standing or total goes through one of them."""
    same = frontier = set(references)
    notes: set[uuid.UUID] = set()
    while frontier:
        links = Mark.objects.filter(board=board, field__in=_LINKS, value__in=[str(reference) for reference in frontier])
        pointing = list(links.order_by().values_list("reference", "field"))
        notes |= {reference for reference, field in pointing if field == MarkField.FAMILY}
        frontier = {reference for reference, field in pointing if field == MarkField.DUPLICATE_OF} - same
        same = same | frontier
    return same | notes | _ancestors(board, same)


def _ancestors(board: Board, references: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """These rows and those that count their dots: originals, families, those they are joined to.

    A cycle ends the walk.
    """
    reached = frontier = set(references)
    while frontier:
        links = Mark.objects.filter(board=board, field__in=_LINKS, reference__in=frontier).exclude(value="")
        frontier = {uuid.UUID(value) for value in links.order_by().values_list("value", flat=True)} - reached
        reached = reached | frontier
    return reached


@transaction.atomic
def move_row(board_id: int, reference: uuid.UUID) -> None:
    """Something outside the room changed a note: it moves, with what depends on it."""
    moves = RowMoves(Board.objects.select_for_update().get(pk=board_id))
    moves.with_dependents(reference)
    moves.write()


def resend_whole_room(boards: QuerySet[Board], *, ahead: int = 1) -> None:
    """From now on, whoever asks is given the whole room, whatever version she knows.

    `ahead`: by how much the version grows. After a backup is put back, beyond any that a device may have seen.
    """
    boards.update(version=F("version") + ahead, whole_before=F("version") + ahead)


def moved_since(board: Board, version: int) -> dict[uuid.UUID, int]:
    """Note or family → the version at which it last moved, for those that moved after `version`, gone ones too."""
    rows = RowVersion.objects.filter(board=board, version__gt=version)
    return dict(rows.order_by().values_list("reference", "version"))

"""« Répétition »: the room opened with invented answers, to try everything; then erased, as if it had not been."""

from __future__ import annotations

import itertools
import uuid
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from parvis.consultations.enums import Kind, OpStatus, Origin
from parvis.consultations.models import Contribution, OutboxOp, Participant
from parvis.consultations.outbox import apply_ops
from parvis.core import journal
from parvis.core.errors import ForbiddenMove
from parvis.meetings.enums import BoardState, RoomStep
from parvis.meetings.models import Board, Dot, Family, Headcount, Mark, Note, NoteVersion, Photo, RowVersion, Seat
from parvis.meetings.operations.room.entering import join_with_phone, take_table
from parvis.meetings.operations.room.rehearsed_notes import FROM_PHONES, NOTES, ORGANISATIONS
from parvis.meetings.operations.room.running import go_to_step, open_room
from parvis.meetings.rules import themes_of_room
from parvis.people.models import User

RAN: Final = "Cet atelier a commencé pour de bon : il ne se répète plus."
HOLDS: Final = "La salle contient déjà des notes : répétez avant d'y écrire, ou retirez-les."
NOT_ONE: Final = "Aucune répétition n'est en cours dans cette salle : rien n'est effacé."
NO_THEME: Final = "Donnez une thématique à la concertation : les notes se rangent sous elle."
_DEVICE: Final = "repetition"
_PHONES_PER_TABLE: Final = 2
_TABLES: Final = 6
_STEP_OF: Final = {
    Kind.STRENGTH: RoomStep.STRENGTHS,
    Kind.CHALLENGE: RoomStep.CHALLENGES,
    Kind.PROPOSAL: RoomStep.PROPOSALS,
}
_WRITTEN: Final = (NoteVersion, Mark, Family, Dot, Headcount, Photo, RowVersion)
"""What a room holds beside its notes and its seats."""


@transaction.atomic
def start_rehearsal(actor: User, board: Board) -> None:
    """Open a prepared room with invented people, notes, families and dots, sent through the outbox as devices do."""
    locked = Board.objects.select_for_update().get(pk=board.pk)
    if locked.state != BoardState.PREPARED:
        raise ForbiddenMove("Une répétition est déjà en cours." if locked.rehearsal else RAN)
    if any(model._default_manager.filter(board=locked).exists() for model in (Note, *_WRITTEN)):
        raise ForbiddenMove(HOLDS)
    open_room(actor, locked)
    locked.rehearsal = True
    locked.save(update_fields=["rehearsal"])
    _play(actor, locked)
    journal.record(actor, "start_rehearsal", locked)
    board.refresh_from_db()


@transaction.atomic
def erase_rehearsal(actor: User, board: Board) -> None:
    """Take away all that the rehearsal wrote, real people's tries included. The room is prepared again, as it was.

    Those who sit are locked before the board, as their own operations do: none is half-way.
    """
    seated = Seat.objects.filter(board=board)
    list(Participant.objects.select_for_update().filter(seats__board=board).order_by("pk").values_list("pk"))
    locked = Board.objects.select_for_update().get(pk=board.pk)
    if not locked.rehearsal or locked.opened_at is None:
        raise ForbiddenMove(NOT_ONE)
    references = NoteVersion.objects.filter(board=locked).order_by().values("reference")
    OutboxOp.objects.filter(
        Q(log__room=locked.room) | Q(target__in=references), participant__seats__board=locked
    ).delete()
    Contribution.objects.filter(note__board=locked).delete()
    for model in _WRITTEN:
        model._default_manager.filter(board=locked).delete()
    came = seated.filter(joined_at__gte=locked.opened_at)
    invented = Participant.objects.filter(seats__in=came, origin=Origin.WORKSHOP)
    leaving = list(invented.order_by("pk").values_list("pk", flat=True))
    came.delete()
    Participant.objects.filter(pk__in=leaving).delete()
    locked.state, locked.rehearsal, locked.version = BoardState.PREPARED, False, locked.version + 1
    locked.whole_before = locked.version
    for name in ("step", "step_ends_at", "seconds_left", "discussed", "opened_at", "closed_at"):
        setattr(locked, name, None)
    locked.save()
    journal.record(actor, "erase_rehearsal", locked)
    board.refresh_from_db()


class _Player:
    """An invented person, and the clock of her device."""

    def __init__(self, board: Board, participant: Participant) -> None:
        self.room, self.participant, self._ticks = board.room, participant, itertools.count(1)

    def send(self, *bodies: dict[str, Any]) -> list[str]:
        """Send operations; their references."""
        ops = [{"op_id": str(uuid.uuid4()), "seq": next(self._ticks), "room": self.room, **body} for body in bodies]
        answer = apply_ops(self.participant, _DEVICE, ops)
        refused = [result for result in answer.results if result.status != OpStatus.APPLIED]
        if refused:
            raise ForbiddenMove(f"La répétition n'a pas pu commencer : {refused[0].detail}")
        return [op["op_id"] for op in ops]


def _play(actor: User, board: Board) -> None:
    """Each step of the agenda has its notes; each table its families; everyone her dots. Then back to the start."""
    tables = range(1, min(board.tables, _TABLES) + 1)
    secretaries = {table: _Player(board, take_table(board, table)) for table in tables}
    phones = [_Player(board, join_with_phone(board, table)) for table in tables for _ in range(_PHONES_PER_TABLE)]
    for table, secretary in secretaries.items():
        names = [ORGANISATIONS[(table + shift) % len(ORGANISATIONS)] for shift in range(3)]
        secretary.send(*({"kind": "attendance", "organisation": name, "people": 2} for name in names))
    themes = _theme_codes(board)
    written = _write_notes(actor, board, secretaries, phones, themes)
    families = [
        secretaries[table].send({"kind": "family", "title": title, "notes": notes})[0]
        for (table, title), notes in written.items()
    ]
    spots = itertools.cycle(families)
    for phone in phones:
        phone.send(*({"kind": "dot", "target": next(spots), "count": 1} for _ in range(min(3, board.dots_per_person))))
    for secretary in secretaries.values():
        secretary.send({"kind": "dot", "target": next(spots), "count": min(4, board.dots_per_person)})
    first = board.steps.order_by("position").values_list("position", flat=True)[0]
    go_to_step(actor, board, first)


def _write_notes(
    actor: User, board: Board, secretaries: dict[int, _Player], phones: list[_Player], themes: list[str]
) -> dict[tuple[int, str], list[str]]:
    """Table and family → references of its notes, written at the step of their kind."""
    written: dict[tuple[int, str], list[str]] = {}
    titles = list(NOTES)
    for kind, step in _STEP_OF.items():
        position = board.steps.filter(kind=step).values_list("position", flat=True).first()
        if position is not None:
            go_to_step(actor, board, position)
        for table, secretary in secretaries.items():
            title = titles[(table - 1) % len(titles)]
            notes = secretary.send(*_notes(NOTES[title], kind, themes[(table - 1) % len(themes)]))
            written.setdefault((table, title), []).extend(notes)
        for rank, phone in enumerate(phones):
            phone.send(*_notes(FROM_PHONES[rank % len(FROM_PHONES) :][:1], kind, themes[rank % len(themes)]))
    return written


def _notes(notes: tuple[tuple[Kind, str], ...], kind: Kind, theme: str) -> list[dict[str, Any]]:
    return [
        {"kind": "note", "contribution_kind": note_kind.value, "text": text, "theme": theme}
        for note_kind, text in notes
        if note_kind == kind
    ]


def _theme_codes(board: Board) -> list[str]:
    codes = list(themes_of_room(board.meeting).values_list("code", flat=True))
    if not codes:
        raise ForbiddenMove(NO_THEME)
    return codes

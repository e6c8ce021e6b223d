"""Coming into a room: by its code with a phone, at a table with a laptop, at the front as facilitator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import F, QuerySet

from parvis.consultations.enums import Audience, Origin
from parvis.consultations.models import Participant
from parvis.consultations.rules import in_use, open_to_partners, reads_restricted
from parvis.core import clock, journal
from parvis.core.access import rule
from parvis.core.errors import RefusedInput
from parvis.core.limits import Limit
from parvis.meetings.enums import Admission, BoardState, SeatRole
from parvis.meetings.models import Board, Seat
from parvis.meetings.operations.room.row_versions import RowMoves
from parvis.people.models import User

UNKNOWN: Final = "Aucune salle ne porte ce code : vérifiez les six lettres et chiffres affichés à l'écran."
NOT_OPEN: Final = "Cette salle n'est pas encore ouverte : réessayez quand l'animation a commencé."
CLOSED: Final = "Cet atelier est terminé."
WAITS: Final = "Vous attendez à l'entrée : l'animation doit vous laisser entrer."
PUT_ASIDE: Final = "L'animation a mis ce téléphone de côté : ce qu'il écrit n'est pas pris. Adressez-vous à elle."
FULL: Final = "Trop de téléphones attendent déjà à l'entrée de cette salle : adressez-vous à l'animation."
MOST_WAITING: Final = 1_000
CROWDED: Final = "Trop d'appareils entrent dans cette salle en même temps : réessayez dans quelques minutes."
WRONG_CODES: Final = Limit("wrong_room_codes", most=3_000, seconds=600)
"""On the whole site. Beyond, someone guesses: who comes in with a right code waits for the facilitator, and nobody is
locked out. A device that keeps its session is stopped sooner."""
ENTRIES: Final = Limit("room_entries", most=1_000, seconds=600)
"""Phones that enter one room: who knows its code may not fill it with people who are not there."""
NO_TABLE: Final = "Cette table n'existe pas dans cette salle."


@dataclass(frozen=True, slots=True)
class Writer:
    """Someone who writes in a room, where she sits, and the rows that what she writes moves."""

    board: Board
    seat: Seat
    moves: RowMoves

    @property
    def may_arrange(self) -> bool:
        """Whether she makes families and corrects the notes of others: secretaries (at their table), facilitators."""
        return self.seat.role != SeatRole.PHONE

    @property
    def leads(self) -> bool:
        return self.seat.role == SeatRole.FACILITATOR


def clean_code(typed: str) -> str:
    """A room code as typed by a person: case, blanks and dashes do not count."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


@rule
def find_room(code: str) -> Board | None:
    """The board of a room code, unless its meeting was hidden or cancelled."""
    return _rooms(code).select_related("meeting__consultation", "step").first()


def hold_room(code: str) -> Board | None:
    """The same, its row held until the transaction ends: who writes in a room, and who closes it, follow each other.

    Held before anything is read of it: a note on its way is in the minutes, or late; two tables that move the same
    notes wait for each other, and are never each other's deadlock.
    """
    return _rooms(code).select_related("meeting__consultation").select_for_update(of=("self",)).first()


def standing_rooms() -> QuerySet[Board]:
    """The rooms whose meeting was neither hidden nor cancelled, in a consultation that is open, and not archived."""
    consultation = "meeting__consultation__"
    return Board.objects.filter(
        open_to_partners(consultation) & in_use(consultation), meeting__hidden_at=None, meeting__cancelled_at=None
    )


def _rooms(code: str) -> QuerySet[Board]:
    return standing_rooms().filter(room=clean_code(code))


@transaction.atomic
def join_with_phone(board: Board, table: int | None = None) -> Participant:
    """A new participant of the room, unknown to everyone; she waits when the room has the people it expects.

    Raises `RefusedInput` when the room is not open, or when too many wait already.
    """
    held = Board.objects.select_for_update().get(pk=board.pk)
    _refuse_unless_open(held, table)
    if not ENTRIES.take(board.code):
        raise RefusedInput(CROWDED)
    admission = _admission(held)
    participant = Participant.objects.create(consultation_id=board.meeting.consultation_id, origin=Origin.WORKSHOP)
    Seat.objects.create(
        board=held, participant=participant, role=SeatRole.PHONE, table=table, joined_at=clock.now(),
        admission=admission,
    )  # fmt: skip
    return participant


def _admission(board: Board) -> Admission:
    """Whether one more phone comes in or waits. The board is locked: those who come together are counted one by one.

    Someone more who waits is a new version of the room, so that the facilitator sees it. A rehearsal makes nobody wait.
    """
    phones = Seat.objects.filter(board=board, role=SeatRole.PHONE)
    full = phones.filter(admission=Admission.ADMITTED).count() >= board.expected_people
    if board.rehearsal or not (full or WRONG_CODES.is_reached("")):
        return Admission.ADMITTED
    if phones.filter(admission=Admission.WAITING).count() >= MOST_WAITING:
        raise RefusedInput(FULL)
    Board.objects.filter(pk=board.pk).update(version=F("version") + 1)
    return Admission.WAITING


@transaction.atomic
def take_table(board: Board, table: int) -> Participant:
    """The participant who is the secretary of a table, the same whatever the laptop that takes it over."""
    _refuse_unless_open(board, table, prepared=True)
    Board.objects.select_for_update().get(pk=board.pk)
    seat = Seat.objects.filter(board=board, table=table, role=SeatRole.SECRETARY).select_related("participant").first()
    if seat is None:
        seat = _new_seat(board, SeatRole.SECRETARY, table=table)
    journal.record(seat.participant, "take_table", board, table=table)
    return seat.participant


@transaction.atomic
def take_the_floor(user: User, board: Board) -> Participant:
    """The participant by whom a facilitator writes in the room: made at the first call, hers alone."""
    Board.objects.select_for_update().get(pk=board.pk)
    seat = Seat.objects.filter(board=board, user=user).select_related("participant").first()
    if seat is None:
        seat = _new_seat(board, SeatRole.FACILITATOR, user=user)
        journal.record(user, "take_the_floor", board)
    return seat.participant


def writer_of(participant: Participant, room: object) -> Writer:
    """Where `participant` sits in the room of this code. Raises `RefusedInput` when it is none of hers.

    An invited partner who knows the code sits down at her first word, if she may read the meeting; she waits as any
    phone does when the room is full.
    """
    board = hold_room(room) if isinstance(room, str) else None
    if board is None or board.meeting.consultation_id != participant.consultation_id:
        raise RefusedInput(UNKNOWN)
    seat = Seat.objects.filter(board=board, participant=participant).first()
    if seat is None:
        if not _may_sit_down(participant, board):
            raise RefusedInput(UNKNOWN)
        _refuse_unless_open(board)
        seat = Seat.objects.create(
            board=board, participant=participant, role=SeatRole.PHONE, joined_at=clock.now(),
            admission=_admission(board),
        )  # fmt: skip
    if seat.admission != Admission.ADMITTED:
        raise RefusedInput(WAITS if seat.admission == Admission.WAITING else PUT_ASIDE)
    if board.state == BoardState.PREPARED and seat.role != SeatRole.FACILITATOR:
        raise RefusedInput(NOT_OPEN)
    return Writer(board, seat, RowMoves(board))


def _may_sit_down(participant: Participant, board: Board) -> bool:
    """A partner who was invited; a phone of another room enters this one by its code, under another key."""
    if participant.origin == Origin.WORKSHOP:
        return False
    if board.meeting.audience in (Audience.PUBLIC, Audience.PARTNERS):
        return True
    return board.meeting.audience == Audience.RESTRICTED and reads_restricted(participant)


def _new_seat(board: Board, role: SeatRole, *, table: int | None = None, user: User | None = None) -> Seat:
    participant = Participant.objects.create(consultation=board.meeting.consultation, origin=Origin.WORKSHOP)
    return Seat.objects.create(
        board=board, participant=participant, role=role, table=table, user=user, joined_at=clock.now()
    )


def _refuse_unless_open(board: Board, table: int | None = None, *, prepared: bool = False) -> None:
    if board.state == BoardState.CLOSED:
        raise RefusedInput(CLOSED)
    if board.state == BoardState.PREPARED and not prepared:
        raise RefusedInput(NOT_OPEN)
    if table is not None and not 1 <= table <= board.tables:
        raise RefusedInput(NO_TABLE)

"""Notes: written, changed, withdrawn. Every version is kept; the last intention of each field stands."""

from __future__ import annotations

import uuid
from typing import Any

from parvis.consultations.enums import ContributionState, Origin
from parvis.consultations.latest_intention import set_by_later
from parvis.consultations.models import Contribution, Participant
from parvis.consultations.operations.note_changes import NOTE_FIELDS, given_by, held_changes, set_note_fields
from parvis.consultations.outbox import Op
from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.insight.insults import is_rude
from parvis.meetings.enums import MarkField, SeatRole
from parvis.meetings.models import Board, Family, Mark, Note, NoteVersion, Seat
from parvis.meetings.operations.room import op_fields
from parvis.meetings.operations.room.entering import Writer
from parvis.meetings.operations.room.registers import TITLES, mark

TAKEN = "Une autre note porte déjà cette référence : prenez-en une nouvelle."
NOT_YOURS = "Cette note n'est pas à vous : demandez à votre table ou à l'animation de la changer."
GONE = "Cette note a été effacée."
MOST_NOTES = 200
TOO_MANY = f"Cet appareil a déjà écrit {MOST_NOTES} notes : dites la suite à votre table."


def write_note(writer: Writer, participant: Participant, op: Op) -> dict[str, Any]:
    """`note {room, contribution_kind, theme, text, table, conclusion, split_from}`; returns what the log keeps."""
    text, kind, theme = op_fields.text_of(op), op_fields.kind_of(op), op_fields.theme_of(op, writer.board)
    table = writer.seat.table
    if writer.seat.role != SeatRole.SECRETARY and op.body.get("table") is not None:
        table = op_fields.number_of(op, "table", writer.board.tables) or None
    if any(model._default_manager.filter(board=writer.board, reference=op.op_id).exists() for model in (Note, Family)):
        raise RefusedInput(TAKEN)
    hers = Note.objects.filter(board=writer.board, contribution__participant=participant)
    if writer.seat.role == SeatRole.PHONE and hers.count() >= MOST_NOTES:
        raise RefusedInput(TOO_MANY)
    contribution = Contribution(
        consultation_id=participant.consultation_id, participant=participant, reference=op.op_id, theme=theme,
        kind=kind, text=text, origin=Origin.WORKSHOP, state=_standing(text),
        territory_id=writer.board.meeting.territory_id,
        conclusion=writer.may_arrange and op.body.get("conclusion") is True,
    )  # fmt: skip
    contribution.save()
    Note.objects.create(
        board=writer.board, reference=op.op_id, contribution=contribution, table=table,
        step=writer.board.step.kind if writer.board.step is not None else "",
        from_phone=writer.seat.role == SeatRole.PHONE, split_from=op_fields.optional_reference(op, "split_from"),
        written_at=clock.now(),
    )  # fmt: skip
    _keep_version(writer.board, participant, op.op_id, op.stamp, text, kind, theme.code)
    _fold_in_held(writer.board, participant, op.op_id)
    if _changed_before(writer.board, op.op_id):
        settle(writer.board, op.op_id)
    writer.moves.created(op.op_id)
    return {"contribution_kind": kind.value, "theme": theme.code, "table": table}


def edit(writer: Writer, participant: Participant, op: Op) -> dict[str, Any]:
    """`edit {room, of, text, contribution_kind, theme}` of a note, `edit {room, of, title}` of a family.

    What is not given stays. It brings back what was withdrawn before it.
    """
    target = op_fields.reference_of(op)
    if op.body.get("title") is not None:
        rename_family(writer, target, op_fields.text_of(op, "title", op_fields.MAX_TITLE), op.stamp)
        return {"of": str(target), "title": True}
    refuse_unless_hers(writer.seat, target, hold=True)
    text = op_fields.text_of(op) if op.body.get("text") is not None else None
    kind = op_fields.kind_of(op) if op.body.get("contribution_kind") is not None else None
    theme = op_fields.theme_of(op, writer.board) if op.body.get("theme") is not None else None
    if text is None and kind is None and theme is None:
        raise RefusedInput("Il manque ce qui change : le texte, la nature ou la thématique.")
    _keep_version(writer.board, participant, target, op.stamp, text, kind, theme.code if theme else None)
    mark(writer.board, MarkField.WITHDRAWN, "", op.stamp, target)
    writer.moves.row_only(target)
    if settle(writer.board, target):
        writer.moves.with_dependents(target)
    if text is not None:
        _look_again(writer, target, text)
    return {"of": str(target), "contribution_kind": kind, "theme": theme.code if theme else None}


def withdraw(writer: Writer, participant: Participant, op: Op) -> dict[str, Any]:
    """`withdraw {room, of, withdrawn}`: a note, or a family, whose notes are then free again."""
    target, gone = op_fields.reference_of(op), op_fields.flag_of(op, "withdrawn")
    if Family.objects.filter(board=writer.board, reference=target).exists():
        _refuse_phones(writer)
    else:
        refuse_unless_hers(writer.seat, target, hold=True)
    mark(writer.board, MarkField.WITHDRAWN, "1" if gone else "", op.stamp, target)
    settle(writer.board, target)
    writer.moves.with_dependents(target)
    return {"of": str(target), "withdrawn": gone}


def rename_family(writer: Writer, reference: uuid.UUID, title: str, stamp: str) -> None:
    """Set the title of a family, made if it is not there yet."""
    _refuse_phones(writer)
    if Note.objects.filter(board=writer.board, reference=reference).exists():
        raise RefusedInput(TAKEN)
    if not Family.objects.filter(board=writer.board, reference=reference).exists():
        writer.moves.created(reference)
    writer.moves.row_only(reference)
    family = Family(board=writer.board, reference=reference, title=title, title_stamp=stamp, table=writer.seat.table)
    TITLES.write([family])


def refuse_unless_hers(seat: Seat, target: uuid.UUID, *, hold: bool = False) -> None:
    """A phone changes its own notes, a secretary those of her table, the facilitator all.

    One that has not come yet is taken on trust: its reference is a secret that only its author's device holds. `hold`:
    its contribution is to be written; an erasure, which does not hold the room, comes wholly before or wholly after.
    """
    notes = Note.objects.filter(board=seat.board_id, reference=target).select_related("contribution")
    note = (notes.select_for_update(of=("contribution",)) if hold else notes).first()
    if note is None or seat.role == SeatRole.FACILITATOR or note.contribution.participant_id == seat.participant_id:
        allowed = True
    else:
        allowed = seat.role == SeatRole.SECRETARY and note.table in (None, seat.table)
    if not allowed:
        raise RefusedInput(NOT_YOURS)
    if note is not None and note.contribution.erased_at is not None:
        raise RefusedInput(GONE)


def settle(board: Board, reference: uuid.UUID) -> bool:
    """Make the contribution say what the versions and the marks of its note say together; whether it left or came."""
    note = Note.objects.filter(board=board, reference=reference).select_related("contribution").first()
    if note is None or note.contribution.erased_at is not None:
        return False
    contribution, before = note.contribution, note.contribution.state
    if before not in (ContributionState.PENDING, ContributionState.QUARANTINED, ContributionState.WITHDRAWN):
        return False
    stamps: dict[str, str] = {}
    for version in NoteVersion.objects.filter(board=board, reference=reference).order_by("id"):
        given = {field: getattr(version, field) for field in NOTE_FIELDS if getattr(version, field)}
        set_note_fields(contribution, set_by_later(stamps, given, version.stamp))
    withdrawn = Mark.objects.filter(board=board, reference=reference, field=MarkField.WITHDRAWN, value="1").exists()
    if withdrawn:
        contribution.state = ContributionState.WITHDRAWN
    else:
        contribution.state = _standing(contribution.text)
    contribution.save()
    return withdrawn is not (before == ContributionState.WITHDRAWN)


def _look_again(writer: Writer, reference: uuid.UUID, text: str) -> None:
    """The facilitator agreed to show other words: a phone's new ones, or rude ones, wait for her again.

    It goes by the order of arrival and by no clock: what matters is what she had before her eyes. The stamp stays.
    """
    if not writer.leads and (writer.seat.role == SeatRole.PHONE or is_rude(text)):
        shown = Mark.objects.filter(board=writer.board, reference=reference, field=MarkField.HIDDEN, value="0")
        shown.update(value="")


def _standing(text: str) -> ContributionState:
    """Where a note stands when nobody withdrew or hid it: rude words wait for a person to look."""
    return ContributionState.QUARANTINED if is_rude(text) else ContributionState.PENDING


def _changed_before(board: Board, reference: uuid.UUID) -> bool:
    """Whether changes came before the note they are about: rare, and the only reason to read it again."""
    if NoteVersion.objects.filter(board=board, reference=reference).count() > 1:
        return True
    return Mark.objects.filter(board=board, reference=reference, field=MarkField.WITHDRAWN).exists()


def _keep_version(
    board: Board, participant: Participant, reference: uuid.UUID, stamp: str,
    text: str | None = None, kind: str | None = None, theme: str | None = None,
) -> None:  # fmt: skip
    NoteVersion.objects.create(
        board=board, reference=reference, stamp=stamp, participant=participant, text=text, kind=kind, theme=theme,
        at=clock.now(),
    )  # fmt: skip


def _fold_in_held(board: Board, participant: Participant, reference: uuid.UUID) -> None:
    """Changes sent without the room's code, that came before the note: they become versions."""
    for op in held_changes(participant, reference):
        mark(board, MarkField.WITHDRAWN, "1" if op.kind == "withdraw" else "", op.stamp, reference)
        if op.kind == "edit":
            _keep_version(board, participant, reference, op.stamp, **given_by(op))


def _refuse_phones(writer: Writer) -> None:
    if not writer.may_arrange:
        raise RefusedInput("Les familles sont tenues par les tables et par l'animation.")

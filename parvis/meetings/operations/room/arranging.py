"""Families, duplicates, what is hidden or put forward, dots, heads counted."""

from __future__ import annotations

import uuid
from typing import Any

from parvis.consultations.models import Participant
from parvis.consultations.outbox import Op
from parvis.core.errors import RefusedInput
from parvis.meetings.enums import MarkField, SeatRole
from parvis.meetings.models import Board, Dot, Headcount, NoteVersion
from parvis.meetings.operations.room import op_fields
from parvis.meetings.operations.room.counting_dots import most_dots
from parvis.meetings.operations.room.entering import Writer
from parvis.meetings.operations.room.notes import refuse_unless_hers, rename_family
from parvis.meetings.operations.room.registers import DOTS, HEADCOUNTS, mark

ARRANGES = "Les familles et les doublons sont tenus par les tables et par l'animation."
CHANGED = "Cette note a changé entre-temps : relisez-la, puis montrez-la."
LEADS = "L'animation seule masque une note ou la met en avant."


def make_family(writer: Writer, participant: Participant, op: Op) -> dict[str, Any]:
    """`family {room, title, notes}` makes one and puts notes in it; `family {room, of, notes}` puts notes in another.

    `of` null takes the notes out of their family.
    """
    if not writer.may_arrange:
        raise RefusedInput(ARRANGES)
    notes = op_fields.references_of(op)
    for note in notes:
        refuse_unless_hers(writer.seat, note)
    family: uuid.UUID | None
    if "of" not in op.body:
        family = op.op_id
        rename_family(writer, family, op_fields.text_of(op, "title", op_fields.MAX_TITLE), op.stamp)
    else:
        target = op_fields.optional_reference(op, "of")
        if target is not None and op.body.get("title") is not None:
            rename_family(writer, target, op_fields.text_of(op, "title", op_fields.MAX_TITLE), op.stamp)
        if target is None and not notes:
            raise RefusedInput("Il manque les notes à sortir de leur famille (notes).")
        family = target
    with writer.moves.around_relinking(*notes):
        mark(writer.board, MarkField.FAMILY, str(family) if family else "", op.stamp, *notes)
    return {"of": str(family) if family else None, "notes": [str(note) for note in notes]}


def mark_duplicate(writer: Writer, participant: Participant, op: Op) -> dict[str, Any]:
    """`duplicate {room, note, of}`: `note` says the same thing as `of`, or is joined to that family. Null undoes."""
    if not writer.may_arrange:
        raise RefusedInput(ARRANGES)
    note, original = op_fields.reference_of(op, "note"), op_fields.optional_reference(op, "of")
    if note == original:
        raise RefusedInput("Une note ne peut pas être le double d'elle-même.")
    refuse_unless_hers(writer.seat, note)
    with writer.moves.around_relinking(note):
        mark(writer.board, MarkField.DUPLICATE_OF, str(original) if original else "", op.stamp, note)
    return {"note": str(note), "of": str(original) if original else None}


def hide(writer: Writer, participant: Participant, op: Op) -> dict[str, Any]:
    """`hide {room, of, hidden, seen}`: off the screen, or shown again. Nothing is lost: the minutes keep it aside.

    `seen`: how many versions of the note stood before whoever shows it. One more, and she has not read what it says.
    """
    if op.body.get("seen") is not None:
        _refuse_unseen(writer.board, op_fields.reference_of(op), str(op.body["seen"]))
    return _lead(writer, op, MarkField.HIDDEN, "hidden")


def _refuse_unseen(board: Board, reference: uuid.UUID, seen: str) -> None:
    if str(NoteVersion.objects.filter(board=board, reference=reference).count()) != seen:
        raise RefusedInput(CHANGED)


def promote(writer: Writer, participant: Participant, op: Op) -> dict[str, Any]:
    """`promote {room, of, promoted}`: put forward on the screen."""
    return _lead(writer, op, MarkField.PROMOTED, "promoted")


def place_dots(writer: Writer, participant: Participant, op: Op) -> dict[str, Any]:
    """`dot {room, target, count}`: how many of her dots are on a note or on a family; 0 takes them away."""
    target = op_fields.reference_of(op, "target")
    count = op_fields.number_of(op, "count", most_dots(writer.board, writer.seat.role))
    dots = Dot(board=writer.board, participant=participant, target=target, count=count, stamp=op.stamp)
    with writer.moves.around_recounting(writer.seat):
        DOTS.write([dots])
    return {"target": str(target), "count": count}


def count_heads(writer: Writer, participant: Participant, op: Op) -> dict[str, Any]:
    """`attendance {room, organisation, people}`: how many people of an organisation are at this table."""
    if writer.seat.role == SeatRole.PHONE:
        raise RefusedInput("Les présents sont comptés par les tables et par l'animation.")
    name = op_fields.text_of(op, "organisation", op_fields.MAX_NAME)
    people = op_fields.number_of(op, "people", op_fields.MAX_PEOPLE)
    counted = Headcount(board=writer.board, participant=participant, organisation=name, people=people, stamp=op.stamp)
    with writer.moves.around_recounting(writer.seat):
        HEADCOUNTS.write([counted])
    return {"people": people}


def _lead(writer: Writer, op: Op, field: MarkField, name: str) -> dict[str, Any]:
    if not writer.leads:
        raise RefusedInput(LEADS)
    target, on = op_fields.reference_of(op), op_fields.flag_of(op, name)
    mark(writer.board, field, "1" if on else "0", op.stamp, target)
    writer.moves.row_only(target)
    return {"of": str(target), name: on}

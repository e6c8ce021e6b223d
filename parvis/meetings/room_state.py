"""What a room says at a moment: its notes and its families, every register applied. Without any name.

The same reading serves the screens of the room and the draft of the minutes: one truth.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from parvis.consultations.enums import ContributionState
from parvis.meetings.enums import Admission, MarkField
from parvis.meetings.models import Board, Family, Mark, Note, NoteVersion, Seat
from parvis.meetings.operations.room.counting_dots import dots_of

Marks = Mapping[uuid.UUID, Mapping[str, str]]
_NO_MARKS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class RoomNote:
    """A note. `family`, `duplicate_of`: the ones that hold it in the end. `waiting`: someone must look at it first;
    `for_its_words`: they may insult, and none but the facilitator reads them meanwhile.
    `hidden`: by the facilitator or moderation, or because she set aside the phone that wrote it.

    `versions`: how many intentions wrote it, each kept. `dots`: on itself and on its doubles; none on a double, whose
    own are told with the note that stands for it.
    """

    reference: str
    contribution: str
    kind: str
    theme: str
    text: str
    table: int | None
    step: str
    from_phone: bool
    conclusion: bool
    family: str | None
    duplicate_of: str | None
    split_from: str | None
    hidden: bool
    promoted: bool
    waiting: bool
    for_its_words: bool
    versions: int
    own_dots: int
    dots: int


@dataclass(frozen=True, slots=True)
class RoomFamily:
    """A family. `dots`: on itself, on its notes, and on the families joined to it. `joined_into`: another holds it."""

    reference: str
    title: str
    table: int | None
    joined_into: str | None
    hidden: bool
    promoted: bool
    own_dots: int
    dots: int


@dataclass(frozen=True, slots=True)
class RoomState:
    """Notes in the order they came; families by dots, the most first. What was withdrawn is not there."""

    notes: tuple[RoomNote, ...]
    families: tuple[RoomFamily, ...]

    @property
    def dots(self) -> int:
        """All the dots that count."""
        on_families = sum(family.own_dots for family in self.families)
        return on_families + sum(note.own_dots for note in self.notes)


def room_state(board: Board) -> RoomState:
    """Read the room. Nine queries, whatever its size."""
    marks = _marks(board)
    dots = dots_of(board)
    families = {family.reference: family for family in Family.objects.filter(board=board).order_by("id")}
    standing = {reference for reference in families if not _on(marks, reference, MarkField.WITHDRAWN)}
    joined = {reference: _standing_for(reference, standing, marks) for reference in standing}
    notes = tuple(_notes(board, marks, dots, joined))
    on_notes: dict[str, int] = defaultdict(int)
    for note in notes:
        if note.family is not None:
            on_notes[note.family] += note.dots
    return RoomState(notes, _families(families, marks, dots, joined, on_notes))


def _marks(board: Board) -> Marks:
    marks: dict[uuid.UUID, dict[str, str]] = defaultdict(dict)
    rows = Mark.objects.filter(board=board).order_by("id").values_list("reference", "field", "value")
    for reference, field, value in rows:
        marks[reference][field] = value
    return marks


def _value(marks: Marks, reference: uuid.UUID, field: MarkField) -> str:
    return marks.get(reference, _NO_MARKS).get(field, "")


def _on(marks: Marks, reference: uuid.UUID, field: MarkField) -> bool:
    return _value(marks, reference, field) == "1"


def _standing_for(reference: uuid.UUID, standing: set[uuid.UUID], marks: Marks) -> uuid.UUID:
    """The one that stands for this one in the end. Doubles in a ring keep the smallest reference: none is lost."""
    path = [reference]
    while (value := _value(marks, path[-1], MarkField.DUPLICATE_OF)) and (after := uuid.UUID(value)) in standing:
        if after in path:
            return min(path[path.index(after) :])
        path.append(after)
    return path[-1]


def _notes(
    board: Board, marks: Marks, dots: Mapping[uuid.UUID, int], joined: Mapping[uuid.UUID, uuid.UUID]
) -> list[RoomNote]:
    rows = _rows(board)
    standing = {row[0] for row in rows}
    written = NoteVersion.objects.filter(board=board).order_by().values_list("reference").annotate(Count("id"))
    versions = dict(written)
    stands = {reference: _standing_for(reference, standing, marks) for reference in standing}
    total: dict[uuid.UUID, int] = defaultdict(int)
    for reference, original in stands.items():
        total[original] += dots.get(reference, 0)
    aside = set(
        Seat.objects.filter(board=board)
        .exclude(admission=Admission.ADMITTED)
        .order_by()
        .values_list("participant", flat=True)
    )
    notes = []
    for reference, table, step, from_phone, split_from, who, code, kind, text, state, conclusion, theme in rows:
        family, hidden = _value(marks, reference, MarkField.FAMILY), _value(marks, reference, MarkField.HIDDEN)
        standing_family = joined.get(uuid.UUID(family)) if family else None
        asks = state == ContributionState.QUARANTINED or (board.approve_first and from_phone)
        original = stands[reference]
        note = RoomNote(
            reference=str(reference),
            contribution=code,
            kind=kind,
            theme=theme,
            text=text,
            table=table,
            step=step,
            from_phone=from_phone,
            conclusion=conclusion,
            family=str(standing_family) if standing_family else None,
            duplicate_of=str(original) if original != reference else None,
            split_from=str(split_from) if split_from else None,
            hidden=hidden == "1" or state == ContributionState.HIDDEN or who in aside,
            promoted=_on(marks, reference, MarkField.PROMOTED),
            waiting=asks and hidden == "",
            for_its_words=state == ContributionState.QUARANTINED and hidden == "",
            versions=versions.get(reference, 1),
            own_dots=dots.get(reference, 0),
            dots=total[reference],
        )
        notes.append(note)
    return notes


def _rows(board: Board) -> list[tuple[Any, ...]]:
    """Columns, not models: a room of three thousand notes is read again at each change."""
    standing = Note.objects.filter(board=board, contribution__erased_at=None)
    return list(
        standing.exclude(contribution__state=ContributionState.WITHDRAWN).order_by("id").values_list(
            "reference", "table", "step", "from_phone", "split_from", "contribution__participant",
            "contribution__code", "contribution__kind", "contribution__text", "contribution__state",
            "contribution__conclusion", "contribution__theme__code",
        )
    )  # fmt: skip


def _families(
    families: Mapping[uuid.UUID, Family], marks: Marks, dots: Mapping[uuid.UUID, int],
    joined: Mapping[uuid.UUID, uuid.UUID], on_notes: Mapping[str, int],
) -> tuple[RoomFamily, ...]:  # fmt: skip
    total: dict[uuid.UUID, int] = defaultdict(int)
    for reference, root in joined.items():
        total[root] += dots.get(reference, 0)
    made = [
        RoomFamily(
            reference=str(reference),
            title=family.title,
            table=family.table,
            joined_into=str(joined[reference]) if joined[reference] != reference else None,
            hidden=_on(marks, reference, MarkField.HIDDEN),
            promoted=_on(marks, reference, MarkField.PROMOTED),
            own_dots=dots.get(reference, 0),
            dots=total[reference] + on_notes.get(str(reference), 0) if joined[reference] == reference else 0,
        )
        for reference, family in families.items()
        if reference in joined
    ]
    return tuple(sorted(made, key=lambda family: (-family.dots, family.reference)))

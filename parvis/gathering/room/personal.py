"""What a room holds of one person: her notes with their words, her dots, the people she counted, her photographs.

Apart from the snapshot, which is the same for everyone and names nobody. Shown to her alone.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from parvis.consultations.enums import ContributionState
from parvis.consultations.models import Contribution, Theme
from parvis.insight.insults import is_rude
from parvis.meetings.models import Board, Dot, Headcount, NoteVersion, Photo, Seat
from parvis.meetings.operations.room.counting_dots import limits_of


def personal_state(seat: Seat) -> dict[str, Any]:
    """Keys: notes (hidden ones too, with their words), dots by target, heads, photos, limit of dots."""
    board, participant = seat.board, seat.participant
    dots = Dot.objects.filter(board=board, participant=participant, count__gt=0).order_by("id")
    heads = Headcount.objects.filter(board=board, participant=participant, people__gt=0).order_by("key")
    return {
        "notes": [
            {"reference": str(note.reference), "kind": note.kind, "theme": note.theme.code, "text": note.text}
            for note in _notes(board, seat)
        ],
        "dots": {str(target): count for target, count in dots.values_list("target", "count")},
        "heads": [{"organisation": head.organisation, "people": head.people} for head in heads],
        "photos": _photos(board, seat),
        "limit": limits_of(board).get(participant.pk, board.dots_per_person),
    }


def _notes(board: Board, seat: Seat) -> list[Contribution]:
    mine = Contribution.objects.filter(participant=seat.participant, note__board=board, erased_at=None)
    return list(mine.exclude(state=ContributionState.WITHDRAWN).select_related("theme").order_by("id"))


def _photos(board: Board, seat: Seat) -> list[dict[str, str]]:
    photos = Photo.objects.filter(board=board, table=seat.table).order_by("id") if seat.table else Photo.objects.none()
    return [
        {"code": code, "reference": str(reference), "alt": alt}
        for code, reference, alt in photos.values_list("code", "reference", "alt")
    ]


@dataclass(frozen=True, slots=True)
class Version:
    """What a note said once: every field as it stood after one intention. `current`: the one that is shown."""

    text: str
    kind: str
    theme: str
    mine: bool
    current: bool


def note_versions(board: Board, reference: uuid.UUID, participant_id: int) -> tuple[Version, ...]:
    """The texts of a note from the last intention to the first, each once: to take one back.

    Words held for the facilitator are left out, but for who wrote them.
    """
    rows = list(NoteVersion.objects.filter(board=board, reference=reference).order_by("stamp"))
    names = dict(Theme.objects.filter(consultation=board.meeting.consultation_id).values_list("code", "name"))
    text = kind = theme = ""
    texts: dict[tuple[str, str, str], bool] = {}
    for row in rows:
        text, kind, theme = row.text or text, row.kind or kind, row.theme or theme
        if not text:
            continue
        texts.pop((text, kind, theme), None)
        texts[text, kind, theme] = row.participant_id == participant_id
    versions = [
        Version(text, kind, names.get(theme, ""), mine, (text, kind, theme) == list(texts)[-1])
        for (text, kind, theme), mine in texts.items()
        if mine or not is_rude(text)
    ]
    return tuple(reversed(versions))

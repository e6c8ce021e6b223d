"""The report writes itself: the board of a workshop becomes draft minutes, every note in one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from django.db import transaction

from parvis.consultations.models import Contribution, Theme
from parvis.core import journal
from parvis.core.errors import ForbiddenMove
from parvis.core.text import fold
from parvis.french.kinds import KIND_ORDER
from parvis.meetings.enums import BoardState, LinePlace
from parvis.meetings.models import Board, Meeting, Minutes, MinutesChange, MinutesLine
from parvis.meetings.operations.import_report import draft_minutes
from parvis.meetings.operations.room.running import close_room
from parvis.meetings.operations.working_lines import lay_at_the_end
from parvis.meetings.operations.working_text import record_change
from parvis.meetings.room_state import RoomFamily, RoomNote, RoomState, room_state
from parvis.people.models import User
from parvis.publishing.enums import PublishingState

HIDDEN: Final = "masquée par l'animation pendant l'atelier"
INVENTED: Final = "C'est une répétition : aucun compte-rendu n'en est tiré. Effacez-la quand vous avez fini."
LATE: Final = "arrivée après la fermeture de l'atelier"
Introduction = Callable[[Board], Sequence[str]]
"""The paragraphs that open the minutes, in order."""
Figures = Callable[[Board], tuple[int | None, int | None]]
"""People and organisations who came, kept unless an agent wrote others."""
_VERB: Final = "draft_from_room"
BEING_WRITTEN: Final = (PublishingState.DRAFT, PublishingState.VALIDATION)
WAITING: Final = "pas encore regardée par l'animation : à vérifier"


def close_workshop(
    actor: User, board: Board, introduction: Introduction, figures: Figures = lambda board: (None, None)
) -> Minutes:
    """Close the room, then lay its board in the draft minutes of the meeting: two transactions.

    The first is short, so that two hundred devices learn at once that the room is closed; the second may take seconds.
    If it never ends, `draft_workshop` begins it again. `introduction` and `figures` are asked once the room is closed:
    what they count is what the minutes hold, the note that came at the last moment included.
    """
    if board.rehearsal:
        raise ForbiddenMove(INVENTED)
    close_room(actor, board)
    return draft_workshop(actor, board, introduction, figures)


def draft_workshop(
    actor: User, board: Board, introduction: Introduction, figures: Figures = lambda board: (None, None)
) -> Minutes:
    """Write the draft of a closed room. Raises `ForbiddenMove` when it is not closed, or written already."""
    if board.rehearsal:
        raise ForbiddenMove(INVENTED)
    if board.state != BoardState.CLOSED or is_drafted(board):
        raise ForbiddenMove("Le compte-rendu de cet atelier est déjà rédigé, ou l'atelier n'est pas terminé.")
    state = room_state(board)
    lines = [MinutesLine(place=LinePlace.INTRODUCTION, text=text, checked=True) for text in introduction(board)]
    lines += _items(board, state)
    return _write(actor, board, lines, state, figures(board))


def is_drafted(board: Board) -> bool:
    """Whether the board is in the minutes of its meeting, and was not taken back."""
    return (
        MinutesLine.objects.filter(contribution__note__board=board).exists()
        or MinutesChange.objects.filter(minutes__meetings=board.meeting_id, verb=_VERB, after__isnull=True).exists()
    )


@transaction.atomic
def _write(
    actor: User, board: Board, lines: list[MinutesLine], state: RoomState, figures: tuple[int | None, int | None]
) -> Minutes:
    for field, figure in zip(("people_count", "organisation_count"), figures, strict=True):
        Meeting.objects.filter(pk=board.meeting_id, **{field: None}).update(**{field: figure})
    minutes = draft_minutes(actor, board.meeting)
    if is_drafted(board):
        raise ForbiddenMove("Le compte-rendu de cet atelier vient d'être rédigé.")
    lay_at_the_end(minutes, lines)
    MinutesLine.objects.bulk_create(lines)
    _link_doubles(state)
    record_change(actor, minutes, _VERB, "Le tableau de l'atelier", {line.code: None for line in lines})
    journal.record(actor, "draft_minutes", minutes, board=board.code, lines=len(lines))
    return minutes


@transaction.atomic
def add_late_note(actor: User, board: Board, reference: str) -> MinutesLine | None:
    """Put a note that came late and was accepted at the end of the draft, if there is one still being written."""
    minutes = Minutes.objects.select_for_update().filter(meetings=board.meeting, state__in=BEING_WRITTEN).first()
    note = next((note for note in room_state(board).notes if note.reference == reference), None)
    if minutes is None or note is None:
        return None
    line = _line(note, Contribution.objects.select_related("theme").get(code=note.contribution), None, ())
    line.doubt, line.checked = LATE, False
    lay_at_the_end(minutes, [line])
    line.save()
    record_change(actor, minutes, "add_late_note", "Une note arrivée en retard", {line.code: None})
    return line


def _items(board: Board, state: RoomState) -> list[MinutesLine]:
    """Themes in their order, then kinds, then families by dots, then notes by dots; what is kept aside at the end."""
    written = Contribution.objects.filter(note__board=board).select_related("theme").order_by("id")
    contributions = {contribution.code: contribution for contribution in written}
    themes = {theme.code: theme for theme in Theme.objects.filter(consultation=board.meeting.consultation_id)}
    doubles = _doubles(state)
    shown = [note for note in state.notes if not _apart(note) and note.duplicate_of is None]
    items = [
        _line(note, contributions[note.contribution], family, doubles.get(note.reference, ()))
        for note, family in _in_order(shown, state.families, themes)
    ]
    for note in filter(_apart, state.notes):
        line = _line(note, contributions[note.contribution], None, doubles.get(note.reference, ()))
        line.place, line.doubt = LinePlace.ASIDE, HIDDEN if note.hidden else WAITING
        items.append(line)
    return items


def _apart(note: RoomNote) -> bool:
    """Whether its words wait for someone, though another note says the same."""
    return note.hidden or note.waiting


def _in_order(
    notes: Sequence[RoomNote], families: Sequence[RoomFamily], themes: dict[str, Theme]
) -> Iterator[tuple[RoomNote, RoomFamily | None]]:
    shown = {family.reference: family for family in families if not family.hidden}
    rank = {family.reference: place for place, family in enumerate(shown.values())}
    order = {code: (theme.position, theme.pk) for code, theme in themes.items()}

    def key(note: RoomNote) -> tuple[object, ...]:
        family = rank.get(note.family or "", len(rank))
        return (order[note.theme], KIND_ORDER.index(note.kind), note.conclusion, family, -note.dots)

    for note in sorted(notes, key=key):
        yield note, shown.get(note.family or "")


def _line(note: RoomNote, contribution: Contribution, family: RoomFamily | None, doubles: Sequence[str]) -> MinutesLine:
    return MinutesLine(
        place=LinePlace.ITEM,
        theme=contribution.theme,
        kind=note.kind,
        text=note.text,
        details=list(doubles),
        conclusion=note.conclusion,
        family=family.title if family is not None else "",
        family_dots=family.dots if family is not None else 0,
        dots=note.dots,
        contribution=contribution,
        checked=True,
    )


def _doubles(state: RoomState) -> dict[str, list[str]]:
    """Note → the words of those that say the same thing, where they differ from its own and nobody set them apart."""
    notes = {note.reference: note for note in state.notes}
    doubles: dict[str, list[str]] = defaultdict(list)
    for note in state.notes:
        if note.duplicate_of is None or _apart(note):
            continue
        if fold(note.text) != fold(notes[note.duplicate_of].text):
            doubles[note.duplicate_of].append(note.text)
    return doubles


def _link_doubles(state: RoomState) -> None:
    """Merging links, it does not delete: the double stays readable, and leads to the one that stands for it."""
    codes = {note.reference: note.contribution for note in state.notes}
    notes = Contribution.objects.filter(code__in=codes.values()).order_by("id")
    rows = {contribution.code: contribution for contribution in notes}
    doubles = []
    for note in state.notes:
        if note.duplicate_of is not None and not _apart(note):
            rows[note.contribution].duplicate_of = rows[codes[note.duplicate_of]]
            doubles.append(rows[note.contribution])
    Contribution.objects.bulk_update(doubles, ["duplicate_of"])

"""The paragraphs that open the minutes of a workshop: who was there, in figures; what was looked at."""

from __future__ import annotations

from collections import defaultdict

from parvis.french import counts
from parvis.gathering import local_time
from parvis.gathering.room.action_scene import points_of
from parvis.meetings.enums import Presence
from parvis.meetings.models import Attendance, Board, Headcount
from parvis.meetings.room_state import room_state

Heads = dict[str, int]
"""Organisation → people."""


def heads_of(board: Board) -> Heads:
    """Who was there, by organisation: as the tables counted, else as the attendance sheet says. Names of nobody."""
    counted: dict[str, tuple[str, int]] = {}
    for head in Headcount.objects.filter(board=board).order_by("key", "id"):
        name, people = counted.get(head.key, (head.organisation, 0))
        counted[head.key] = (name, people + head.people)
    counted_people = {name: people for name, people in counted.values() if people}
    if counted_people:
        return counted_people
    signed: dict[str, int] = defaultdict(int)
    present = Attendance.objects.filter(meeting=board.meeting, presence=Presence.PRESENT)
    for name in present.order_by("contact__organisation__sort_key", "id").values_list(
        "contact__organisation__name", flat=True
    ):
        signed[name] += 1
    return dict(signed)


def workshop_introduction(board: Board) -> tuple[str, ...]:
    """What the draft says before the notes. Figures only; empty parts are left out."""
    meeting, heads, state = board.meeting, heads_of(board), room_state(board)
    where = f", {meeting.place}" if meeting.place else ""
    opening = f"L'atelier s'est tenu {_when(board)}{where}."
    production = counts.enumeration(
        [part for part in (
            counts.plural(len(state.notes), "note", "notes") if state.notes else "",
            counts.plural(len(state.families), "famille d'idées", "familles d'idées") if state.families else "",
            counts.dots(state.dots),
        ) if part]
    )  # fmt: skip
    paragraphs = [
        opening,
        f"Ont participé : {counts.enumeration([_head(*head) for head in heads.items()])}." if heads else "",
        _sheets(board),
        *_points(board),
        f"Les tables ont produit {production}." if production else "",
        _photos(board),
    ]
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def attendance_figures(board: Board) -> tuple[int | None, int | None]:
    """People and organisations, None when nobody counted. Without a count, the devices tell nothing of people."""
    heads = heads_of(board)
    return (sum(heads.values()), len(heads)) if heads else (None, None)


def _when(board: Board) -> str:
    starts = local_time.span(board.meeting.starts_at, board.meeting.ends_at)
    return starts if starts.startswith("du ") else f"le {starts}"


def _head(name: str, people: int) -> str:
    return f"{name} ({counts.plural(people, 'personne', 'personnes')})"


def _sheets(board: Board) -> str:
    rows = board.board_sheets.select_related("sheet").order_by("position")
    titles = [f"« {row.sheet.title} »" for row in rows]
    if not titles:
        return ""
    return f"Les avis des partenaires ont été regardés sur {counts.enumeration(titles)}."


def _points(board: Board) -> tuple[str, ...]:
    """What the facilitator gathered about each action."""
    rows = board.board_sheets.exclude(points="").select_related("sheet").order_by("position")
    return tuple(f"Sur « {row.sheet.title} » : {' ; '.join(points_of(row))}." for row in rows)


def _photos(board: Board) -> str:
    count = board.photos.count()
    return f"Photographies des tableaux gardées avec l'atelier : {count}." if count else ""

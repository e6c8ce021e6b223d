"""A room is prepared: agenda, tables, dots, actions to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from parvis.core import journal
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.meetings.enums import BoardState, MeetingKind, RoomStep
from parvis.meetings.models import Board, BoardSheet, BoardStep, Meeting
from parvis.meetings.operations.room.running import REHEARSED
from parvis.meetings.rules import discussable_sheets
from parvis.people.models import User
from parvis.sheets.models import ActionSheet

MAX_STEPS: Final = 20


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One line of the agenda. `minutes`: from 1 to 240."""

    kind: RoomStep
    title: str
    minutes: int


AGENDAS: Final[dict[str, tuple[StepPlan, ...]]] = {
    "Atelier complet (2 h 45)": (
        StepPlan(RoomStep.OPINIONS, "Tour des avis sur les actions", 40),
        StepPlan(RoomStep.STRENGTHS, "Ce qui marche : les atouts", 25),
        StepPlan(RoomStep.CHALLENGES, "Ce qui manque : les défis", 35),
        StepPlan(RoomStep.PROPOSALS, "Ce que nous proposons", 40),
        StepPlan(RoomStep.PRIORITIES, "Nos priorités", 25),
    ),
    "Atelier court (1 h 30)": (
        StepPlan(RoomStep.OPINIONS, "Tour des avis sur les actions", 20),
        StepPlan(RoomStep.OTHER, "Atouts et défis", 30),
        StepPlan(RoomStep.PROPOSALS, "Ce que nous proposons", 25),
        StepPlan(RoomStep.PRIORITIES, "Nos priorités", 15),
    ),
    "Propositions seulement (1 h)": (
        StepPlan(RoomStep.PROPOSALS, "Ce que nous proposons", 40),
        StepPlan(RoomStep.PRIORITIES, "Nos priorités", 20),
    ),
}
"""Templates of agenda, by name: opinions, then strengths, challenges, proposals, priorities."""
DEFAULT_AGENDA: Final = next(iter(AGENDAS))


@dataclass(frozen=True, slots=True)
class BoardPlan:
    """What an agent decides of a room before it opens."""

    steps: Sequence[StepPlan]
    sheets: Sequence[ActionSheet] = ()
    tables: int = 4
    dots_per_person: int = 5
    expected_people: int = 60
    approve_first: bool = False


@transaction.atomic
def prepare_board(actor: User, meeting: Meeting, plan: BoardPlan) -> Board:
    """Make the board of a meeting, or change it while it is not open. Its room code never changes."""
    _refuse_faults(actor, meeting, plan)
    board, made = Board.objects.select_for_update().get_or_create(meeting=meeting)
    if board.rehearsal:
        raise ForbiddenMove(REHEARSED)
    if board.state != BoardState.PREPARED:
        raise ForbiddenMove("L'atelier a commencé : sa préparation ne peut plus changer.")
    board.tables, board.dots_per_person, board.approve_first = plan.tables, plan.dots_per_person, plan.approve_first
    board.expected_people = plan.expected_people
    board.step, board.version = None, board.version + 1
    board.whole_before = board.version  # what waits for the facilitator, what counts, may be other rows
    board.full_clean(validate_unique=False, validate_constraints=False)
    board.save()
    board.steps.all().delete()
    BoardStep.objects.bulk_create(
        BoardStep(board=board, position=place, kind=step.kind, title=step.title.strip(), minutes=step.minutes)
        for place, step in enumerate(plan.steps, start=1)
    )
    gathered = dict(board.board_sheets.values_list("sheet", "points"))
    board.board_sheets.all().delete()
    BoardSheet.objects.bulk_create(
        BoardSheet(board=board, sheet=sheet, position=place, points=gathered.get(sheet.pk, ""))
        for place, sheet in enumerate(plan.sheets, start=1)
    )
    journal.record(actor, "prepare_room", board, made=made, steps=len(plan.steps), sheets=len(plan.sheets))
    return board


def _refuse_faults(actor: User, meeting: Meeting, plan: BoardPlan) -> None:
    if meeting.kind != MeetingKind.WORKSHOP:
        raise RefusedInput("Seul un atelier a une salle : changez la nature de la rencontre.")
    if not 1 <= len(plan.steps) <= MAX_STEPS:
        raise RefusedInput(f"L'ordre du jour a de 1 à {MAX_STEPS} étapes.")
    if any(not step.title.strip() or not 1 <= step.minutes <= 240 for step in plan.steps):
        raise RefusedInput("Chaque étape a un intitulé et une durée, de 1 à 240 minutes.")
    if any(sheet.consultation_id != meeting.consultation_id for sheet in plan.sheets):
        raise RefusedInput("Une de ces fiches est d'une autre concertation.")
    chosen = {sheet.pk for sheet in plan.sheets}
    if ActionSheet.objects.filter(discussable_sheets(actor, meeting), pk__in=chosen).count() != len(chosen):
        raise RefusedInput("Une de ces fiches est en brouillon, ou réservée à d'autres que ceux de la salle.")

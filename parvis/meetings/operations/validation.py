"""The steps that minutes pass before anyone may publish them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from parvis.consultations.enums import StepKind
from parvis.consultations.models import Edition, ValidationStep
from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove, NotAllowed, RefusedInput
from parvis.meetings.enums import ALLOWED_MOVES, LinePlace, MinutesState
from parvis.meetings.models import Minutes, MinutesLine, StepPassed
from parvis.meetings.operations.gestures import touched
from parvis.people.enums import RoleKind
from parvis.people.models import Role, User
from parvis.people.rules import PREPARE, WRITE
from parvis.territories.models import TerritoryAncestry

ROLES_OF_STEP: dict[StepKind, tuple[RoleKind, ...]] = {
    StepKind.PARTICIPANTS: WRITE,
    StepKind.TECHNICAL_COMMITTEE: PREPARE,
    StepKind.STEERING_COMMITTEE: (*PREPARE, RoleKind.ELECTED),
}
"""Who may say that a step is passed. The project team's step belongs to those the consultation names."""


def edition_in_preparation(minutes: Minutes) -> int:
    """The number that the next edition of these minutes will bear."""
    last = Edition.objects.filter(subject=minutes.journal_name).order_by("-number").values_list("number", flat=True)
    return (last.first() or 0) + 1


def next_step(minutes: Minutes) -> StepKind | None:
    """The first step of the consultation that these minutes have not passed yet, None when all are."""
    passed = set(
        minutes.steps_passed.filter(edition_number=edition_in_preparation(minutes)).values_list("kind", flat=True)
    )
    steps = ValidationStep.objects.filter(consultation=minutes.consultation_id).order_by("position", "id")
    return next((StepKind(step.kind) for step in steps if step.kind not in passed), None)


def may_pass(actor: User, minutes: Minutes, step: StepKind) -> bool:
    """Whether `actor` may say that `step` is passed: a role on the territory, or a place in the project team."""
    if step == StepKind.PROJECT_TEAM:
        return minutes.consultation.members.filter(user=actor).exists()
    above = TerritoryAncestry.objects.filter(territory=minutes.consultation.territory_id).values("ancestor")
    return Role.objects.filter(user=actor, kind__in=ROLES_OF_STEP[step], territory__in=above).exists()


def unfinished(minutes: Minutes) -> Q:
    """The lines that keep minutes from being validated: a contribution without theme, or still to be sorted."""
    return Q(minutes=minutes, place=LinePlace.ITEM) & (Q(theme=None) | Q(kind="unsorted"))


@transaction.atomic
def submit_minutes(actor: User, minutes: Minutes) -> None:
    """Send a draft to its first step (straight to `ready` when the consultation chose none)."""
    locked = Minutes.objects.select_for_update().get(pk=minutes.pk)
    waiting = MinutesLine.objects.filter(unfinished(locked)).count()
    if waiting:
        raise RefusedInput(
            f"{waiting} contribution{'s' if waiting > 1 else ''} sans thématique ou à classer : complétez d'abord."
        )
    if not locked.lines.exclude(place=LinePlace.ASIDE).exists():
        raise RefusedInput("Ce compte-rendu est vide : importez un rapport ou ajoutez une contribution.")
    target = MinutesState.VALIDATION if next_step(locked) else MinutesState.READY
    move(actor, locked, target)
    minutes.state = locked.state


@transaction.atomic
def pass_step(actor: User, minutes: Minutes, step: StepKind, *, note: str = "") -> None:
    """Say that `step` is passed. Steps are passed in their order, by whom the consultation names."""
    locked = Minutes.objects.select_for_update().select_related("consultation").get(pk=minutes.pk)
    if locked.state != MinutesState.VALIDATION or next_step(locked) != step:
        raise ForbiddenMove("Cette étape n'est pas celle qui attend : rechargez la page.")
    if not may_pass(actor, locked, step):
        raise NotAllowed(f"L'étape « {step.label} » revient à d'autres personnes que vous.")
    if step == StepKind.PARTICIPANTS:
        _refuse_while_read(locked)
    if MinutesLine.objects.filter(unfinished(locked)).exists():
        raise RefusedInput("Une contribution est sans thématique ou à classer : complétez-la avant de valider.")
    previous = locked.steps_passed.order_by("-id").first()
    changes = locked.changes.filter(at__gt=previous.passed_at) if previous else locked.changes.none()
    changed = {code for change in changes for code in touched(change.before)}
    StepPassed.objects.create(
        minutes=locked,
        kind=step,
        edition_number=edition_in_preparation(locked),
        passed_at=clock.now(),
        passed_by=actor,
        note=note,
        changed_lines=len(changed),
    )
    journal.record(actor, "pass_step", locked, step=step, changed_lines=len(changed))
    if next_step(locked) is None:
        move(actor, locked, MinutesState.READY)
    minutes.state = locked.state


def _refuse_while_read(locked: Minutes) -> None:
    """Those present have until the deadline they were given; moving it is a gesture of its own."""
    check = locked.checks.filter(edition_number=edition_in_preparation(locked)).first()
    if check is not None and clock.today() <= check.until:
        raise RefusedInput(
            f"Les participants ont jusqu'au {check.until:%d/%m/%Y} pour relire : attendez, ou terminez la relecture."
        )
    waiting = check.comments.filter(handled_at=None).count() if check is not None else 0
    if waiting:
        raise RefusedInput(
            f"{waiting} remarque{'s' if waiting > 1 else ''} de participants sans suite : répondez-y d'abord."
        )


@transaction.atomic
def reopen_minutes(actor: User, minutes: Minutes) -> None:
    """Back to draft, to correct. Steps already passed for this edition must be passed again."""
    locked = Minutes.objects.select_for_update().get(pk=minutes.pk)
    move(actor, locked, MinutesState.DRAFT)
    locked.steps_passed.filter(edition_number=edition_in_preparation(locked)).delete()
    minutes.state = locked.state


def move(actor: User, locked: Minutes, target: MinutesState) -> None:
    """Change the state of locked minutes if the table of moves allows it, with its journal row."""
    before = MinutesState(locked.state)
    if target not in ALLOWED_MOVES[before]:
        raise ForbiddenMove(f"Un compte-rendu « {before.label} » ne peut pas devenir « {target.label} ».")
    locked.state = target
    locked.save(update_fields=["state", "updated_at"])
    journal.record(actor, "move_minutes", locked, before=before, after=target)

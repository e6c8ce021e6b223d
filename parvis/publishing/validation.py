"""Where a draft stands among the steps that its consultation chose, and who may let it pass."""

from __future__ import annotations

from django.db.models import QuerySet

from parvis.consultations.enums import StepKind
from parvis.consultations.models import Consultation, ValidationStep
from parvis.people.enums import RoleKind
from parvis.people.models import Role, User
from parvis.people.rules import PREPARE, WRITE
from parvis.publishing.models import Draft, Edition, StepDue, StepPassed
from parvis.publishing.registry import preparation_of
from parvis.territories.models import TerritoryAncestry

ROLES_OF_STEP: dict[StepKind, tuple[RoleKind, ...]] = {
    StepKind.PARTICIPANTS: WRITE,
    StepKind.TECHNICAL_COMMITTEE: PREPARE,
    StepKind.STEERING_COMMITTEE: (*PREPARE, RoleKind.ELECTED),
}
"""Who may say that a step is passed. The project team's step belongs to those the consultation names."""


def edition_in_preparation(draft: Draft) -> int:
    """The number that the next edition of this draft will bear."""
    last = Edition.objects.filter(subject=draft.subject).order_by("-number").values_list("number", flat=True)
    return (last.first() or 0) + 1


def steps_passed(draft: Draft, edition_number: int | None = None) -> QuerySet[StepPassed]:
    """Those passed for an edition, the one in preparation when none is named."""
    number = edition_in_preparation(draft) if edition_number is None else edition_number
    return StepPassed.objects.filter(subject=draft.subject, edition_number=number)


def chosen_steps(draft: Draft, edition_number: int | None = None) -> list[StepKind]:
    """The steps of an edition, the one in preparation when none is named: those that it was sent to, in their order,
    then those that its consultation chose since. Its kind may skip some."""
    number = edition_in_preparation(draft) if edition_number is None else edition_number
    skipped = preparation_of(draft).skipped_steps
    due = StepDue.objects.filter(subject=draft.subject, edition_number=number).order_by("position", "id")
    chosen = ValidationStep.objects.filter(consultation=draft.consultation).order_by("position", "id")
    kinds = dict.fromkeys([*due.values_list("kind", flat=True), *chosen.values_list("kind", flat=True)])
    return [StepKind(kind) for kind in kinds if kind not in skipped]


def keep_steps(draft: Draft) -> None:
    """From now on the edition in preparation waits for the steps it has, even if its consultation takes some out."""
    number = edition_in_preparation(draft)
    StepDue.objects.bulk_create(
        (
            StepDue(subject=draft.subject, edition_number=number, kind=kind, position=position)
            for position, kind in enumerate(chosen_steps(draft, number))
        ),
        ignore_conflicts=True,
    )


def next_step(draft: Draft) -> StepKind | None:
    """The first step that the edition in preparation has not passed yet, None when all are."""
    passed = set(steps_passed(draft).values_list("kind", flat=True))
    return next((step for step in chosen_steps(draft) if step not in passed), None)


def holds_another_step(actor: User, draft: Draft) -> bool:
    """Whether `actor` passed a step of the edition in preparation, where nobody may pass two (unless the consultation
    says that its team is one person)."""
    return not draft.consultation.one_person_validates and steps_passed(draft).filter(passed_by=actor).exists()


def may_pass_now(actor: User, draft: Draft, step: StepKind) -> bool:
    """Whether `actor` may say that this step of this draft is passed, should it be the one that waits."""
    return may_pass(actor, draft.consultation, step) and not holds_another_step(actor, draft)


def may_pass(actor: User, consultation: Consultation, step: StepKind) -> bool:
    """Whether `actor` may say that `step` is passed: a role on the territory, or a place in the project team."""
    if step == StepKind.PROJECT_TEAM:
        return consultation.members.filter(user=actor).exists()
    above = TerritoryAncestry.objects.filter(territory=consultation.territory_id).values("ancestor")
    return Role.objects.filter(user=actor, kind__in=ROLES_OF_STEP[step], territory__in=above).exists()

"""A validation step passed."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from parvis.consultations.enums import StepKind
from parvis.consultations.lifecycle import refuse_in_archive
from parvis.core import clock, journal
from parvis.core.errors import ForbiddenMove, NotAllowed
from parvis.people.models import User
from parvis.publishing.enums import PublishingState
from parvis.publishing.models import Draft, StepPassed
from parvis.publishing.operations.move_draft import lock_draft, move_draft
from parvis.publishing.registry import preparation_of
from parvis.publishing.validation import edition_in_preparation, holds_another_step, may_pass, next_step

_TWICE: Final = (
    "Vous avez déjà validé une étape : celle-ci revient à une autre personne. Si votre équipe est une seule personne, "
    "dites-le dans « Validation », sur la page de la concertation."
)


@transaction.atomic
def pass_step(actor: User, draft: Draft, step: StepKind, *, note: str = "") -> None:
    """Say that `step` is passed. Steps are passed in their order, by whom the consultation names."""
    locked = lock_draft(draft)
    refuse_in_archive(locked.consultation)
    if locked.state != PublishingState.VALIDATION or next_step(locked) != step:
        raise ForbiddenMove("Cette étape n'est pas celle qui attend : rechargez la page.")
    if not may_pass(actor, locked.consultation, step):
        raise NotAllowed(f"L'étape « {step.label} » revient à d'autres personnes que vous.")
    if holds_another_step(actor, locked):
        raise NotAllowed(_TWICE)
    preparation = preparation_of(locked)
    preparation.check_step(locked, step)
    preparation.check(locked)
    previous = StepPassed.objects.filter(subject=locked.subject).order_by("-id").first()
    changed = preparation.changed_since(locked, previous.passed_at) if previous is not None else 0
    StepPassed.objects.create(
        subject=locked.subject,
        kind=step,
        edition_number=edition_in_preparation(locked),
        passed_at=clock.now(),
        passed_by=actor,
        note=note,
        changed_lines=changed,
    )
    journal.record(actor, "pass_step", locked, step=step, changed_lines=changed)
    if next_step(locked) is None:
        move_draft(actor, locked, PublishingState.READY)
    draft.state = locked.state

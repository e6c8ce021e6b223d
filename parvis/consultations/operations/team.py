"""The project team, and the steps that minutes pass."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from parvis.consultations.enums import StepKind
from parvis.consultations.models import Consultation, TeamMember, ValidationStep
from parvis.consultations.operations.update_consultation import RESERVED
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.people.models import User


@transaction.atomic
def add_member(actor: User, consultation: Consultation, user: User) -> None:
    """Name `user` in the project team. Naming twice changes nothing."""
    _, made = TeamMember.objects.get_or_create(consultation=consultation, user=user)
    if made:
        journal.record(actor, "add_member", consultation, member=user.code)


@transaction.atomic
def remove_member(actor: User, consultation: Consultation, user: User) -> None:
    """Take `user` out of the team. A team keeps one member, and nobody takes herself out."""
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    members = set(locked.members.values_list("user_id", flat=True))
    if user.pk not in members:
        return
    if members == {user.pk}:
        raise RefusedInput("Une équipe projet garde au moins une personne : ajoutez-en une autre d'abord.")
    if user.pk == actor.pk and locked.audience in RESERVED:
        raise RefusedInput(
            "Cette concertation est réservée à l'équipe : en sortant vous ne la verriez plus. "
            "Demandez à une autre personne de l'équipe de vous retirer."
        )
    TeamMember.objects.filter(consultation=locked, user=user).delete()
    journal.record(actor, "remove_member", locked, member=user.code)


def forget_member(sender: object, code: str, **extra: object) -> None:
    """An agent asks to be forgotten: she leaves every team, even one she was alone in."""
    TeamMember.objects.filter(user__code=code).delete()


@transaction.atomic
def choose_steps(
    actor: User, consultation: Consultation, kinds: Sequence[StepKind], *, one_person: bool | None = None
) -> None:
    """The validation steps, in their order. None means that minutes go straight to publication. `one_person`: the same
    may pass several of them, or may not; None leaves it as it is.

    What was sent to validation before keeps the steps it was sent to (`publishing.validation`), and editions tell
    readers what was changed.
    """
    if len(set(kinds)) != len(kinds):
        raise RefusedInput("Une étape de validation est choisie deux fois : retirez l'une des deux.")
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if one_person is not None and one_person != locked.one_person_validates:
        Consultation.objects.filter(pk=locked.pk).update(one_person_validates=one_person)
        journal.record(actor, "let_one_person_validate", locked, allowed=one_person)
    before = list(locked.steps.values_list("kind", flat=True))
    if before == list(kinds):
        return
    locked.steps.all().delete()
    ValidationStep.objects.bulk_create(
        ValidationStep(consultation=locked, kind=kind, position=position) for position, kind in enumerate(kinds)
    )
    journal.record(actor, "choose_steps", locked, steps=[str(kind) for kind in kinds], before=before)

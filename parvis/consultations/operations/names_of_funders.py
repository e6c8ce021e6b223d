"""Whether funders of the project team read the names behind opinions, and which agents are of a funder."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from parvis.consultations.models import Consultation, Invitation
from parvis.consultations.rules import reads_names
from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.people.models import User

PROMISED: Final = (
    "Des invitations sont parties en disant que les financeurs ne lisent pas les noms : cette promesse reste tenue."
)
_NOT_BY_HER: Final = "Vous ne pouvez pas dire de vous-même que vous n'êtes pas d'un financeur : demandez à l'équipe."


@transaction.atomic
def keep_names_from_funders(actor: User, consultation: Consultation, *, kept: bool) -> None:
    """Keep them from reading who said what, or no longer: not once somebody was told that they would not."""
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if locked.names_kept_from_funders == kept:
        return
    if not kept and Invitation.objects.filter(consultation=locked).exists():
        raise RefusedInput(PROMISED)
    Consultation.objects.filter(pk=locked.pk).update(names_kept_from_funders=kept)
    journal.record(actor, "keep_names_from_funders", locked, kept=kept)


@transaction.atomic
def mark_funder(actor: User, consultation: Consultation, user: User, *, funds: bool) -> None:
    """Say that an agent is of a funder, or is not. It outlives her place in the team, and she does not undo it."""
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if locked.funders.filter(pk=user.pk).exists() == funds:
        return
    if not funds and locked.names_kept_from_funders and not reads_names(actor, locked):
        raise RefusedInput(_NOT_BY_HER)
    if funds:
        locked.funders.add(user)
    else:
        locked.funders.remove(user)
    journal.record(actor, "mark_funder", locked, member=user.code, funds=funds)

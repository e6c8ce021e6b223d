"""A contribution taken off every page, and shown again."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.enums import ContributionState
from parvis.consultations.models import Contribution
from parvis.core import journal
from parvis.core.errors import ForbiddenMove
from parvis.people.models import User
from parvis.publishing.models import Edition, EditionLine
from parvis.publishing.operations.withhold_lines import hide_in_editions, show_in_editions
from parvis.publishing.signals import tell_hidden


@transaction.atomic
def hide_contribution(actor: User, contribution: Contribution, *, reason: str) -> None:
    """Take a contribution off every page, file and feed. `reason` is a `FlagReason`, kept in the journal.

    One that a correction withdrew is still read in the former editions: it can be hidden there too.
    """
    _move(
        contribution,
        (ContributionState.VISIBLE, ContributionState.WITHDRAWN),
        ContributionState.HIDDEN,
        "Cette contribution n'est pas visible.",
    )
    hide_in_editions(contribution.journal_name)
    journal.record(actor, "hide_contribution", contribution, reason=reason)
    tell_hidden("contribution", contribution.code)


@transaction.atomic
def restore_contribution(actor: User, contribution: Contribution) -> None:
    """Show again a contribution that was hidden. One that was erased cannot come back.

    One that the last edition no longer holds comes back withdrawn: it is read in the former editions only.
    """
    if contribution.erased_at is not None:
        raise ForbiddenMove("Cette contribution a été effacée : son texte n'existe plus.")
    _move(
        contribution,
        (ContributionState.HIDDEN,),
        ContributionState.WITHDRAWN if left_last_edition(contribution) else ContributionState.VISIBLE,
        "Cette contribution n'est pas masquée.",
    )
    show_in_editions(contribution.journal_name)
    journal.record(actor, "restore_contribution", contribution)
    tell_hidden("contribution", contribution.code)


def left_last_edition(contribution: Contribution) -> bool:
    """Whether it was published, and the last edition of what published it no longer holds it."""
    held = EditionLine.objects.filter(reference=contribution.journal_name).select_related("edition")
    newest = held.order_by("-edition__number").first()
    if newest is None:
        return False
    return Edition.objects.filter(subject=newest.edition.subject, number__gt=newest.edition.number).exists()


def _move(
    contribution: Contribution, before: tuple[ContributionState, ...], after: ContributionState, refusal: str
) -> None:
    moved = Contribution.objects.filter(pk=contribution.pk, state__in=before).update(state=after)
    if not moved:
        raise ForbiddenMove(refusal)
    contribution.state = after

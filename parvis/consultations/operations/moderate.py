"""Hide, show again, erase what was published. The author is told why; nothing is hidden by mere numbers of flags."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.enums import ContributionState, FlagState, LineRole
from parvis.consultations.models import Consultation, Contribution, Edition, EditionLine, Flag
from parvis.consultations.operations.editions import erase_in_editions, hide_in_editions, show_in_editions
from parvis.core import clock, journal
from parvis.core.erasure import wipe_on_commit
from parvis.core.errors import ForbiddenMove
from parvis.core.signals import content_hidden
from parvis.people.models import User

ERASED = "[texte effacé]"


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
    _tell("contribution", contribution.code)


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
    _tell("contribution", contribution.code)


@transaction.atomic
def erase_contribution(actor: User | None, contribution: Contribution) -> None:
    """Forget the text of a contribution everywhere: itself, every edition. For ever. Upper apps follow the signal."""
    locked = Contribution.objects.select_for_update().get(pk=contribution.pk)
    locked.text, locked.details, locked.state, locked.erased_at = (
        ERASED,
        [],
        ContributionState.HIDDEN,
        clock.now(),
    )
    locked.save()
    erase_in_editions(contribution.journal_name)
    journal.record(actor, "erase_contribution", contribution)
    content_hidden.send(sender=Contribution, kind="contribution_erased", code=contribution.code)
    contribution.refresh_from_db()
    _tell("contribution", contribution.code)
    wipe_on_commit()


@transaction.atomic
def hide_line(actor: User, line: EditionLine, *, reason: str) -> None:
    """Withhold one line that is no contribution (a paragraph, figures, a reply), in every edition that shows it."""
    if line.role == LineRole.ITEM:
        raise ForbiddenMove("Cette ligne est une contribution : masquez la contribution elle-même.")
    if not hide_in_editions(line.reference):
        raise ForbiddenMove("Ce passage est déjà masqué.")
    journal.record(actor, "hide_line", line.edition, reference=line.reference, reason=reason)
    _tell("edition_line", line.reference)


@transaction.atomic
def restore_line(actor: User, line: EditionLine) -> None:
    """Show again a line that was withheld."""
    if line.role == LineRole.ITEM:
        raise ForbiddenMove("Cette ligne est une contribution : rétablissez la contribution elle-même.")
    show_in_editions(line.reference)
    journal.record(actor, "restore_line", line.edition, reference=line.reference)
    _tell("edition_line", line.reference)


def left_last_edition(contribution: Contribution) -> bool:
    """Whether it was published, and the last edition of what published it no longer holds it."""
    held = EditionLine.objects.filter(reference=contribution.journal_name).select_related("edition")
    newest = held.order_by("-edition__number").first()
    if newest is None:
        return False
    return Edition.objects.filter(subject=newest.edition.subject, number__gt=newest.edition.number).exists()


@transaction.atomic
def hide_consultation(actor: User, consultation: Consultation, *, reason: str) -> None:
    """Take a whole consultation, and all that hangs from it, off every public page, file and feed."""
    Consultation.objects.filter(pk=consultation.pk, hidden_at=None).update(hidden_at=clock.now())
    journal.record(actor, "hide_consultation", consultation, reason=reason)
    _tell("consultation", consultation.code)


@transaction.atomic
def restore_consultation(actor: User, consultation: Consultation) -> None:
    """Show again a consultation that was hidden."""
    Consultation.objects.filter(pk=consultation.pk).update(hidden_at=None)
    journal.record(actor, "restore_consultation", consultation)
    _tell("consultation", consultation.code)


@transaction.atomic
def answer_flag(actor: User, flag: Flag, *, state: FlagState, answer: str) -> None:
    """Close a flag with an answer that whoever made it can read with its number. Hiding is a gesture of its own."""
    moved = Flag.objects.filter(pk=flag.pk, state=FlagState.OPEN).update(
        state=state, answer=answer, handled_at=clock.now(), handled_by=actor
    )
    if not moved:
        raise ForbiddenMove("Ce signalement est déjà traité.")
    journal.record(actor, "answer_flag", flag, state=state)


def _move(
    contribution: Contribution, before: tuple[ContributionState, ...], after: ContributionState, refusal: str
) -> None:
    moved = Contribution.objects.filter(pk=contribution.pk, state__in=before).update(state=after)
    if not moved:
        raise ForbiddenMove(refusal)
    contribution.state = after


def _tell(kind: str, code: str) -> None:
    transaction.on_commit(lambda: content_hidden.send(sender=None, kind=kind, code=code))

"""Deciding on a flag: hide what it names or keep it, and answer, all together."""

from __future__ import annotations

from django.db import transaction

from parvis.consultations.enums import ContributionState, FlagState, LineRole
from parvis.consultations.models import Consultation, Contribution, EditionLine, Flag
from parvis.consultations.operations import moderate
from parvis.core.errors import ForbiddenMove, RefusedInput
from parvis.meetings.models import Meeting
from parvis.meetings.operations.moderate_meeting import hide_meeting, restore_meeting
from parvis.people.models import User
from parvis.sheets.models import ActionSheet
from parvis.sheets.operations.reply_as_lead import hide_reply

Target = Meeting | Contribution | EditionLine | Consultation


@transaction.atomic
def decide_flag(actor: User, flag: Flag, target: Target | None, *, hide: bool, answer: str) -> None:
    """Answer `flag`; with `hide`, also take `target` off every page. Either both happen, or nothing.

    `target` is None when what was flagged is gone: it can only be answered.
    """
    if not answer.strip():
        raise RefusedInput("La réponse est vide : dites en une phrase ce que vous avez décidé, et pourquoi.")
    if hide and target is None:
        raise RefusedInput("Le contenu signalé n'existe plus : répondez sans le masquer.")
    if hide and target is not None and not is_hidden(target):
        hide_target(actor, target, reason=flag.reason)
    state = FlagState.UPHELD if hide else FlagState.DISMISSED
    moderate.answer_flag(actor, flag, state=state, answer=answer.strip())


def is_hidden(target: Target) -> bool:
    """Whether moderation already took `target` off."""
    if isinstance(target, Contribution):
        return target.state == ContributionState.HIDDEN
    return target.hidden_at is not None


def hide_target(actor: User, target: Target, *, reason: str) -> None:
    """Hide whatever can be flagged, each by its own operation."""
    if isinstance(target, Meeting):
        hide_meeting(actor, target, reason=reason)
    elif isinstance(target, Contribution):
        moderate.hide_contribution(actor, target, reason=reason)
    elif isinstance(target, EditionLine):
        _hide_line(actor, target, reason)
    else:
        moderate.hide_consultation(actor, target, reason=reason)


def restore_target(actor: User, target: Target) -> None:
    """Show again whatever was hidden, each by its own operation."""
    if isinstance(target, Meeting):
        restore_meeting(actor, target)
    elif isinstance(target, Contribution):
        moderate.restore_contribution(actor, target)
    elif isinstance(target, EditionLine):
        if target.role == LineRole.REPLY:
            hide_reply(actor, _sheet_of(target), hidden=False)
        else:
            moderate.restore_line(actor, target)
    else:
        moderate.restore_consultation(actor, target)


def _hide_line(actor: User, line: EditionLine, reason: str) -> None:
    if line.role != LineRole.REPLY:
        moderate.hide_line(actor, line, reason=reason)
    elif line.hidden_at is not None:
        raise ForbiddenMove("Cette réponse est déjà masquée.")
    else:
        hide_reply(actor, _sheet_of(line), hidden=True, reason=reason)


def _sheet_of(line: EditionLine) -> ActionSheet:
    return ActionSheet.objects.get(code=line.reference.partition(":")[2])
